// The one value that tells most of a device in a list, by its kind.
import type { Kind } from '../domain/device.ts'
import type { Quantity } from '../domain/quantity.ts'

interface Candidate {
  readonly no: number
  readonly key: string
  readonly quantity: Quantity
}

/** Most telling first; a pattern narrows the keys where a device has many points of the quantity. */
const TELLING: Readonly<Record<Kind, readonly (readonly [Quantity, RegExp?])[]>> = {
  ups: [['load', /^output/], ['load'], ['charge'], ['power', /^output/], ['state', /^output/]],
  pdu: [
    ['power', /^(device|inlet|unit|total|input)/],
    ['power', /^(phase|bank)/],
    ['power'],
    ['current', /^(device|inlet|phase|bank|input)/],
    ['current'],
  ],
  ats: [['state', /source/], ['state'], ['voltage']],
  crac: [['temperature', /supply/], ['temperature', /return/], ['temperature'], ['state']],
  chiller: [['temperature', /supply/], ['temperature'], ['state']],
  environment: [['temperature'], ['humidity'], ['state']],
  genset: [['state', /engine|generator|genset/], ['level', /fuel/], ['power'], ['state']],
  dcpower: [['voltage', /^(output|battery|system)/], ['current'], ['voltage']],
  firepanel: [['state']],
  door: [['state', /door/], ['state']],
  switch: [['utilisation'], ['temperature'], ['uptime'], ['octets']],
  router: [['utilisation'], ['temperature'], ['uptime'], ['octets']],
  firewall: [['utilisation'], ['temperature'], ['uptime'], ['octets']],
  wireless: [['utilisation'], ['count'], ['uptime']],
  server: [['utilisation', /^cpu|processor/], ['utilisation'], ['power'], ['temperature'], ['uptime']],
  bmc: [['power'], ['temperature'], ['state']],
  storage: [['level'], ['utilisation'], ['temperature'], ['state']],
  other: [['power'], ['temperature'], ['utilisation'], ['state'], ['uptime']],
}

export function headlineOf(kind: Kind, points: Iterable<Candidate>): number | null {
  const list = [...points]
  for (const [quantity, pattern] of TELLING[kind]) {
    const found = list.filter(point => point.quantity === quantity && (pattern === undefined || pattern.test(point.key)))
    // The whole comes with a shorter key than its parts: `output.load` before `output.L1.load`.
    const best = found.toSorted((a, b) => a.key.length - b.key.length || a.key.localeCompare(b.key))[0]
    if (best !== undefined) return best.no
  }
  return null
}
