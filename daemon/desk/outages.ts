// When services were not there, by what the devices they run on tell and by what people write down; and what that makes of their months.
import type { Clock, Instant } from '../domain/call.ts'
import type { Downtime, Outage, OutageSent, ServiceAvailability } from '../domain/outage.ts'
import { done, type FieldError, failed, type Outcome, refused, type Together } from '../domain/outcome.ts'
import type { Paper, PrintedPaper } from '../domain/paper.ts'
import { throughOf, type Viewer } from '../domain/people.ts'
import { may } from '../domain/policy.ts'
import type { Service, ServiceVersion } from '../domain/service.ts'
import type { Lang } from '../domain/words/lang.ts'
import { allAtOnce, monthAvailability, monthSpan, monthsBefore } from './clock/availability.ts'
import type { Span, WorkingTime } from './clock/working.ts'
import { availabilityPaper } from './papers/availability.ts'
import type { Making } from './papers/frame.ts'

/** What the house watches. */
export interface Monitoring {
  /** What services run on: there as long as one device of each group answers. */
  runsOn(): readonly { readonly id: string; readonly needs: readonly (readonly string[])[] }[]
  deviceName(id: string): string
  down(
    devices: readonly string[],
    from: Instant,
    until: Instant,
  ): Promise<readonly { readonly device: string; readonly from: Instant; readonly until: Instant | null }[]>
}

export interface OutageBook {
  add(outage: Omit<Outage, 'id'>): Promise<Outage>
  one(id: number): Promise<Outage | null>
  change(id: number, outage: Omit<Outage, 'id'>): Promise<Outcome<Outage>>
  remove(id: number): Promise<Outcome<Outage>>
  between(from: Instant, until: Instant): Promise<readonly Outage[]>
  began(): Promise<Instant>
}

export interface OutageSources {
  readonly book: OutageBook
  readonly monitoring: Monitoring
  readonly catalogue: { readonly services: readonly ServiceVersion[]; service(key: string): Outcome<ServiceVersion> }
  readonly time: () => WorkingTime
  readonly audit: { append(actor: string, action: string, subject: string, detail?: unknown): Promise<unknown>; readonly together: Together }
  readonly making: (language: Lang) => Making
  render(paper: Paper): Promise<Outcome<PrintedPaper>>
  readonly clock: Clock
}

export interface Outages {
  /** The newest months of one service, at most so many. */
  availability(service: string, months: number, viewer: Viewer): Promise<Outcome<ServiceAvailability>>
  /** All services in one month, `2026-11`. */
  month(month: string): Promise<readonly ServiceAvailability[]>
  declare(given: OutageSent, viewer: Viewer): Promise<Outcome<Outage>>
  amend(id: number, given: OutageSent, viewer: Viewer): Promise<Outcome<Outage>>
  withdraw(id: number, viewer: Viewer): Promise<Outcome<Outage>>
  print(month: string, language: Lang): Promise<Outcome<{ readonly name: string; readonly content: Uint8Array }>>
  /** The month it is. */
  thisMonth(): string
}

/** Maintenance is planned at most so far ahead, ms. */
const FURTHEST = 366 * 86_400_000

const WHY = {
  order: { id: 'Waktu selesai harus sesudah waktu mulai.', en: 'It must end after it begins.' },
  open: { id: 'Pemeliharaan terencana harus diberi waktu selesai.', en: 'Planned maintenance must say when it ends.' },
  ahead: { id: 'Gangguan yang tidak terencana tidak dapat dimulai di waktu mendatang.', en: 'What is not planned cannot begin in the future.' },
  far: { id: 'Paling jauh satu tahun ke depan.', en: 'At most a year ahead.' },
  service: (key: string) => ({ id: `Tidak ada layanan "${key}" di katalog.`, en: `There is no service "${key}" in the catalogue.` }),
} as const

export function openOutages({ book, monitoring, catalogue, time, audit, making, render, clock }: OutageSources): Outages {
  /** All that reaches into the span: by the devices, then as written down. */
  async function downtimesOf(
    service: Service,
    { from, until }: Span,
  ): Promise<{ readonly monitored: boolean; readonly downtimes: readonly Downtime[] }> {
    const needs = monitoring.runsOn().find(({ id }) => id === service.key)?.needs ?? []
    const told = await monitoring.down([...new Set(needs.flat())], from, until)
    const now = clock()
    const spansOf = (device: string): Span[] => told.filter(one => one.device === device).map(one => ({ from: one.from, until: one.until ?? now }))
    const still = new Set(told.filter(one => one.until === null).map(one => one.device))
    const byDevices = needs.flatMap(group =>
      allAtOnce(group.map(spansOf)).map(
        (span): Downtime => ({
          from: span.from,
          until: span.until >= now && group.every(device => still.has(device)) ? null : span.until,
          planned: false,
          devices: group.map(monitoring.deviceName),
          outage: null,
        }),
      ),
    )
    const written = (await book.between(from, until))
      .filter(({ services }) => services.includes(service.key))
      .map((outage): Downtime => ({ from: outage.from, until: outage.until, planned: outage.planned, devices: [], outage }))
    return { monitored: needs.length > 0, downtimes: [...byDevices, ...written] }
  }

  async function availabilityOf(service: Service, months: readonly string[]): Promise<ServiceAvailability> {
    const calendar = time()
    const now = clock()
    const since = await book.began()
    const spans = months.map(month => monthSpan(calendar, month))
    const whole = { from: Math.min(...spans.map(({ from }) => from)), until: Math.max(...spans.map(({ until }) => until)) }
    const { monitored, downtimes } = await downtimesOf(service, whole)
    const guaranteed = service.sheet?.availability ?? null
    const closed = ({ from, until }: Downtime): Span => ({ from, until: until ?? Math.max(now, from) })
    const asked = { down: downtimes.map(closed), planned: downtimes.filter(({ planned }) => planned).map(closed), guaranteed, since, now }
    return {
      service: service.key,
      name: service.name,
      guaranteed,
      monitored,
      months: months.flatMap(month => monthAvailability(calendar, month, asked) ?? []),
      downtimes: downtimes.toSorted((one, other) => other.from - one.from),
    }
  }

  const month = (one: string): Promise<readonly ServiceAvailability[]> =>
    Promise.all(catalogue.services.map(({ service }) => availabilityOf(service, [one])))

  function wrong({ services, from, until, planned }: OutageSent): FieldError[] {
    const say = (field: string, words: { readonly id: string; readonly en: string }): FieldError => ({ field, reason: words.en, words })
    const now = clock()
    const unknown = services.filter(key => !catalogue.services.some(({ service }) => service.key === key))
    return [
      ...unknown.map(key => say('services', WHY.service(key))),
      ...(until !== null && until <= from ? [say('until', WHY.order)] : []),
      ...(planned && until === null ? [say('until', WHY.open)] : []),
      ...(!planned && from > now ? [say('from', WHY.ahead)] : []),
      ...(Math.max(from, until ?? 0) > now + FURTHEST ? [say(from > now + FURTHEST ? 'from' : 'until', WHY.far)] : []),
    ]
  }
  const refusal = (errors: readonly FieldError[]) => {
    const [first] = errors
    return refused('invalid', first?.words ?? { id: '', en: '' }, errors)
  }
  const note = (viewer: Viewer, what: string, { id, ...detail }: Outage) =>
    audit.append(viewer.name, `outage.${what}`, `outage ${id}`, { id, ...detail, account: viewer.account, ...throughOf(viewer) })

  return {
    async availability(key, count, viewer) {
      const found = catalogue.service(key)
      if (!found.ok) return found
      const is = await availabilityOf(found.value.service, monthsBefore(time(), clock(), count))
      // What stands in the house is for those who watch it.
      if (may(viewer, 'watch.read')) return done(is)
      return done({ ...is, downtimes: is.downtimes.map(one => ({ ...one, devices: [] })) })
    },
    month,
    thisMonth: () => monthsBefore(time(), clock(), 1)[0] ?? '',

    async declare(given, viewer) {
      const errors = wrong(given)
      if (errors.length > 0) return refusal(errors)
      return await audit.together(async () => {
        const added = await book.add({ ...given, by: viewer.name })
        await note(viewer, 'add', added)
        return done(added)
      })
    },
    async amend(id, given, viewer) {
      const errors = wrong(given)
      if (errors.length > 0) return refusal(errors)
      return await audit.together(async () => {
        const was = await book.one(id)
        if (was === null) return failed('notFound', `There is no outage ${id}.`)
        const changed = await book.change(id, { ...given, by: was.by })
        if (changed.ok) await note(viewer, 'change', changed.value)
        return changed
      })
    },
    withdraw: (id, viewer) =>
      audit.together(async () => {
        const gone = await book.remove(id)
        if (gone.ok) await note(viewer, 'remove', gone.value)
        return gone
      }),

    async print(one, language) {
      const paper = availabilityPaper(one, await month(one), time().calendar.timezone, making(language))
      const printed = await render(paper)
      return printed.ok ? done({ name: `ketersediaan-layanan-${one}.pdf`, content: printed.value.pdf }) : printed
    },
  }
}
