// Texts of strangers: well-formed, without signs one does not see or that turn the line around, trimmed, in one normal form.

/** Left after cleaning, in characters, whatever a field allows: what is longer is told, not kept whole. */
const MOST_CHARACTERS = 20_001

/**
 * Control signs except tab and line feed, zero-width signs, those of writing direction, line and paragraph separators, byte order marks,
 * noncharacters and tags: none of them is typed on purpose, all of them deceive.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu

export interface CleanText {
  readonly text: string
  /** Code point of the first sign that was taken out. */
  readonly unseen: number | null
}

/** The same text cleaned again is the same. */
export function cleanText(raw: string, lines: 'one' | 'many'): CleanText {
  // What comes first must leave room for signs that are taken out, and yet be bounded before any work on it.
  const whole = raw
    .slice(0, MOST_CHARACTERS * 2)
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
  const unseen = whole.match(UNSEEN)?.[0]?.codePointAt(0) ?? null
  const seen = whole.replaceAll(UNSEEN, '')
  const laid = lines === 'one' ? seen.replaceAll(/\s+/g, ' ') : seen.replaceAll(/[^\S\n]+$/gm, '').replaceAll(/\n{4,}/g, '\n\n\n')
  return { text: cut(laid.normalize('NFC').trim()), unseen }
}

/** Never through the middle of a character. */
function cut(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text
  return text
    .slice(0, MOST_CHARACTERS)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trimEnd()
}
