// The access controller of the demonstration: it tells of cards as a real one does, signed and over HTTP. Contacts are the simulated devices' own.
import { createHmac, randomBytes } from 'node:crypto'
import type { Log } from '../domain/call.ts'
import { failed, type Outcome } from '../domain/outcome.ts'
import type { DoorSettings } from './settings.ts'

/** By this name the doors of the demonstration know their readers. */
const NAME = 'gerbang'
const BEAT = 20_000

/** The settings with a controller of that name; one of the site's own stays as it is. */
export const withDemonstration = (settings: DoorSettings): DoorSettings =>
  Object.hasOwn(settings.controllers, NAME)
    ? settings
    : { ...settings, controllers: { ...settings.controllers, [NAME]: { via: 'push', secret: randomBytes(24).toString('hex'), heartbeat: 120 } } }

export interface PlayedDoors {
  readonly settings: DoorSettings
  /** Of Suar's own pages; its hook is under it. */
  readonly url: string
  readonly scenarios: () => readonly { readonly id: string; readonly active: boolean }[]
  readonly onScenario: (changed: () => void) => void
  /** Card of somebody who is inside on a visit through this door; who is not there comes. */
  readonly cardAt: (door: string) => Promise<Outcome<string>>
  /** Somebody comes and does not go in time; once it is over the same goes out. */
  readonly overstay: (begins: boolean) => Promise<Outcome<unknown>>
  readonly log: Log
}

/** Plays until it is closed. What cannot be played is said in the log. */
export function playDoors({ settings, url, scenarios, onScenario, cardAt, overstay, log }: PlayedDoors): { close(): Promise<void> } {
  const controller = settings.controllers[NAME]
  const stop = new AbortController()
  const active = new Set(scenarios().flatMap(one => (one.active ? [one.id] : [])))
  let sequence = Date.now()
  let playing: Promise<unknown> = Promise.resolve()

  async function push(events: readonly object[]): Promise<void> {
    if (controller?.via !== 'push') return
    const body = JSON.stringify({ events })
    const signature = `sha256=${createHmac('sha256', controller.secret).update(body).digest('hex')}`
    try {
      const answer = await fetch(new URL(`api/v1/hooks/doors/${NAME}`, url), {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'x-suar-signature-256': signature },
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(10_000)]),
      })
      if (!answer.ok) log.warn({ status: answer.status }, 'the access controller of the demonstration was not heard')
    } catch (error) {
      if (!stop.signal.aborted) log.warn({ reason: String(error) }, 'the access controller of the demonstration could not tell')
    }
  }

  const say = (what: string, outcome: Outcome<unknown>) => {
    if (!outcome.ok) log.warn({ what, reason: outcome.failure.message }, 'a scenario of the doors could not be played')
  }
  async function visitor(): Promise<void> {
    const card = await cardAt('d1')
    if (card.ok) await push([{ door: 'd1', event: 'granted', card: card.value, at: Date.now(), sequence: ++sequence }])
    say('door-visitor', card)
  }
  const plays: Readonly<Record<string, (begins: boolean) => Promise<unknown>>> = {
    'door-visitor': begins => (begins ? visitor() : Promise.resolve()),
    'visit-overstay': async begins => say('visit-overstay', await overstay(begins)),
  }

  onScenario(() => {
    for (const one of scenarios()) {
      if (active.has(one.id) === one.active) continue
      if (one.active) active.add(one.id)
      else active.delete(one.id)
      const play = plays[one.id]
      if (play === undefined || stop.signal.aborted) continue
      playing = playing.then(() => play(one.active)).catch((error: unknown) => say(one.id, failed('unreachable', String(error))))
    }
  })
  void push([])
  const beat = setInterval(() => void push([]), BEAT)
  beat.unref()
  return {
    async close() {
      clearInterval(beat)
      stop.abort()
      await playing
    },
  }
}
