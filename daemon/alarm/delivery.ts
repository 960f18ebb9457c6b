// Carries notices from the outbox to their channels: at least once, each channel for itself, with patience that grows and ends.
import { z } from 'zod'
import { SEVERITIES } from '../domain/alarm.ts'
import type { Call, Instant, Log } from '../domain/call.ts'
import { failed, type Outcome } from '../domain/outcome.ts'
import type { Text } from '../domain/point.ts'
import { LANGS } from '../domain/words/lang.ts'
import type { OpenChannel } from './channel.ts'
import type { Message, Outbox, QueuedNotice } from './outbox.ts'

export interface DeliveryOptions {
  readonly channels: ReadonlyMap<string, OpenChannel>
  readonly outbox: Outbox
  readonly log: Log
  /** Trouble with a channel, or null when it works again: becomes an alarm of Suar itself. */
  readonly trouble: (channel: string, text: Text | null) => void
  /** A notice was given up; for the alarm's timeline. */
  readonly gaveUp: (alarm: number, text: string) => void
  /** 0 … 1. */
  readonly random?: () => number
  /** Milliseconds a channel may take for one notice. */
  readonly timeout?: number
}

/** Milliseconds. Doubles from the first wait to the longest; given up when a notice is a day old. */
const FIRST_WAIT = 5_000
const LONGEST_WAIT = 900_000
const GIVE_UP = 86_400_000
/** Notices under way on one channel. */
const AT_ONCE = 4
/** Notices of one channel looked at in one go: more than can be under way on it, for those of a channel that rests are put off in one go too. */
const PAGE = 100

const text = z.string()
const MessageShape: z.ZodType<Message> = z.object({
  what: z.enum(['raised', 'severity', 'cleared', 'test']),
  alarm: z.number().nullable(),
  number: text.nullable(),
  severity: z.enum(SEVERITIES).nullable(),
  title: text,
  detail: text,
  device: text.nullable(),
  point: text.nullable(),
  site: text,
  at: z.number(),
  raisedAt: z.number(),
  clearedAt: z.number().nullable(),
  lang: z.enum(LANGS),
  zone: text,
})

/** Milliseconds to the next try after `tries`, with a quarter of chance so that many do not knock at once. */
export const backOff = (tries: number, random: number): number => Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(tries, 20)) * (0.75 + random / 2)

export function openDelivery({ channels, outbox, log, trouble, gaveUp, random = Math.random, timeout = 20_000 }: DeliveryOptions) {
  const stop = new AbortController()
  const underWay = new Map<string, Promise<void>>()
  const busy = new Map<string, number>()
  /** Channels that just failed → when they are tried again, after how many failures in a row. */
  const resting = new Map<string, { readonly until: Instant; readonly failures: number; readonly error: string }>()
  const troubled = new Set<string>()
  let looking = false

  async function send(notice: QueuedNotice, channel: OpenChannel, now: Instant): Promise<void> {
    const parsed = MessageShape.safeParse(notice.payload)
    if (!parsed.success) {
      log.error({ notice: notice.id }, 'a notice in the outbox cannot be read and is given up')
      return outbox.failed(notice.id, 'it cannot be read')
    }
    const call: Call = {
      signal: AbortSignal.any([stop.signal, AbortSignal.timeout(timeout)]),
      log: log.child({ channel: channel.name, notice: notice.id }),
    }
    const sent = await within(channel.send({ id: notice.id, to: notice.to, message: parsed.data }, call), call.signal)
    // Stopped half-way: it stays queued and is sent again after the restart, under the same id.
    if (stop.signal.aborted && !sent.ok) return
    if (sent.ok) {
      resting.delete(channel.name)
      if (troubled.delete(channel.name)) trouble(channel.name, null)
      return outbox.sent(notice.id)
    }
    const { kind, message } = sent.failure
    call.log.warn({ kind, tries: notice.tries + 1 }, `notice not sent: ${message}`)
    if (kind === 'invalid' || now - notice.createdAt >= GIVE_UP) return giveUp(notice, parsed.data, message)
    // One mailbox that puts off its mail (4xx) is no trouble of the channel.
    if (kind === 'busy' || kind === 'full') return outbox.again(notice.id, now + backOff(notice.tries, random()), message)
    // Told at once when only a person can mend it, else when it lasts.
    const failures = (resting.get(channel.name)?.failures ?? 0) + 1
    const wait = backOff(failures - 1, random())
    resting.set(channel.name, { until: now + wait, failures, error: message })
    if (!sent.failure.retry || failures >= 3) tellTrouble(channel.name, message)
    await outbox.again(notice.id, now + wait, message)
  }

  async function giveUp(notice: QueuedNotice, message: Message, error: string): Promise<void> {
    await outbox.failed(notice.id, error)
    tellTrouble(notice.channel, `${notice.to}: ${error}`)
    if (message.alarm !== null) gaveUp(message.alarm, `${notice.channel} ${notice.to}: ${error}`)
  }

  function tellTrouble(channel: string, error: string): void {
    troubled.add(channel)
    trouble(channel, { en: `Notices by ${channel} are not delivered: ${error}`, id: `Kabar lewat ${channel} tidak terkirim: ${error}` })
  }

  function start(notice: QueuedNotice, channel: OpenChannel, now: Instant): void {
    busy.set(channel.name, (busy.get(channel.name) ?? 0) + 1)
    const errand = send(notice, channel, now)
      .catch((error: unknown) => {
        // The outbox could not be written: the notice stays queued, and comes again.
        log.error({ notice: notice.id, error: error instanceof Error ? error.message : String(error) }, 'a notice could not be handled')
      })
      .finally(() => {
        underWay.delete(notice.id)
        busy.set(channel.name, (busy.get(channel.name) ?? 1) - 1)
      })
    underWay.set(notice.id, errand)
  }

  async function look(now: Instant): Promise<void> {
    for (const notice of await outbox.due(now, PAGE)) {
      if (stop.signal.aborted) return
      if (underWay.has(notice.id)) continue
      const channel = channels.get(notice.channel)
      if (channel === undefined) {
        await outbox.failed(notice.id, `there is no channel "${notice.channel}" any more`)
        continue
      }
      const rest = resting.get(notice.channel)
      // Out of the way of others, so that the notices of a dead channel never fill the page; the age still decides when it is given up.
      if (rest !== undefined && rest.until > now && now - notice.createdAt < GIVE_UP)
        await outbox.again(notice.id, rest.until + random() * FIRST_WAIT, rest.error)
      else if ((busy.get(notice.channel) ?? 0) < AT_ONCE) start(notice, channel, now)
    }
  }

  return {
    /** Looks for notices that are due and starts them; does not wait until they are sent. */
    async tick(now: Instant): Promise<void> {
      if (looking || stop.signal.aborted) return
      looking = true
      try {
        await look(now)
      } catch (error) {
        log.error({ error: error instanceof Error ? error.message : String(error) }, 'the outbox cannot be read')
      } finally {
        looking = false
      }
    },

    /** Sends one message now, past the outbox. `notFound`: no such channel. */
    async once(name: string, id: string, to: string, message: Message): Promise<Outcome<void>> {
      const channel = channels.get(name)
      if (channel === undefined) return failed('notFound', `There is no channel "${name}" in the settings.`)
      const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(timeout)])
      return within(channel.send({ id, to, message }, { signal, log: log.child({ channel: name }) }), signal)
    },

    /** When all that is under way has ended. */
    idle: async (): Promise<void> => void (await Promise.all(underWay.values())),

    async close(): Promise<void> {
      stop.abort()
      await Promise.all(underWay.values())
    },
  }
}

/** The outcome, or a timeout when the channel does not obey the stop. */
async function within(sending: Promise<Outcome<void>>, signal: AbortSignal): Promise<Outcome<void>> {
  const { promise, resolve } = Promise.withResolvers<Outcome<void>>()
  const late = (): void => resolve(failed('timeout', 'no answer in time'))
  if (signal.aborted) late()
  signal.addEventListener('abort', late, { once: true })
  try {
    return await Promise.race([sending, promise])
  } finally {
    signal.removeEventListener('abort', late)
  }
}
