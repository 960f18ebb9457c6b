// The compiled asking of one device's points: PDUs out together, numbers in place, and what the device shows about itself.
import { whyOf } from '../../daemon/domain/because.ts'
import type { Errand, ErrandResult } from '../../daemon/domain/collector.ts'
import type { FailureKind } from '../../daemon/domain/outcome.ts'
import type { Point } from '../../daemon/domain/point.ts'
import type { PollStatus } from '../../daemon/domain/reading.ts'
import type { Why } from '../../daemon/domain/why.ts'
import { needsText, readNumber, readVarbind } from '../profile/decode.ts'
import { type SnmpSession, TYPE } from '../wire/session.ts'
import type { Ask, Asker, Told } from './asker.ts'
import { type Manners, tellChange, tellUptime } from './device.ts'
import { byGet, type Chunk, planOf } from './plan.ts'

const SYS_UPTIME = '1.3.6.1.2.1.1.3.0'
/** ifTableLastChange (RFC 2863) and entLastChangeTime (RFC 6933). */
const LAST_CHANGES = ['1.3.6.1.2.1.31.1.5.0', '1.3.6.1.2.1.47.1.4.1.0']

/** PDUs in flight to one device: small agents drop what comes in larger bursts. */
const IN_FLIGHT = 8

const NOWHERE = new Float64Array(0)
const SILENCE: Why = { code: 'failure', kind: 'timeout' }

/** One PDU of the plan, or of what must be asked otherwise. */
interface Turn {
  readonly chunk: Chunk
  readonly again: boolean
  readonly ask: Ask
}

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
  const decodes = points.map(point => point.decode)
  let plan = plans()
  let slots = slotsOf()
  let signs = signsOf()
  let raw = new Float64Array(plan.oids.length)
  let tags = new Uint8Array(plan.oids.length)
  let turns = turnsOf(plan.chunks, false)
  /** Points whose variable has gone: told once, until it comes back. */
  const gone = new Set<number>()

  // One run, its state kept from run to run: thousands begin each second, and none of them allocates.
  let busy = false
  let into: Float64Array = NOWHERE
  let finished: ((result: ErrandResult) => void) | null = null
  let asked = 0
  /** The turn that is next, and up to which they may be taken: a silent device is asked one PDU until it answers. */
  let next = 0
  let upTo = 0
  const again: Turn[] = []
  let inFlight = 0
  let answered = 0
  let pdus = 0
  let timeouts = 0
  let failure: { kind: FailureKind | 'error'; why: Why } | null = null
  let lame: Why | null = null
  /** What the manners were when the plan was made. */
  let planned = { varbinds: manners.varbinds, octets: manners.octets, sparse: manners.sparse.size }

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

  function turnsOf(chunks: readonly Chunk[], again: boolean): Turn[] {
    return chunks.map(chunk => {
      const turn: Turn = { chunk, again, ask: asker.prepare(plan, chunk, answer => heard(turn, answer)) }
      return turn
    })
  }

  function run(values: Float64Array, tell: (result: ErrandResult) => void): void {
    if (busy) throw new Error('This errand is still under way')
    busy = true
    into = values
    finished = tell
    asked = now()
    next = inFlight = answered = pdus = timeouts = 0
    upTo = manners.silent ? Math.min(1, turns.length) : turns.length
    failure = lame = null
    pump()
  }

  function pump(): void {
    while (inFlight < IN_FLIGHT) {
      const turn = next < upTo ? turns[next++] : again.shift()
      if (turn === undefined) break
      inFlight++
      turn.ask(raw, tags, manners.silent)
    }
    if (inFlight > 0) return
    if (words.length === 0 || answered === 0) conclude()
    else void askWords(into).then(conclude)
  }

  function heard({ chunk, again: second }: Turn, answer: Told): void {
    inFlight--
    pdus += answer.pdus
    timeouts += answer.timeouts
    const size = chunk.end - chunk.start
    if (answer.status === 'ok' || answer.status === 'short') {
      answered++
      manners.silent = false
      upTo = turns.length
      if (answer.status === 'short' && chunk.bulk !== null) {
        // Rows in between, or an answer cut short: these slots by GET now, and the plan learns.
        if (answer.strange > 0) for (const column of chunk.bulk.columns) manners.sparse.add(column)
        else manners.octets = Math.max(200, Math.floor((manners.octets * (size - answer.missing)) / size))
        again.push(...turnsOf(byGet(chunk, manners.varbinds), true))
      } else if (answer.status === 'short') lame ??= answer.why
    } else if ((answer.status === 'tooBig' && size > 1) || (answer.status === 'timeout' && answered > 0 && size > 10 && !second)) {
      // Of a timeout while others were answered: perhaps this one's answer is too long to arrive.
      manners.varbinds = Math.min(manners.varbinds, size >> 1)
      again.push(...turnsOf(byGet(chunk, size >> 1), true))
    } else {
      lame ??= answer.why
      if (failure === null || failure.kind === 'error') failure = { kind: answer.status, why: answer.why ?? SILENCE }
      empty(chunk)
      if (answered === 0 && answer.status !== 'error' && answer.status !== 'tooBig') giveUp()
    }
    pump()
  }

  /** What was read before must not be taken for what was read now. */
  function empty({ start, end }: Chunk): void {
    raw.fill(Number.NaN, start, end)
    tags.fill(0, start, end)
  }

  function giveUp(): void {
    for (; next < turns.length; next++) empty((turns[next] as Turn).chunk)
    for (const turn of again.splice(0)) empty(turn.chunk)
    upTo = next
  }

  function conclude(): void {
    const tell = finished
    const values = into
    finished = null
    into = NOWHERE
    if (answered === 0) manners.silent = failure?.kind === 'timeout'
    const rediscover = answered > 0 ? give(values, asked) : blank(values)
    const why = answered === 0 ? (failure?.why ?? SILENCE) : lame
    const status: PollStatus = answered === 0 ? (STATUS_OF[failure?.kind ?? 'timeout'] ?? 'garbage') : lame === null ? 'answered' : 'partial'
    const { varbinds, octets, sparse } = planned
    if (manners.varbinds !== varbinds || manners.octets !== octets || manners.sparse.size !== sparse) replan()
    busy = false
    tell?.({ status, why, pdus, timeouts, rediscover })
  }

  function replan(): void {
    planned = { varbinds: manners.varbinds, octets: manners.octets, sparse: manners.sparse.size }
    plan = plans()
    slots = slotsOf()
    signs = signsOf()
    raw = new Float64Array(plan.oids.length)
    tags = new Uint8Array(plan.oids.length)
    turns = turnsOf(plan.chunks, false)
  }

  /** Points whose values are words or numbers inside words, over the session. */
  async function askWords(values: Float64Array): Promise<void> {
    const talk = session()
    const before = { ...talk.spent }
    for (let k = 0; k < words.length; k += 20) {
      const some = words.slice(k, k + 20)
      const answer = await talk.get(some.map(point => point.source))
      if (!answer.ok) {
        lame ??= whyOf(answer.failure)
        continue
      }
      some.forEach((point, n) => {
        const varbind = answer.value[n]
        values[points.indexOf(point)] = varbind !== undefined && varbind.oid === point.source ? readVarbind(varbind, point.decode) : Number.NaN
      })
    }
    pdus += talk.spent.pdus - before.pdus
    timeouts += talk.spent.timeouts - before.timeouts
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

const STATUS_OF: Readonly<Record<string, PollStatus>> = {
  timeout: 'timeout',
  unreachable: 'unreachable',
  refused: 'refused',
  forbidden: 'refused',
  wrongCredential: 'wrongCredential',
  cancelled: 'timeout',
  busy: 'unreachable',
}
