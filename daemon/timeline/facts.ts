// What each room keeps, as facts of a timeline, in both languages. Pure.
import type { Alarm } from '../domain/alarm.ts'
import type { Instant } from '../domain/call.ts'
import type { WorkOrder } from '../domain/care.ts'
import type { Explanation } from '../domain/opening.ts'
import type { PlaceVersion, Told } from '../domain/place.ts'
import type { PlaceKind } from '../domain/place-kinds.ts'
import type { Text } from '../domain/point.ts'
import type { TicketEvent } from '../domain/ticket.ts'
import type { Fact, PlaceNote, TicketHappened } from '../domain/timeline.ts'
import type { Pass, VisitRecord } from '../domain/visit-record.ts'

const NOTHING = { where: null, by: null, href: null, severity: null, unexplained: false } as const

/** Raised, acknowledged, ended. */
export function factsOfAlarm(alarm: Alarm, title: Text, where: string | null): readonly Fact[] {
  const href = `/alarms?${alarm.clearedAt === null ? '' : 'state=archive&'}alarm=${alarm.id}`
  const fact = { ...NOTHING, where, href, severity: alarm.severity }
  return [
    { ...fact, id: `alarm:${alarm.id}`, at: alarm.raisedAt, kind: 'alarm', text: title },
    ...(alarm.acknowledged === null
      ? []
      : [
          {
            ...fact,
            id: `acknowledged:${alarm.id}`,
            at: alarm.acknowledged.at,
            kind: 'acknowledged' as const,
            text: title,
            by: alarm.acknowledged.by,
          },
        ]),
    ...(alarm.clearedAt === null ? [] : [{ ...fact, id: `cleared:${alarm.id}`, at: alarm.clearedAt, kind: 'cleared' as const, text: title }]),
  ]
}

/** An opening as the records keep it. */
export interface KeptOpening {
  readonly id: number
  readonly door: string | null
  readonly name: string
  readonly openedAt: Instant
  readonly closedAt: Instant | null
  readonly forced: boolean
  readonly explanation: Explanation
}

const WHY: { readonly [K in Explanation['kind']]: (explanation: Extract<Explanation, { kind: K }>) => Text } = {
  pending: () => ({ en: 'being looked at', id: 'sedang diperiksa' }),
  visit: ({ number }) => ({ en: `visit ${number}`, id: `kunjungan ${number}` }),
  emergency: ({ number }) => ({ en: `emergency ${number}`, id: `keadaan darurat ${number}` }),
  maintenance: ({ number }) => ({ en: `maintenance ${number}`, id: `pemeliharaan ${number}` }),
  badge: ({ holder, leaving }) =>
    leaving ? { en: `${holder} went out`, id: `${holder} keluar` } : { en: `badge of ${holder}`, id: `kartu ${holder}` },
  noted: ({ by, reason }) => ({ en: `${reason} (said ${by})`, id: `${reason} (menurut ${by})` }),
  unexplained: () => ({ en: 'no explanation', id: 'tanpa penjelasan' }),
}

export function factOfOpening({ id, name, openedAt, forced, explanation }: KeptOpening): Fact {
  const why = (WHY[explanation.kind] as (one: Explanation) => Text)(explanation)
  return {
    ...NOTHING,
    id: `opening:${id}`,
    at: openedAt,
    kind: 'opening',
    text: { en: `${name} ${forced ? 'was forced' : 'opened'}: ${why.en}`, id: `${name} ${forced ? 'dibuka paksa' : 'dibuka'}: ${why.id ?? why.en}` },
    href: `/doors?opening=${id}`,
    unexplained: explanation.kind === 'unexplained',
  }
}

/** Who went in and out; those whose names are forgotten are counted only. */
export function factsOfPass(pass: Pass, visit: VisitRecord): readonly Fact[] {
  const visitor = visit.visitors.find(({ id }) => id === pass.visitor)
  const who =
    visit.anonymisedAt !== null || visitor === undefined ? { en: 'A visitor', id: 'Seorang pengunjung' } : { en: visitor.name, id: visitor.name }
  const fact = { ...NOTHING, href: `/visits/${visit.id}` }
  return [
    {
      ...fact,
      id: `in:${pass.id}`,
      at: pass.inAt,
      kind: 'in',
      by: pass.inBy,
      text: { en: `${who.en} came in: visit ${visit.number}`, id: `${who.id} masuk: kunjungan ${visit.number}` },
    },
    ...(pass.outAt === null
      ? []
      : [
          {
            ...fact,
            id: `out:${pass.id}`,
            at: pass.outAt,
            kind: 'out' as const,
            by: pass.outBy,
            text: { en: `${who.en} went out: visit ${visit.number}`, id: `${who.id} keluar: kunjungan ${visit.number}` },
          },
        ]),
  ]
}

const ENTRY: Readonly<Record<PlaceKind, Text>> = {
  sites: { en: 'Site', id: 'Situs' },
  rooms: { en: 'Room', id: 'Ruang' },
  cages: { en: 'Cage', id: 'Kandang' },
  rows: { en: 'Row', id: 'Baris' },
  racks: { en: 'Rack', id: 'Rak' },
  equipment: { en: 'Equipment', id: 'Perangkat' },
  doors: { en: 'Door', id: 'Pintu' },
  sensors: { en: 'Sensor', id: 'Sensor' },
  fixtures: { en: 'Fixture', id: 'Perlengkapan' },
  power: { en: 'Power node', id: 'Simpul daya' },
  networks: { en: 'Network', id: 'Jaringan' },
}
const DID: Readonly<Record<Told['what'], Text>> = {
  added: { en: 'added', id: 'ditambahkan' },
  changed: { en: 'changed', id: 'diubah' },
  removed: { en: 'removed', id: 'dihapus' },
}

/** Each entry that a version changed and that belongs to the place. */
export const factsOfVersion = (version: PlaceVersion, belongs: (told: Told) => boolean): readonly Fact[] =>
  version.told.filter(belongs).map(told => ({
    ...NOTHING,
    id: `place:${version.version}:${told.kind}:${told.id}`,
    at: version.at,
    kind: 'place',
    by: version.by,
    text: {
      en: `${ENTRY[told.kind].en} ${told.name} ${DID[told.what].en}`,
      id: `${ENTRY[told.kind].id ?? ''} ${told.name} ${DID[told.what].id ?? ''}`,
    },
  }))

export const factOfRestart = ({
  id,
  at,
  device,
  name,
}: {
  readonly id: number
  readonly at: Instant
  readonly device: string
  readonly name: string
}): Fact => ({
  ...NOTHING,
  id: `restart:${id}`,
  at,
  kind: 'restart',
  where: name,
  text: { en: `${name} restarted`, id: `${name} dimulai ulang` },
  href: `/devices/${device}`,
})

const RESULT = { pass: { en: ': passed', id: ': lolos' }, fail: { en: ': not passed', id: ': tidak lolos' } } as const

/** When work began and when it was done. */
export function factsOfWork({ id, number, title, asset, from, until, by, result }: WorkOrder): readonly Fact[] {
  const fact = { ...NOTHING, kind: 'work' as const, where: asset.name, by, href: `/care?order=${id}` }
  const ended = result === null ? { en: '', id: '' } : RESULT[result]
  return [
    ...(from === null
      ? []
      : [{ ...fact, id: `work:${id}:from`, at: from, text: { en: `${title} began: ${number}`, id: `${title} dimulai: ${number}` } }]),
    ...(until === null
      ? []
      : [
          {
            ...fact,
            id: `work:${id}:until`,
            at: until,
            text: { en: `${title} done${ended.en}: ${number}`, id: `${title} selesai${ended.id}: ${number}` },
          },
        ]),
  ]
}

const STEPS: Partial<Readonly<Record<TicketEvent['kind'], Text>>> = {
  submitted: { en: 'was filed', id: 'diajukan' },
  disposed: { en: 'was approved and passed on', id: 'disetujui dan diteruskan' },
  worked: { en: 'was carried out', id: 'dikerjakan' },
  rejected: { en: 'was rejected', id: 'ditolak' },
  cancelled: { en: 'was withdrawn', id: 'dibatalkan' },
  archived: { en: 'was closed', id: 'ditutup' },
}

export function factsOfTicket({ number, title, organisation, event }: TicketHappened): readonly Fact[] {
  const did = STEPS[event.kind]
  if (did === undefined) return []
  return [
    {
      ...NOTHING,
      id: `ticket:${number}:${event.seq}`,
      at: event.at,
      kind: 'ticket',
      where: organisation === '' ? null : organisation,
      by: event.by.name,
      text: { en: `${title} ${did.en}: ${number}`, id: `${title} ${did.id ?? did.en}: ${number}` },
      href: `/tickets/${number}`,
    },
  ]
}

/** As it was written, and that it was withdrawn. */
export function factsOfNote({ id, at, by, text, withdrawn }: PlaceNote, where: string | null): readonly Fact[] {
  const fact = { ...NOTHING, kind: 'note' as const, where }
  return [
    {
      ...fact,
      ...{ id: `note:${id}`, at, by, text: { en: text, id: text } },
      ...(withdrawn === null ? {} : { withdrawn: { by: withdrawn.by, reason: withdrawn.reason } }),
    },
    ...(withdrawn === null
      ? []
      : [
          {
            ...fact,
            ...{ id: `note:${id}:withdrawn`, at: withdrawn.at, by: withdrawn.by },
            text: { en: `A note was withdrawn: ${withdrawn.reason}`, id: `Catatan dicabut: ${withdrawn.reason}` },
          },
        ]),
  ]
}
