// What a form says of a record, as the text of its data.

export const RECORD_TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'PTR'] as const
export type RecordType = (typeof RECORD_TYPES)[number]

const absolute = (name: string): string => (name.endsWith('.') ? name : `${name}.`)
/** Octets of a part at most (RFC 1035, 3.3.14). */
const LONGEST_PART = 255
const PREFERENCE = 10

/** As zone files write it, in parts; UTF-8 as its octets. */
function quoted(text: string): string {
  const octets = [...new TextEncoder().encode(text)]
  const parts: string[] = []
  for (let from = 0; from < octets.length; from += LONGEST_PART)
    parts.push(
      octets
        .slice(from, from + LONGEST_PART)
        .map(octet => {
          if (octet === 0x22 || octet === 0x5c) return `\\${String.fromCharCode(octet)}`
          return octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : `\\${String(octet).padStart(3, '0')}`
        })
        .join(''),
    )
  return parts.map(part => `"${part}"`).join(' ')
}

/** Null: nothing that this type can say. */
export function dataFor(type: RecordType, text: string, dataOf: (type: string, text: string) => string | null): string | null {
  if (type === 'TXT') return text.startsWith('"') ? dataOf(type, text) : dataOf(type, quoted(text))
  if (type === 'MX') {
    const [first = '', second, ...more] = text.split(/\s+/)
    if (more.length > 0) return null
    const [preference, mail] = second === undefined ? [String(PREFERENCE), first] : [first, second]
    return /^\d{1,5}$/.test(preference) ? dataOf(type, `${preference} ${absolute(mail)}`) : null
  }
  return dataOf(type, type === 'CNAME' || type === 'PTR' ? absolute(text) : text)
}
