// Carries what lies in the outbox: at least once, each channel for itself, one at a time to each recipient, with patience that grows and ends.
import type { Call, Clock, Instant, Log } from '../domain/call.ts'
import { because } from '../domain/channel-trouble.ts'
import { failed, type Outcome } from '../domain/outcome.ts'
import { type Carrier, type Dispatch, type Mailings, Outgoing } from './outgoing.ts'
import { backOff } from './safe.ts'
import type { StatusBoard } from './status.ts'

export interface CourierOptions {
  readonly carriers: ReadonlyMap<string, { readonly carrier: Carrier; readonly status: StatusBoard }>
  readonly mailings: Mailings
  readonly clock: Clock
  readonly log: Log
  /** A message was given up; for the ticket. */
  readonly gaveUp: (ticket: string | null, channel: string, to: string, why: string) => void
  /** 0 … 1. */
  readonly random?: () => number
  /** Milliseconds a carrier may take for one message. */
  readonly timeout?: number
}

/** Milliseconds. */
const GIVE_UP = 2 * 86_400_000
const FIRST_WAIT = 5_000
const LONGEST_WAIT = 1_800_000
/** Messages under way on one channel, and looked at in one go. */
const AT_ONCE = 4
const PAGE = 200

export function openCourier({ carriers, mailings, clock, log, gaveUp, random = Math.random, timeout = 30_000 }: CourierOptions) {
  const stop = new AbortController()
  const underWay = new Map<string, Promise<void>>()
  /** `channel recipient` of those under way: what is told to one is told in order. */
  const talking = new Set<string>()
  const busy = new Map<string, number>()
  /** Channels that just failed → until when they rest, after how many failures in a row. */
  const resting = new Map<string, { readonly until: Instant; readonly failures: number; readonly why: string }>()
  let looking = false

  async function send(dispatch: Dispatch, tries: number, { carrier, status }: { carrier: Carrier; status: StatusBoard }): Promise<void> {
    const { id, to, message } = dispatch
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(timeout)])
    const call: Call = { signal, log: log.child({ channel: carrier.name, message: id }) }
    const sent = await within(carrier.send(dispatch, call), signal)
    // Stopped half-way: it stays queued and goes again after the restart, under the same id.
    if (stop.signal.aborted && !sent.ok) return
    if (sent.ok) {
      resting.delete(carrier.name)
      status.connected()
      status.carried('out')
      status.trouble(null)
      return mailings.sent(id, sent.value.remoteId)
    }
    const { kind, retry, message: why } = sent.failure
    call.log.warn({ kind, tries: tries + 1 }, `not sent: ${why}`)
    if (kind === 'invalid' || kind === 'tooBig' || clock() - dispatch.createdAt >= GIVE_UP) {
      await mailings.failed(id, why)
      return gaveUp(message.ticket, carrier.name, to, why)
    }
    // One mailbox that puts off its mail is no trouble of the channel.
    if (kind === 'busy') return mailings.again(id, clock() + backOff(tries, random(), FIRST_WAIT, LONGEST_WAIT), why)
    const failures = (resting.get(carrier.name)?.failures ?? 0) + 1
    const wait = backOff(failures - 1, random(), FIRST_WAIT, LONGEST_WAIT)
    resting.set(carrier.name, { until: clock() + wait, failures, why })
    if (!retry || failures >= 3) {
      status.disconnected()
      status.trouble({ code: 'notSent', channel: carrier.name, because: because(sent.failure) })
    }
    await mailings.again(id, clock() + wait, why)
  }

  async function look(): Promise<void> {
    for (const one of await mailings.due(clock(), PAGE)) {
      if (stop.signal.aborted) return
      const way = `${one.channel} ${one.to}`
      if (underWay.has(one.id) || talking.has(way)) continue
      const found = carriers.get(one.channel)
      const message = Outgoing.safeParse(one.payload)
      if (found === undefined || !message.success) {
        const why = found === undefined ? `there is no channel "${one.channel}" in the settings` : 'it cannot be read'
        await mailings.failed(one.id, why)
        gaveUp(one.ticket, one.channel, one.to, why)
        continue
      }
      const rest = resting.get(one.channel)
      // Out of the way of others, so that what waits for a dead channel never fills the page.
      if (rest !== undefined && rest.until > clock()) await mailings.again(one.id, rest.until + random() * FIRST_WAIT, rest.why)
      else if ((busy.get(one.channel) ?? 0) < AT_ONCE)
        start({ id: one.id, to: one.to, message: message.data, createdAt: one.createdAt }, one.tries, found, way)
    }
  }

  function start(dispatch: Dispatch, tries: number, found: { carrier: Carrier; status: StatusBoard }, way: string): void {
    const { name } = found.carrier
    talking.add(way)
    busy.set(name, (busy.get(name) ?? 0) + 1)
    const errand = send(dispatch, tries, found)
      .catch((error: unknown) => {
        // The outbox could not be written: the message stays queued, and goes again.
        log.error({ message: dispatch.id, error: error instanceof Error ? error.message : String(error) }, 'a message could not be handled')
      })
      .finally(() => {
        underWay.delete(dispatch.id)
        talking.delete(way)
        busy.set(name, (busy.get(name) ?? 1) - 1)
      })
    underWay.set(dispatch.id, errand)
  }

  return {
    /** Looks for what is due and starts it; does not wait until it is sent. Called about once a second. */
    async tick(): Promise<void> {
      if (looking || stop.signal.aborted) return
      looking = true
      try {
        await look()
      } catch (error) {
        log.error({ error: error instanceof Error ? error.message : String(error) }, 'the outbox of the desk cannot be read')
      } finally {
        looking = false
      }
    },
    /** When all that is under way has ended. */
    idle: async (): Promise<void> => void (await Promise.all(underWay.values())),
    async close(): Promise<void> {
      stop.abort()
      await Promise.all(underWay.values())
    },
  }
}

/** The outcome, or a timeout when the carrier does not obey the stop. */
async function within<T>(sending: Promise<Outcome<T>>, signal: AbortSignal): Promise<Outcome<T>> {
  const { promise, resolve } = Promise.withResolvers<Outcome<T>>()
  const late = (): void => resolve(failed('timeout', 'no answer in time'))
  if (signal.aborted) late()
  signal.addEventListener('abort', late, { once: true })
  try {
    return await Promise.race([sending, promise])
  } finally {
    signal.removeEventListener('abort', late)
  }
}
