// The few points that tell how a device is: what its tiles show, picked by kind and then by what has limits.
import type { Kind } from '../../../daemon/domain/device.ts'
import type { PointView } from '../../../daemon/stream/contract.ts'

/** Patterns of keys, most telling first; each picks at most one point. */
const BY_KIND: Partial<Record<Kind, readonly RegExp[]>> = {
  ups: [
    /^output(\.total)?\.load$/,
    /^output(\.total)?\.power$/,
    /^battery\.charge$/,
    /^battery\.runtime$/,
    /^battery\.temperature$/,
    /^input\..*voltage$/,
  ],
  pdu: [/^(?!outlet).*power$/, /(^|\.)load$/, /(^|\.)current$/, /voltage$/, /energy$/, /powerfactor$/],
  ats: [/^(selected|source|ats).*state$/, /^output.*power$/, /^output.*current$/, /^(source|input)\.?A?.*voltage$/, /^(source|input)\.?B.*voltage$/],
  crac: [/return.*temperature$/, /supply.*temperature$/, /airflow$/, /^cooling\.output/, /^fan.*(level|rotation)$/, /^filter.*pressure$/],
  chiller: [/supply.*temperature$/, /return.*temperature$/, /waterflow$/, /capacity|load$/, /pressure$/],
  environment: [/temperature$/, /humidity$/, /dewpoint$/, /state$/],
  genset: [
    /^engine\.state$/,
    /^output\.power$/,
    /fuel.*level$/,
    /^engine.*coolant.*temperature$/,
    /^output\.frequency$/,
    /^battery\.voltage$/,
    /^fuel\.state$/,
  ],
  dcpower: [/output.*voltage$/, /output.*current$/, /battery.*charge$/, /load$/, /battery.*temperature$/],
  switch: [/cpu.*utilisation$|processor/, /memory/, /temperature$/, /uptime$/, /in\.octets$/, /out\.octets$/],
  router: [/cpu.*utilisation$|processor/, /memory/, /temperature$/, /uptime$/, /in\.octets$/, /out\.octets$/],
  firewall: [/cpu.*utilisation$|processor/, /memory/, /session|connection/, /uptime$/, /in\.octets$/, /out\.octets$/],
  server: [/cpu.*utilisation$|processor/, /^load/, /memory/, /storage|disk/, /temperature$/, /uptime$/],
  bmc: [/power$/, /inlet.*temperature|ambient/, /temperature$/, /fan/, /psu/],
  storage: [/utilisation$|used/, /storage/, /temperature$/, /state$/],
}

/** Up to `most` points. What alarms go by fills the places that the kind's own list leaves. */
export function tellingPoints(kind: Kind, points: readonly PointView[], headline: number | null, most = 6): readonly PointView[] {
  const picked: PointView[] = []
  const add = (point: PointView | undefined) => {
    if (point && picked.length < most && !picked.includes(point) && point.quantity !== 'text') picked.push(point)
  }
  const outright = points.filter(point => !point.key.startsWith('port.') && !point.key.startsWith('outlet.'))
  for (const pattern of BY_KIND[kind] ?? []) add(outright.find(point => pattern.test(point.key) && !picked.includes(point)))
  add(points.find(point => point.no === headline))
  // What fills the rest should tell something else: no quantity twice as long as others are left.
  const fill = (wanted: (point: PointView) => boolean) => {
    for (const point of outright) if (wanted(point) && !picked.some(other => other.quantity === point.quantity)) add(point)
  }
  fill(point => point.alarmLimits !== null && point.quantity !== 'state')
  fill(point => point.quantity !== 'state' && point.quantity !== 'count')
  fill(point => point.quantity === 'state')
  for (const point of outright) if (point.alarmLimits !== null && point.quantity !== 'state') add(point)
  for (const point of outright) add(point)
  return picked
}

/** The point its chart opens with: the first tile that is a number. */
export const charted = (tiles: readonly PointView[]): PointView | null => tiles.find(point => point.quantity !== 'state') ?? tiles[0] ?? null
