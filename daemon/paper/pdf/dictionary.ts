// PDF dictionaries as text: taken apart into keys and raw values and written again, so that one key can be changed and nothing else.

/** Keys without slash, values as they stand. */
export type Dictionary = Map<string, string>

const WHITE = /[\0\t\n\f\r ]/
const DELIMITER = /[\0\t\n\f\r ()<>[\]{}/%]/

/** Reads the dictionary that begins at the first `<<`; null: there is none, or it does not end. */
export function readDictionary(text: string): Dictionary | null {
  const begin = text.indexOf('<<')
  if (begin < 0) return null
  const found: Dictionary = new Map()
  let at = skip(text, begin + 2)
  while (at < text.length && !text.startsWith('>>', at)) {
    if (text[at] !== '/') return null
    const name = endOfName(text, at)
    const key = text.slice(at + 1, name)
    const value = skip(text, name)
    const end = endOfValue(text, value)
    if (end === null || end === value) return null
    found.set(key, text.slice(value, end))
    at = skip(text, end)
  }
  return text.startsWith('>>', at) ? found : null
}

export const writeDictionary = (dictionary: Dictionary): string => `<<\n${[...dictionary].map(([key, value]) => `/${key} ${value}\n`).join('')}>>`

/** `[1 0 R 2 0 R]` with one more at its end. */
export const appended = (array: string | undefined, reference: string): string =>
  array === undefined ? `[${reference}]` : `${array.trimEnd().replace(/\]$/, '').trimEnd()} ${reference}]`

/** The object number of `12 0 R`; null: no reference. */
export function referred(value: string | undefined): number | null {
  const found = /^(\d+)\s+\d+\s+R$/.exec(value?.trim() ?? '')
  return found === null ? null : Number(found[1])
}

function skip(text: string, from: number): number {
  let at = from
  for (;;) {
    while (at < text.length && WHITE.test(text[at] ?? '')) at++
    if (text[at] !== '%') return at
    while (at < text.length && !/[\r\n]/.test(text[at] ?? '')) at++
  }
}

function endOfName(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && !DELIMITER.test(text[at] ?? '')) at++
  return at
}

function endOfValue(text: string, from: number): number | null {
  const sign = text[from]
  if (sign === '/') return endOfName(text, from)
  if (sign === '(') return endOfString(text, from)
  if (text.startsWith('<<', from)) return endOfNested(text, from + 2, '>>')
  if (sign === '[') return endOfNested(text, from + 1, ']')
  if (sign === '<') {
    const end = text.indexOf('>', from)
    return end < 0 ? null : end + 1
  }
  const reference = /^\d+\s+\d+\s+R(?![A-Za-z])/.exec(text.slice(from, from + 40))
  if (reference) return from + reference[0].length
  let at = from
  while (at < text.length && !DELIMITER.test(text[at] ?? '')) at++
  return at
}

function endOfNested(text: string, from: number, closing: string): number | null {
  let at = skip(text, from)
  while (at < text.length) {
    if (text.startsWith(closing, at)) return at + closing.length
    const end = endOfValue(text, at)
    if (end === null || end === at) return null
    at = skip(text, end)
  }
  return null
}

function endOfString(text: string, from: number): number | null {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const sign = text[at]
    if (sign === '\\') at++
    else if (sign === '(') depth++
    else if (sign === ')' && --depth === 0) return at + 1
  }
  return null
}
