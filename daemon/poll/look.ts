// One look at a device: discovery, registration of what was found, and the new plan. What fails is reported like a failed poll.
import { because, whyOf } from '../domain/because.ts'
import type { Log } from '../domain/call.ts'
import type { Discovery } from '../domain/collector.ts'
import { type Failure, failed, type Outcome } from '../domain/outcome.ts'
import { POLL_STATUS, type PollStatus } from '../domain/reading.ts'
import type { Why } from '../domain/why.ts'
import type { Delivery } from './deliver.ts'
import type { Polled } from './device.ts'
import type { DiscoveryReason, Known, Trouble } from './messages.ts'
import type { Time } from './time.ts'

/** A look takes no longer than this, ms: a large switch over a slow line stays far below. */
const DEADLINE = 120_000

/** Looks in a row that may end half-way before what they find is taken for all there is. */
const HALVES = 3

const NOTHING: Why = { code: 'nothingKnown' }

export interface LookOptions {
  readonly time: Time
  readonly log: Log
  readonly discovered: (device: number, discovery: Discovery, reason: DiscoveryReason) => Promise<Outcome<Uint32Array>>
  readonly trouble: (trouble: Trouble) => void
  readonly delivery: Pick<Delivery, 'report'>
  readonly plan: (device: Polled, known: Known) => boolean
  readonly say: (device: Polled, why: Why | null) => void
  readonly fault: (device: Polled, what: string, error: unknown) => void
  readonly count: () => void
}

/** Looks at one device; true when it is polled by what was found. Never rejects. */
export const makeLook =
  ({ time, log, discovered, trouble, delivery, plan, say, fault, count }: LookOptions) =>
  async (device: Polled, reason: DiscoveryReason): Promise<boolean> => {
    const tell = (points: Outcome<number>): boolean => {
      const waiting = device.look.waiting
      device.look.waiting = []
      for (const answer of waiting) answer(points)
      return points.ok
    }
    const startedAt = time.now()
    const found = await discover(device)
    count()
    if (device.gone.signal.aborted) return false
    if (!found.ok) {
      // A device with points has its polls to tell how it is; of one without, this was the poll.
      if (device.slots.length === 0) {
        device.failures++
        delivery.report(device.no, statusOf(found.failure), time.now() - startedAt, 1, found.failure.kind === 'timeout' ? 1 : 0, 0)
        say(device, whyOf(found.failure))
      }
      return tell(found)
    }
    const lost = found.value.partial === true ? missingOf(device, found.value) : 0
    if (lost > 0 && device.look.halves++ < HALVES)
      return tell(failed('timeout', `the device fell silent in the middle of the look; ${lost} points that were known stay as they were`))
    if (found.value.partial !== true) device.look.halves = 0
    const nos = await register(device, found.value, reason)
    if (device.gone.signal.aborted) return false
    if (!nos.ok) {
      trouble({ at: time.wall(), code: 'register', device: device.no, why: { code: 'notRegistered' }, message: nos.failure.message })
      return tell(nos)
    }
    for (const remark of found.value.remarks) log.debug({ device: device.no, remark }, 'discovery remarks')
    const { points } = found.value
    if (points.length === 0) {
      delivery.report(device.no, 'answered', time.now() - startedAt, 1, 0, 0)
      device.failures = 0
      say(device, NOTHING)
      return tell(because('notSupported', NOTHING))
    }
    const well = tell(
      plan(device, { points, nos: nos.value }) ? { ok: true, value: points.length } : failed('invalid', 'the points found could not be compiled'),
    )
    // What there was of it is polled; the rest is looked for soon.
    return well && found.value.partial !== true

    async function discover({ collector, target, gone }: Polled): Promise<Outcome<Discovery>> {
      if (collector === null) return because('notSupported', { code: 'noWay', via: target.access.via })
      const late = new AbortController()
      const cancel = time.after(DEADLINE, () => late.abort())
      try {
        const call = { signal: AbortSignal.any([gone.signal, late.signal]), log: log.child({ device: device.no }) }
        return await collector.discover(target, call)
      } catch (error) {
        fault(device, 'discovery failed in an unforeseen way', error)
        return because('garbage', { code: 'fault' })
      } finally {
        cancel()
      }
    }

    async function register({ no }: Polled, discovery: Discovery, why: DiscoveryReason): Promise<Outcome<Uint32Array>> {
      const nos = await discovered(no, discovery, why)
      if (!nos.ok || nos.value.length === discovery.points.length) return nos
      return failed('invalid', `${nos.value.length} numbers came back for ${discovery.points.length} points`)
    }
  }

/** How many points that are polled now were not found again. */
function missingOf({ slots }: Polled, { points }: Discovery): number {
  const keys = new Set(points.map(({ key }) => key))
  return slots.flatMap(({ errand }) => errand.points).filter(({ key }) => !keys.has(key)).length
}

const isStatus = (kind: string): kind is PollStatus => (POLL_STATUS as readonly string[]).includes(kind)

/** A failed look as a poll's status; what no poll can end in is an answer we could not use. */
const statusOf = ({ kind }: Failure): PollStatus => (isStatus(kind) ? kind : kind === 'cancelled' ? 'timeout' : 'garbage')
