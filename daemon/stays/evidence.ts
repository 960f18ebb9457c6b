// What the readings say of an installation: power at its outlets from nothing to something, its port up, the air before it, who stood there.
import type { Instant } from '../domain/call.ts'
import type { Equipment, PointRef } from '../domain/inventory.ts'
import type { Evidence } from '../domain/stay.ts'
import type { Past, Reading, StaySources } from './sources.ts'

/** An outlet that gives less than this, W, feeds nothing that runs. */
const IDLE = 5
/** A port that carries (IF-MIB ifOperStatus). */
const UP = 1
/** Readings of the time before say what an outlet gave when nothing hung on it, ms. */
const BEFORE = 3_600_000
/** An installation that began longer ago is looked at from here on only, ms. */
const LONGEST = 14 * 86_400_000

export interface Looked {
  readonly psus: Equipment['psus']
  readonly port: PointRef | null
  readonly rack: string
  readonly organisation: number
  /** When the installation began: what is not read, or does not turn, after it belongs to others. */
  readonly began: Instant
  readonly now: Instant
}

const nameOf = ({ device, key }: PointRef): string => `${device}/${key}`

/** A quantity that turns from `off` to on after `began`, and is on now; the last turn counts. */
function turned(
  past: readonly Past[],
  current: Reading | null,
  began: Instant,
  off: (value: number) => boolean,
): { readonly before: number | null; readonly after: number | null; readonly seen: boolean } {
  const after = current === null || current.at < began ? null : current.value
  const known = past.flatMap(({ at, lowest, highest }) => (lowest === null || highest === null ? [] : [{ at, lowest, highest }]))
  const last = known.findLastIndex(({ lowest, highest }) => off(lowest) || off(highest))
  const was = known[last]
  const before = was === undefined ? (known[0]?.lowest ?? null) : off(was.lowest) ? was.lowest : was.highest
  const turnedAt = known[last + 1]?.at ?? current?.at ?? began
  return { before, after, seen: was !== undefined && after !== null && !off(after) && turnedAt >= began }
}

type Given = Pick<StaySources, 'known' | 'current' | 'past' | 'present' | 'layout'>

const inletsOf = (plan: ReturnType<Given['layout']>, rack: string) => plan.sensors.filter(one => one.rack === rack && one.side === 'inlet')

/** Whom to ask for what is looked at: rack PDUs, the switch, what reads the air. */
export const askedOf = ({ layout }: Pick<Given, 'layout'>, { psus, port, rack }: Pick<Looked, 'psus' | 'port' | 'rack'>): readonly string[] => [
  ...new Set([
    ...psus.flatMap(({ power }) => power?.device ?? []),
    ...(port === null ? [] : [port.device]),
    ...inletsOf(layout(), rack).map(({ point }) => point.device),
  ]),
]

export async function evidenceOf(sources: Given, looked: Looked): Promise<readonly Evidence[]> {
  const { known, current, past, present, layout } = sources
  const { psus, port, rack, organisation, began, now } = looked
  const base = { at: now, point: null, before: null, after: null, visit: null }
  const unmeasured = (kind: Evidence['kind']): Evidence => ({ ...base, kind, state: 'unmeasured' })

  async function turn(kind: Evidence['kind'], ref: PointRef | null, off: (value: number) => boolean): Promise<Evidence> {
    if (ref === null || !known(ref)) return { ...unmeasured(kind), point: ref === null ? null : nameOf(ref) }
    const since = Math.max(began - BEFORE, now - LONGEST)
    const { before, after, seen } = turned(await past(ref, since, now), current(ref), began, off)
    return { ...base, kind, state: seen ? 'seen' : 'notYet', point: nameOf(ref), before, after }
  }

  function inlet(): Evidence {
    const plan = layout()
    const at = plan.racks.find(({ id }) => id === rack)
    const room = plan.rooms.find(({ id }) => id === at?.room)
    const site = [plan.site, ...plan.sites].find(({ id }) => id === (room?.site ?? plan.site.id)) ?? plan.site
    const read = inletsOf(plan, rack)
      .flatMap(({ point }) => {
        const reading = current(point)
        return reading === null || reading.value === null || reading.at < began ? [] : [{ point, value: reading.value }]
      })
      .toSorted((one, other) => other.value - one.value)[0]
    if (read === undefined) return unmeasured('inlet')
    const limit = site.inlet.warning
    return { ...base, kind: 'inlet', state: read.value <= limit ? 'seen' : 'notYet', point: nameOf(read.point), before: limit, after: read.value }
  }

  const outlets = await Promise.all(psus.map(({ power }) => turn('outletPower', power ?? null, value => value < IDLE)))
  const visits = await present(organisation, began, now)
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

/** Whether it says the same, whatever the figures are by now. */
export const saysTheSame = (one: readonly Evidence[], other: readonly Evidence[]): boolean =>
  one.length === other.length &&
  one.every(({ kind, point, state, after, visit }, i) => {
    const its = other[i]
    return its?.kind === kind && its.point === point && its.state === state && its.visit === visit && (its.after === null) === (after === null)
  })
