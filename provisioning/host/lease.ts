// A host is one change's alone while it works there: said on the host itself, so that another daemon, or ours before a crash, cannot work beside it.
import { done } from '../../daemon/domain/outcome.ts'
import type { Enter } from '../engine/places.ts'
import type { Hands } from '../hands.ts'

/** How long a host keeps a lease that nobody renews, seconds: after a crash the next start waits no longer than this for its own. */
const SECONDS = 120
const RENEWED = 40_000

/** Zones compare and swap at their servers, and our books in their transaction: they need no lease. `locked` on the host is `busy` here. */
export const hostLease =
  (handsFor: (change: string | null) => Hands): Enter =>
  async (place, change, call) => {
    if (place.kind !== 'host') return done(() => Promise.resolve())
    const hands = handsFor(change)
    const take = async () => {
      const host = await hands.host(place.id, call)
      return host.ok ? await host.value.ask('lock', { lease: change, seconds: SECONDS }, call) : host
    }
    const taken = await take()
    if (!taken.ok) return taken
    const renewing = setInterval(() => {
      void take().then(
        renewed => {
          if (!renewed.ok) call.log.warn({ host: place.id, reason: renewed.failure.message }, 'the lease on a host was not renewed')
        },
        (error: unknown) => call.log.error({ host: place.id, error: String(error) }, 'the lease on a host was not renewed'),
      )
    }, RENEWED)
    renewing.unref()
    return done(async () => {
      clearInterval(renewing)
      // A closing daemon has given its signal already; the host is told all the same.
      const last = { ...call, signal: AbortSignal.timeout(5_000) }
      const host = await hands.host(place.id, last)
      const left = host.ok ? await host.value.ask('unlock', { lease: change }, last) : host
      if (!left.ok) call.log.warn({ host: place.id, reason: left.failure.message }, 'the lease on a host was not given back; it ends by itself')
    })
  }
