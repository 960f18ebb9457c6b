// The annex of the minutes of custody: every piece with its serial and inventory number, where it stands, what it may draw, and what the readings say.
import type { Layout } from '../domain/inventory.ts'
import type { Block, Cell } from '../domain/paper.ts'
import type { Evidence, StayItemView, StayView } from '../domain/stay.ts'
import { formatNumber } from '../domain/words/format.ts'
import { type Lang, NONE } from '../domain/words/lang.ts'
import { dateTime } from '../domain/words/time.ts'

const WORDS = {
  id: {
    title: 'LAMPIRAN: DAFTAR PERANGKAT TITIPAN',
    heads: ['NO.', 'PERANGKAT', 'NOMOR SERI', 'KIB', 'RAK DAN U', 'DAYA DISEPAKATI', 'BUKTI'],
    kinds: { outletPower: 'Daya', portUp: 'Port', inlet: 'Udara masuk', visit: 'Kunjungan' },
    accepted: (by: string, reason: string) => `Diterima tanpa bukti oleh ${by}: ${reason}`,
    unlisted: 'Barang di luar daftar:',
    total: (watts: string) => `Jumlah daya disepakati: ${watts} W`,
  },
  en: {
    title: 'ANNEX: EQUIPMENT IN CUSTODY',
    heads: ['NO.', 'EQUIPMENT', 'SERIAL', 'INVENTORY NO.', 'RACK AND U', 'POWER AGREED', 'EVIDENCE'],
    kinds: { outletPower: 'Power', portUp: 'Port', inlet: 'Inlet air', visit: 'Visit' },
    accepted: (by: string, reason: string) => `Accepted without evidence by ${by}: ${reason}`,
    unlisted: 'Not on the list:',
    total: (watts: string) => `Power agreed in all: ${watts} W`,
  },
} as const

const cells = (texts: readonly string[]): Cell[] => texts.map(content => ({ content }))

/** Empty: no piece of it stands in a rack yet. */
export function annexOf(
  stay: StayView | null,
  { racks, site }: Pick<Layout, 'racks' | 'site'>,
  language: Lang,
): readonly { readonly title: string; readonly blocks: readonly Block[] }[] {
  const items = stay?.items.filter(({ equipment, state }) => equipment !== null && state !== 'gone') ?? []
  if (stay === null || items.length === 0) return []
  const words = WORDS[language]
  const figure = (value: number | null, decimals = 0): string => (value === null ? NONE : formatNumber(value, decimals, language))
  const said = ({ kind, visit, before, after }: Evidence): string => {
    const what = words.kinds[kind]
    if (kind === 'visit') return `${what} ${visit ?? NONE}`
    if (kind === 'inlet') return `${what} ${figure(after, 1)} °C`
    return kind === 'outletPower' ? `${what} ${figure(before)} → ${figure(after)} W` : `${what} ${figure(before)} → ${figure(after)}`
  }
  const proof = ({ evidence, accepted, verifiedAt }: StayItemView): string =>
    [
      ...evidence.filter(({ state }) => state === 'seen').map(said),
      ...(verifiedAt === null ? [] : [dateTime(verifiedAt, site.timezone, language)]),
      ...(accepted === null ? [] : [words.accepted(accepted.by, accepted.reason)]),
    ].join('\n') || NONE
  const placeOf = ({ rack, u, height }: StayItemView): string =>
    rack === null || u === null ? NONE : `${racks.find(({ id }) => id === rack)?.name ?? rack} U${u}${height > 1 ? `–${u + height - 1}` : ''}`
  const table: Block = {
    kind: 'table',
    size: 8.5,
    columns: [{ width: 4, align: 'center' }, { width: 18 }, { width: 15 }, { width: 15 }, { width: 12 }, { width: 11 }, { width: 25 }],
    head: [cells(words.heads)],
    rows: items.map((item, i) =>
      cells([String(i + 1), item.name, item.serial || NONE, item.asset || NONE, placeOf(item), `${figure(item.agreed)} W`, proof(item)]),
    ),
  }
  const total = items.reduce((sum, { agreed }) => sum + agreed, 0)
  const blocks: Block[] = [
    table,
    { kind: 'paragraph', content: words.total(figure(total)) },
    ...(stay.unlisted.length === 0
      ? []
      : [{ kind: 'paragraph', content: [words.unlisted, ...stay.unlisted.map(({ serial, note }) => `${serial} (${note})`)].join(' ') } as const]),
  ]
  return [{ title: words.title, blocks }]
}
