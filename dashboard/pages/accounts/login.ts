// A login out of a name. Pure.

/** `Ir. Ratna Puspita, M.T.` → `ratna.puspita`: a login people would choose themselves. */
export const loginOf = (name: string): string =>
  (name.split(',')[0] ?? '')
    .split(/\s+/)
    .filter(word => word !== '' && !word.endsWith('.'))
    .map(word =>
      word
        .normalize('NFD')
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, ''),
    )
    .filter((word, i, all) => word !== '' && (i === 0 || i === all.length - 1))
    .join('.')
