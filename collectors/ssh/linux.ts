// What the sections of a Linux host say: procfs and sysfs texts to figures. Pure.
// Formats: proc(5), Documentation/hwmon/sysfs-interface of the kernel.
import type { Limits } from '../../daemon/domain/point.ts'
import { condition, type Figure, gauge, temperature } from '../host/figure.ts'
import { port } from '../host/traffic.ts'
import { loadAverages, memory, processes, swap } from '../host/vital.ts'

export type Lines = readonly string[]

/** Processor time spent, in ticks of whatever length. */
export interface CpuTimes {
  readonly busy: number
  readonly iowait: number
  readonly steal: number
  readonly total: number
}

export const numbers = (line: string | undefined): number[] => (line ?? '').trim().split(/\s+/).map(Number)

/** `cpu user nice system idle iowait irq softirq steal guest guest_nice`; guests are in user already. */
export function cpuTimes(lines: Lines): CpuTimes | null {
  const line = lines.find(each => each.startsWith('cpu '))
  if (line === undefined) return null
  const [user = 0, nice = 0, system = 0, idle = Number.NaN, iowait = 0, irq = 0, softirq = 0, steal = 0] = numbers(line.slice(4))
  const busy = user + nice + system + irq + softirq + steal
  const total = busy + idle + iowait
  return Number.isFinite(total) ? { busy, iowait, steal, total } : null
}

export function uptimeOf(lines: Lines): number | null {
  const [seconds] = numbers(lines[0])
  return seconds !== undefined && Number.isFinite(seconds) && lines[0] !== '' ? seconds : null
}

/** `0.20 0.18 0.12 1/80 11206`: averages, running/all, last pid. */
export function loadavg(lines: Lines): Figure[] {
  const [one, five, fifteen, tasks] = (lines[0] ?? '').split(/\s+/)
  const loads = [one, five, fifteen].map(Number)
  if (loads.some(Number.isNaN)) return []
  const all = Number(tasks?.split('/')[1])
  return [...loadAverages(loads), ...(Number.isFinite(all) ? [processes(all, 'fast')] : [])]
}

/** kB. MemAvailable is there since Linux 3.14; before, free + buffers + cached is the usual estimate. */
export function meminfo(lines: Lines): Figure[] {
  const kB = new Map(lines.map(line => [line.split(':')[0] ?? '', Number.parseInt(line.split(':')[1] ?? '', 10)]))
  const of = (name: string): number => kB.get(name) ?? Number.NaN
  const total = of('MemTotal')
  if (!Number.isFinite(total)) return []
  const estimate = of('MemFree') + of('Buffers') + of('Cached')
  const available = kB.get('MemAvailable') ?? estimate
  return [...memory(total * 1024, available * 1024), ...swap(of('SwapTotal') * 1024, (of('SwapTotal') - of('SwapFree')) * 1024)]
}

const KINDS: Readonly<Record<string, { readonly quantity: 'temperature' | 'rotation' | 'power' | 'voltage' | 'current'; readonly factor: number }>> =
  {
    temp: { quantity: 'temperature', factor: 0.001 },
    fan: { quantity: 'rotation', factor: 1 },
    power: { quantity: 'power', factor: 0.000_001 },
    in: { quantity: 'voltage', factor: 0.001 },
    curr: { quantity: 'current', factor: 0.001 },
  }

/** A name that stands in a key: readable, without what separates. */
export const nameable = (text: string): string =>
  text
    .trim()
    .replace(/[^A-Za-z0-9_:@+-]+/g, '-')
    .replace(/^-+|-+$/g, '')

/**
 * `chip|device|temp1|value|max|crit|label`, milli- or micro-units. The device is in the key, because the numbers of hwmon directories
 * change from start to start. Readings no silicon has (−273 °C, 255 °C of an unconnected diode) and limits of 0 are left out.
 */
export function hwmon(lines: Lines): Figure[] {
  return lines.flatMap(line => {
    const [chip = '', device = '', channel = '', value = '', max = '', crit = '', label = ''] = line.split('|')
    const kind = KINDS[/^[a-z]+/.exec(channel)?.[0] ?? '']
    const raw = Number.parseInt(value, 10)
    if (kind === undefined || !Number.isFinite(raw) || chip === '') return []
    const what = nameable(label === '' ? channel : label)
    const name = `${nameable(chip)}-${nameable(device)}.${what}`
    const reading = round(raw * kind.factor)
    const words = `${chip} ${label === '' ? channel : label}`
    if (kind.quantity !== 'temperature') return [gauge(`sensor.${name}.${kind.quantity}`, words, kind.quantity, reading)]
    return reading > -100 && reading < 200 ? [temperature(name, words, reading, limitsOf(max, crit))] : []
  })
}

const round = (value: number): number => Math.round(value * 1e6) / 1e6

function limitsOf(max: string, crit: string): Limits {
  const warning = Number.parseInt(max, 10) / 1000
  const critical = Number.parseInt(crit, 10) / 1000
  const sane = (limit: number) => limit > 20 && limit < 200
  return { ...(sane(warning) && !(critical <= warning) ? { highWarning: warning } : {}), ...(sane(critical) ? { highCritical: critical } : {}) }
}

/** `type|millidegrees`; asked where no hwmon chip tells a temperature. */
export const thermal = (lines: Lines): Figure[] =>
  lines.flatMap((line, i) => {
    const [type = '', milli = ''] = line.split('|')
    const celsius = Number.parseInt(milli, 10) / 1000
    return celsius > -100 && celsius < 200 ? [temperature(`thermal-${nameable(type)}${i}`, `${type} ${i}`, celsius, {})] : []
  })

/** Interfaces that are the machine's own: those of containers and bridges come and go by the hundred. */
const OTHERS_PORTS =
  /^(lo\d*|veth.*|docker.*|br-.*|virbr.*|vnet.*|tap.*|cali.*|flannel.*|cni.*|dummy.*|ifb.*|sit.*|tunl.*|gre.*|erspan.*|ip6.*|pflog.*|enc\d*)$/

export const isOwnPort = (name: string): boolean => !OTHERS_PORTS.test(name)

/** Two heading lines, then `name: rx bytes packets errs drop fifo frame compressed multicast tx bytes packets errs drop …`. */
export const netdev = (lines: Lines): Figure[] =>
  lines.flatMap(line => {
    const [, name = '', rest = ''] = /^\s*([^\s:|]+(?::\d+)?):\s*(.*)$/.exec(line) ?? []
    const [inOctets, , inErrors, inDiscards, , , , , outOctets, , outErrors, outDiscards] = numbers(rest)
    const all = [inOctets, inErrors, inDiscards, outOctets, outErrors, outDiscards]
    if (name === '' || !isOwnPort(name) || !all.every(each => each !== undefined && Number.isFinite(each))) return []
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = all
    return port(name, { inOctets: a, inErrors: b, inDiscards: c, outOctets: d, outErrors: e, outDiscards: f })
  })

/** `md0 : active raid1 sdb1[1] sda1[0]` and below it `… [2/2] [UU]`: an underscore is a missing member. */
export function mdstat(lines: Lines): Figure[] {
  const found: Figure[] = []
  let name: string | null = null
  let active = false
  for (const line of lines) {
    const head = /^(md\S+)\s*:\s*(\S+)/.exec(line)
    if (head !== null) {
      name = head[1] ?? null
      active = head[2] === 'active'
    }
    const members = /\[\d+\/\d+\]\s+\[([U_]+)\]/.exec(line)?.[1]
    if (name === null || members === undefined) continue
    found.push(
      condition(`raid.${name}.state`, { en: `RAID ${name}` }, 'normal', !active || !members.includes('U') ? 2 : members.includes('_') ? 1 : 0),
    )
    name = null
  }
  return found
}
