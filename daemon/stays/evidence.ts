// What the readings say of an installation: power at its outlets from nothing to something, its port up, the air before it, who stood there.
import type { Instant } from '../domain/call.ts'
import type { Equipment, PointRef } from '../domain/inventory.ts'
import type { Evidence } from '../domain/stay.ts'
import type { Reading, StaySources } from './sources.ts'

/** An outlet that gives less than this, W, feeds nothing that runs. */
const IDLE = 5
/** A port that carries (IF-MIB ifOperStatus). */
const UP = 1
/** What was read longer ago says nothing of now, ms. */
const FRESH = 1_200_000

export interface Looked {
  readonly psus: Equipment['psus']
  readonly port: PointRef | null
  readonly rack: string
  readonly organisation: number
  /** When the piece came: what was read before belongs to others. */
  readonly since: Instant
  readonly now: Instant
}

const nameOf = ({ device, key }: PointRef): string => `${device}/${key}`

/** `was` and `is` of a quantity that turns from one to the other; the last turn counts. */
function turned(
  past: readonly Reading[],
  latest: Reading | null,
  now: Instant,
  off: (value: number) => boolean,
): { readonly before: number | null; readonly after: number | null; readonly seen: boolean } {
  const after = latest === null || now - latest.at > FRESH ? null : latest.value
  const known = past.filter((one): one is { readonly value: number; readonly at: Instant } => one.value !== null)
  const last = known.findLast(({ value }) => off(value))
  const before = last?.value ?? known[0]?.value ?? null
  return { before, after, seen: last !== undefined && after !== null && !off(after) }
}

type Given = Pick<StaySources, 'known' | 'latest' | 'past' | 'present' | 'layout'>

export async function evidenceOf(sources: Given, looked: Looked): Promise<readonly Evidence[]> {
  const { known, latest, past, present, layout } = sources
  const { psus, port, rack, organisation, since, now } = looked
  const base = { at: now, point: null, before: null, after: null, visit: null }
  const unmeasured = (kind: Evidence['kind']): Evidence => ({ ...base, kind, state: 'unmeasured' })

  async function turn(kind: Evidence['kind'], ref: PointRef | null, off: (value: number) => boolean): Promise<Evidence> {
    if (ref === null || !known(ref)) return { ...unmeasured(kind), point: ref === null ? null : nameOf(ref) }
    const { before, after, seen } = turned(await past(ref, since, now), latest(ref), now, off)
    return { ...base, kind, state: seen ? 'seen' : 'notYet', point: nameOf(ref), before, after }
  }

  function inlet(): Evidence {
    const plan = layout()
    const at = plan.racks.find(({ id }) => id === rack)
    const room = plan.rooms.find(({ id }) => id === at?.room)
    const site = [plan.site, ...plan.sites].find(({ id }) => id === (room?.site ?? plan.site.id)) ?? plan.site
    const read = plan.sensors
      .filter(one => one.rack === rack && one.side === 'inlet')
      .flatMap(({ point }) => {
        const reading = latest(point)
        return reading === null || reading.value === null || now - reading.at > FRESH ? [] : [{ point, value: reading.value }]
      })
      .toSorted((one, other) => other.value - one.value)[0]
    if (read === undefined) return unmeasured('inlet')
    const limit = site.inlet.warning
    return { ...base, kind: 'inlet', state: read.value <= limit ? 'seen' : 'notYet', point: nameOf(read.point), before: limit, after: read.value }
  }

  const outlets = await Promise.all(psus.map(({ power }) => turn('outletPower', power ?? null, value => value < IDLE)))
  const visits = await present(organisation, since, now)
  const here = visits.find(({ racks }) => racks.includes(rack)) ?? visits[0]
  return [
    ...(outlets.length === 0 ? [unmeasured('outletPower')] : outlets),
    await turn('portUp', port, value => value !== UP),
    inlet(),
    { ...base, kind: 'visit', state: here === undefined ? 'unmeasured' : 'seen', visit: here?.number ?? null },
  ]
}

/** Power seen, and nothing that could be read speaks against it. */
export const convinces = (evidence: readonly Evidence[]): boolean =>
  evidence.some(({ kind, state }) => kind === 'outletPower' && state === 'seen') && evidence.every(({ state }) => state !== 'notYet')
