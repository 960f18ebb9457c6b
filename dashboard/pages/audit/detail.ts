// What an entry of the trail holds besides its names, as one line. Pure.

/** `{ address: '127.0.0.1', by: 'password' }` → `address 127.0.0.1 · by password`. */
export function oneLine(detail: unknown): string {
  if (detail === null || detail === undefined) return ''
  if (typeof detail !== 'object') return String(detail)
  return Object.entries(detail)
    .map(([key, value]) => `${key} ${typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)}`)
    .join(' · ')
}
