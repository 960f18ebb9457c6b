// A letter as octets, read into what the desk can work with. Whatever is sent, something readable comes out, and the letter itself is kept.
import { createHash } from 'node:crypto'
import { type AddressObject, type EmailAddress, type ParsedMail, simpleParser } from 'mailparser'
import type { Instant } from '../domain/call.ts'
import { cleanName, cleanText, enclose, oneLine } from './enclosure.ts'
import { boundHead, fieldsOf } from './head.ts'
import { textOfHtml } from './html.ts'
import { BOUNDS, type Enclosure } from './incoming.ts'
import { newPart } from './quote.ts'

export interface Letter {
  /** The same for the same letter, by whatever way and however often it comes. */
  readonly digest: string
  readonly from: { readonly address: string; readonly name: string }
  /** All addresses it may have come by. */
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly fullText: string
  readonly messageId: string | null
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  readonly attachments: readonly Enclosure[]
  readonly leftOut: readonly string[]
  /** The bounded head, for those who read single fields. */
  readonly head: Uint8Array
  /** False: its parts could not be told apart, or it was cut; only the letter itself has all of it. */
  readonly whole: boolean
  /** Of the octets as they came. */
  readonly sha256: string
}

export interface Reading {
  /** Only its beginning was fetched, because the whole is beyond measure. */
  readonly cut?: boolean
  /** Nothing but its head is looked at: its parts took too long to be told apart. */
  readonly headOnly?: boolean
}

/** Nothing is fetched, linked or made: only what stands in the letter. */
const PARSING = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true, checksumAlgo: 'sha256' } as const

/** May take long for a letter that is made for it: see `reader.ts`. Never fails. */
export async function readLetter(raw: Uint8Array, { cut = false, headOnly = false }: Reading = {}): Promise<Letter> {
  const { head, body } = boundHead(raw)
  const parsed = headOnly ? { mail: await parseHead(head), whole: false } : await parse(head, body)
  const mail = parsed.mail
  const { attachments, leftOut } = await enclosuresOf(mail)
  const written = mail.text?.trim() ? mail.text : mail.html === false ? '' : textOfHtml(mail.html ?? '')
  const fullText = cleanText(written)
  const subject = oneLine(mail.subject ?? '')
  const from = senderOf(mail)
  const messageId = idOf(mail.messageId)
  const digest = createHash('sha256')
  // What the sender wrote, and nothing of how it travelled.
  if (parsed.whole && !cut)
    digest.update(
      JSON.stringify([
        messageId,
        from.address,
        fieldsOf(head, 'date')[0] ?? null,
        subject,
        fullText,
        attachments.map(({ sha256 }) => sha256),
        leftOut,
      ]),
    )
  else digest.update(JSON.stringify([messageId, from.address, subject])).update(body)
  return {
    digest: digest.digest('hex'),
    from,
    to: recipientsOf(mail, head),
    subject,
    text: newPart(fullText),
    fullText,
    messageId,
    inReplyTo: idOf(mail.inReplyTo),
    references: [mail.references ?? []]
      .flat()
      .map(idOf)
      .filter(id => id !== null)
      .slice(-50),
    attachments,
    leftOut,
    head,
    whole: parsed.whole && !cut,
    sha256: createHash('sha256').update(raw).digest('hex'),
  }
}

async function parse(head: Uint8Array, body: Uint8Array): Promise<{ readonly mail: ParsedMail; readonly whole: boolean }> {
  try {
    return { mail: await simpleParser(Buffer.concat([head, body]), PARSING), whole: !tooManyParts(head, body) }
  } catch {
    // Parts without end, charsets without name: what its head says is still of use, and the letter itself goes along.
    return { mail: await parseHead(head), whole: false }
  }
}

function parseHead(head: Uint8Array): Promise<ParsedMail> {
  const plain = fieldNames(head).filter(line => !/^(content-|mime-)/i.test(line))
  return simpleParser(Buffer.from(`${plain.join('\r\n')}\r\n\r\n`, 'latin1'), PARSING)
}

/** mailsplit reads no more, and mailparser then ends as if there were none. */
const MOST_PARTS = 1_000

function tooManyParts(head: Uint8Array, body: Uint8Array): boolean {
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const lines: number[] = []
  for (let at = buffer.indexOf('\n--'); at !== -1 && lines.length <= 10 * MOST_PARTS; at = buffer.indexOf('\n--', at + 3)) lines.push(at + 3)
  if (lines.length < MOST_PARTS) return false
  const names = new Set<string>()
  for (const part of [Buffer.from(head), buffer.subarray(0, 1_048_576)])
    for (const [, name = ''] of part.toString('latin1').matchAll(/boundary\s*=\s*"?([^"\r\n;]{1,72})/gi)) if (names.size < 100) names.add(name)
  const marks = lines.filter(at => [...names].some(name => buffer.toString('latin1', at, at + name.length) === name))
  return marks.length >= MOST_PARTS
}

const fieldNames = (head: Uint8Array): readonly string[] =>
  Buffer.from(head)
    .toString('latin1')
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .filter(line => /^[!-9;-~]+:/.test(line))

async function enclosuresOf(mail: ParsedMail) {
  const attachments: Enclosure[] = []
  const leftOut: string[] = []
  let total = 0
  for (const { filename, content, contentType } of mail.attachments) {
    const name = filename ?? (contentType === 'message/rfc822' ? 'message.eml' : 'attachment')
    const one = await enclose(name, content)
    if (attachments.length >= BOUNDS.attachments || one.size > BOUNDS.attachment || total + one.size > BOUNDS.message) {
      if (leftOut.length < BOUNDS.attachments) leftOut.push(one.name)
      continue
    }
    total += one.size
    attachments.push(one)
  }
  return { attachments, leftOut }
}

const ADDRESS = /^[^\s@<>"(),;:\\]{1,64}@[^\s@<>"(),;:\\]{1,255}$/

/** In lower case; '' for what is none. */
const addressOf = (text: string | undefined): string => (text !== undefined && ADDRESS.test(text) ? text.toLowerCase() : '')

function senderOf(mail: ParsedMail): Letter['from'] {
  const one = mail.from?.value[0]
  return { address: addressOf(one?.address), name: oneLine(one?.name ?? '', BOUNDS.name) }
}

const flat = (list: readonly EmailAddress[]): readonly EmailAddress[] => list.flatMap(one => (one.group === undefined ? [one] : flat(one.group)))

/** Also those a mail server notes on the way: a blind copy has our address nowhere else. */
function recipientsOf(mail: ParsedMail, head: Uint8Array): readonly string[] {
  const named = [mail.to, mail.cc].flatMap(given => [given ?? []].flat()).flatMap((object: AddressObject) => flat(object.value))
  const noted = ['delivered-to', 'x-original-to', 'envelope-to'].flatMap(name => fieldsOf(head, name)).map(value => value.replace(/^<|>$/g, ''))
  return [...new Set([...named.map(({ address }) => address), ...noted].map(addressOf).filter(address => address !== ''))].slice(0, 100)
}

/** One Message-ID in angle brackets; null for what is none. */
function idOf(text: string | undefined): string | null {
  const found = /^<[^<>\s]{1,300}>$/.exec((text ?? '').trim())
  return found === null ? null : found[0]
}

/** The letter itself, to be kept with the ticket. */
export const keptLetter = (raw: Uint8Array, { subject, sha256 }: Pick<Letter, 'subject' | 'sha256'>, receivedAt: Instant): Enclosure => ({
  name: cleanName(`${new Date(receivedAt).toISOString().slice(0, 10)} ${subject === '' ? 'e-mail' : subject.slice(0, 60)}.eml`.replaceAll('/', '-')),
  type: 'message/rfc822',
  size: raw.byteLength,
  sha256,
  content: raw,
})
