// Names of DNS: on the wire with compression (RFC 1035, 4.1.4), and as one text for one name: lower case, absolute, with \ddd for odd octets.

const LONGEST = 255
const LONGEST_LABEL = 63
const POINTER = 0xc0
/** A name has at most 127 labels; each pointer must lead further back, and nobody needs more of them than labels. */
const HOPS = 127

export interface ReadName {
  readonly name: string
  /** Where the next thing begins. */
  readonly next: number
}

/** Null: it does not end within the message, is too long, or points anywhere but back, or too often. */
export function readName(bytes: Uint8Array, at: number): ReadName | null {
  let text = ''
  let length = 1
  let next: number | null = null
  let least = at
  let hops = 0
  for (let i = at; ; ) {
    const size = bytes[i]
    if (size === undefined) return null
    if (size === 0) return { name: text === '' ? '.' : text, next: next ?? i + 1 }
    if ((size & POINTER) === POINTER) {
      const low = bytes[i + 1]
      if (low === undefined) return null
      const to = ((size & ~POINTER) << 8) | low
      if (to >= least || ++hops > HOPS) return null
      next ??= i + 2
      least = to
      i = to
      continue
    }
    if (size > LONGEST_LABEL || i + 1 + size > bytes.length) return null
    length += size + 1
    if (length > LONGEST) return null
    text += `${labelText(bytes.subarray(i + 1, i + 1 + size))}.`
    i += size + 1
  }
}

const PLAIN = /[a-z0-9_*/+=:-]/
const labelText = (label: Uint8Array): string => Array.from(label, octetText).join('')

function octetText(octet: number): string {
  const sign = String.fromCharCode(octet).toLowerCase()
  if (octet < 0x80 && PLAIN.test(sign)) return sign
  return octet > 32 && octet < 127 ? `\\${sign}` : `\\${String(octet).padStart(3, '0')}`
}

/** Null: no name. The dot at the end may be missing: every name is absolute. */
function labelsOf(text: string): readonly Uint8Array[] | null {
  if (text === '.') return []
  const labels: Uint8Array[] = []
  let label: number[] = []
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x2e) {
      if (label.length === 0) return null
      labels.push(Uint8Array.from(label))
      label = []
    } else if (code === 0x5c) {
      const sign = /^\\(\d{3}|[!-~])/.exec(text.slice(i, i + 4))?.[1]
      const octet = sign === undefined ? 256 : sign.length === 3 ? Number(sign) : sign.charCodeAt(0)
      if (octet > 255 || (sign?.length === 1 && /\d/.test(sign))) return null
      label.push(octet)
      i += sign!.length
    } else if (code > 32 && code < 127) label.push(code)
    else return null
    if (label.length > LONGEST_LABEL) return null
  }
  if (label.length > 0) labels.push(Uint8Array.from(label))
  const length = labels.reduce((sum, { length }) => sum + length + 1, 1)
  return labels.length === 0 || length > LONGEST ? null : labels
}

/** Uncompressed and in lower case, as signatures want it. Null: no name. */
export function nameWire(text: string): Uint8Array | null {
  const labels = labelsOf(text.toLowerCase())
  return labels === null ? null : Uint8Array.from([...labels.flatMap(label => [label.length, ...label]), 0])
}

/** The one text of this name; null: no name. */
export function nameOf(text: string): string | null {
  const wire = nameWire(text)
  return wire === null ? null : readName(wire, 0)!.name
}

/** The name itself counts. Both as `nameOf` gives them. */
export const isWithin = (name: string, zone: string): boolean =>
  name === zone || zone === '.' || (name.endsWith(`.${zone}`) && !/(^|[^\\])(\\\\)*\\$/.test(name.slice(0, -zone.length - 1)))

/** `a.b.example.` below `example.` → `b.example.`; null at the zone itself. */
export function parentOf(name: string): string | null {
  const first = /^(?:\\\d{3}|\\.|[^.\\])+\./.exec(name)
  return first === null ? null : name.slice(first[0].length) || '.'
}

/** The longest of these zones that the name lies in, as it was given; null: none. */
export function zoneOf(name: string, zones: Iterable<string>): string | null {
  const owner = nameOf(name)
  let best: { readonly given: string; readonly zone: string } | null = null
  if (owner === null) return null
  for (const given of zones) {
    const zone = nameOf(given)
    if (zone !== null && isWithin(owner, zone) && zone.length > (best?.zone.length ?? 0)) best = { given, zone }
  }
  return best?.given ?? null
}
