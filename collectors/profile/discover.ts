// Looks at a device once: who it is, which profiles apply, what they find. A handful of round trips.
import type { Discovery } from '../../daemon/domain/collector.ts'
import { sayMistake } from '../../daemon/domain/document.ts'
import { done, type Failure, type Outcome } from '../../daemon/domain/outcome.ts'
import { isBelow } from '../wire/oid.ts'
import { type SnmpSession, TYPE, type Varbind } from '../wire/session.ts'
import { textOf } from './decode.ts'
import { identityOf } from './identity.ts'
import { INTERFACE_COLUMNS, interfacesOf, NEIGHBOUR_COLUMNS, neighboursOf } from './interfaces.ts'
import { matching, type SystemGroup, toProbe } from './match.ts'
import { mergePoints } from './merge.ts'
import { pointsOf } from './points.ts'
import { type Answers, wanted } from './rows.ts'
import type { Profiles } from './shelf.ts'
import { getScalars, inParallel, WALK_LIMITS, walkColumns } from './walk.ts'

const SYSTEM = { sysDescr: '1.3.6.1.2.1.1.1.0', sysObjectID: '1.3.6.1.2.1.1.2.0', sysUpTime: '1.3.6.1.2.1.1.3.0', sysName: '1.3.6.1.2.1.1.5.0' }

/** Failures after which there may be more than was told; others are what the device has to say. */
const SILENCES: ReadonlySet<Failure['kind']> = new Set(['timeout', 'unreachable', 'busy', 'cancelled'])

/** More remarks than this are one device's one illness. */
const MOST_REMARKS = 50

export interface DiscoverOptions {
  /** v1: no GETBULK, and a missing name fails the whole request. */
  readonly old: boolean
  readonly signal: AbortSignal
}

/** Fails only if the device does not answer at all; what answers in part comes with remarks. */
export async function discover(session: SnmpSession, profiles: Profiles, { old, signal }: DiscoverOptions): Promise<Outcome<Discovery>> {
  const remarks: string[] = []
  const first = await getScalars(session, Object.values(SYSTEM), old)
  if (first.failure !== null && first.values.size === 0) return { ok: false, failure: first.failure }
  const system = systemOf(first.values)

  const seen = await probePresence(session, toProbe(profiles.heads, system), remarks)
  const applying = matching(profiles.heads, system, seen.present).flatMap(({ name }) => {
    const taken = profiles.take(name)
    if (taken.ok) return taken.value
    remarks.push(`The profile ${name} is not used. ${taken.mistakes.map(sayMistake).join(' ')}`)
    return []
  })
  const { scalars, columns } = wanted(applying)
  const all = new Set(columns)
  const provides = new Set(applying.flatMap(profile => profile.provides))
  if (provides.has('interfaces')) for (const column of INTERFACE_COLUMNS) all.add(column)
  if (provides.has('neighbours')) for (const column of NEIGHBOUR_COLUMNS) all.add(column)

  const [values, walked] = await Promise.all([
    getScalars(session, scalars, old),
    walkColumns(session, all, signal, old ? { ...WALK_LIMITS, varbinds: 20 } : WALK_LIMITS),
  ])
  if (values.failure !== null) remarks.push(`Some scalars were not answered: ${values.failure.message}`)
  if (walked.failure !== null) remarks.push(`Tables were read in part: ${walked.failure.message}`)
  remarks.push(...walked.remarks)

  const answers: Answers = { scalars: new Map([...first.values, ...values.values]), columns: walked.columns }
  const candidates = applying.flatMap(profile => pointsOf(profile, answers, remark => void remarks.push(remark)))
  if (applying.length === 0) remarks.push('No profile knows this device.')
  return done({
    identity: { ...identityOf(applying, system, answers), ...(walked.broken.length === 0 ? {} : { broken: walked.broken.slice(0, MOST_REMARKS) }) },
    points: mergePoints(candidates),
    interfaces: provides.has('interfaces') ? interfacesOf(answers) : [],
    neighbours: provides.has('neighbours') ? neighboursOf(answers) : [],
    remarks:
      remarks.length > MOST_REMARKS ? [...remarks.slice(0, MOST_REMARKS), `… and ${remarks.length - MOST_REMARKS} more of the kind.`] : remarks,
    partial: [first.failure, seen.failure, values.failure, walked.failure].some(failure => failure !== null && SILENCES.has(failure.kind)),
  })
}

function systemOf(values: ReadonlyMap<string, Varbind>): SystemGroup {
  const text = (oid: string): string | null => {
    const varbind = values.get(oid)
    return varbind === undefined ? null : textOf(varbind)
  }
  return { sysDescr: text(SYSTEM.sysDescr), sysObjectID: text(SYSTEM.sysObjectID)?.replace(/^\./, '') ?? null, sysName: text(SYSTEM.sysName) }
}

/** Which of the subtrees hold anything: one GETNEXT each, many to a PDU. */
async function probePresence(
  session: SnmpSession,
  oids: ReadonlySet<string>,
  remarks: string[],
): Promise<{ readonly present: ReadonlySet<string>; readonly failure: Failure | null }> {
  const present = new Set<string>()
  let failure: Failure | null = null
  const list = [...oids]
  const groups = Array.from({ length: Math.ceil(list.length / 20) }, (_, k) => list.slice(k * 20, k * 20 + 20))
  await inParallel(groups, WALK_LIMITS.inFlight, async group => {
    const answer = await session.getNext(group)
    if (!answer.ok) {
      failure = answer.failure
      remarks.push(`Not known which tables the device has: ${answer.failure.message}`)
      return
    }
    group.forEach((oid, k) => {
      const varbind = answer.value[k]
      if (varbind !== undefined && varbind.type !== TYPE.endOfMibView && isBelow(varbind.oid, oid)) present.add(oid)
    })
  })
  return { present, failure }
}
