// Care in words, for papers and tables: registers, rhythms, and what a test showed. In both languages.
import type { AssetKind, BatteryRun, Dip, GensetRun, WorkOrderView, WorkState } from '../care.ts'
import type { Plan } from '../care-sent.ts'
import { formatNumber } from './format.ts'
import type { Lang } from './lang.ts'

export const CARE_WORDS = {
  id: {
    kinds: {
      hvac: 'Tata Udara (HVAC)',
      fire: 'Pemadam Kebakaran (Fire Suppression System)',
      genset: 'Generator Set (Genset)',
      ups: 'UPS',
      access: 'Keamanan dan Kendali Akses',
      floor: 'Lantai Panggung (Raised Floor)',
      cabling: 'Pengabelan Terstruktur (SCS)',
      cctv: 'CCTV',
      other: 'Sarana Lain',
    },
    states: { planned: 'terencana', due: 'jatuh tempo', overdue: 'terlambat', running: 'berjalan', done: 'selesai', cancelled: 'dibatalkan' },
    results: { pass: 'lolos', fail: 'tidak lolos' },
    urgency: { low: 'rendah', normal: 'biasa', high: 'tinggi', critical: 'darurat' },
    every: (n: number, unit: Plan['every']['unit']) =>
      `setiap ${n === 1 ? '' : `${n} `}${{ day: 'hari', week: 'minggu', month: 'bulan', year: 'tahun' }[unit]}`,
    hours: (n: string) => `atau ${n} jam jalan`,
    never: 'tidak hidup',
    genset: (minutes: string, load: string | null, share: string | null, stable: string | null) => [
      `jalan ${minutes} menit`,
      stable === null ? 'tidak stabil' : `stabil ${stable} dtk`,
      load === null ? '' : `beban ${load} kW${share === null ? '' : ` (${share} %)`}`,
    ],
    untested: 'baterai tidak diuji',
    battery: (minutes: string) => `baterai ${minutes} menit`,
    charge: 'isi',
    runtime: 'waktu',
    said: { pass: 'UPS: lolos', warning: 'UPS: lolos dengan peringatan', fail: 'UPS: gagal' },
  },
  en: {
    kinds: {
      hvac: 'Air Conditioning (HVAC)',
      fire: 'Fire Suppression System',
      genset: 'Generator Set',
      ups: 'UPS',
      access: 'Security and Access Control',
      floor: 'Raised Floor',
      cabling: 'Structured Cabling (SCS)',
      cctv: 'CCTV',
      other: 'Other Facilities',
    },
    states: { planned: 'planned', due: 'due', overdue: 'overdue', running: 'under way', done: 'done', cancelled: 'called off' },
    results: { pass: 'passed', fail: 'not passed' },
    urgency: { low: 'low', normal: 'normal', high: 'high', critical: 'emergency' },
    every: (n: number, unit: Plan['every']['unit']) => (n === 1 ? `every ${unit}` : `every ${n} ${unit}s`),
    hours: (n: string) => `or ${n} running hours`,
    never: 'never ran',
    genset: (minutes: string, load: string | null, share: string | null, stable: string | null) => [
      `ran ${minutes} min`,
      stable === null ? 'not stable' : `stable in ${stable} s`,
      load === null ? '' : `load ${load} kW${share === null ? '' : ` (${share} %)`}`,
    ],
    untested: 'battery not tested',
    battery: (minutes: string) => `battery ${minutes} min`,
    charge: 'charge',
    runtime: 'runtime',
    said: { pass: 'UPS: passed', warning: 'UPS: passed with a warning', fail: 'UPS: failed' },
  },
} as const satisfies Record<Lang, { kinds: Record<AssetKind, string>; states: Record<WorkState, string>; [other: string]: unknown }>

/** "setiap 6 bulan atau 250 jam jalan". */
export function rhythmSaid({ every, hours }: Pick<Plan, 'every' | 'hours'>, lang: Lang): string {
  const words = CARE_WORDS[lang]
  const often = words.every(every.n, every.unit)
  return hours === null ? often : `${often} ${words.hours(formatNumber(hours.every, 0, lang))}`
}

const dipSaid = (name: string, { before, lowest, after }: Dip, unit: string, per: number, lang: Lang): string => {
  const said = (value: number | null) => (value === null ? '–' : formatNumber(value / per, 0, lang))
  return before === null && lowest === null && after === null ? '' : `${name} ${said(before)} → ${said(lowest)} → ${said(after)} ${unit}`
}

function gensetSaid({ startedAt, stableAfter, minutes, load, share }: GensetRun, lang: Lang): string {
  const words = CARE_WORDS[lang]
  if (startedAt === null) return words.never
  const say = (value: number | null, decimals: number) => (value === null ? null : formatNumber(value, decimals, lang))
  const watts = load === null ? null : load / 1000
  const part = share === null ? null : share * 100
  return words
    .genset(formatNumber(minutes, 0, lang), say(watts, 1), say(part, 0), say(stableAfter, 0))
    .filter(one => one !== '')
    .join(', ')
}

function batterySaid({ startedAt, minutes, charge, runtime, said }: BatteryRun, lang: Lang): string {
  const words = CARE_WORDS[lang]
  if (startedAt === null && said === null) return words.untested
  return [
    startedAt === null ? '' : words.battery(formatNumber(minutes, 1, lang)),
    dipSaid(words.charge, charge, '%', 1, lang),
    dipSaid(words.runtime, runtime, 'min', 60, lang),
    said === null ? '' : words.said[said],
  ]
    .filter(one => one !== '')
    .join(', ')
}

/** What the readings showed of a test; empty where there was none. */
export const testSaid = ({ run, battery }: Pick<WorkOrderView, 'run' | 'battery'>, lang: Lang): string =>
  run !== null ? gensetSaid(run, lang) : battery !== null ? batterySaid(battery, lang) : ''
