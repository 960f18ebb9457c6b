// An event of a ticket in words: what happened, who, what was written, for the timeline and for who comes a moment too late.
import type { TicketEvent } from '../../../daemon/domain/ticket.ts'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { chairName } from '../../parts/clock/chairs.ts'
import type { ShapeName, ThingName } from '../../parts/icons.tsx'
import { t } from '../../words/index.ts'
import { dateShort, dateTime, number, text } from '../../words/say.ts'

export type EventGroup = 'disposition' | 'note' | 'other'

export interface EventWords {
  readonly group: EventGroup
  readonly icon: ShapeName | ThingName | 'dot'
  readonly tone: '' | 'warn' | 'crit'
  readonly title: string
  /** After the title: by whom, to whom. */
  readonly beside: string
  /** What was written, as it is. */
  readonly quote: string
  /** A second text under a heading of its own. */
  readonly extra: { readonly title: string; readonly text: string } | null
  readonly internal: boolean
  readonly attachment: { readonly id: number; readonly name: string } | null
}

type About = Pick<TicketView, 'serviceDefinition' | 'organisation' | 'tasks' | 'links'>

const WORKED_ALONE: ReadonlySet<TicketEvent['kind']> = new Set(['escalated', 'promised', 'created', 'watched', 'note'])

/** null: nothing people need to read of it. */
export function eventWords(event: TicketEvent, about: About): EventWords | null {
  const words = t.value.tickets
  const { events } = words
  const by = event.by.account === null && event.by.person === null && event.by.name === 'Suar' ? '' : `${events.by} ${event.by.name}`
  const plain: EventWords = {
    group: 'other',
    icon: 'dot',
    tone: '',
    title: '',
    beside: WORKED_ALONE.has(event.kind) ? '' : by,
    quote: '',
    extra: null,
    internal: false,
    attachment: null,
  }
  const task = (id: number): string => about.tasks.find(one => one.id === id)?.title ?? ''
  switch (event.kind) {
    case 'created':
      return { ...plain, title: events.created(words.channels[event.channel]), beside: by }
    case 'submitted':
      return { ...plain, title: event.slot === null ? events.submitted : events.submittedSlot(dateOfSlot(event.slot)) }
    case 'amended':
      return { ...plain, title: event.side === 'requester' ? events.amended : events.amendedOfficer }
    case 'verified':
      return {
        ...plain,
        icon: 'check',
        title: event.team === undefined ? events.verified : t.value.applications.verifiedBy(event.team.name, event.team.decree),
        quote: event.note,
      }
    case 'registered':
      return { ...plain, title: t.value.applications.registered(event.application.name) }
    case 'returned':
      return { ...plain, icon: 'warn-o', title: events.returned, quote: event.reason }
    case 'resubmitted':
      return { ...plain, title: events.resubmitted }
    case 'disposed': {
      const kind = about.serviceDefinition.steps.find(step => step.key === event.step)
      const chair = kind === undefined ? event.by.position : chairName(kind.owner)
      const to = `${events.to} ${event.to.name}${event.to.position === '' ? '' : `, ${event.to.position}`}`
      const title = kind?.kind === 'order' ? events.ordered(chair) : events.disposed(chair)
      return { ...plain, group: 'disposition', title, beside: to, quote: event.note }
    }
    case 'sentBack':
      return { ...plain, group: 'disposition', icon: 'warn-o', title: events.sentBack, quote: event.note }
    case 'taken':
      return { ...plain, title: events.taken, beside: `${events.by} ${event.name}` }
    case 'urgent': {
      const to = `${events.to} ${event.to.name}${event.to.position === '' ? '' : `, ${event.to.position}`}`
      return { ...plain, group: 'disposition', icon: 'warn', tone: 'warn', title: events.urgent, beside: to, quote: event.reason }
    }
    case 'ratified': {
      const step = about.serviceDefinition.steps.find(one => one.key === event.step)
      return {
        ...plain,
        group: 'disposition',
        icon: 'check',
        title: events.ratified(step === undefined ? event.step : text(step.label)),
        quote: event.note,
      }
    }
    case 'phase': {
      const phase = about.serviceDefinition.phases.find(one => one.key === event.phase)
      return { ...plain, title: events.phase(phase === undefined ? event.phase : text(phase.name)), quote: event.note }
    }
    case 'worked':
      return { ...plain, group: 'note', title: events.worked, quote: event.note }
    case 'reported': {
      const extra = event.recommendation === '' ? null : { title: events.recommendation, text: event.recommendation }
      return { ...plain, icon: 'check', title: events.reported, quote: event.text, extra }
    }
    case 'minuted':
      return { ...plain, icon: 'check', title: events.minuted(event.number) }
    case 'archived':
      return { ...plain, icon: 'check', title: events.archived(event.agenda) }
    case 'paused':
      return { ...plain, icon: 'clock', title: events.paused(words.pauses[event.reason]), quote: event.note }
    case 'resumed':
      return { ...plain, icon: 'clock', title: events.resumed, quote: event.note }
    case 'rejected':
    case 'cancelled':
      return { ...plain, icon: 'close', title: events[event.kind], quote: event.reason }
    case 'rated':
      return {
        ...plain,
        title: events.rated(lower(words.levels[event.impact]), lower(words.levels[event.urgency]), lower(words.priorities[event.priority])),
      }
    case 'overridden':
      return { ...plain, icon: 'up', title: events.overridden(lower(words.priorities[event.priority])), quote: event.reason }
    case 'difficulty':
      return { ...plain, title: events.difficulty(lower(words.difficulties[event.level])), quote: event.reason }
    case 'promised':
      return { ...plain, icon: 'clock', title: events.promised(dateTime(event.due)) }
    case 'agreed':
      return { ...plain, icon: 'clock', title: events.agreed(dateTime(event.due), event.signer), quote: event.reason }
    case 'escalated': {
      // Nobody above is named when it is about the whole ticket.
      const said = event.to === '' ? null : chairName(event.to)
      if (event.before)
        return { ...plain, icon: 'clock', title: said === null ? events.escalatedBeforeAll : events.escalatedBefore(said), internal: true }
      return { ...plain, icon: 'warn', tone: 'warn', title: said === null ? events.escalatedAfterAll : events.escalatedAfter(said), internal: true }
    }
    case 'note': {
      const title =
        event.channel === 'email' || event.channel === 'chat' ? `${events.mail} ${words.ticket.via(words.channels[event.channel])}` : events.note
      return { ...plain, group: 'note', icon: 'comment', title, beside: event.by.name, quote: event.text, internal: event.visibility === 'internal' }
    }
    case 'attached':
      return {
        ...plain,
        title: event.by.name,
        beside: events.attached,
        internal: event.visibility === 'internal',
        attachment: { id: event.attachment, name: event.name },
      }
    case 'struck':
      return {
        ...plain,
        icon: 'close',
        title: event.by.name,
        beside: event.reason === '' ? events.detached(event.name) : events.struck(event.name),
        quote: event.reason,
        internal: event.visibility === 'internal',
      }
    case 'document': {
      const states: Readonly<Record<string, string>> = words.ticket.docStates
      return { ...plain, title: events.document(event.title, states[event.state] ?? event.state) }
    }
    case 'task':
      return { ...plain, title: events.task(event.title), internal: true }
    case 'taskDone':
      return { ...plain, icon: 'check', title: events.taskDone(task(event.task)), quote: event.note, internal: true }
    case 'watched':
    case 'replied':
      return null
    case 'merged':
      return { ...plain, title: events.merged(about.links.find(link => link.as === 'into')?.number ?? '') }
    case 'absorbed':
      return { ...plain, title: events.absorbed(about.links.find(link => link.as === 'absorbed')?.number ?? '') }
    case 'linked':
      return { ...plain, title: events.linked(words.ticket.linkKinds[event.as]) }
    case 'evaluated': {
      const mean = event.scores.reduce((sum, one) => sum + one, 0) / Math.max(1, event.scores.length)
      return { ...plain, title: events.evaluated(number(mean, 1)), quote: event.comment }
    }
  }
}

const lower = (word: string): string => word.toLowerCase()

/** `2026-11-23` → `23 Nov`. A date of the site needs no hour: its noon lies on it in every zone but the outermost. */
const dateOfSlot = (slot: string): string => {
  const at = Date.parse(`${slot}T05:00:00Z`)
  return Number.isNaN(at) ? slot : dateShort(at)
}
