// Lists of tickets: views, filters, search, counts. Whoever asks gets only what the policy's reach lets through.
import { type ExpressionBuilder, sql } from 'kysely'
import type { Clock, Instant } from '../domain/call.ts'
import { PRIORITIES } from '../domain/ticket.ts'
import type { DeskSummary, Onlooker, Place, TicketFilter, TicketQuery, TicketRow, TicketViewName } from '../domain/ticket-record.ts'
import type { TicketHead, TicketPage } from '../domain/ticket-view.ts'
import type { Db, Schema } from './schema.ts'
import { headOf, marksOf } from './ticket-rows.ts'
import type { TicketSearch } from './ticket-search.ts'

type Eb = ExpressionBuilder<Schema, 'tickets'>

export interface TicketList {
  page(query: TicketQuery, who: Onlooker): Promise<TicketPage>
  /** All that fit, for an export; at most `most`. */
  all(filter: TicketFilter, who: Onlooker, most: number): Promise<readonly TicketHead[]>
  summary(who: Onlooker): Promise<DeskSummary>
  /** How many open tickets each of these people has in hand. */
  running(people: readonly number[]): Promise<ReadonlyMap<number, number>>
  /** Drafts of an account that were not handed in. */
  drafts(account: number): Promise<number>
  /** Every open ticket, for the clock's marks after a change of the calendar. */
  openIds(): Promise<readonly number[]>
  rows(ids: readonly number[]): Promise<readonly TicketRow[]>
  /** Places taken on these dates, both included. */
  slots(from: string, until: string): Promise<readonly (Place & { readonly taken: number })[]>
  /** When the open tickets within reach are due; `until` not included. */
  dues(from: Instant, until: Instant, who: Onlooker): Promise<readonly Instant[]>
}

/** Which of those within reach the view shows. */
function inView(eb: Eb, view: TicketViewName, who: Onlooker, now: Instant) {
  const { account, person, chairs } = who
  const drafts = eb('number', 'is', null)
  const filed = eb('number', 'is not', null)
  switch (view) {
    case 'all':
      return filed
    case 'drafts':
      return eb.and([drafts, who.desk ? eb.or([eb('created_by', '=', account), eb('created_by', 'is', null)]) : eb('created_by', '=', account)])
    case 'late':
      return eb.and([filed, eb('open', '=', 1), eb('late_at', '<=', now)])
    case 'mine':
      return eb.and([
        filed,
        eb.or([eb('requester', '=', person), eb('created_by', '=', account), eb('assignee', '=', person), eb('holder', '=', person)]),
      ])
    case 'watched':
      return eb.and([filed, eb('id', 'in', eb.selectFrom('ticket_watchers').select('ticket').where('person', '=', person))])
    case 'inbox': {
      const mine = [eb('holder', '=', person)]
      if (chairs.length > 0) mine.push(eb.and([eb('chair', 'in', chairs), eb('shared', '=', 1)]))
      if (who.organisations !== 'all' && who.organisations.length > 0) mine.push(eb('chair', '=', 'requester'))
      return eb.and([eb('open', '=', 1), eb.or(mine)])
    }
  }
}

/** Nobody's but the desk's: a draft that came in from outside has no owner among the requesters. */
function withinReach(eb: Eb, { organisations }: Onlooker) {
  if (organisations === 'all') return eb.lit(true)
  return organisations.length === 0 ? eb.lit(false) : eb('organisation', 'in', organisations)
}

/** Names of columns, and whether the greatest comes first. */
const ORDER: Readonly<Record<string, readonly ['changed_at' | 'due' | 'priority' | 'filed_at', 'asc' | 'desc']>> = {
  changed: ['changed_at', 'asc'],
  '-changed': ['changed_at', 'desc'],
  due: ['due', 'asc'],
  '-due': ['due', 'desc'],
  // The column counts from the most urgent.
  priority: ['priority', 'desc'],
  '-priority': ['priority', 'asc'],
  number: ['filed_at', 'asc'],
  '-number': ['filed_at', 'desc'],
}

/** Whether it shows less than the whole view, whose number is counted anyway. */
const narrowed = ({ view: _view, sort: _sort, page: _page, size: _size, ...filter }: TicketQuery): boolean =>
  Object.values(filter).some(value => value !== undefined && String(value) !== '')

export function ticketList(db: Db, { search, clock }: { search: TicketSearch; clock: Clock }): TicketList {
  const shown = (view: TicketViewName, who: Onlooker, now: Instant) =>
    db
      .selectFrom('tickets')
      .where(eb => withinReach(eb, who))
      .where(eb => inView(eb, view, who, now))
  const chosen = async (filter: TicketFilter, who: Onlooker, now: Instant) => {
    const found = await search.matching(filter.search, who.internal)
    let query = shown(filter.view, who, now)
    if (found !== null) query = query.where(found)
    if (filter.status !== undefined && filter.status.length > 0) query = query.where('status', 'in', filter.status)
    if (filter.service !== undefined) query = query.where('service', '=', filter.service)
    if (filter.organisation !== undefined) query = query.where('organisation', '=', filter.organisation)
    if (filter.application !== undefined) query = query.where('application', '=', filter.application)
    if (filter.priority !== undefined) query = query.where('priority', '=', PRIORITIES.length - 1 - PRIORITIES.indexOf(filter.priority))
    if (filter.dueFrom !== undefined) query = query.where('due', '>=', filter.dueFrom)
    if (filter.dueUntil !== undefined) query = query.where('due', '<', filter.dueUntil)
    return query
  }
  /** How many each view shows: every one is counted over the index that has what it asks for. */
  const counted = async (who: Onlooker, now: Instant): Promise<TicketPage['counts']> => {
    const views = ['mine', 'inbox', 'late', 'all', 'drafts', 'watched'] as const
    const figures = await db
      .selectNoFrom(
        views.map(view =>
          shown(view, who, now)
            .select(({ fn }) => fn.countAll<number>().as('n'))
            .as(view),
        ),
      )
      .executeTakeFirstOrThrow()
    const [mine = 0, inbox = 0, late = 0, all = 0, drafts = 0, watched = 0] = views.map(view => Number(figures[view]))
    return { mine, inbox, late, all, drafts, watched }
  }
  const sorted = (query: ReturnType<typeof shown>, sort: TicketQuery['sort']) => {
    const [column, direction] = ORDER[sort] ?? ['changed_at', 'desc']
    // What has none comes last: going down it does by itself, and an index can be followed.
    const ordered = direction === 'desc' || column === 'changed_at' ? query : query.orderBy(sql`${sql.ref(column)} is null`)
    return ordered.orderBy(column, direction).orderBy('id', direction)
  }

  return {
    async page(query, who) {
      const now = clock()
      const wanted = await chosen(query, who, now)
      const counts = await counted(who, now)
      const total = narrowed(query)
        ? (await wanted.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()).total
        : counts[query.view]
      // Which ones first: sorting all of them with their heads would move megabytes for a page of fifty.
      const ids = sorted(wanted, query.sort)
        .select('id')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
      const rows = await sorted(db.selectFrom('tickets').where('id', 'in', ids), query.sort)
        .select(['head', 'soon_at', 'late_at', 'breach_at'])
        .execute()
      return { items: rows.map(row => headOf(row, now)), total: Number(total), page: query.page, size: query.size, counts }
    },

    async all(filter, who, most) {
      const now = clock()
      const rows = await sorted(await chosen(filter, who, now), '-changed')
        .select(['head', 'soon_at', 'late_at', 'breach_at'])
        .limit(most)
        .execute()
      return rows.map(row => headOf(row, now))
    },

    async summary(who) {
      const now = clock()
      const open = () =>
        db
          .selectFrom('tickets')
          .where(eb => withinReach(eb, who))
          .where('open', '=', 1)
      const past = (column: 'soon_at' | 'late_at' | 'breach_at') => sql<number>`coalesce(sum(${sql.ref(column)} <= ${now}), 0)`
      const figures = await open()
        .select(({ fn }) => [
          fn.countAll<number>().as('open'),
          past('soon_at').as('soon'),
          past('late_at').as('late'),
          past('breach_at').as('breached'),
          sql<number>`coalesce(sum(status = 'paused'), 0)`.as('paused'),
        ])
        .executeTakeFirstOrThrow()
      const steps = await open()
        .select(({ fn }) => [
          sql<string>`coalesce(chair, '')`.as('kind'),
          fn.countAll<number>().as('open'),
          sql<number>`coalesce(sum(late_at <= ${now}), 0)`.as('late'),
        ])
        .groupBy('chair')
        .orderBy('chair')
        .execute()
      const next = await open()
        .select(['head', 'soon_at', 'late_at', 'breach_at'])
        .where('breach_at', 'is not', null)
        .orderBy('breach_at')
        .limit(12)
        .execute()
      const { mine, inbox, drafts } = await counted(who, now)
      return {
        open: Number(figures.open),
        soon: Math.max(0, Number(figures.soon) - Number(figures.late)),
        late: Number(figures.late),
        breached: Number(figures.breached),
        paused: Number(figures.paused),
        mine,
        inbox,
        drafts,
        bySteps: steps.map(step => ({ kind: step.kind, open: Number(step.open), late: Number(step.late) })),
        next: next.map(row => headOf(row, now)),
      }
    },

    async running(people) {
      if (people.length === 0) return new Map()
      const rows = await db
        .selectFrom('tickets')
        .select(({ fn }) => ['holder', fn.countAll<number>().as('n')])
        .where('open', '=', 1)
        .where('holder', 'in', people)
        .groupBy('holder')
        .execute()
      return new Map(rows.flatMap(({ holder, n }) => (holder === null ? [] : [[holder, Number(n)] as const])))
    },

    async drafts(account) {
      const { n } = await db
        .selectFrom('tickets')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('created_by', '=', account)
        .where('number', 'is', null)
        .executeTakeFirstOrThrow()
      return Number(n)
    },

    async openIds() {
      const rows = await db.selectFrom('tickets').select('id').where('open', '=', 1).orderBy('id').execute()
      return rows.map(({ id }) => id)
    },
    async rows(ids) {
      if (ids.length === 0) return []
      const now = clock()
      const rows = await db.selectFrom('tickets').selectAll().where('id', 'in', ids).execute()
      return rows.map(row => marksOf(row, now))
    },
    slots: (from, until) =>
      db.selectFrom('ticket_slots').selectAll().where('day', '>=', from).where('day', '<=', until).where('taken', '>', 0).execute(),
    async dues(from, until, who) {
      const rows = await db
        .selectFrom('tickets')
        .select('due')
        .where(eb => withinReach(eb, who))
        .where('open', '=', 1)
        .where('due', '>=', from)
        .where('due', '<', until)
        .execute()
      return rows.flatMap(({ due }) => due ?? [])
    },
  }
}
