// Compares what the probe reads from a recorded device with what an independent, trusted system takes from the same recording.
import type { Probe, ProbedPoint } from '../../daemon/probe.ts'

/** As far as needed here, of the schema in the recordings' README. */
interface ExpectedSensor {
  readonly class: string
  readonly descr: string
  readonly oid: string
  readonly value: number
  readonly unit?: string
  readonly reproducible: boolean
  readonly doubt?: string
  readonly states?: readonly { readonly value: number; readonly severity?: string }[]
}

export interface Expected {
  readonly recording: string
  readonly kind: string
  readonly sensors: readonly ExpectedSensor[]
  readonly ports?: readonly {
    readonly ifIndex: number
    readonly ifInOctets?: number
    readonly ifOutOctets?: number
    readonly unverified?: readonly string[]
  }[]
  readonly processors?: readonly { readonly oid: string; readonly usage: number; readonly reproducible: boolean }[]
}

export interface Score {
  /** Sensors whose recorded value gives the expected reading and which nobody doubts; of those, the ones read alike. */
  readonly judged: number
  readonly right: number
  readonly all: number
  readonly allRight: number
  readonly misses: readonly string[]
}

/** Units of the expected files that are not our canonical ones: factor into ours. */
const INTO: Readonly<Record<string, number>> = { kWh: 1000, min: 60, cfm: 1.699_010_795_52, kPa: 1000 }

export function score(seen: Probe, expected: Expected): Score {
  const byOid = new Map<string, ProbedPoint[]>()
  for (const point of seen.points) byOid.set(point.oid, [...(byOid.get(point.oid) ?? []), point])
  const tally = { judged: 0, right: 0, all: 0, allRight: 0 }
  const misses: string[] = []
  for (const sensor of expected.sensors) {
    const points = byOid.get(sensor.oid) ?? []
    const alike = points.some(point => agrees(point, sensor))
    const judged = sensor.reproducible && sensor.doubt === undefined
    tally.all++
    if (alike) tally.allRight++
    if (!judged) continue
    tally.judged++
    if (alike) tally.right++
    else
      misses.push(
        `${sensor.class} ${sensor.oid} "${sensor.descr}": expected ${sensor.value}, read ${points.map(one => `${one.key} = ${one.state?.normal ?? one.value}`).join(', ') || 'nothing'}`,
      )
  }
  return { ...tally, misses }
}

function agrees(point: ProbedPoint, sensor: ExpectedSensor): boolean {
  if (sensor.class === 'state') {
    const normal = sensor.states?.find(state => state.value === sensor.value)?.severity ?? 'unknown'
    return point.state !== null && point.state.normal === normal
  }
  const wanted = sensor.value * (INTO[sensor.unit ?? ''] ?? 1)
  return point.value !== null && Math.abs(point.value - wanted) <= Math.max(1e-6, Math.abs(wanted) * 0.002)
}
