// A letter of ours from a filled template: plain and simple HTML, threaded, with the address its answer finds the ticket by. Pure.
import { createHash } from 'node:crypto'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Lang } from '../domain/words/lang.ts'
import type { Dispatch } from './outgoing.ts'
import { REPLY_LINE } from './quote.ts'
import type { Filled } from './template.ts'
import type { Tokens } from './token.ts'

export interface Composed {
  readonly from: { readonly name: string; readonly address: string }
  readonly to: { readonly name: string; readonly address: string }
  readonly replyTo: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly messageId: string
  readonly inReplyTo: string | undefined
  readonly references: readonly string[]
  readonly headers: Readonly<Record<string, string>>
}

export interface Sender {
  readonly address: string
  readonly name: string
  readonly tokens: Tokens
}

const ADDRESS = /^[^\s@<>"(),;:\\]{1,64}@[^\s@<>"(),;:\\]{1,255}$/
const MESSAGE_ID = /^<[^<>\s]{1,300}>$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: no line of a head may hold one
const CONTROL = /[\u0000-\u001f\u007f]/

/** `invalid`: an address or a header that would be more than it says. */
export function compose({ id, to, message }: Dispatch, { subject, body, automatic }: Filled, { address, name, tokens }: Sender): Outcome<Composed> {
  if (!ADDRESS.test(to)) return failed('invalid', 'The recipient is no mail address.')
  const ids = [...message.references, ...(message.inReplyTo === null ? [] : [message.inReplyTo])]
  if (!ids.every(one => MESSAGE_ID.test(one))) return failed('invalid', 'A letter it refers to has no proper Message-ID.')
  if ([subject, message.name, name, id].some(text => CONTROL.test(text)))
    return failed('invalid', 'A control character stands where a header would be.')
  // All letters about one ticket hang on one that was never sent, so that every program shows them together.
  const root = message.ticket === null ? [] : [tokens.messageId(message.ticket, 'thread')]
  const answerable = message.ticket !== null
  return done({
    from: { name, address },
    // An object, so that a comma in it does not make two recipients.
    to: { name: message.name, address: to },
    replyTo: message.ticket === null ? address : tokens.replyAddress(message.ticket),
    subject,
    text: `${answerable ? `${REPLY_LINE}\n\n` : ''}${body}\n\n-- \n${name}\n`,
    html: htmlOf(body, name, message.language, answerable),
    messageId: messageIdOf(id, message.ticket, tokens),
    inReplyTo: message.inReplyTo ?? undefined,
    references: [...new Set([...root, ...ids])].slice(-30),
    headers: {
      // RFC 3834: an answer to a letter, or of its own accord; both keep machines from answering.
      ...(automatic ? { 'Auto-Submitted': message.inReplyTo === null ? 'auto-generated' : 'auto-replied', 'X-Auto-Response-Suppress': 'All' } : {}),
      'X-Suar-Message': id,
    },
  })
}

/** The same for every try, so that a receiver knows a letter that comes twice. */
const messageIdOf = (id: string, ticket: string | null, tokens: Tokens): string =>
  tokens.messageId(ticket, createHash('sha256').update(id).digest('hex').slice(0, 20))

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign)

/** A line that is an address of the web becomes a link; nothing else does, whatever a value says. */
const lineOf = (line: string): string => (/^https?:\/\/[^\s"'<>]+$/.test(line) ? `<a href="${escaped(line)}">${escaped(line)}</a>` : escaped(line))

const htmlOf = (body: string, name: string, language: Lang, answerable: boolean): string => {
  const paragraphs = body.split(/\n{2,}/).map(part => `<p>${part.split('\n').map(lineOf).join('<br>')}</p>`)
  const mark = answerable ? `<p style="color:#777">${escaped(REPLY_LINE)}</p>` : ''
  return `<!doctype html><html lang="${language}"><body style="font-family:sans-serif;line-height:1.5">${mark}${paragraphs.join('')}<p style="color:#777">${escaped(name)}</p></body></html>`
}
