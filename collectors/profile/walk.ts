// Walks many columns of a device at once: few round trips, bounded, and never fooled by an agent that goes in circles.
import type { BrokenColumn } from '../../daemon/domain/device.ts'
import type { Failure } from '../../daemon/domain/outcome.ts'
import { brokenText } from '../../daemon/domain/words/table-words.ts'
import { compareOids, isBelow } from '../wire/oid.ts'
import { type SnmpSession, TYPE, type Varbind } from '../wire/session.ts'

/** Rows of one column by index (the OID's arcs after the column's), in the agent's order. */
export type Column = ReadonlyMap<string, Varbind>

export interface Walked {
  /** By the column's OID; one that is empty is there without rows. */
  readonly columns: ReadonlyMap<string, Column>
  /** For people: what was cut short, and why. */
  readonly remarks: readonly string[]
  readonly broken: readonly BrokenColumn[]
  /** Set when the device fell silent before the walk was over. */
  readonly failure: Failure | null
}

export interface WalkLimits {
  /** Requests in flight to the one device. */
  readonly inFlight: number
  /** Varbinds asked of one answer: 60 short ones fill 1,400 octets. */
  readonly varbinds: number
  readonly rows: number
  /** Of the whole walk. */
  readonly total: number
}

export const WALK_LIMITS: WalkLimits = { inFlight: 8, varbinds: 60, rows: 4096, total: 200_000 }

/** Where the steps of a walk put what they have to say. */
interface Told {
  readonly remarks: string[]
  readonly broken: BrokenColumn[]
}

interface Walker {
  readonly column: string
  readonly rows: Map<string, Varbind>
  /** Where it goes on. */
  at: string
  over: boolean
  /** Varbinds asked per answer; halved when the device cannot. */
  budget: number
}

/** Columns of a first request: enough to see which tables are there at all. */
const FIRST_COLUMNS = 10
/** Later ones are few and long. */
const LATER_COLUMNS = 3

/** Walks the columns to their ends. What was read stays read when the device falls silent. */
export async function walkColumns(
  session: SnmpSession,
  oids: Iterable<string>,
  signal: AbortSignal,
  limits: WalkLimits = WALK_LIMITS,
): Promise<Walked> {
  const walkers = [...new Set(oids)].map((column): Walker => ({ column, rows: new Map(), at: column, over: false, budget: limits.varbinds }))
  const remarks: string[] = []
  const broken: BrokenColumn[] = []
  const spent = { total: 0 }
  let failure: Failure | null = null
  let width = FIRST_COLUMNS
  for (;;) {
    const open = walkers.filter(walker => !walker.over)
    if (open.length === 0 || failure !== null) break
    if (signal.aborted) {
      failure = { kind: 'cancelled', message: 'The walk was cancelled.', retry: false }
      break
    }
    // Requests of one round go out together; a round is one round trip as long as they are no more than may be in flight.
    const share = Math.max(1, Math.min(width, Math.ceil(open.length / limits.inFlight)))
    const groups = inGroups(open, width === FIRST_COLUMNS ? FIRST_COLUMNS : Math.max(share, Math.min(LATER_COLUMNS, width)))
    width = LATER_COLUMNS
    const failures = await inParallel(groups, limits.inFlight, group => step(session, group, limits, spent, { remarks, broken }))
    failure = failures.find(one => one !== null) ?? null
  }
  for (const walker of walkers)
    if (failure !== null && !walker.over && walker.rows.size > 0) remarks.push(`Column ${walker.column} was read in part: ${failure.message}`)
  return {
    columns: new Map(walkers.map(walker => [walker.column, walker.rows])),
    remarks,
    broken: broken.sort((a, b) => compareOids(a.column, b.column)),
    failure,
  }
}

/** One GETBULK for some columns. A failure is returned only if even the smallest request fails. */
async function step(
  session: SnmpSession,
  group: readonly Walker[],
  limits: WalkLimits,
  spent: { total: number },
  told: Told,
): Promise<Failure | null> {
  const budget = Math.min(...group.map(walker => walker.budget))
  const repetitions = Math.max(1, Math.floor(budget / group.length))
  const answer = await session.getBulk(
    0,
    repetitions,
    group.map(walker => walker.at),
  )
  if (!answer.ok) return smaller(session, group, repetitions, answer.failure, limits, spent, told)
  const varbinds = answer.value
  spent.total += varbinds.length
  group.forEach((walker, k) => {
    let seen = 0
    for (let n = k; n < varbinds.length && !walker.over; n += group.length) {
      const varbind = varbinds[n]
      if (varbind !== undefined) take(walker, varbind, limits, told)
      seen++
    }
    // An answer that ends before this column's first row would be asked for again for ever.
    if (seen === 0 && varbinds.length === 0) walker.over = true
  })
  if (spent.total >= limits.total)
    for (const walker of group) {
      if (!walker.over) told.remarks.push(`The walk was stopped after ${limits.total} variables, in column ${walker.column}.`)
      walker.over = true
    }
  return null
}

/** Failures that asking for less does not mend; all others may be one column's own. */
const FINAL: ReadonlySet<Failure['kind']> = new Set(['unreachable', 'wrongCredential', 'cancelled', 'busy', 'full'])

/** A request failed: asks for less, in few steps, for a device that died must not hold up discovery for long. */
async function smaller(
  session: SnmpSession,
  group: readonly Walker[],
  repetitions: number,
  failure: Failure,
  limits: WalkLimits,
  spent: { total: number },
  told: Told,
): Promise<Failure | null> {
  const { kind } = failure
  const again = (part: readonly Walker[], budget: number) => {
    for (const walker of part) walker.budget = budget
    return step(session, part, limits, spent, told)
  }
  if (kind === 'timeout') {
    // Long answers may be lost as fragments: one row of all, then one column alone, then the device counts as silent.
    if (repetitions > 1) return again(group, group.length)
    if (group.length > 1) return again(group.slice(0, 1), 1)
    return failure
  }
  if (FINAL.has(kind)) return failure
  if (group.length > 1) {
    const half = group.length >> 1
    return (await again(group.slice(0, half), repetitions * half)) ?? (await again(group.slice(half), repetitions * half))
  }
  if (repetitions > 1) return again(group, repetitions >> 1)
  for (const walker of group) {
    walker.over = true
    told.remarks.push(`Column ${walker.column} cannot be walked: ${failure.message}`)
  }
  return null
}

function take(walker: Walker, varbind: Varbind, limits: WalkLimits, { remarks, broken }: Told): void {
  if (varbind.type === TYPE.endOfMibView) {
    walker.over = true
    return
  }
  if (compareOids(varbind.oid, walker.at) <= 0) {
    const again = walker.rows.has(varbind.oid.slice(walker.column.length + 1))
    const one: BrokenColumn = { column: walker.column, kind: again ? 'circle' : 'disorder', at: varbind.oid }
    broken.push(one)
    remarks.push(brokenText(one, 'en'))
    walker.over = true
    return
  }
  if (!isBelow(varbind.oid, walker.column)) {
    walker.over = true
    return
  }
  walker.at = varbind.oid
  if (varbind.type !== TYPE.noSuchInstance && varbind.type !== TYPE.noSuchObject)
    walker.rows.set(varbind.oid.slice(walker.column.length + 1), varbind)
  if (walker.rows.size >= limits.rows) {
    remarks.push(`Column ${walker.column} has more than ${limits.rows} rows: the rest is left out.`)
    walker.over = true
  }
}

function inGroups<T>(list: readonly T[], size: number): T[][] {
  const groups: T[][] = []
  for (let k = 0; k < list.length; k += size) groups.push(list.slice(k, k + size))
  return groups
}

/** Runs `work` over the list, at most `limit` at a time, results in order. */
export async function inParallel<T, R>(list: readonly T[], limit: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const runner = async () => {
    while (next < list.length) {
      const k = next++
      const item = list[k]
      if (item !== undefined) results[k] = await work(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, list.length) }, runner))
  return results
}

/** GETs any number of scalars, some 40 to a PDU, all at once. Absent ones are left out of the answer. */
export async function getScalars(
  session: SnmpSession,
  oids: Iterable<string>,
  old: boolean,
): Promise<{ values: Map<string, Varbind>; failure: Failure | null }> {
  const values = new Map<string, Varbind>()
  let failure: Failure | null = null
  await inParallel(inGroups([...new Set(oids)], old ? 20 : 40), WALK_LIMITS.inFlight, async group => {
    // A v1 device refuses a GET for one missing name; GETNEXT from just before the scalar asks the same without that.
    const answer = old ? await session.getNext(group.map(oid => oid.slice(0, oid.lastIndexOf('.')))) : await session.get(group)
    if (!answer.ok) {
      failure ??= answer.failure
      return
    }
    group.forEach((oid, k) => {
      const varbind = answer.value[k]
      if (varbind !== undefined && varbind.oid === oid && varbind.value !== null) values.set(oid, varbind)
    })
  })
  return { values, failure }
}
