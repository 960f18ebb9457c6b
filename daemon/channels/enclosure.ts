// A file that came along: named without harm, typed by what it is and not by what it says, hashed.
import { createHash } from 'node:crypto'
import { BOUNDS, type Enclosure } from './incoming.ts'

/** Transport Neutral Encapsulation Format, Outlook's winmail.dat (MS-OXTNEF 2.1.1): 0x223E9F78, little-endian. */
const TNEF = Buffer.from([0x78, 0x9f, 0x3e, 0x22])

/** Octets at the beginning by which text is told from anything else. */
const PROBE = 65_536

export async function enclose(name: string, content: Uint8Array): Promise<Enclosure> {
  return {
    name: cleanName(name),
    type: await typeOf(content),
    size: content.byteLength,
    sha256: createHash('sha256').update(content).digest('hex'),
    content,
  }
}

async function typeOf(content: Uint8Array): Promise<string> {
  if (Buffer.from(content.buffer, content.byteOffset, Math.min(4, content.byteLength)).equals(TNEF)) return 'application/vnd.ms-tnef'
  try {
    const { fileTypeFromBuffer } = await import('file-type')
    const found = await fileTypeFromBuffer(content)
    if (found !== undefined) return found.mime
  } catch {
    // A file that breaks off inside its own structures is of no type.
    return 'application/octet-stream'
  }
  return isText(content.subarray(0, PROBE)) ? 'text/plain' : 'application/octet-stream'
}

function isText(start: Uint8Array): boolean {
  if (start.some(octet => octet < 9 || (octet > 13 && octet < 32 && octet !== 27))) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true })
    return true
  } catch {
    return false
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not stay in a name
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g
/** Marks that turn the direction of writing: `exe.pdf` could be made of `fdp.exe`. */
const TURNING = /[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** One line, without anything that steers a terminal, a header or the direction of writing. */
export const oneLine = (text: string, most: number = BOUNDS.subject): string =>
  text
    .slice(0, most * 4)
    .replace(CONTROL, ' ')
    .replace(TURNING, '')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, most)
    .trim()

/** Several lines, without control characters but tab and line feed. */
export const cleanText = (text: string, most: number = BOUNDS.text): string =>
  text
    .slice(0, most)
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not stay in a text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
    .replace(TURNING, '')

/** The last part of a path, bounded with its ending kept. */
export function cleanName(name: string): string {
  const last = oneLine(name, 1_000).split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replace(/^\.+/, '')
    .replace(/[<>:"|?*]/g, '_')
    .trim()
  if (plain === '') return 'attachment'
  if (plain.length <= BOUNDS.name) return plain
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(plain)?.[0] ?? ''
  return plain.slice(0, BOUNDS.name - ending.length) + ending
}
