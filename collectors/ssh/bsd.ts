// What the sections of a FreeBSD host say. Pure. Formats: sysctl(8), swapinfo(8), netstat(1) of FreeBSD 12 to 14.
import { type Figure, temperature } from '../host/figure.ts'
import { port } from '../host/traffic.ts'
import { loadAverages, memory, swap } from '../host/vital.ts'
import { type CpuTimes, isOwnPort, type Lines, nameable, numbers } from './linux.ts'

/** `{ sec = 1700000000, usec = 123 } Tue …` and below it the time now. */
export function bootTime(lines: Lines): number | null {
  const boot = Number(/sec = (\d+)/.exec(lines[0] ?? '')?.[1])
  const now = Number(lines[1])
  return Number.isFinite(boot) && Number.isFinite(now) ? now - boot : null
}

/** `{ 0.20 0.18 0.15 }` */
export function loadavg(lines: Lines): Figure[] {
  const loads = (lines[0] ?? '').replace(/[{}]/g, '').trim().split(/\s+/).map(Number)
  return loads.length === 3 && loads.every(Number.isFinite) ? loadAverages(loads) : []
}

/** kern.cp_time: user nice system interrupt idle, in ticks. */
export function cpuTimes(lines: Lines): CpuTimes | null {
  const [user = Number.NaN, nice = Number.NaN, system = Number.NaN, interrupt = Number.NaN, idle = Number.NaN] = numbers(lines.at(0))
  const busy = user + nice + system + interrupt
  const total = busy + idle
  return Number.isFinite(total) ? { busy, iowait: Number.NaN, steal: Number.NaN, total } : null
}

/** Pages that programs can still get: free, inactive, laundry (and the cache queue before FreeBSD 12). */
export function vm(lines: Lines): Figure[] {
  const of = new Map(lines.map(line => [line.split(':')[0] ?? '', Number(line.split(':')[1])]))
  const total = of.get('hw.physmem') ?? Number.NaN
  const page = of.get('hw.pagesize') ?? Number.NaN
  const pages = ['free', 'inactive', 'laundry', 'cache'].reduce((sum, name) => sum + (of.get(`vm.stats.vm.v_${name}_count`) ?? 0), 0)
  return Number.isFinite(total * page) ? memory(total, pages * page) : []
}

/** `Device 1K-blocks Used Avail Capacity`, a line a device and, with several, a total. */
export function swapinfo(lines: Lines): Figure[] {
  const devices = lines.filter(line => line.startsWith('/dev/')).map(line => line.split(/\s+/))
  const sum = (column: number) => devices.reduce((total, fields) => total + Number(fields[column]), 0) * 1024
  return swap(sum(1), sum(2))
}

/** `dev.cpu.0.temperature: 45.0C` */
export const temperatures = (lines: Lines): Figure[] =>
  lines.flatMap(line => {
    const [, name, celsius] = /^(?:dev|hw\.acpi\.thermal)\.(\S+)\.temperature: (-?[\d.]+)C$/.exec(line) ?? []
    const value = Number(celsius)
    return name !== undefined && value > -100 && value < 200 ? [temperature(nameable(name.replaceAll('.', '')), name, value, {})] : []
  })

/** The `<Link#n>` line of each interface. Columns are counted from the right: the address may be missing, Idrop came with FreeBSD 8. */
export function netstat(lines: Lines): Figure[] {
  const heads = (lines[0] ?? '').trim().split(/\s+/)
  const fromRight = (name: string) => heads.length - heads.indexOf(name)
  return lines.slice(1).flatMap(line => {
    const fields = line.trim().split(/\s+/)
    const name = (fields[0] ?? '').replace(/\*$/, '')
    if (!/^<Link#\d+>$/.test(fields[2] ?? '') || !isOwnPort(name)) return []
    const of = (head: string) => (heads.includes(head) ? Number(fields[fields.length - fromRight(head)]) : 0)
    const traffic = {
      inOctets: of('Ibytes'),
      outOctets: of('Obytes'),
      inErrors: of('Ierrs'),
      outErrors: of('Oerrs'),
      inDiscards: of('Idrop'),
      outDiscards: of('Drop'),
    }
    return Object.values(traffic).every(Number.isFinite) ? port(name, traffic) : []
  })
}
