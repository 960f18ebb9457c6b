// One own request as a card: where it is, who has it, until when, and what is the viewer's to do. No percentages.
import { ENDED } from '../../../daemon/domain/ticket.ts'
import type { TicketHead } from '../../../daemon/domain/ticket-view.ts'
import { useDerived } from '../../live/derived.ts'
import { now } from '../../live/index.ts'
import { chairName } from '../../parts/clock/chairs.ts'
import { Icon } from '../../parts/index.ts'
import { viewer } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateLong, text } from '../../words/say.ts'
import { when } from '../../words/when.ts'
import { isMine, turnName } from '../ticket/names.ts'
import { kindOfStep } from '../tickets/groups.ts'

const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1)

/** What is awaited at its step, as a noun. */
function awaitedOf({ step, serviceName }: TicketHead): string {
  const kind = step === null ? null : kindOfStep(step.key)
  return kind === null ? text(step?.label ?? serviceName) : t.value.tickets.awaited[kind]
}

/** What the viewer does about it. */
function deedOf(head: TicketHead): string {
  const words = t.value.requests.mine.doNow
  if (head.status === 'returned') return words.returned
  return head.step !== null && kindOfStep(head.step.key) === 'minutes' ? words.minutes : words.other
}

interface Line {
  readonly text: string
  readonly tone: '' | 't-warn' | 't-crit'
}

/** Who has it and until when, changing with the clock. */
function lineOf(head: TicketHead, at: number): Line {
  const { mine: words } = t.value.requests
  const { statuses, pauses, sentence } = t.value.tickets
  if (ENDED.has(head.status)) return { text: words.ended(statuses[head.status], when(head.endedAt ?? head.changedAt)), tone: '' }
  if (head.status === 'paused') return { text: words.stands(head.pause === null ? statuses.paused : pauses[head.pause]), tone: '' }
  if (head.status === 'returned') return { text: sentence.returned, tone: '' }
  const who = turnName(head) || (head.turn === null ? '' : chairName(head.turn.chair))
  const what = awaitedOf(head)
  if (head.stepDue === null) return { text: capital(what), tone: '' }
  const over = head.stepDue < at
  const said = over ? words.over(what) : words.until(what, when(head.stepDue))
  return { text: who === '' ? capital(said) : `${words.at(who)}, ${said}`, tone: over ? 't-warn' : '' }
}

function promiseOf(head: TicketHead, at: number): Line {
  const { mine: words } = t.value.requests
  if (head.due === null || head.endedAt !== null) return { text: '', tone: '' }
  // A clock that stands passes no promise.
  if (head.due < at && head.status === 'open') return { text: words.late(dateLong(head.due)), tone: 't-crit' }
  return { text: words.promised(dateLong(head.due)), tone: '' }
}

export function RequestCard({ head }: { readonly head: TicketHead }) {
  const { mine: words } = t.value.requests
  const line = useDerived(() => lineOf(head, now.value), [head])
  const promise = useDerived(() => promiseOf(head, now.value), [head])
  const mine = isMine(head)
  const draft = head.status === 'draft'
  const name = head.title === '' ? text(head.serviceName) : head.title
  const href = draft ? `/requests/draft/${head.number}` : `/tickets/${head.number}`
  const other = head.requester.person !== null && head.requester.person !== viewer.value?.person
  return (
    <li class={`request ${mine ? 'mine' : ''} ${head.endedAt === null ? '' : 'over'}`}>
      <a class="quiet requestlink" href={href}>
        <span class="requesthead">
          <b class="requestname">{name}</b>
          <Icon name="right" class="go" />
        </span>
        <span class="small dim requestmeta">
          {draft ? t.value.tickets.statuses.draft : head.number}
          {name === text(head.serviceName) ? null : ` · ${text(head.serviceName)}`}
          {other ? ` · ${words.colleague(head.requester.name)}` : null}
        </span>
        {draft ? (
          <span class="requestline mid">{t.value.requests.start.saved(when(head.changedAt))}</span>
        ) : mine ? (
          <span class="requestline deed">
            <Icon name="right" />
            {deedOf(head)}
          </span>
        ) : (
          <span class={`requestline ${line.value.tone}`}>{line.value.text}</span>
        )}
        {draft || head.endedAt !== null ? null : (
          <>
            <Course head={head} />
            {promise.value.text === '' ? null : (
              <span class={`small ${promise.value.tone === '' ? 'mid' : promise.value.tone}`}>{promise.value.text}</span>
            )}
          </>
        )}
      </a>
    </li>
  )
}

/** The steps as strokes: which one it is at, said in words too. */
function Course({ head: { step } }: { readonly head: TicketHead }) {
  const { mine: words } = t.value.requests
  if (step === null) return null
  return (
    <span class="course" role="img" aria-label={words.step(step.index, step.of - 1)}>
      {Array.from({ length: step.of - 1 }, (_, i) => (
        <i key={i} class={i + 1 < step.index ? 'done' : i + 1 === step.index ? 'now' : ''} />
      ))}
    </span>
  )
}
