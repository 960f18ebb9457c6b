// Messages of a chat that wait for their writer's word, made into one for the desk: their texts in order, their files with them.
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { cleanName, cleanText, enclose, oneLine } from './enclosure.ts'
import { BOUNDS, type Enclosure, type Incoming } from './incoming.ts'
import { filesOf, MOST_FILE, type TelegramApi, TelegramMessageShape } from './telegram-api.ts'

export interface WaitingChat {
  readonly id: number
  readonly externalId: string
  readonly payload: unknown
}

/** What chats want of the records. */
export interface ChatBook {
  mark(name: string): Promise<unknown>
  setMark(name: string, value: unknown): Promise<void>
  bindChat(code: string, source: string, address: string): Promise<Outcome<number>>
  personOf(source: string, address: string): Promise<number | null>
  wait(message: {
    readonly source: string
    readonly externalId: string
    readonly address: string
    readonly payload: unknown
    readonly at: number
  }): Promise<boolean>
  waiting(source: string, address: string | null): Promise<readonly WaitingChat[]>
  worked(id: number): Promise<void>
}

export interface ChatOptions {
  readonly api: Pick<TelegramApi, 'file'>
  readonly chat: string
  readonly person: number
  /** The one its writer chose; null: something new. */
  readonly ticket: string | null
  readonly waiting: readonly WaitingChat[]
  readonly signal: AbortSignal
}

/** Failures are those of fetching a file, when another try may help; a file that will never come is left out by name. */
export async function chatIncoming({ api, chat, person, ticket, waiting, signal }: ChatOptions): Promise<Outcome<Incoming>> {
  const messages = waiting.flatMap(({ payload }) => TelegramMessageShape.safeParse(payload).data ?? [])
  const first = messages[0]
  if (first === undefined) return failed('garbage', 'what waits cannot be read')
  const attachments: Enclosure[] = []
  const leftOut: string[] = []
  let total = 0
  for (const { id, name, size } of messages.flatMap(filesOf)) {
    if (size > MOST_FILE || total + size > BOUNDS.message || attachments.length >= BOUNDS.attachments) {
      leftOut.push(cleanName(name))
      continue
    }
    const content = await api.file(id, signal)
    if (!content.ok && content.failure.retry) return content
    if (!content.ok) leftOut.push(cleanName(name))
    else {
      total += content.value.byteLength
      attachments.push(await enclose(name, content.value))
    }
  }
  const text = cleanText(
    messages
      .map(({ text, caption }) => text ?? caption ?? '')
      .filter(part => part !== '')
      .join('\n\n'),
  )
  const { from } = first
  return done({
    channel: 'chat',
    source: 'telegram',
    // That of the first: told again after a fall, they are the same.
    externalId: waiting[0]?.externalId ?? `${chat}:${first.message_id}`,
    from: { address: chat, name: oneLine(`${from?.first_name ?? ''} ${from?.last_name ?? ''}`, BOUNDS.name), person },
    to: [],
    subject: oneLine(text.split('\n')[0] ?? '', 120),
    text,
    fullText: text,
    receivedAt: first.date * 1_000,
    messageId: null,
    thread: { ticketNumber: ticket, proof: ticket === null ? null : 'choice', inReplyTo: null, references: [] },
    attachments,
    leftOut,
    automatic: false,
    verified: true,
    raw: await enclose(`telegram-${first.message_id}.json`, Buffer.from(JSON.stringify(messages, null, 1))),
  })
}
