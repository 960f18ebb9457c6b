// Words of a record's data as zone files write them (RFC 1035, 5.1): parted by blanks, in quotes, with \ddd and \x.

export interface Word {
  readonly octets: Uint8Array
  readonly quoted: boolean
}

/** Null: a quote or an escape that does not end, a sign that is not one octet written plainly. UTF-8 is taken as its octets. */
export function wordsOf(text: string): readonly Word[] | null {
  const words: Word[] = []
  const bytes = new TextEncoder().encode(text)
  let word: number[] | null = null
  let quoted = false
  const end = (): void => {
    if (word !== null) words.push({ octets: Uint8Array.from(word), quoted })
    word = null
    quoted = false
  }
  for (let i = 0; i < bytes.length; i++) {
    const octet = bytes[i]!
    if (octet === 0x22) {
      if (!quoted && word !== null) return null
      if (quoted) {
        end()
        if (i + 1 < bytes.length && bytes[i + 1] !== 0x20 && bytes[i + 1] !== 0x09) return null
      } else {
        quoted = true
        word = []
      }
    } else if (octet === 0x5c) {
      const sign = /^(\d{3}|[ -/:-~])/.exec(Buffer.from(bytes.subarray(i + 1, i + 4)).toString('latin1'))?.[1]
      if (sign === undefined) return null
      const meant = sign.length === 3 ? Number(sign) : sign.charCodeAt(0)
      if (meant > 255) return null
      word ??= []
      word.push(meant)
      i += sign.length
    } else if (!quoted && (octet === 0x20 || octet === 0x09)) end()
    else if (octet < 0x20 || octet === 0x7f) return null
    else {
      word ??= []
      word.push(octet)
    }
  }
  if (quoted) return null
  end()
  return words
}

/** In quotes; all that is not printable ASCII as \ddd. */
export const quotedText = (octets: Uint8Array): string =>
  `"${Array.from(octets, octet => {
    if (octet === 0x22 || octet === 0x5c) return `\\${String.fromCharCode(octet)}`
    return octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : `\\${String(octet).padStart(3, '0')}`
  }).join('')}"`

/** At most 255 octets each, no sign of UTF-8 torn apart. */
export function splitText(octets: Uint8Array): readonly Uint8Array[] {
  const parts: Uint8Array[] = []
  for (let from = 0; from < octets.length; ) {
    let to = Math.min(octets.length, from + 255)
    while (to < octets.length && to > from + 252 && (octets[to]! & 0xc0) === 0x80) to--
    parts.push(octets.subarray(from, to))
    from = to
  }
  return parts.length === 0 ? [octets] : parts
}
