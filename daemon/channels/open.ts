// The desk's channels, opened by their settings: each for itself, so that one that is cut off takes nothing from the others. What a channel
// needs is loaded when the settings name it: a library for mail weighs as much as all the rest of the desk.
import type { Clock, Log } from '../domain/call.ts'
import { heldNote } from '../domain/channel-trouble.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import type { Text } from '../domain/point.ts'
import { troubleText } from '../domain/words/channel-words.ts'
import type { Lang } from '../domain/words/lang.ts'
import type { ChatBook } from './chat.ts'
import { openCourier } from './courier.ts'
import type { Desk } from './incoming.ts'
import { type Intake, type MessageBook, type MessageRow, openIntake } from './intake.ts'
import type { Carrier, Mailings } from './outgoing.ts'
import type { DeskChannels } from './settings.ts'
import { type ChannelStatus, openStatus, type StatusBoard } from './status.ts'
import { readTemplates } from './template.ts'
import { openTokens } from './token.ts'
import type { WhatsappHook } from './whatsapp-hook.ts'

/** What the channels want of the records; the message and mailing stores fit. */
export interface ChannelRecords {
  readonly messages: MessageBook &
    Omit<ChatBook, 'waiting'> & {
      key(name: string): Promise<Outcome<Uint8Array>>
      lastFrom(source: string, sender: string): Promise<number | null>
      ticketOf(messageIds: readonly string[]): Promise<{ readonly ticket: string; readonly sender: string } | null>
      inState(state: 'released'): Promise<readonly MessageRow[]>
      countIn(state: 'held' | 'failed'): Promise<number>
      prune(before: number): Promise<number>
      waiting(
        source: string,
        address: string | null,
      ): Promise<
        readonly { readonly id: number; readonly externalId: string; readonly address: string; readonly payload: unknown; readonly at: number }[]
      >
    }
  readonly mailings: Mailings & {
    later(
      remoteId: string,
      state: 'sent' | 'read' | 'failed',
      error: string | null,
    ): Promise<{ readonly ticket: string | null; readonly to: string } | null>
    ofRemote(remoteId: string): Promise<{ readonly ticket: string | null; readonly to: string } | null>
  }
}

export interface ChannelOptions {
  readonly settings: DeskChannels
  readonly records: ChannelRecords
  readonly desk: Desk
  readonly clock: Clock
  readonly log: Log
  readonly language: Lang
  /** A message was given up or came back: for the ticket's own timeline. */
  readonly undelivered: (ticket: string | null, channel: string, to: string, why: string) => void
  /** Folders with templates of the site, in place of ours of the same name. */
  readonly templates?: readonly string[]
}

export interface DeskChannelsOpen {
  /** For the webhook's route; null without WhatsApp. */
  readonly whatsapp: WhatsappHook | null
  /** Channels that messages can be queued for. */
  readonly carriers: readonly string[]
  /** Name of the bot, for the link `https://t.me/<bot>?start=<code>` that binds a chat; null without Telegram. */
  readonly bot: string | null
  status(): readonly ChannelStatus[]
  /** Empty when all is well. */
  troubles(): readonly Text[]
  /** Looks for what is to go out, and for released messages; about once a second, and when something was queued. */
  tick(): Promise<void>
  /** A person let a held message through: looks for it now. */
  released(): void
  close(): Promise<void>
}

/** Milliseconds between two looks at how many are held, and between two clearings of the letters of machines. */
const COUNT_AGAIN = 30_000
const PRUNE_AGAIN = 86_400_000
const MACHINES_KEPT = 400 * 86_400_000

/** Failures: a template that is wrong, a key that does not open. Servers that do not answer are troubles, not failures. */
export async function openDeskChannels(options: ChannelOptions): Promise<Outcome<DeskChannelsOpen>> {
  const { settings, records, desk, clock, log, undelivered } = options
  const { messages, mailings } = records
  const templates = readTemplates(options.templates)
  if (!templates.ok) return templates
  const key = await messages.key('desk address tokens')
  if (!key.ok) return key

  await using doors = new AsyncDisposableStack()
  const boards: StatusBoard[] = []
  const board = (name: string): StatusBoard => {
    const made = openStatus(name, clock)
    boards.push(made)
    return made
  }
  const intake = (perHour: number): Intake => openIntake({ book: messages, desk, clock, perHour })
  const looks: (() => void)[] = []
  const carriers = new Map<string, { readonly carrier: Carrier; readonly status: StatusBoard }>()
  const came = async (remoteId: string, state: 'sent' | 'read' | 'failed', why: string | null, channel: string): Promise<void> => {
    const message = await mailings.later(remoteId, state, why)
    if (message !== null && state === 'failed') undelivered(message.ticket, channel, message.to, why ?? 'not delivered')
  }

  const { email, telegram, whatsapp } = settings
  if (email !== undefined) {
    const { address, plus, name, perHour, imap, smtp } = email
    const tokens = openTokens({ key: key.value, address, plus })
    if (imap !== undefined) {
      const [{ openMailbox }, { openPost }, { openReader }] = await Promise.all([import('./imap.ts'), import('./post.ts'), import('./reader.ts')])
      const reader = openReader({ log })
      doors.defer(() => reader.close())
      const post = openPost({
        read: reader.read,
        intake: intake(perHour),
        desk,
        tokens,
        address,
        vouches: imap.vouches,
        book: messages,
        bounced: (id, why) => came(id, 'failed', why, 'email'),
        clock,
        log,
      })
      const mailbox = openMailbox({
        settings: imap,
        post,
        marks: messages,
        released: async () => (await messages.inState('released')).filter(({ source }) => source === 'imap'),
        gone: letter => messages.record({ ...letter, state: 'failed', note: heldNote({ code: 'gone' }) }),
        status: board('email in'),
        clock,
        log: log.child({ channel: 'imap' }),
      })
      doors.defer(() => mailbox.close())
      looks.push(mailbox.look)
    }
    if (smtp !== undefined) {
      const { smtpCarrier } = await import('./smtp.ts')
      carriers.set('email', { carrier: smtpCarrier(smtp, { address, name, tokens }, templates.value), status: board('email out') })
    }
  }
  if (telegram !== undefined) {
    const [{ openBot }, { telegramApi }, { telegramCarrier }] = await Promise.all([
      import('./telegram.ts'),
      import('./telegram-api.ts'),
      import('./telegram-carrier.ts'),
    ])
    const api = telegramApi(telegram)
    const bot = openBot({
      api,
      bot: telegram.token.split(':')[0] ?? '',
      book: messages,
      desk,
      intake: intake(telegram.perHour),
      status: board('telegram in'),
      released: async () => (await messages.inState('released')).flatMap(({ source, externalId }) => (source === 'telegram' ? [externalId] : [])),
      clock,
      log: log.child({ channel: 'telegram' }),
      language: options.language,
    })
    doors.defer(() => bot.close())
    looks.push(bot.look)
    carriers.set('telegram', { carrier: telegramCarrier(api, templates.value), status: board('telegram out') })
  }
  let hook: WhatsappHook | null = null
  if (whatsapp !== undefined) {
    const [{ openWorker }, { whatsappApi, whatsappCarrier }, { openHook }] = await Promise.all([
      import('./whatsapp.ts'),
      import('./whatsapp-api.ts'),
      import('./whatsapp-hook.ts'),
    ])
    const status = board('whatsapp in')
    const api = whatsappApi(whatsapp)
    const worker = openWorker({
      api,
      book: messages,
      ofRemote: mailings.ofRemote,
      desk,
      intake: intake(whatsapp.perHour),
      status,
      clock,
      log: log.child({ channel: 'whatsapp' }),
    })
    doors.defer(() => worker.close())
    looks.push(worker.look)
    hook = openHook({
      settings: whatsapp,
      book: messages,
      told: (id, state, why) => came(id, state, why, 'whatsapp'),
      proven: () => status.connected(),
      came: worker.look,
      clock,
      log: log.child({ channel: 'whatsapp' }),
    })
    const lastFrom = (number: string) => messages.lastFrom('whatsapp', number)
    carriers.set('whatsapp', {
      carrier: whatsappCarrier({ api, approved: whatsapp.templates, templates: templates.value, lastFrom, clock }),
      status: board('whatsapp out'),
    })
  }
  const courier = openCourier({ carriers, mailings, clock, log, gaveUp: undelivered })
  doors.defer(() => courier.close())

  let waiting = { held: 0, failed: 0, at: 0 }
  let pruned = 0
  const kept = doors.move()
  return done({
    whatsapp: hook,
    carriers: [...carriers.keys()],
    bot: telegram?.bot ?? null,
    status: () => boards.map(one => one.view()),
    troubles: () =>
      [
        ...boards.flatMap(one => one.view().trouble ?? []),
        ...(waiting.held > 0 ? [{ code: 'held', count: waiting.held } as const] : []),
        ...(waiting.failed > 0 ? [{ code: 'refused', count: waiting.failed } as const] : []),
      ].map(troubleText),
    async tick() {
      if (clock() - waiting.at >= COUNT_AGAIN)
        waiting = { held: await messages.countIn('held'), failed: await messages.countIn('failed'), at: clock() }
      if (clock() - pruned >= PRUNE_AGAIN) {
        pruned = clock()
        await messages.prune(clock() - MACHINES_KEPT)
      }
      await courier.tick()
    },
    released: () => {
      for (const look of looks) look()
    },
    close: () => kept.disposeAsync(),
  })
}
