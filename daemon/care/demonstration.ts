// A register for the demonstration: what a small data centre keeps up, with one work order that is overdue and one that is near. Pure.
import type { AssetSent, PlanSent } from '../domain/care-sent.ts'

interface Kept {
  readonly asset: Omit<AssetSent, 'room'> & { readonly kind: AssetSent['kind'] }
  readonly plans: readonly Omit<PlanSent, 'asset'>[]
}

const asset = (given: Partial<AssetSent> & Pick<AssetSent, 'kind' | 'name'>): Kept['asset'] => ({
  ...{ make: '', serial: '', kib: '', device: null, vendor: '', contract: null, note: '' },
  ...given,
})

/** `day`: of today and so many days, `2026-11-20`. */
export function demonstrationCare(day: (days: number) => string, year: number): readonly Kept[] {
  const monthly = { every: { unit: 'month', n: 1 }, at: '09:00', lead: 14, test: null, hours: null } as const
  return [
    {
      asset: asset({
        kind: 'genset',
        name: 'Genset 60 kVA',
        make: 'Himoinsa',
        serial: 'HM-60-1187',
        kib: '1.3.2.05.02.04.001',
        device: 'genset',
        vendor: 'CV Daya Mandiri',
        contract: `${year + 1}-06-30`,
      }),
      plans: [
        {
          ...monthly,
          title: 'Uji jalan genset berbeban',
          first: day(1),
          test: 'genset',
          checklist: ['Periksa oli dan air radiator', 'Periksa aki starter', 'Catat sisa solar'],
        },
        {
          ...monthly,
          title: 'Ganti oli dan filter',
          every: { unit: 'month', n: 6 },
          first: day(40),
          hours: { key: 'engine.hours.duration', every: 250, last: 140 },
          checklist: ['Ganti oli', 'Ganti filter oli dan solar'],
        },
      ],
    },
    {
      asset: asset({
        kind: 'hvac',
        name: 'CRAC 1',
        make: 'Liebert',
        serial: 'LB-2207-01',
        kib: '1.3.2.05.02.06.011',
        device: 'crac-1',
        vendor: 'PT Sejuk Presisi',
        contract: `${year}-12-31`,
      }),
      plans: [
        {
          ...monthly,
          title: 'Cuci saringan dan periksa tekanan freon',
          every: { unit: 'month', n: 3 },
          first: day(6),
          checklist: ['Cuci saringan', 'Tekanan isap dan buang', 'Saluran kondensat'],
        },
      ],
    },
    {
      asset: asset({
        kind: 'hvac',
        name: 'CRAC 2',
        make: 'Liebert',
        serial: 'LB-2207-02',
        kib: '1.3.2.05.02.06.012',
        device: 'crac-2',
        vendor: 'PT Sejuk Presisi',
        contract: `${year}-12-31`,
      }),
      plans: [
        {
          ...monthly,
          title: 'Cuci saringan dan periksa tekanan freon',
          every: { unit: 'month', n: 3 },
          first: day(-1),
          checklist: ['Cuci saringan', 'Tekanan isap dan buang', 'Saluran kondensat'],
        },
      ],
    },
    {
      asset: asset({
        kind: 'fire',
        name: 'Panel api dan tabung FM-200',
        make: 'Kentix',
        serial: 'FSS-0192',
        kib: '1.3.2.05.02.08.002',
        device: 'fire',
        vendor: 'PT Aman Api',
        contract: `${year + 1}-02-28`,
      }),
      plans: [
        {
          ...monthly,
          title: 'Inspeksi sistem pemadam',
          first: day(9),
          checklist: ['Tekanan tabung', 'Uji detektor asap', 'Uji lampu dan sirene', 'Jalur evakuasi bebas'],
        },
      ],
    },
    {
      asset: asset({
        kind: 'ups',
        name: 'UPS A',
        make: 'APC Symmetra',
        serial: 'SY-40-0017',
        kib: '1.3.2.05.02.05.001',
        device: 'ups-a',
        vendor: 'PT Daya Prima',
      }),
      plans: [
        {
          ...monthly,
          title: 'Uji baterai dan periksa sambungan',
          every: { unit: 'month', n: 6 },
          first: day(20),
          test: 'battery',
          checklist: ['Suhu tiap string', 'Kekencangan baut'],
        },
      ],
    },
    { asset: asset({ kind: 'access', name: 'Pengendali akses pintu', make: 'ZKTeco', serial: 'ZK-88213' }), plans: [] },
    {
      asset: asset({ kind: 'floor', name: 'Lantai panggung ruang server', make: 'Raised floor baja 600×600' }),
      plans: [{ ...monthly, title: 'Bersihkan bawah lantai panggung', every: { unit: 'month', n: 6 }, first: day(60), checklist: [] }],
    },
    { asset: asset({ kind: 'cabling', name: 'Kabel terstruktur Cat 6A dan serat' }), plans: [] },
  ]
}
