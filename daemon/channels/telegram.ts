// The bot: long polling without an open port, every update once and in order, a chat only of somebody we know.
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock, Instant, Log } from '../domain/call.ts'
import { type Because, because } from '../domain/channel-trouble.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { heldText } from '../domain/words/channel-words.ts'
import type { Lang } from '../domain/words/lang.ts'
import { type ChatBook, chatIncoming } from './chat.ts'
import { CHAT_WORDS, type ChatWords } from './chat-words.ts'
import { oneLine } from './enclosure.ts'
import type { Desk } from './incoming.ts'
import type { Intake, Taken } from './intake.ts'
import { backOff } from './safe.ts'
import type { StatusBoard } from './status.ts'
import type { TelegramApi, TelegramMessage, Update } from './telegram-api.ts'
import { openParked } from './telegram-parked.ts'

export interface BotOptions {
  readonly api: TelegramApi
  /** Part of the token before the colon: the bot's own number. */
  readonly bot: string
  readonly book: ChatBook
  readonly desk: Desk
  readonly intake: Intake
  readonly status: StatusBoard
  /** What people let through of what was held, by the names it came under. */
  readonly released: () => Promise<readonly string[]>
  readonly clock: Clock
  readonly log: Log
  /** Of strangers; others are answered in the language of their Telegram. */
  readonly language: Lang
  /** 0 … 1. */
  readonly random?: () => number
  /** First wait before another try, ms. */
  readonly firstWait?: number
}

/** A stranger is told once an hour how to be none, ms. */
const STRANGER_AGAIN = 3_600_000
const NOTE_BUTTONS = 3
/** Falls over one update before it is passed over. */
const STUMBLES = 3
/** Messages of one chat that wait for its word; more are not kept, and the question says how many there are. */
const MOST_WAITING = 50

const answerTo = (words: ChatWords, ticket: string | null, { created, before, ticket: became }: Taken & { readonly what: 'delivered' }): string =>
  created || (before && ticket === null) ? words.created(became) : words.noted(became)

export function openBot({
  api,
  bot,
  book,
  desk,
  intake,
  status,
  released,
  clock,
  log,
  language,
  random = Math.random,
  firstWait = 2_000,
}: BotOptions) {
  const stop = new AbortController()
  const { signal } = stop
  const name = `telegram:${bot}`
  const told = new Map<string, Instant>()
  let stumbled = { update: -1, times: 0 }

  const wordsFor = (message: TelegramMessage) => CHAT_WORDS[langOf(message)]
  const langOf = (message: TelegramMessage): Lang => {
    const code = message.from?.language_code
    return code === undefined ? language : code.startsWith('id') ? 'id' : 'en'
  }
  const say = async (chat: string, text: string, buttons: Parameters<TelegramApi['send']>[2] = []): Promise<Outcome<void>> => {
    const sent = await api.send(chat, text, buttons, signal)
    // Who blocked the bot is told nothing; that is no reason to hear the same again.
    return sent.ok || !sent.failure.retry ? done(undefined) : sent
  }

  async function heard(message: TelegramMessage): Promise<Outcome<void>> {
    if (message.chat.type !== 'private') return done(undefined)
    const chat = String(message.chat.id)
    const words = wordsFor(message)
    const text = message.text ?? message.caption ?? ''
    const [, command = '', rest = ''] = /^\/([a-z]+)(?:@\w+)?\s*(.*)$/is.exec(text) ?? []
    if (command === 'start' && rest !== '') {
      const bound = await book.bindChat(rest.trim(), 'telegram', chat)
      // Heard again after a fall the code is used up, and the chat bound all the same.
      return say(chat, bound.ok || (await book.personOf('telegram', chat)) !== null ? words.bound : words.badCode)
    }
    const person = await book.personOf('telegram', chat)
    if (person === null) {
      const last = told.get(chat)
      if (last !== undefined && clock() - last < STRANGER_AGAIN) return done(undefined)
      if (told.size > 10_000) told.clear()
      told.set(chat, clock())
      return say(chat, words.stranger)
    }
    if (command === 'status') return say(chat, await statusText(person, rest.trim(), message))
    if (command !== '') return say(chat, words.help)
    if ((await book.waiting('telegram', chat)).length >= MOST_WAITING) return askWhatFor(chat, person, message)
    await book.wait({ source: 'telegram', externalId: `${chat}:${message.message_id}`, address: chat, payload: message, at: clock() })
    return askWhatFor(chat, person, message)
  }

  async function statusText(person: number, number: string, message: TelegramMessage): Promise<string> {
    const words = wordsFor(message)
    if (number === '') {
      const open = await desk.openTickets(person)
      return open.length === 0
        ? words.noTickets
        : open
            .slice(0, 20)
            .map(one => `${one.number}  ${oneLine(one.title, 80)}`)
            .join('\n')
    }
    const known = await desk.status(person, number.toUpperCase(), langOf(message))
    return known.ok ? known.value : words.notYours
  }

  async function askWhatFor(chat: string, person: number, message: TelegramMessage): Promise<Outcome<void>> {
    const words = wordsFor(message)
    const waiting = await book.waiting('telegram', chat)
    // Photos of one album come as so many messages: one question is enough.
    const album = message.media_group_id
    const others = waiting.filter(({ externalId }) => externalId !== `${chat}:${message.message_id}`)
    if (album !== undefined && others.some(({ payload }) => (payload as { media_group_id?: string } | null)?.media_group_id === album))
      return done(undefined)
    const open = await desk.openTickets(person)
    const notes = open.slice(0, NOTE_BUTTONS).map(({ number }) => [{ text: words.note(number), data: `t:${number}` }])
    return say(chat, words.ask(waiting.length), [[{ text: words.fresh, data: 'new' }], ...notes])
  }

  async function pressed(query: NonNullable<Update['callback_query']>): Promise<Outcome<void>> {
    const { message, data = '' } = query
    if (message === undefined) return done(undefined)
    const chat = String(message.chat.id)
    const person = await book.personOf('telegram', chat)
    await api.pressed(query.id, { chat, id: message.message_id }, signal)
    if (person === null) return done(undefined)
    // The question was ours; its language is the desk's.
    const words = CHAT_WORDS[language]
    const ticket = data.startsWith('t:') ? data.slice(2) : null
    // Between the question and the answer the ticket may have ended; and data of a button is no proof.
    if (ticket !== null && !(await desk.openTickets(person)).some(({ number }) => number === ticket)) return say(chat, words.notYours)
    const waiting = await book.waiting('telegram', chat)
    const first = waiting[0]
    if (first === undefined) return say(chat, words.gone)
    const built = await chatIncoming({ api, chat, person, ticket, waiting, signal })
    if (!built.ok) return built
    const taken = await intake.take(built.value)
    if (!taken.ok) return taken
    status.carried('in')
    const became = taken.value
    if (became.what === 'held' || became.what === 'failed') await parked.park(built.value.externalId, { chat, person, ticket, messages: waiting })
    for (const { id } of waiting) await book.worked(id)
    const answer = became.what !== 'delivered' ? words.refused(heldText(became.why, language)) : answerTo(words, ticket, became)
    const { leftOut } = built.value
    return say(chat, leftOut.length === 0 ? answer : `${answer}\n${words.leftOut(leftOut.join(', '))}`)
  }

  const one = (update: Update | { readonly update_id: number }): Promise<Outcome<void>> => {
    if ('message' in update && update.message !== undefined) return heard(update.message)
    if ('callback_query' in update && update.callback_query !== undefined) return pressed(update.callback_query)
    return Promise.resolve(done(undefined))
  }

  /** An update that makes us fall time and again is passed over, so that those behind it are heard. Records that fail are none of its doing. */
  async function steadily(update: Update | { readonly update_id: number }): Promise<Outcome<void>> {
    try {
      return await one(update)
    } catch (error) {
      if (error instanceof Error && 'failure' in error) throw error
      const { update_id } = update
      stumbled = { update: update_id, times: stumbled.update === update_id ? stumbled.times + 1 : 1 }
      if (stumbled.times < STUMBLES) throw error
      return failed('garbage', error instanceof Error ? (error.stack ?? error.message) : String(error), false)
    }
  }

  const parked = openParked({
    book,
    intake,
    released,
    build: ({ chat, person, ticket, messages }) => chatIncoming({ api, chat, person, ticket, waiting: messages, signal }),
    async taken({ chat, ticket }, became) {
      status.carried('in')
      const told = await say(chat, answerTo(CHAT_WORDS[language], ticket, became))
      if (!told.ok) log.warn({ kind: told.failure.kind }, `who wrote is not told that it was taken: ${told.failure.message}`)
    },
    clock,
    log,
    random,
    firstWait,
  })

  async function round(): Promise<Outcome<void>> {
    const mark = await book.mark(name)
    const got = await api.updates(typeof mark === 'number' ? mark : 0, signal)
    if (!got.ok) return got
    status.connected()
    for (const update of got.value) {
      if (signal.aborted) return done(undefined)
      const handled = await steadily(update)
      // What can be tried again is; what cannot is told and passed over.
      if (!handled.ok && handled.failure.retry) return handled
      if (!handled.ok) log.warn({ update: update.update_id, kind: handled.failure.kind }, `an update is passed over: ${handled.failure.message}`)
      await book.setMark(name, update.update_id + 1)
    }
    status.trouble(null)
    return done(undefined)
  }

  const life = (async (): Promise<void> => {
    for (let failures = 0; !signal.aborted; ) {
      let why: Because | null = null
      try {
        const went = await round()
        why = went.ok ? null : because(went.failure)
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error)
        why = { kind: 'garbage', said }
        log.error({ error: error instanceof Error ? (error.stack ?? said) : said }, 'the bot stumbled')
      }
      if (signal.aborted) return
      if (why === null) {
        failures = 0
        continue
      }
      status.disconnected()
      status.trouble({ code: 'cutOff', channel: 'telegram', because: why })
      log.warn({ failures }, `the bot is cut off: ${why.said}`)
      await pause(backOff(failures++, random(), firstWait), undefined, { signal }).catch(() => undefined)
    }
  })()

  parked.look()
  return {
    /** A person may have let something through. */
    look: parked.look,
    async close(): Promise<void> {
      stop.abort()
      await parked.close()
      await life
    },
  }
}
