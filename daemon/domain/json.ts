// Values as JSON has them, and the one way of writing each of them: what is hashed and compared here and on other machines.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Control, delete and everything beyond ASCII as \uXXXX: Python's json.dumps writes the very same. */
const escaped = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

/**
 * One text for one value: keys sorted by their code units, no blanks, ASCII only. Python: `json.dumps(value, sort_keys=True, separators=(',', ':'))`.
 * Numbers are whole ones; others throw, because languages write them differently.
 */
export function canonical(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number that JSON carries everywhere`)
    return String(value === 0 ? 0 : value)
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const entries = Object.entries(value as { readonly [key: string]: Json }).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, one]) => `${escaped(key)}:${canonical(one)}`).join(',')}}`
}
