// Figures of processor, memory and time.
import type { Cadence } from '../../daemon/domain/point.ts'
import { above, type Figure, share } from './figure.ts'

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
