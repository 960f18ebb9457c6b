// A ticket, and lists of them, as this viewer may see them.
import { applicationOf } from '../../domain/form-application.ts'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { may, reach } from '../../domain/policy.ts'
import type { DeskSummary, DocumentRow, Onlooker, TicketFilter, TicketQuery } from '../../domain/ticket-record.ts'
import type { Attachment, TicketHead, TicketPage, TicketView } from '../../domain/ticket-view.ts'
import { removalOf } from '../attachments/removal.ts'
import { signersOf } from '../documents/parties.ts'
import { keptUntil } from '../documents/retention.ts'
import { isParty, turnOf } from '../documents/signing.ts'
import { actionsOf } from './actions.ts'
import { type Audience, attachmentsFor, audienceOf, documentsFor, eventsFor } from './audience.ts'
import type { Loaded, Room } from './room.ts'
import { stepOf } from './state.ts'
import { reachOf } from './tell.ts'

export interface Viewing {
  view(number: string, viewer: Viewer): Promise<Outcome<TicketView>>
  /** Of one that is at hand already; the viewer's right to it has been asked. */
  viewOf(loaded: Loaded, viewer: Viewer): Promise<TicketView>
  page(query: TicketQuery, viewer: Viewer): Promise<TicketPage>
  summary(viewer: Viewer): Promise<DeskSummary>
  all(filter: TicketFilter, viewer: Viewer): Promise<readonly TicketHead[]>
}

/** Rows of an export. */
const MOST = 50_000

/** Watchers are the staff's own business. */
export const headFor = (audience: Audience, head: TicketHead): TicketHead => (audience === 'internal' ? head : { ...head, watchers: [] })

export const onlooker = (viewer: Viewer): Onlooker => ({
  account: viewer.account,
  person: viewer.person,
  organisations: reach(viewer, 'ticket.read'),
  chairs: viewer.positions,
  internal: may(viewer, 'ticket.internal'),
  desk: may(viewer, 'ticket.work'),
})

/** Whether one of the papers is to be signed by this viewer next, or brought back by the desk as a scan. */
const waitsFor = (viewer: Viewer, { frame, service }: Loaded, papers: readonly DocumentRow[]): boolean =>
  papers.some(paper => {
    const next = paper.state === 'void' ? null : turnOf(paper)
    return next !== null && (may(viewer, 'ticket.work') || isParty(viewer, frame, signersOf(paper.kind, service)[next.party] ?? ''))
  })

export function openViewing(room: Room): Viewing {
  const { tickets, lists, documents, people, services, clock } = room.sources

  /** The tickets it is tied to, as far as the viewer may know of them. */
  async function links({ frame, events }: Loaded, viewer: Viewer): Promise<TicketView['links']> {
    const tied = new Map<number, TicketView['links'][number]['as']>()
    if (frame.about !== null) tied.set(frame.about, 'original')
    for (const event of events) {
      if (event.kind === 'linked' && event.ticket !== frame.about) tied.set(event.ticket, event.as)
      if (event.kind === 'absorbed') tied.set(event.ticket, 'absorbed')
      if (event.kind === 'merged') tied.set(event.into, 'into')
    }
    const rows = await lists.rows([...tied.keys()])
    return rows.flatMap(({ head }) => {
      const as = tied.get(head.id)
      if (as === undefined || !may(viewer, 'ticket.read', { organisation: head.organisation })) return []
      return [{ number: head.number, title: head.title, as, status: head.status }]
    })
  }

  function kept(service: string, ended: number): NonNullable<TicketView['kept']> {
    const [year = 0, month = 0, day = 0] = room.timing.dateOf(ended).split('-').map(Number)
    const last = keptUntil(services.agency, service, { year, month, day })
    return { until: last === null ? null : [last.year, last.month, last.day].map(part => String(part).padStart(2, '0')).join('-') }
  }

  async function viewOf(loaded: Loaded, viewer: Viewer): Promise<TicketView> {
    const { frame, state, service, events, draft } = loaded
    const audience = audienceOf(viewer)
    const now = clock()
    const row = await tickets.row(frame.id)
    if (row === null) throw new Error(`ticket ${frame.id} has no row`)
    const papers = await documents.of(frame.id)
    const attachments = await tickets.attachments(frame.id)
    const context = await room.context(loaded, viewer)
    const offered = actionsOf(state, viewer, context, waitsFor(viewer, loaded, papers))
    const handsOn = offered.some(({ kind }) => kind === 'dispose' || kind === 'urgent' || kind === 'take')
    const step = stepOf(state, service)
    const whom = step?.kind === 'dispose' || step?.kind === 'order' ? context.receivers : context.workers
    const running = handsOn ? await lists.running(whom.map(({ person }) => person)) : new Map<number, number>()
    const seated = new Map([...whom, ...context.holders].map(({ person, name }) => [person, name]))
    const about = applicationOf(service.form, state.answers)
    const [application] = about === null ? [] : await people.applicationsById([about])
    const writing = draft !== null && (state.status === 'draft' || state.status === 'returned')
    const named = (person: number) => ({ id: person, name: seated.get(person) ?? context.named(person)?.name ?? '' })
    return {
      ...headFor(audience, row.head),
      serviceVersion: frame.version,
      serviceDefinition: service,
      products: writing ? draft.products : state.products,
      answers: writing ? draft.answers : state.answers,
      application: application === undefined ? null : { id: application.id, name: application.name },
      difficulty: state.difficulty,
      urgent: state.urgent,
      owed: audience === 'public' ? [] : state.owed,
      vacant: step !== null && step.owner !== 'requester' && context.holders.length === 0 && state.endedAt === null && state.turn === null,
      impact: audience === 'public' ? null : state.impact,
      urgency: audience === 'public' ? null : state.urgency,
      contact: { email: frame.requester.email, phone: frame.requester.phone },
      reach: audience === 'public' ? null : await reachOf(room.sources, frame),
      savedAt: draft?.savedAt ?? null,
      letter: (writing ? draft.letter : undefined) ?? state.letter,
      phase: state.phase,
      kept: state.endedAt === null ? null : kept(frame.service, state.endedAt),
      events: eventsFor(audience, events),
      clock: room.timing.clock(service, state.products, events, now),
      clockAt: now,
      today: room.timing.time().dayAt(now).open,
      attachments: attachmentsFor(audience, attachments).map(one => withFate(one, loaded, viewer)),
      documents: documentsFor(audience, papers),
      tasks:
        audience === 'public'
          ? []
          : state.tasks.map(({ id, title, person, due, doneAt }) => ({ id, title, person: person === null ? null : named(person), due, doneAt })),
      links: await links(loaded, viewer),
      actions: offered,
      receivers: !handsOn
        ? []
        : whom.map(({ person, name, position, standIn }) => ({ person, name, position, standIn, running: running.get(person) ?? 0 })),
    }
  }

  return {
    viewOf,
    async view(number, viewer) {
      const found = await room.see(number, viewer)
      return found.ok ? done(await viewOf(found.value, viewer)) : found
    },
    async page(query, viewer) {
      const who = onlooker(viewer)
      const page = await lists.page(query, who)
      return who.internal ? page : { ...page, items: page.items.map(head => headFor('public', head)) }
    },
    summary: async viewer => {
      const who = onlooker(viewer)
      const summary = await lists.summary(who)
      return who.internal ? summary : { ...summary, next: summary.next.map(head => headFor('public', head)) }
    },
    all: (filter, viewer) => lists.all(filter, onlooker(viewer), MOST),
  }
}

/** Whether it counts, and what the viewer may do about it. */
function withFate(attachment: Attachment, loaded: Loaded, viewer: Viewer): Attachment {
  const struck = loaded.state.struck.find(one => one.attachment === attachment.id)
  const removal = removalOf(viewer, loaded, attachment.id)
  return {
    ...attachment,
    ...(struck === undefined ? {} : { struck: { at: struck.at, by: struck.by, reason: struck.reason } }),
    ...(removal === null ? {} : { removal }),
  }
}
