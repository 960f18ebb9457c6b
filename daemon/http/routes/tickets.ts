// /api/v1/tickets: lists, drafts, handing in, one ticket with everything that is done to it, and what the desk keeps beside.
import { z } from 'zod'
import { DateKey } from '../../domain/calendar.ts'
import type { FormMistake } from '../../domain/form.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { CHANNELS, PRIORITIES, TICKET_KINDS, TICKET_STATUSES } from '../../domain/ticket.ts'
import { LetterGiven, TicketAction } from '../../domain/ticket-action.ts'
import {
  type DeskCapacity,
  type DeskDue,
  type DeskSummary,
  type ReplyTemplate,
  type SavedView,
  TICKET_SORTS,
  TICKET_VIEWS,
  type TicketFilter,
  type TicketQuery,
} from '../../domain/ticket-record.ts'
import type { TicketPage, TicketView } from '../../domain/ticket-view.ts'
import { FileAnswer, type Route, route } from '../route.ts'

type Given = z.output<typeof NewTicket>

export interface TicketsDesk {
  page(query: TicketQuery, viewer: Viewer): Promise<TicketPage>
  view(number: string, viewer: Viewer): Promise<Outcome<TicketView>>
  summary(viewer: Viewer): Promise<DeskSummary>
  capacity(dates: Dates): Promise<Outcome<DeskCapacity>>
  due(dates: Dates, viewer: Viewer): Promise<Outcome<DeskDue>>
  open(given: Given, viewer: Viewer): Promise<Outcome<{ readonly number: string }>>
  save(
    number: string,
    given: z.output<typeof DraftChange>,
    viewer: Viewer,
    seen?: number,
  ): Promise<Outcome<{ readonly mistakes: readonly FormMistake[]; readonly savedAt: number }>>
  remove(number: string, viewer: Viewer): Promise<Outcome<{ readonly number: string }>>
  submit(number: string, viewer: Viewer, seen?: number): Promise<Outcome<{ readonly number: string }>>
  act(number: string, action: TicketAction, viewer: Viewer, seen?: number): Promise<Outcome<TicketView>>
  bulk(numbers: readonly string[], action: TicketAction, viewer: Viewer): Promise<Outcome<BulkAnswer>>
  export(filter: TicketFilter, viewer: Viewer): Promise<Outcome<{ readonly name: string; readonly content: Uint8Array }>>
  priorities(): Promise<PriorityMatrix>
  setPriorities(matrix: PriorityMatrix, viewer: Viewer): Promise<Outcome<PriorityMatrix>>
  views(viewer: Viewer): Promise<readonly SavedView[]>
  saveView(viewer: Viewer, view: Omit<SavedView, 'id'>): Promise<Outcome<SavedView>>
  removeView(viewer: Viewer, id: number): Promise<boolean>
  templates(): Promise<readonly ReplyTemplate[]>
  saveTemplate(viewer: Viewer, template: Omit<ReplyTemplate, 'id' | 'by'>): Promise<Outcome<ReplyTemplate>>
  removeTemplate(viewer: Viewer, id: number): Promise<boolean>
}

export type PriorityMatrix = z.output<typeof Matrix>

export interface BulkAnswer {
  readonly items: readonly { readonly number: string; readonly done: boolean; readonly reason: string | null }[]
}

const Number_ = z.strictObject({
  number: z
    .string()
    .regex(/^(T-\d{4}-\d{4,}|D-\d+)$/, 'a ticket is named T-2026-0001, a draft D-1')
    .max(40),
})
const Key = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/)
  .max(64)
const Answers = z.record(z.string().max(100), z.unknown())
const Products = z.array(Key).max(50)

const NewTicket = z.strictObject({
  service: Key,
  /** A draft that came in by mail or chat, to go on under this service. */
  from: Number_.shape.number.optional(),
  kind: z.enum(TICKET_KINDS).default('request'),
  about: Number_.shape.number.optional(),
  channel: z.enum(CHANNELS).optional(),
  organisation: z.int().positive().optional(),
  requester: z
    .union([
      z.strictObject({ person: z.int().positive() }),
      z.strictObject({
        name: z.string().trim().min(2).max(120),
        email: z.union([z.literal(''), z.email()]).default(''),
        phone: z.string().trim().max(30).default(''),
      }),
    ])
    .optional(),
  title: z.string().trim().max(200).optional(),
  products: Products.optional(),
  answers: Answers.optional(),
  letter: LetterGiven.optional(),
})
const DraftChange = z.strictObject({
  title: z.string().trim().max(200).optional(),
  products: Products.optional(),
  answers: Answers,
  letter: LetterGiven.optional(),
})

const Row = z.strictObject({ low: z.enum(PRIORITIES), medium: z.enum(PRIORITIES), high: z.enum(PRIORITIES) })
/** By impact, then by urgency. */
const Matrix = z.strictObject({ low: Row, medium: Row, high: Row })

const filter = {
  view: z.enum(TICKET_VIEWS).default('all'),
  /** One, or several with commas. */
  status: z
    .string()
    .transform(text => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(TICKET_STATUSES)).max(TICKET_STATUSES.length))
    .optional(),
  service: Key.optional(),
  organisation: z.coerce.number().int().positive().optional(),
  application: z.coerce.number().int().positive().optional(),
  priority: z.enum(PRIORITIES).optional(),
  dueFrom: z.coerce.number().int().nonnegative().optional(),
  dueUntil: z.coerce.number().int().nonnegative().optional(),
  search: z.string().trim().max(200).default(''),
}
/** Local dates of the desk, both included. */
const Dates = z.strictObject({ from: DateKey, to: DateKey })
type Dates = z.output<typeof Dates>
const Query = z.strictObject({
  ...filter,
  sort: z.enum(TICKET_SORTS).default('-changed'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
})

const Named = z.strictObject({ id: z.coerce.number().int().positive() })
const there = (found: boolean, what: string) => (found ? done({}) : failed('notFound', `There is no such ${what}.`))

/** Whoever does not say what he looked at writes over whatever there is. */
function seenIn(tag: string | undefined): Outcome<number | undefined> {
  if (tag === undefined || tag === '*') return done(undefined)
  const savedAt = /^"(\d{1,16})"$/.exec(tag)?.[1]
  return savedAt === undefined
    ? failed('invalid', 'If-Match names the draft by its savedAt, in quotation marks, "0" without one.')
    : done(Number(savedAt))
}

export const ticketRoutes = (desk: TicketsDesk): Route[] => [
  route({
    method: 'get',
    path: '/tickets',
    needs: 'ticket.read',
    summary: 'Tickets of a view, with filters, full text search, sort and paging',
    query: Query,
    handle: async ({ query, viewer }) => done(await desk.page(query, viewer)),
  }),
  route({
    method: 'post',
    path: '/tickets',
    needs: 'ticket.file',
    summary: 'Begin a request, a complaint or a request for change: a draft',
    body: NewTicket,
    handle: ({ body, viewer }) => desk.open(body, viewer),
  }),
  route({
    method: 'get',
    path: '/tickets/export',
    needs: 'ticket.export',
    summary: 'Tickets of a view as CSV; written in the trail',
    query: z.strictObject(filter),
    async handle({ query, viewer }) {
      const made = await desk.export(query, viewer)
      return made.ok ? done(new FileAnswer(made.value.name, 'text/csv; charset=utf-8', made.value.content)) : made
    },
  }),
  route({
    method: 'post',
    path: '/tickets/bulk',
    needs: 'ticket.read',
    summary: 'One action on several tickets; each tells how it went',
    body: z.strictObject({ numbers: z.array(Number_.shape.number).min(1).max(100), action: TicketAction }),
    handle: ({ body, viewer }) => desk.bulk(body.numbers, body.action, viewer),
  }),
  route({
    method: 'get',
    path: '/tickets/:number',
    needs: 'ticket.read',
    summary: 'One ticket: answers, events, clock, papers, and what the viewer may do next',
    params: Number_,
    handle: ({ params, viewer }) => desk.view(params.number, viewer),
  }),
  route({
    method: 'put',
    path: '/tickets/:number/draft',
    needs: 'ticket.file',
    summary:
      'Save what was written so far, also in answer to a return; tells its mistakes, refuses none. If-Match: "<savedAt>" of what it is written upon; 412 when that was saved anew',
    params: Number_,
    body: DraftChange,
    async handle({ params, body, viewer, header }) {
      const seen = seenIn(header('if-match'))
      return seen.ok ? desk.save(params.number, body, viewer, seen.value) : seen
    },
  }),
  route({
    method: 'delete',
    path: '/tickets/:number/draft',
    needs: 'ticket.file',
    summary: 'Throw a draft away',
    params: Number_,
    handle: ({ params, viewer }) => desk.remove(params.number, viewer),
  }),
  route({
    method: 'post',
    path: '/tickets/:number/submit',
    needs: 'ticket.file',
    summary:
      'Hand in: gets its number, or every mistake at its field. If-Match: "<savedAt>" of the draft that was looked at; 412 when that was saved anew',
    params: Number_,
    async handle({ params, viewer, header }) {
      const seen = seenIn(header('if-match'))
      return seen.ok ? desk.submit(params.number, viewer, seen.value) : seen
    },
  }),
  route({
    method: 'post',
    path: '/tickets/:number/do',
    needs: 'ticket.read',
    summary: 'Do the next thing to a ticket; `seq` is what the page had seen, so that nobody writes over another',
    params: Number_,
    query: z.strictObject({ seq: z.coerce.number().int().nonnegative().optional() }),
    body: TicketAction as unknown as z.ZodType<TicketAction>,
    handle: ({ params, query, body, viewer }) => desk.act(params.number, body, viewer, query.seq),
  }),
  route({
    method: 'get',
    path: '/desk/summary',
    needs: 'ticket.read',
    summary: 'How many tickets are open, late, soon, by chair, and whose time runs out first',
    handle: async ({ viewer }) => done(await desk.summary(viewer)),
  }),
  route({
    method: 'get',
    path: '/desk/capacity',
    needs: 'calendar.read',
    summary: 'How many tickets of each service begin on each working day, and how many may; numbers only',
    query: Dates,
    handle: ({ query }) => desk.capacity(query),
  }),
  route({
    method: 'get',
    path: '/desk/due',
    needs: 'ticket.read',
    summary: 'How many open tickets are due on which day',
    query: Dates,
    handle: ({ query, viewer }) => desk.due(query, viewer),
  }),
  route({
    method: 'get',
    path: '/desk/priority',
    needs: 'ticket.internal',
    summary: 'The matrix that gives a ticket its priority, by impact and urgency',
    handle: async () => done(await desk.priorities()),
  }),
  route({
    method: 'put',
    path: '/desk/priority',
    needs: 'calendar.manage',
    summary: 'Change the matrix of priorities; tickets that were rated stay as they are',
    body: Matrix,
    handle: ({ body, viewer }) => desk.setPriorities(body, viewer),
  }),
  route({
    method: 'get',
    path: '/views',
    needs: 'ticket.read',
    summary: 'Saved views of ticket lists of the viewer',
    handle: async ({ viewer }) => done({ items: await desk.views(viewer) }),
  }),
  route({
    method: 'post',
    path: '/views',
    needs: 'ticket.read',
    summary: 'Save a view under a name',
    body: z.strictObject({ name: z.string().trim().min(1).max(60), query: z.string().max(1000) }),
    handle: ({ body, viewer }) => desk.saveView(viewer, body),
  }),
  route({
    method: 'delete',
    path: '/views/:id',
    needs: 'ticket.read',
    summary: 'Remove a saved view',
    params: Named,
    handle: async ({ params, viewer }) => there(await desk.removeView(viewer, params.id), 'view'),
  }),
  route({
    method: 'get',
    path: '/templates',
    needs: 'ticket.internal',
    summary: 'Templates of replies',
    handle: async () => done({ items: await desk.templates() }),
  }),
  route({
    method: 'post',
    path: '/templates',
    needs: 'ticket.work',
    summary: 'Save a template of a reply',
    body: z.strictObject({ name: z.string().trim().min(1).max(60), text: z.string().trim().min(1).max(4000) }),
    handle: ({ body, viewer }) => desk.saveTemplate(viewer, body),
  }),
  route({
    method: 'delete',
    path: '/templates/:id',
    needs: 'ticket.work',
    summary: 'Remove a template',
    params: Named,
    handle: async ({ params, viewer }) => there(await desk.removeTemplate(viewer, params.id), 'template'),
  }),
]
