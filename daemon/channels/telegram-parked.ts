// Chats that a person must let through first: put aside as they were to be taken, out of the way of what their writer says next.
import { z } from 'zod'
import type { Clock, Log } from '../domain/call.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import type { ChatBook, WaitingChat } from './chat.ts'
import type { Incoming } from './incoming.ts'
import type { Intake, Taken } from './intake.ts'
import { backOff } from './safe.ts'

/** Their own shelf: under the name of the channel they would stand before everything that comes after. */
const SHELF = 'telegram held'

const Parcel = z.object({
  chat: z.string(),
  person: z.int(),
  /** The one its writer chose; null: something new. */
  ticket: z.string().nullable(),
  messages: z.array(z.object({ id: z.int(), externalId: z.string(), payload: z.unknown() })).min(1),
})
type Parcel = z.output<typeof Parcel>

export interface ParkedOptions {
  readonly book: Pick<ChatBook, 'wait' | 'waiting' | 'worked'>
  readonly intake: Intake
  /** What people let through, by the names the messages came under. */
  readonly released: () => Promise<readonly string[]>
  readonly build: (parcel: Parcel) => Promise<Outcome<Incoming>>
  /** It became something after all, for its writer. */
  readonly taken: (parcel: Parcel, became: Taken & { readonly what: 'delivered' }) => Promise<void>
  readonly clock: Clock
  readonly log: Log
  /** 0 … 1. */
  readonly random: () => number
  /** First wait before another try, ms. */
  readonly firstWait: number
}

export function openParked({ book, intake, released, build, taken, clock, log, random, firstWait }: ParkedOptions) {
  let running: Promise<void> | null = null
  let again = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | null = null
  let closed = false

  async function one({ id, payload }: WaitingChat): Promise<Outcome<void>> {
    const parcel = Parcel.safeParse(payload)
    if (!parcel.success) {
      log.error({ id }, 'a Telegram message that was put aside cannot be read and is dropped')
      await book.worked(id)
      return done(undefined)
    }
    const built = await build(parcel.data)
    if (!built.ok) return built
    const became = await intake.take(built.value)
    if (!became.ok) return became
    // Refused again it waits for the next word.
    if (became.value.what !== 'delivered') return done(undefined)
    await book.worked(id)
    await taken(parcel.data, became.value)
    return done(undefined)
  }

  async function work(): Promise<void> {
    const free = new Set(await released())
    if (free.size === 0) return
    for (const waiting of await book.waiting(SHELF, null)) {
      if (closed) return
      if (!free.has(waiting.externalId)) continue
      const went = await one(waiting)
      if (went.ok) continue
      log.warn({ kind: went.failure.kind }, `a Telegram message that was let through waits: ${went.failure.message}`)
      return later()
    }
    failures = 0
  }

  function later(): void {
    if (!closed) timer = setTimeout(look, backOff(failures++, random(), firstWait))
  }

  function look(): void {
    if (closed) return
    if (running !== null) {
      again = true
      return
    }
    if (timer !== null) clearTimeout(timer)
    running = work()
      .catch((error: unknown) => {
        log.error({ error: error instanceof Error ? error.message : String(error) }, 'Telegram messages that were let through could not be worked on')
        later()
      })
      .finally(() => {
        running = null
        if (again) {
          again = false
          look()
        }
      })
  }

  return {
    /** The same again changes nothing: after a fall it is put aside once more. */
    park: (externalId: string, { messages, ...parcel }: Omit<Parcel, 'messages'> & { readonly messages: readonly WaitingChat[] }): Promise<boolean> =>
      book.wait({ source: SHELF, externalId, address: parcel.chat, payload: { ...parcel, messages }, at: clock() }),
    /** A person may have let something through. */
    look,
    async close(): Promise<void> {
      closed = true
      if (timer !== null) clearTimeout(timer)
      await running
    },
  }
}
