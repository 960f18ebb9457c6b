// Filesystems, disks and pools as df, diskstats, zpool and smartctl print them. Pure.
import { condition, type Figure } from '../host/figure.ts'
import { disk, filesystem, inodes } from '../host/traffic.ts'
import { type Lines, nameable, numbers } from './linux.ts'

interface Row {
  readonly device: string
  readonly mount: string
  readonly total: number
  readonly used: number
  readonly free: number
}

/** `device total used available capacity% mount`, one line each (POSIX df -P); the mount may contain spaces. */
function rows(lines: Lines): Row[] {
  const found = lines.flatMap(line => {
    const [, device, total, used, free, mount] = /^(\S+(?: \S+)*)\s+(\d+)\s+(-?\d+)\s+(-?\d+)\s+\S+\s+(\/.*)$/.exec(line) ?? []
    if (device === undefined || mount === undefined) return []
    return [{ device, mount, total: Number(total), used: Number(used), free: Math.max(0, Number(free)) }]
  })
  // A device mounted in several places (bind mounts) is one filesystem: its shortest path stands for it.
  return found.filter(
    row => !found.some(other => other !== row && other.device === row.device && row.device.startsWith('/') && shorter(other.mount, row.mount)),
  )
}
const shorter = (a: string, b: string): boolean => a.length < b.length || (a.length === b.length && a < b)

export const df = (lines: Lines): Figure[] =>
  rows(lines)
    .filter(({ total }) => total > 0)
    .flatMap(({ mount, total, used, free }) => filesystem(mount, total * 1024, used * 1024, free * 1024))

/** Filesystems that have no fixed number of inodes (btrfs, vfat) say 0 or `-` and are left out. */
export const dfInodes = (lines: Lines): Figure[] =>
  rows(lines)
    .filter(({ total }) => total > 0)
    .map(({ mount, used, free }) => inodes(mount, used, free))

/** FreeBSD's `df -lkiT`: `device type 1024-blocks used avail capacity iused ifree %iused mount`. */
const BSD_LOCAL = new Set(['ufs', 'zfs', 'msdosfs', 'ext2fs', 'ffs', 'hammer2'])

export const bsdDf = (lines: Lines): Figure[] =>
  lines.flatMap(line => {
    const [, , type, total, used, free, iused, ifree, mount] =
      /^(\S+)\s+(\S+)\s+(\d+)\s+(-?\d+)\s+(-?\d+)\s+\S+\s+(\d+)\s+(\d+)\s+\S+\s+(\/.*)$/.exec(line) ?? []
    if (type === undefined || mount === undefined || !BSD_LOCAL.has(type)) return []
    const space = filesystem(mount, Number(total) * 1024, Number(used) * 1024, Math.max(0, Number(free)) * 1024)
    return Number(iused) + Number(ifree) > 0 ? [...space, inodes(mount, Number(iused), Number(ifree))] : space
  })

/** Whole disks, not their partitions, loops or memory. */
const DISK = /^(sd[a-z]+|vd[a-z]+|xvd[a-z]+|hd[a-z]+|nvme\d+n\d+|mmcblk\d+|dasd[a-z]+|md\d+)$/
const SECTOR = 512

/** `major minor name reads merged sectors ms writes merged sectors ms now busy-ms …` (Documentation/admin-guide/iostats.rst; sectors are 512 bytes). */
export const diskstats = (lines: Lines): Figure[] =>
  lines.flatMap(line => {
    const fields = line.trim().split(/\s+/)
    const name = fields[2] ?? ''
    if (!DISK.test(name)) return []
    const [, , read = Number.NaN, , , , written = Number.NaN, , , busy = Number.NaN] = numbers(fields.slice(3).join(' '))
    return Number.isFinite(read) && Number.isFinite(written) ? disk(name, read * SECTOR, written * SECTOR, busy) : []
  })

/** `name health`: ONLINE, DEGRADED, FAULTED, OFFLINE, REMOVED, UNAVAIL (zpoolconcepts(7)). */
export const zpool = (lines: Lines): Figure[] =>
  lines.flatMap(line => {
    const [name = '', health = ''] = line.split(/\s+/)
    if (!/^[A-Z]+$/.test(health)) return []
    return [condition(`pool.${nameable(name)}.state`, { en: `ZFS pool ${name}` }, 'normal', health === 'ONLINE' ? 0 : health === 'DEGRADED' ? 1 : 2)]
  })

/** A device's path, then what `smartctl -H` says of it; a sleeping disk is left asleep and says nothing. */
export function smart(lines: Lines): Figure[] {
  let device: string | null = null
  return lines.flatMap(line => {
    if (line.startsWith('/dev/')) device = line.slice(5).trim()
    const verdict = /(?:overall-health self-assessment test result|SMART Health Status):\s*(\S+)/.exec(line)?.[1]
    if (device === null || verdict === undefined) return []
    const value = verdict === 'PASSED' || verdict === 'OK' ? 0 : 2
    return [condition(`disk.${nameable(device)}.smart.state`, { en: `SMART ${device}` }, 'slow', value)]
  })
}
