// What a general-purpose machine tells of itself, asked by whatever way: figures with everything a point needs. Shared by the host and ssh collectors.
import type { AlarmRule } from '../../daemon/domain/alarm.ts'
import type { Cadence, Limits, Point, Text } from '../../daemon/domain/point.ts'
import { type Quantity, UNIT_OF } from '../../daemon/domain/quantity.ts'
import type { State } from '../../daemon/domain/state.ts'

/** One value as it was just read, raw: `scale` and `counter` say how it becomes a reading. */
export interface Figure {
  readonly key: string
  readonly label: Text
  readonly quantity: Quantity
  readonly cadence: Cadence
  /** NaN: the machine has none. */
  readonly value: number
  /** A growing counter; its rate times `scale` is the reading. */
  readonly counter?: 32 | 64
  readonly scale?: number
  readonly limits?: Limits
  readonly states?: readonly State[]
  readonly rules?: readonly AlarmRule[]
}

/** Gauges in a figure are canonical already, so a scale belongs to counters alone. */
export const pointOf = (figure: Figure, profile: string): Point => ({
  key: figure.key,
  label: figure.label,
  quantity: figure.quantity,
  unit: UNIT_OF[figure.quantity],
  cadence: figure.cadence,
  source: figure.key,
  decode: { scale: figure.scale ?? 1, offset: 0, absent: [], counter: figure.counter ?? null, decoder: null },
  profile,
  limits: figure.limits ?? {},
  states: figure.states ?? null,
  rules: figure.rules ?? [],
})

/** Two figures of one key are one thing seen twice: the first stays. */
export function unique(figures: readonly Figure[]): Figure[] {
  const seen = new Set<string>()
  return figures.filter(({ key }) => !seen.has(key) && seen.add(key).size > 0)
}

const share = (part: number, whole: number): number => (whole > 0 ? (100 * part) / whole : Number.NaN)

const above = (limit: number, hysteresis: number, delay: number, severity: 'warning' | 'critical'): AlarmRule => ({
  kind: 'above',
  limit,
  hysteresis,
  delay,
  severity,
})
const below = (limit: number, hysteresis: number, severity: 'warning' | 'critical'): AlarmRule => ({
  kind: 'below',
  limit,
  hysteresis,
  delay: 0,
  severity,
})
const DAY = 86_400

/** Share of time the processors worked, %. */
export const cpuLoad = (busy: number): Figure => ({
  key: 'cpu.utilisation',
  label: { en: 'Processor utilisation', id: 'Pemakaian prosesor' },
  quantity: 'utilisation',
  cadence: 'fast',
  value: busy,
  rules: [above(95, 5, 900, 'warning')],
})

/** Share of time the processors waited for disks, or for a hypervisor, %. */
export const cpuPart = (part: 'iowait' | 'steal', value: number): Figure => ({
  key: `cpu.${part}.utilisation`,
  label:
    part === 'iowait'
      ? { en: 'Processor waiting for disk', id: 'Prosesor menunggu disk' }
      : { en: 'Processor taken by others', id: 'Prosesor terpakai pihak lain' },
  quantity: 'utilisation',
  cadence: 'fast',
  value,
})

/** Load averages over 1, 5 and 15 minutes. */
export const loadAverages = (loads: readonly number[]): Figure[] =>
  [1, 5, 15].map((minutes, i) => ({
    key: `load.${minutes}`,
    label: { en: `Load average, ${minutes} min`, id: `Beban rata-rata, ${minutes} mnt` },
    quantity: 'count',
    cadence: 'fast',
    value: loads[i] ?? Number.NaN,
  }))

/** Seconds. */
export const uptime = (seconds: number): Figure => ({
  key: 'system.uptime',
  label: { en: 'Uptime', id: 'Waktu hidup' },
  quantity: 'uptime',
  cadence: 'fast',
  value: seconds,
})

export const processes = (count: number, cadence: Cadence): Figure => ({
  key: 'processes.count',
  label: { en: 'Processes', id: 'Proses' },
  quantity: 'count',
  cadence,
  value: count,
})

/** Bytes. `available` is what programs can still get without swapping. */
export function memory(total: number, available: number): Figure[] {
  const used = total - available
  return [
    { key: 'memory.total', label: { en: 'Memory', id: 'Memori' }, quantity: 'memory', cadence: 'fast', value: total },
    { key: 'memory.used', label: { en: 'Memory used', id: 'Memori terpakai' }, quantity: 'memory', cadence: 'fast', value: used },
    {
      key: 'memory.utilisation',
      label: { en: 'Memory utilisation', id: 'Pemakaian memori' },
      quantity: 'utilisation',
      cadence: 'fast',
      value: share(used, total),
      rules: [above(90, 3, 300, 'warning'), above(97, 2, 300, 'critical')],
    },
  ]
}

/** Bytes; nothing on a machine without swap. */
export const swap = (total: number, used: number): Figure[] =>
  total > 0
    ? [
        { key: 'swap.used', label: { en: 'Swap used', id: 'Swap terpakai' }, quantity: 'memory', cadence: 'fast', value: used },
        {
          key: 'swap.utilisation',
          label: { en: 'Swap utilisation', id: 'Pemakaian swap' },
          quantity: 'utilisation',
          cadence: 'fast',
          value: share(used, total),
          rules: [above(80, 5, 600, 'warning')],
        },
      ]
    : []

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

/** °C, with the sensor's own limits where it has them. */
export const temperature = (name: string, label: string, celsius: number, limits: Limits, cadence: Cadence = 'fast'): Figure => ({
  key: `sensor.${name}.temperature`,
  label: { en: label },
  quantity: 'temperature',
  cadence,
  value: celsius,
  limits,
  rules: limits.highWarning === undefined && limits.highCritical === undefined ? [] : [{ kind: 'limits', hysteresis: 2, delay: 60 }],
})

export const gauge = (key: string, label: string, quantity: Quantity, value: number, cadence: Cadence = 'fast'): Figure => ({
  key,
  label: { en: label },
  quantity,
  cadence,
  value,
})

export const servicesFailed = (count: number): Figure => ({
  key: 'services.failed.count',
  label: { en: 'Failed services', id: 'Layanan gagal' },
  quantity: 'count',
  cadence: 'normal',
  value: count,
  rules: [above(0, 0, 120, 'warning')],
})

export const updates = (count: number, kind: 'all' | 'security'): Figure => ({
  key: kind === 'all' ? 'updates.count' : 'updates.security.count',
  label: kind === 'all' ? { en: 'Updates pending', id: 'Pembaruan tertunda' } : { en: 'Security updates pending', id: 'Pembaruan keamanan tertunda' },
  quantity: 'count',
  cadence: 'slow',
  value: count,
  rules: kind === 'security' ? [above(0, 0, 7 * DAY, 'warning')] : [],
})

/** Seconds until a certificate ends. */
export const certificate = (name: string, left: number): Figure => ({
  key: `certificate.${name}.duration`,
  label: { en: `Certificate ${name} ends in`, id: `Sertifikat ${name} berakhir dalam` },
  quantity: 'duration',
  cadence: 'slow',
  value: left,
  rules: [below(14 * DAY, DAY, 'warning'), below(3 * DAY, DAY, 'critical')],
})

const GOOD_BAD: readonly State[] = [
  { value: 0, name: 'ok', normal: 'ok', meaning: null },
  { value: 1, name: 'degraded', normal: 'warning', meaning: 'redundancyLost' },
  { value: 2, name: 'failed', normal: 'critical', meaning: 'fault' },
]

/** A thing that is well (0), degraded (1) or failed (2). */
export const condition = (key: string, label: Text, cadence: Cadence, value: number): Figure => ({
  key,
  label,
  quantity: 'state',
  cadence,
  value,
  states: GOOD_BAD,
  rules: [{ kind: 'state', delay: 0 }],
})

export const rebootNeeded = (needed: boolean): Figure => ({
  key: 'updates.reboot.state',
  label: { en: 'Restart needed', id: 'Perlu mulai ulang' },
  quantity: 'state',
  cadence: 'slow',
  value: needed ? 1 : 0,
  states: [
    { value: 0, name: 'no', normal: 'ok', meaning: null },
    { value: 1, name: 'yes', normal: 'ok', meaning: null },
  ],
})
