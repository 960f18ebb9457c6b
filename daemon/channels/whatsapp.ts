// Works on what the webhook put aside: media fetched, the ticket found, handed to the desk; what fails waits and is tried again.
import type { Clock, Log } from '../domain/call.ts'
import { because } from '../domain/channel-trouble.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import { cleanName, cleanText, enclose, oneLine } from './enclosure.ts'
import type { Desk, Enclosure, Incoming, Thread } from './incoming.ts'
import type { Intake } from './intake.ts'
import { backOff } from './safe.ts'
import type { StatusBoard } from './status.ts'
import { namedIn } from './token.ts'
import type { WhatsappApi } from './whatsapp-api.ts'
import { mediaOf, textOf, WaitingWhatsapp } from './whatsapp-words.ts'

export interface WorkerOptions {
  readonly api: Pick<WhatsappApi, 'media'>
  readonly book: {
    waiting(
      source: string,
      address: string | null,
    ): Promise<
      readonly { readonly id: number; readonly externalId: string; readonly address: string; readonly payload: unknown; readonly at: number }[]
    >
    worked(id: number): Promise<void>
    personOf(source: string, address: string): Promise<number | null>
  }
  /** The ticket and recipient of a message of ours. */
  readonly ofRemote: (remoteId: string) => Promise<{ readonly ticket: string | null; readonly to: string } | null>
  readonly desk: Desk
  readonly intake: Intake
  readonly status: StatusBoard
  readonly clock: Clock
  readonly log: Log
  readonly random?: () => number
  /** First wait before another try, ms. */
  readonly firstWait?: number
}

export function openWorker({ api, book, ofRemote, desk, intake, status, clock, log, random = Math.random, firstWait = 2_000 }: WorkerOptions) {
  const stop = new AbortController()
  const { signal } = stop
  /** Those that failed → when they are tried again, after how many tries. */
  const later = new Map<number, { readonly at: number; readonly tries: number }>()
  let running: Promise<void> | null = null
  let again = false
  let timer: NodeJS.Timeout | null = null

  async function threadFor(from: string, text: string, context: string | undefined): Promise<Thread> {
    const found = (ticketNumber: string | null, proof: Thread['proof']): Thread => ({
      ticketNumber,
      proof,
      inReplyTo: context ?? null,
      references: [],
    })
    const ours = context === undefined ? null : await ofRemote(context)
    if (ours !== null && ours.ticket !== null && ours.to === from) return found(ours.ticket, 'reference')
    for (const number of namedIn(text)) if (await desk.knows('whatsapp', from, number)) return found(number, 'subject')
    return found(null, null)
  }

  async function incomingOf({ message, name }: WaitingWhatsapp, at: number): Promise<Outcome<Incoming>> {
    const text = cleanText(textOf(message))
    const attachments: Enclosure[] = []
    const leftOut: string[] = []
    const file = mediaOf(message)
    if (file !== null) {
      const content = await api.media(file.media, signal)
      if (!content.ok && content.failure.retry) return content
      if (content.ok) attachments.push(await enclose(file.name, content.value))
      else leftOut.push(cleanName(file.name))
    }
    return done({
      channel: 'chat',
      source: 'whatsapp',
      externalId: message.id,
      from: { address: message.from, name, person: await book.personOf('whatsapp', message.from) },
      to: [],
      subject: oneLine(text.split('\n')[0] ?? '', 120),
      text,
      fullText: text,
      receivedAt: at,
      messageId: message.id,
      thread: await threadFor(message.from, text, message.context?.id),
      attachments,
      leftOut,
      automatic: false,
      verified: true,
      raw: await enclose(`whatsapp-${message.id.slice(-12)}.json`, Buffer.from(JSON.stringify(message, null, 1))),
    })
  }

  /** False: to be tried again. */
  async function one(id: number, payload: unknown, at: number): Promise<boolean> {
    const parsed = WaitingWhatsapp.safeParse(payload)
    if (parsed.success) {
      const incoming = await incomingOf(parsed.data, at)
      const taken = incoming.ok ? await intake.take(incoming.value) : incoming
      if (!taken.ok) {
        status.trouble({ code: 'messageWaits', channel: 'whatsapp', because: because(taken.failure) })
        log.warn({ kind: taken.failure.kind }, `a WhatsApp message waits: ${taken.failure.message}`)
        return false
      }
      status.carried('in')
      // It stays until a person lets it through.
      if (taken.value.what === 'held' || taken.value.what === 'failed') return false
    } else log.error({ id }, 'a WhatsApp message that was put aside cannot be read and is dropped')
    await book.worked(id)
    return true
  }

  /** One that makes us fall waits like one that cannot be taken now: those behind it are not kept waiting. */
  async function steadily(id: number, payload: unknown, at: number): Promise<boolean> {
    try {
      return await one(id, payload, at)
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      status.trouble({ code: 'messageWaits', channel: 'whatsapp', because: { kind: 'garbage', said } })
      log.error({ id, error: error instanceof Error ? (error.stack ?? said) : said }, 'a WhatsApp message makes us fall and waits')
      return false
    }
  }

  async function work(): Promise<void> {
    let next = Number.POSITIVE_INFINITY
    for (const { id, payload, at } of await book.waiting('whatsapp', null)) {
      if (signal.aborted) return
      const wait = later.get(id)
      if (wait !== undefined && wait.at > clock()) {
        next = Math.min(next, wait.at)
        continue
      }
      if (await steadily(id, payload, at)) later.delete(id)
      else {
        const tries = wait?.tries ?? 0
        const due = clock() + backOff(tries, random(), firstWait)
        later.set(id, { at: due, tries: tries + 1 })
        next = Math.min(next, due)
      }
    }
    if (later.size === 0) status.trouble(null)
    if (timer !== null) clearTimeout(timer)
    timer = Number.isFinite(next) && !signal.aborted ? setTimeout(run, Math.max(10, next - clock())) : null
  }

  function run(): void {
    if (signal.aborted) return
    if (running !== null) {
      again = true
      return
    }
    running = work()
      .catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error)
        status.trouble({ code: 'cutOff', channel: 'whatsapp', because: { kind: 'garbage', said: why } })
        log.error({ error: why }, 'WhatsApp messages could not be worked on')
        timer = setTimeout(run, backOff(3, random(), firstWait))
      })
      .finally(() => {
        running = null
        if (again) {
          again = false
          run()
        }
      })
  }

  run()
  return {
    /** Something waits. */
    look: run,
    async close(): Promise<void> {
      stop.abort()
      if (timer !== null) clearTimeout(timer)
      await running
    },
  }
}
