// A draft that was written in two places: what each has that the other has not, and which of them is gone on with.
import type { Answers } from '../../../daemon/domain/form.ts'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { AnswerRows } from '../../parts/answer-rows.tsx'
import { isAnswered } from '../../parts/form/answers.ts'
import { Icon, Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { when } from '../../words/when.ts'
import type { LocalDraft } from './local.ts'
import './torn.css'

interface TornProps {
  readonly view: TicketView
  readonly local: LocalDraft
  readonly onHere: () => void
  readonly onThere: () => void
}

type Written = Pick<LocalDraft, 'title' | 'products' | 'answers' | 'letter'>

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

export function Torn({ view, local, onHere, onThere }: TornProps) {
  const words = t.value.requests.form
  return (
    <div class="narrowpage">
      <Panel padded>
        <div class="torn">
          <Icon name="warn" class="warn" />
          <div class="grow">
            <h1>{words.here}</h1>
            <p class="mid">{words.hereHint}</p>
            <div class="tornsides">
              <Side title={words.hereSide} at={local.at} written={local} other={view} view={view} take={words.useHere} onTake={onHere} primary />
              <Side title={words.thereSide} at={view.savedAt ?? 0} written={view} other={local} view={view} take={words.useThere} onTake={onThere} />
            </div>
          </div>
        </div>
      </Panel>
    </div>
  )
}

interface SideProps {
  readonly title: string
  readonly at: number
  readonly written: Written
  readonly other: Written
  readonly view: TicketView
  readonly take: string
  readonly onTake: () => void
  readonly primary?: boolean
}

function Side({ title, at, written, other, view, take, onTake, primary = false }: SideProps) {
  const words = t.value.requests.form
  const service = view.serviceDefinition
  const fields = service.form.sections.flatMap(section => section.fields).filter(field => !same(written.answers[field.key], other.answers[field.key]))
  const answers: Answers = written.answers
  const empty = fields.filter(field => field.type === 'group' && !isAnswered(answers[field.key]))
  const chosen = service.products.filter(one => written.products.includes(one.key)).map(one => text(one.name))
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <p class="small dim">{at === 0 ? words.neverSaved : words.writtenAt(when(at))}</p>
      {same(written.title, other.title) ? null : (
        <p>
          <span class="dim small">{words.titleLabel}: </span>
          {written.title || t.value.tickets.ticket.notAnswered}
        </p>
      )}
      {same(written.letter, other.letter) ? null : (
        <p>
          <span class="dim small">{t.value.tickets.letter.number}: </span>
          {[written.letter.number, written.letter.date].filter(Boolean).join(', ') || t.value.tickets.ticket.notAnswered}
        </p>
      )}
      {same(written.products, other.products) ? null : (
        <p>
          <span class="dim small">{words.products}: </span>
          {chosen.join(', ') || t.value.tickets.ticket.notAnswered}
        </p>
      )}
      <AnswerRows fields={fields.filter(field => !empty.includes(field))} answers={answers} view={view} />
      {empty.map(field => (
        <p key={field.key}>
          <span class="dim small">{text(field.label)}: </span>
          {t.value.tickets.ticket.notAnswered}
        </p>
      ))}
      <button type="button" class={primary ? 'btn primary' : 'btn'} onClick={onTake}>
        {take}
      </button>
    </section>
  )
}
