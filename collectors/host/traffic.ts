// Figures of filesystems, disks and network ports.
import type { Quantity } from '../../daemon/domain/quantity.ts'
import { above, type Figure, share } from './figure.ts'

/** Bytes. The level is what `df` shows: used of what ordinary users can use. */
export const filesystem = (mount: string, total: number, used: number, available: number): Figure[] => [
  { key: `filesystem.${mount}.used`, label: { en: `${mount} used`, id: `${mount} terpakai` }, quantity: 'storage', cadence: 'normal', value: used },
  { key: `filesystem.${mount}.total`, label: { en: `${mount} size`, id: `Ukuran ${mount}` }, quantity: 'storage', cadence: 'normal', value: total },
  {
    key: `filesystem.${mount}.level`,
    label: { en: `${mount} full`, id: `Isi ${mount}` },
    quantity: 'level',
    cadence: 'normal',
    value: share(used, used + available),
    rules: [above(85, 2, 300, 'warning'), above(95, 1, 120, 'critical')],
  },
]

export const inodes = (mount: string, used: number, free: number): Figure => ({
  key: `filesystem.${mount}.inodes.level`,
  label: { en: `${mount} inodes used`, id: `Inode ${mount} terpakai` },
  quantity: 'level',
  cadence: 'normal',
  value: share(used, used + free),
  rules: [above(90, 2, 300, 'warning')],
})

/** Counters: bytes read and written, milliseconds the disk was busy (NaN where not told). */
export function disk(name: string, read: number, written: number, busy: number): Figure[] {
  const counter = (key: string, en: string, id: string, quantity: Quantity, value: number, scale: number): Figure => ({
    key: `disk.${name}.${key}`,
    label: { en: `${name} ${en}`, id: `${name} ${id}` },
    quantity,
    cadence: 'normal',
    value,
    counter: 64,
    scale,
  })
  return [
    counter('read.octets', 'read', 'baca', 'octets', read, 8),
    counter('write.octets', 'written', 'tulis', 'octets', written, 8),
    ...(Number.isNaN(busy) ? [] : [counter('utilisation', 'busy', 'sibuk', 'utilisation', busy, 0.1)]),
  ]
}

export interface Traffic {
  readonly inOctets: number
  readonly outOctets: number
  readonly inErrors: number
  readonly outErrors: number
  readonly inDiscards: number
  readonly outDiscards: number
}

/** Counters since the machine started. */
export function port(name: string, traffic: Traffic): Figure[] {
  const counter = (way: 'in' | 'out', what: 'octets' | 'errors' | 'discards', en: string, id: string, value: number): Figure => ({
    key: `port.${name}.${way}.${what}`,
    label: { en: `${name} ${en}`, id: `${name} ${id}` },
    quantity: what,
    cadence: 'normal',
    value,
    counter: 64,
    scale: what === 'octets' ? 8 : 1,
  })
  return [
    counter('in', 'octets', 'in', 'masuk', traffic.inOctets),
    counter('out', 'octets', 'out', 'keluar', traffic.outOctets),
    counter('in', 'errors', 'errors in', 'galat masuk', traffic.inErrors),
    counter('out', 'errors', 'errors out', 'galat keluar', traffic.outErrors),
    counter('in', 'discards', 'discards in', 'dibuang masuk', traffic.inDiscards),
    counter('out', 'discards', 'discards out', 'dibuang keluar', traffic.outDiscards),
  ]
}
