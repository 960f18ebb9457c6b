// Reads the machine Suar runs on, cadence by cadence: by `systeminformation` where that starts no process, by procfs on Linux where it would.
import { arch, hostname, loadavg, platform, release, uptime as uptimeSeconds } from 'node:os'
import si from 'systeminformation'
import type { Identity } from '../../daemon/domain/device.ts'
import type { Cadence } from '../../daemon/domain/point.ts'
import { diskstats } from '../ssh/disks.ts'
import { identityOf } from '../ssh/figures.ts'
import { hwmon, isOwnPort, loadavg as loadavgText, mdstat, netdev, thermal } from '../ssh/linux.ts'
import { type Figure, gauge, temperature, unique } from './figure.ts'
import { filesystems, hwmonLines, linesOf, thermalLines } from './files.ts'
import { disk, filesystem, port } from './traffic.ts'
import { cpuLoad, loadAverages, memory, processes, swap, uptime } from './vital.ts'

const isLinux = platform() === 'linux'

/** Everything of one cadence. Takes about 1 ms of this thread on Linux. */
export async function read(cadence: Cadence): Promise<Figure[]> {
  if (cadence === 'fast') return unique([...(await vital()), ...(isLinux ? await linuxFast() : [])])
  if (cadence === 'normal') return unique(isLinux ? await linuxNormal() : await otherNormal())
  return unique(isLinux ? [] : await otherSlow())
}

async function vital(): Promise<Figure[]> {
  const [load, mem] = await Promise.all([si.currentLoad(), si.mem()])
  return [
    cpuLoad(Math.min(100, Math.max(0, load.currentLoad))),
    ...loadAverages(loadavg()),
    uptime(uptimeSeconds()),
    ...memory(mem.total, mem.available),
    ...swap(mem.swaptotal, mem.swapused),
  ]
}

async function linuxFast(): Promise<Figure[]> {
  const chips = hwmon(await hwmonLines())
  const zones = chips.some(({ quantity }) => quantity === 'temperature') ? [] : thermal(await thermalLines())
  const tasks = loadavgText(await linesOf('/proc/loadavg')).filter(({ key }) => key === 'processes.count')
  return [...chips, ...zones, ...tasks]
}

async function linuxNormal(): Promise<Figure[]> {
  const [mounts, ports, disks, arrays, files] = await Promise.all([
    filesystems(),
    linesOf('/proc/net/dev'),
    linesOf('/proc/diskstats'),
    linesOf('/proc/mdstat'),
    si.fsOpenFiles(),
  ])
  return [
    ...mounts,
    ...netdev(ports),
    ...diskstats(disks),
    ...mdstat(arrays),
    gauge('files.open.count', 'Open files', 'count', files.allocated, 'normal'),
  ]
}

/** Other systems: the package's own calls, which start processes. */
async function otherNormal(): Promise<Figure[]> {
  const [mounts, ports, io] = await Promise.all([si.fsSize(), si.networkStats('*'), si.fsStats()])
  return [
    ...mounts.flatMap(({ mount, size, used, available }) => (size > 0 ? filesystem(mount, size, used, available) : [])),
    ...ports
      .filter(({ iface }) => isOwnPort(iface))
      .flatMap(each =>
        port(each.iface, {
          inOctets: each.rx_bytes,
          outOctets: each.tx_bytes,
          inErrors: each.rx_errors,
          outErrors: each.tx_errors,
          inDiscards: each.rx_dropped,
          outDiscards: each.tx_dropped,
        }),
      ),
    // Null where the system does not tell.
    ...(Number.isFinite(io?.rx) ? disk('all', io.rx, io.wx, Number.NaN) : []),
  ]
}

async function otherSlow(): Promise<Figure[]> {
  const [heat, tasks] = await Promise.all([si.cpuTemperature(), si.processes()])
  return [...(Number.isFinite(heat.main) ? [temperature('cpu', 'Processor', heat.main, {}, 'slow')] : []), processes(tasks.all, 'slow')]
}

export async function identify(): Promise<Identity> {
  if (!isLinux) {
    const [os, system] = await Promise.all([si.osInfo(), si.system()])
    const text = (value: string): string | null => (value === '' || value === '-' ? null : value)
    return {
      kind: 'server',
      vendor: text(system.manufacturer),
      model: text(system.model),
      serial: text(system.serial),
      firmware: [os.distro, os.release].filter(Boolean).join(' ') || null,
      sysName: hostname(),
      sysDescr: [os.platform, os.release, os.arch].join(' '),
      sysObjectID: null,
      profiles: ['host'],
    }
  }
  const dmi = await Promise.all(
    ['sys_vendor', 'product_name', 'product_serial'].map(async name => `${name}=${(await linesOf(`/sys/class/dmi/id/${name}`))[0] ?? ''}`),
  )
  const sections = new Map([
    ['os', ['Linux']],
    ['uname', [hostname(), release(), arch()]],
    ['release', await linesOf('/etc/os-release')],
    ['dmi', dmi],
  ])
  return { ...identityOf({ get: name => sections.get(name) ?? null, complete: true, stray: null }), profiles: ['host'] }
}
