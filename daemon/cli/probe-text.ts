// What `suar probe` prints for people.
import type { Probe, ProbedPoint, ProbedStore } from '../probe.ts'
import { onOneLine, table } from './options.ts'

export function probeText(seen: Probe): string {
  const parts: string[] = [identity(seen)]
  const ports = new Set(seen.interfaces.flatMap(one => Object.values(one.oids)))
  // Counters of ports have a table of their own.
  const points = seen.points.filter(point => !ports.has(point.oid) && !/^port\./.test(point.key))
  if (points.length > 0) parts.push(table(['KEY', 'VALUE', 'STATE', 'LIMITS', 'PROFILE', 'OID'], points.map(row)))
  if (seen.interfaces.length > 0)
    parts.push(
      table(
        ['PORT', 'STATE', 'SPEED', 'IN', 'OUT', 'ERRORS', 'ALIAS'],
        seen.interfaces.map(one => [
          one.name,
          one.admin === 'down' ? 'disabled' : one.oper,
          one.speed > 0 ? si(one.speed, 'bit/s') : '–',
          one.inOctets === null ? '–' : si(one.inOctets, 'B'),
          one.outOctets === null ? '–' : si(one.outOctets, 'B'),
          one.inErrors === null && one.outErrors === null ? '–' : String((one.inErrors ?? 0) + (one.outErrors ?? 0)),
          one.alias,
        ]),
      ),
    )
  if (seen.neighbours.length > 0)
    parts.push(
      table(
        ['PORT', 'NEIGHBOUR', 'ITS PORT', 'CHASSIS'],
        seen.neighbours.map(one => [one.localPort, one.sysName, one.port, one.chassis]),
      ),
    )
  for (const [title, stores] of [
    ['MEMORY', seen.memory],
    ['STORAGE', seen.storage],
  ] as const)
    if (stores.length > 0) parts.push(table([title, 'TOTAL', 'USED', 'FREE', 'USED %'], stores.map(store)))
  if (seen.remarks.length > 0) parts.push(seen.remarks.map(remark => `! ${onOneLine(remark)}`).join('\n'))
  return `${parts.join('\n\n')}\n`
}

function identity(seen: Probe): string {
  const { identity: one } = seen
  const rows: [string, string | null | undefined][] = [
    ['address', seen.address],
    ['kind', one?.kind],
    ['vendor', one?.vendor],
    ['model', one?.model],
    ['serial', one?.serial],
    ['firmware', one?.firmware],
    ['sysName', one?.sysName],
    ['sysDescr', one?.sysDescr],
    ['sysObjectID', one?.sysObjectID],
    ['profiles', one?.profiles.join(', ')],
    ['asked in', `${seen.elapsedMs} ms`],
  ]
  return rows
    .filter(([, text]) => text !== null && text !== undefined && text !== '')
    .map(([name, text]) => `${name.padEnd(12)} ${onOneLine(text ?? '')}`)
    .join('\n')
}

function row(point: ProbedPoint): string[] {
  const { lowCritical, lowWarning, highWarning, highCritical } = point.limits
  const limits = [lowCritical, lowWarning, highWarning, highCritical].some(limit => limit !== undefined)
    ? [lowCritical, lowWarning, '…', highWarning, highCritical]
        .map(limit => (limit === undefined ? '–' : typeof limit === 'number' ? figure(limit) : limit))
        .join(' ')
    : ''
  const value =
    point.value === null
      ? '–'
      : point.state !== null
        ? String(point.value)
        : `${figure(point.value)}${point.unit === '1' || point.unit === '' ? '' : ` ${point.unit}`}`
  return [point.key, value, point.state === null ? '' : `${point.state.name} (${point.state.normal})`, limits, point.profile, point.oid]
}

const store = ({ label, total, used, free, utilisation }: ProbedStore): string[] => [
  label,
  ...[total, used, free].map(octets => (octets === null ? '–' : si(octets, 'B'))),
  utilisation === null ? '–' : figure(utilisation),
]

const figure = (value: number): string => (Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6))))

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const

/** With a decimal prefix and three digits. */
function si(value: number, unit: string): string {
  let step = 0
  let small = value
  while (Math.abs(small) >= 1000 && step < PREFIXES.length - 1) {
    small /= 1000
    step++
  }
  return `${Number(small.toPrecision(3))} ${PREFIXES[step] ?? ''}${unit}`
}
