// All figures in one answer of a host, whatever system it runs, and who it says it is. Pure.
import type { Identity } from '../../daemon/domain/device.ts'
import { type Figure, unique } from '../host/figure.ts'
import { cpuLoad, cpuPart, uptime } from '../host/vital.ts'
import * as bsd from './bsd.ts'
import { bsdDf, df, dfInodes, diskstats, smart, zpool } from './disks.ts'
import { type CpuTimes, cpuTimes, hwmon, type Lines, loadavg, mdstat, meminfo, netdev, thermal, uptimeOf } from './linux.ts'
import type { Sections } from './sections.ts'
import { apk, apt, certificates, dnf, failedServices, pkg, reboot } from './upkeep.ts'

export interface Findings {
  readonly figures: readonly Figure[]
  /** To be handed in with the next answer: utilisation is taken between two. */
  readonly cpu: CpuTimes | null
  /** Seconds; null when it was not asked. */
  readonly uptime: number | null
  /** For people, one sentence each. */
  readonly remarks: readonly string[]
}

/** Each section with what reads it. Sections that are not in an answer were not asked for. */
const READERS: Readonly<Record<string, (lines: Lines) => readonly Figure[]>> = {
  meminfo,
  hwmon,
  vm: bsd.vm,
  swapinfo: bsd.swapinfo,
  temperature: bsd.temperatures,
  df,
  inodes: dfInodes,
  bsddf: bsdDf,
  netdev,
  netstat: bsd.netstat,
  diskstats,
  mdstat,
  zpool,
  failed: failedServices,
  apt,
  apk,
  dnf,
  pkg,
  reboot,
  smart,
  certificates,
}

/** Sections that hold something on every host: empty or unreadable, they are worth a remark. */
const ALWAYS = new Set(['meminfo', 'vm', 'df', 'bsddf', 'netdev', 'netstat'])

export function findIn(sections: Sections, before: CpuTimes | null): Findings {
  const remarks: string[] = []
  const isLinux = sections.get('os')?.[0] === 'Linux' || sections.get('stat') !== null
  const of = <T>(name: string, read: (lines: Lines) => T): T | null => {
    const lines = sections.get(name)
    return lines === null ? null : read(lines)
  }

  const times = isLinux ? cpuTimes : bsd.cpuTimes
  const cpu = of(isLinux ? 'stat' : 'cptime', times)
  const since = of('before', times) ?? before
  const up = of('uptime', uptimeOf) ?? of('boottime', bsd.bootTime)

  const figures: Figure[] = [...utilisation(since, cpu)]
  if (up !== null) figures.push(uptime(up))
  figures.push(...(of('loadavg', isLinux ? loadavg : bsd.loadavg) ?? []))
  for (const [name, read] of Object.entries(READERS)) {
    const found = of(name, read)
    if (found === null) continue
    if (found.length === 0 && ALWAYS.has(name)) remarks.push(`the host's answer about ${name} could not be read`)
    figures.push(...found)
  }
  const warm = figures.some(({ quantity }) => quantity === 'temperature')
  if (!warm) figures.push(...(of('thermal', thermal) ?? []))

  if (!sections.complete) remarks.push("the host's answer ended before its last line")
  if (sections.stray !== null) remarks.push(`the login prints text of its own: ${sections.stray}`)
  return { figures: unique(figures), cpu, uptime: up, remarks }
}

/** Between two looks; nothing when there is only one, or when the counters began anew. */
function utilisation(since: CpuTimes | null, now: CpuTimes | null): Figure[] {
  if (now === null) return []
  const total = since === null ? 0 : now.total - since.total
  const share = (part: 'busy' | 'iowait' | 'steal') =>
    since === null || total <= 0 ? Number.NaN : Math.min(100, Math.max(0, (100 * (now[part] - since[part])) / total))
  const parts = (['iowait', 'steal'] as const).filter(part => !Number.isNaN(now[part])).map(part => cpuPart(part, share(part)))
  return [cpuLoad(share('busy')), ...parts]
}

/** Placeholders that boards carry where a maker filled nothing in. */
const NOTHING = /^(to be filled by o\.?e\.?m\.?|default string|system manufacturer|system product name|system serial number|not specified|none|0+|)$/i

export function identityOf(sections: Sections): Identity {
  const [node, release, machine] = sections.get('uname') ?? []
  const values = (name: string) => new Map((sections.get(name) ?? []).map(line => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1)]))
  const dmi = values('dmi')
  const told = (...names: readonly string[]): string | null => {
    for (const name of names) {
      const value = (dmi.get(name) ?? '').trim()
      if (!NOTHING.test(value)) return value
    }
    return null
  }
  const system = sections.get('os')?.[0] ?? ''
  const distribution = (values('release').get('PRETTY_NAME') ?? '').replace(/^"|"$/g, '') || system
  return {
    kind: 'server',
    vendor: told('sys_vendor', 'maker'),
    model: told('product_name', 'product'),
    serial: told('product_serial', 'serial'),
    firmware: [distribution, release].filter(Boolean).join(', ') || null,
    sysName: node ?? null,
    sysDescr: [system, release, machine, distribution].filter(Boolean).join(' ') || null,
    sysObjectID: null,
    profiles: ['ssh-host'],
  }
}
