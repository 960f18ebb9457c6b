// Initials of a person for a small round picture. Pure.

/** `Ir. Rangga Pratama, M.Kom.` → `RP`: titles are no part of a name. */
export function initials(of: string): string {
  const words = (of.split(',')[0] ?? '').split(/\s+/).filter(word => word !== '' && !word.endsWith('.'))
  const named = words.length > 0 ? words : of.split(/\s+/).filter(word => word !== '')
  return named
    .map(word => word.slice(0, 1).toUpperCase())
    .filter((_, i, all) => i === 0 || i === all.length - 1)
    .join('')
}
