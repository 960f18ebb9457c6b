// After a change: every authoritative server is asked until all answer alike, or their time is up. What is half-way there is told server by server.
import type { Call } from '../../daemon/domain/call.ts'
import type { State } from '../../daemon/domain/change.ts'
import type { Outcome } from '../../daemon/domain/outcome.ts'
import type { ZoneHands } from '../hands.ts'
import { parentOf } from './name.ts'
import { keyText, readKey, sameState } from './state.ts'

export interface Settled {
  readonly server: string
  readonly state: Outcome<State | null>
  readonly right: boolean
}

/** Between two looks, ms. */
const FIRST = 150
const LONGEST = 2000

/** The last answers, when all were right or `zone.patience` was over. */
export async function untilAllAnswer(zone: ZoneHands, name: string, wanted: State | null, call: Call): Promise<readonly Settled[]> {
  const until = performance.now() + zone.patience
  for (let pause = FIRST; ; pause = Math.min(pause * 1.5, LONGEST)) {
    const answers = await zone.answers(name, call)
    const settled = await Promise.all(
      answers.map(async ({ server, state }) => ({
        server,
        state,
        right: state.ok && (await isRight(zone, name, server, state.value, wanted, call)),
      })),
    )
    const left = until - performance.now()
    if (settled.every(({ right }) => right) || left <= 0 || call.signal.aborted) return settled
    await paused(Math.min(pause, left), call.signal)
  }
}

/** Where a name is gone, a wildcard may answer for it: that is as it should be. */
async function isRight(zone: ZoneHands, name: string, server: string, state: State | null, wanted: State | null, call: Call): Promise<boolean> {
  if (sameState(state, wanted)) return true
  const key = readKey(name)
  if (wanted !== null || key === null) return false
  for (let above = parentOf(key.owner); above !== null && above !== '.'; above = parentOf(above)) {
    const wild = await zone.answers(keyText({ owner: `*.${above}`, type: key.type }), call)
    const same = wild.find(one => one.server === server)
    if (same?.state.ok === true && same.state.value !== null) return sameState(same.state.value, state)
    if (above === zone.name || above === `${zone.name}.`) return false
  }
  return false
}

const paused = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true })
  })
