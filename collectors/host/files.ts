// The machine's own procfs and sysfs as the sections the Linux readers take. Plain asynchronous reads: the package's calls for these start
// processes, some of them synchronously, which would hold up the polling thread (measured: networkStats 100 ms, fsSize 7 ms, cpuTemperature 15 ms).
import { readdir, readFile, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Figure } from './figure.ts'
import { filesystem, inodes } from './traffic.ts'

/** What is not there is empty: a container without hwmon, a kernel without md. */
export async function linesOf(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n').filter(line => line !== '')
  } catch {
    return []
  }
}

const firstLine = async (file: string): Promise<string> => ((await linesOf(file))[0] ?? '').trim()

const namesIn = async (folder: string): Promise<string[]> => {
  try {
    return (await readdir(folder)).sort()
  } catch {
    return []
  }
}

/** Lines `chip|device|temp1|value|max|crit|label`, as the script of the ssh collector prints them. */
export async function hwmonLines(root = '/sys/class/hwmon'): Promise<string[]> {
  const lines: string[] = []
  for (const directory of await namesIn(root)) {
    const folder = join(root, directory)
    const chip = await firstLine(join(folder, 'name'))
    const device = (await namesIn(join(folder, 'device'))).length > 0 ? await deviceName(folder) : ''
    for (const file of await namesIn(folder)) {
      const channel = /^((?:temp|fan|power|in|curr)\d+)_input$/.exec(file)?.[1]
      if (channel === undefined) continue
      const [value, max, crit, label] = await Promise.all(
        ['input', 'max', 'crit', 'label'].map(part => firstLine(join(folder, `${channel}_${part}`))),
      )
      lines.push([chip, device, channel, value, max, crit, label].join('|'))
    }
  }
  return lines
}

async function deviceName(folder: string): Promise<string> {
  const uevent = await linesOf(join(folder, 'device', 'uevent'))
  const named = uevent.map(line => /^(?:PCI_SLOT_NAME|DEVNAME|MODALIAS)=(.*)$/.exec(line)?.[1]).find(Boolean)
  return named ?? ''
}

export async function thermalLines(root = '/sys/class/thermal'): Promise<string[]> {
  const zones = (await namesIn(root)).filter(name => name.startsWith('thermal_zone'))
  return Promise.all(zones.map(async zone => `${await firstLine(join(root, zone, 'type'))}|${await firstLine(join(root, zone, 'temp'))}`))
}

/** Filesystems that live on this machine: a network mount whose server is gone would hold a thread of libuv for minutes. */
const LOCAL = new Set(['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'zfs', 'f2fs', 'jfs', 'reiserfs', 'bcachefs', 'vfat', 'ubifs'])

/** `device mount type options 0 0`, spaces as octal escapes (fstab(5)). A device mounted in several places is one filesystem. */
export function localMounts(mounts: readonly string[]): string[] {
  const byDevice = new Map<string, string>()
  for (const line of mounts) {
    const [device = '', path = '', type = ''] = line.split(' ')
    const mount = path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    if (!LOCAL.has(type) && !(type === 'overlay' && mount === '/')) continue
    const known = byDevice.get(device)
    if (known === undefined || mount.length < known.length) byDevice.set(device, mount)
  }
  return [...byDevice.values()]
}

export async function filesystems(): Promise<Figure[]> {
  const found = await Promise.all(
    localMounts(await linesOf('/proc/mounts')).map(async mount => {
      try {
        const { bsize, blocks, bfree, bavail, files, ffree } = await statfs(mount)
        const space = filesystem(mount, blocks * bsize, (blocks - bfree) * bsize, bavail * bsize)
        return files > 0 ? [...space, inodes(mount, files - ffree, ffree)] : space
      } catch {
        return [] // unmounted meanwhile, or not for us to look at
      }
    }),
  )
  return found.flat()
}
