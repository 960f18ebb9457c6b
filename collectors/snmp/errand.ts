// The compiled asking of one device's points: PDUs out together, numbers in place, and what the device shows about itself.
import type { Errand, ErrandResult } from '../../daemon/domain/collector.ts'
import type { FailureKind } from '../../daemon/domain/outcome.ts'
import type { Decode, Point } from '../../daemon/domain/point.ts'
import type { PollStatus } from '../../daemon/domain/reading.ts'
import { needsText, readNumber, readVarbind } from '../profile/decode.ts'
import { type SnmpSession, TYPE } from '../wire/session.ts'
import type { Asker, Told } from './asker.ts'
import { type Manners, tellChange, tellUptime } from './device.ts'
import { byGet, type Chunk, planOf } from './plan.ts'

const SYS_UPTIME = '1.3.6.1.2.1.1.3.0'
/** ifTableLastChange (RFC 2863) and entLastChangeTime (RFC 6933). */
const LAST_CHANGES = ['1.3.6.1.2.1.31.1.5.0', '1.3.6.1.2.1.47.1.4.1.0']

/** PDUs in flight to one device: small agents drop what comes in larger bursts. */
const IN_FLIGHT = 8

export interface ErrandParts {
  readonly points: readonly Point[]
  readonly asker: Asker
  /** For the few points whose values are words. */
  readonly session: () => SnmpSession
  readonly manners: Manners
  /** The profiles have changed since the points were found by them. */
  readonly outdated: () => boolean
  readonly v1: boolean
  /** Milliseconds, monotonic. */
  readonly now: () => number
}

export function newErrand({ points, asker, session, manners, outdated, v1, now }: ErrandParts): Errand {
  const numbers = points.filter(point => !needsText(point.decode))
  const words = points.filter(point => needsText(point.decode))
  const changes = points.some(point => point.cadence === 'normal') ? LAST_CHANGES : []
  const decodes = points.map(point => sharedDecode(point.decode))
  let plan = plans()
  let slots = slotsOf()
  let signs = signsOf()
  let raw = new Float64Array(plan.oids.length)
  let tags = new Uint8Array(plan.oids.length)
  /** Points whose variable has gone: told once, until it comes back. */
  const gone = new Set<number>()
  let busy = false

  function plans() {
    return planOf([SYS_UPTIME, ...numbers.map(point => point.source), ...changes], manners, v1)
  }

  /** Each point's place in `raw`; −1 for those that are words. */
  function slotsOf(): Int32Array {
    return Int32Array.from(points, point => (needsText(point.decode) ? -1 : (plan.slotOf.get(point.source) ?? -1)))
  }

  /** Places in `raw` of what the device shows about itself: its uptime, then the times its tables changed. */
  function signsOf(): Int32Array {
    return Int32Array.from([SYS_UPTIME, ...changes], oid => plan.slotOf.get(oid) ?? -1)
  }

  function run(values: Float64Array, finished: (result: ErrandResult) => void): void {
    if (busy) throw new Error('This errand is still under way')
    busy = true
    raw.fill(Number.NaN)
    tags.fill(0)
    const queue: { chunk: Chunk; again: boolean }[] = plan.chunks.map(chunk => ({ chunk, again: false }))
    const held = manners.silent ? queue.splice(1) : []
    const { varbinds, octets } = manners
    const sparse = manners.sparse.size
    const asked = now()
    const count = { inFlight: 0, answered: 0, pdus: 0, timeouts: 0 }
    let failure: { kind: FailureKind | 'error'; message: string } | null = null
    let lame: string | null = null

    pump()

    function pump(): void {
      while (count.inFlight < IN_FLIGHT) {
        const next = queue.shift()
        if (next === undefined) break
        count.inFlight++
        asker.ask(plan, next.chunk, raw, tags, manners.silent, answer => heard(next.chunk, next.again, answer))
      }
      if (count.inFlight > 0) return
      if (words.length === 0 || count.answered === 0) conclude()
      else void askWords(values).then(conclude)
    }

    function heard(chunk: Chunk, again: boolean, answer: Told): void {
      count.inFlight--
      count.pdus += answer.pdus
      count.timeouts += answer.timeouts
      const size = chunk.end - chunk.start
      if (answer.status === 'ok' || answer.status === 'short') {
        count.answered++
        manners.silent = false
        queue.push(...held.splice(0))
        if (answer.status === 'short' && chunk.bulk !== null) {
          // Rows in between, or an answer cut short: these slots by GET now, and the plan learns.
          if (answer.strange > 0) for (const column of chunk.bulk.columns) manners.sparse.add(column)
          else manners.octets = Math.max(200, Math.floor((manners.octets * (size - answer.missing)) / size))
          again_(byGet(chunk, manners.varbinds))
        } else if (answer.status === 'short') lame ??= answer.message
      } else if (answer.status === 'tooBig' && size > 1) {
        manners.varbinds = Math.min(manners.varbinds, size >> 1)
        again_(byGet(chunk, size >> 1))
      } else if (answer.status === 'timeout' && count.answered > 0 && size > 10 && !again) {
        // Others were answered: perhaps this one's answer is too long to arrive.
        manners.varbinds = Math.min(manners.varbinds, size >> 1)
        again_(byGet(chunk, size >> 1))
      } else {
        lame ??= answer.message
        if (failure === null || failure.kind === 'error') failure = { kind: answer.status, message: answer.message ?? 'No answer.' }
        if (count.answered === 0 && answer.status !== 'error' && answer.status !== 'tooBig') queue.length = held.length = 0
      }
      pump()
    }

    function again_(chunks: readonly Chunk[]): void {
      for (const chunk of chunks) queue.push({ chunk, again: true })
    }

    function conclude(): void {
      if (count.answered === 0) manners.silent = failure?.kind === 'timeout'
      const rediscover = count.answered > 0 ? give(values, asked) : blank(values)
      const message = count.answered === 0 ? (failure?.message ?? 'No answer.') : lame
      const status: PollStatus = count.answered === 0 ? (STATUS_OF[failure?.kind ?? 'timeout'] ?? 'garbage') : lame === null ? 'answered' : 'partial'
      if (manners.varbinds !== varbinds || manners.octets !== octets || manners.sparse.size !== sparse) {
        plan = plans()
        slots = slotsOf()
        signs = signsOf()
        raw = new Float64Array(plan.oids.length)
        tags = new Uint8Array(plan.oids.length)
      }
      busy = false
      finished({ status, message, pdus: count.pdus, timeouts: count.timeouts, rediscover })
    }

    /** Points whose values are words or numbers inside words, over the session. */
    async function askWords(into: Float64Array): Promise<void> {
      const talk = session()
      const before = { ...talk.spent }
      for (let k = 0; k < words.length; k += 20) {
        const some = words.slice(k, k + 20)
        const answer = await talk.get(some.map(point => point.source))
        if (!answer.ok) {
          lame ??= answer.failure.message
          continue
        }
        some.forEach((point, n) => {
          const varbind = answer.value[n]
          into[points.indexOf(point)] = varbind !== undefined && varbind.oid === point.source ? readVarbind(varbind, point.decode) : Number.NaN
        })
      }
      count.pdus += talk.spent.pdus - before.pdus
      count.timeouts += talk.spent.timeouts - before.timeouts
    }
  }

  function blank(values: Float64Array): null {
    values.fill(Number.NaN, 0, points.length)
    return null
  }

  /** Numbers into readings; returns why the device should be looked at again. */
  function give(values: Float64Array, asked: number): ErrandResult['rediscover'] {
    let vanished = false
    for (let k = 0; k < slots.length; k++) {
      const slot = slots[k] ?? -1
      const decode = decodes[k]
      if (slot < 0 || decode === undefined) continue
      values[k] = readNumber(raw[slot] ?? Number.NaN, decode)
      const tag = tags[slot] ?? 0
      if (tag >= TYPE.noSuchObject) {
        if (!gone.has(k)) vanished = true
        gone.add(k)
      } else if (gone.size > 0 && tag !== 0) gone.delete(k)
    }
    const at = (sign: number): number => raw[signs[sign] ?? -1] ?? Number.NaN
    const reboot = tellUptime(manners, at(0), now(), asked)
    let changed = false
    for (let k = 0; k < changes.length; k++) changed = tellChange(manners, changes[k] ?? '', at(k + 1)) || changed
    return reboot ? 'reboot' : changed ? 'tableChanged' : vanished ? 'vanished' : outdated() ? 'profiles' : null
  }

  return { points, run }
}

/**
 * Thousands of devices decode alike. One object for all of them stays in the processor's cache; one for each point is a walk through memory
 * at every poll. It holds as much as profiles can say.
 */
const DECODES = new Map<string, Decode>()
function sharedDecode(decode: Decode): Decode {
  const text = JSON.stringify(decode)
  const known = DECODES.get(text) ?? decode
  DECODES.set(text, known)
  return known
}

const STATUS_OF: Readonly<Record<string, PollStatus>> = {
  timeout: 'timeout',
  unreachable: 'unreachable',
  refused: 'refused',
  forbidden: 'refused',
  wrongCredential: 'wrongCredential',
  cancelled: 'timeout',
  busy: 'unreachable',
}
