// Answers of a form in words, a line each: yes and no, choices by their label, figures with their unit, files by their name.
import type { Answer, Answers, Field, GroupField, LeafField } from '../../daemon/domain/form.ts'
import { isApplication } from '../../daemon/domain/form-application.ts'
import { isTerms } from '../../daemon/domain/form-terms.ts'
import type { TicketView } from '../../daemon/domain/ticket-view.ts'
import { nipInGroups } from '../../daemon/domain/words/nip.ts'
import { t } from '../words/index.ts'
import { momentText } from '../words/local-moment.ts'
import { number, text } from '../words/say.ts'
import './answer-rows.css'

type Brought = Pick<TicketView, 'attachments'>

interface RowsProps {
  readonly fields: readonly Field[]
  readonly answers: Answers
  /** Files by their number. */
  readonly view: Brought
}

const isAnswers = (value: Answer | undefined): value is Answers => typeof value === 'object' && value !== null && !Array.isArray(value)

export function AnswerRows({ fields, answers, view }: RowsProps) {
  return (
    <dl class="answerrows">
      {fields.map(field =>
        field.type === 'group' ? (
          <Group key={field.key} field={field} value={answers[field.key]} view={view} />
        ) : (
          <Row key={field.key} field={field} value={answers[field.key]} view={view} />
        ),
      )}
    </dl>
  )
}

function Group({ field, value, view }: { readonly field: GroupField; readonly value: Answer | undefined; readonly view: Brought }) {
  const words = t.value.tickets.ticket
  const items = (Array.isArray(value) ? value : [value]).filter(isAnswers)
  return (
    <>
      {items.map((item, i) => (
        <div class="answergroup" key={`${field.key}${i}`}>
          <dt>{items.length > 1 ? words.nth(text(field.label), i + 1) : text(field.label)}</dt>
          <dd>
            <AnswerRows fields={field.fields.filter(one => item[one.key] !== undefined)} answers={item} view={view} />
          </dd>
        </div>
      ))}
    </>
  )
}

function Row({ field, value, view }: { readonly field: LeafField; readonly value: Answer | undefined; readonly view: Brought }) {
  const words = t.value.tickets.ticket
  return (
    <div>
      <dt>
        {text(field.label)}
        {field.filledBy === 'officer' ? <span class="dim small"> {words.byOfficer}</span> : null}
      </dt>
      <dd>
        {field.type === 'files' ? (
          <Files value={value} view={view} />
        ) : isApplication(value) ? (
          <a href={`/applications/${value.id}`}>{value.name}</a>
        ) : (
          said(field, value)
        )}
      </dd>
    </div>
  )
}

function Files({ value, view }: { readonly value: Answer | undefined; readonly view: Brought }) {
  const ids = Array.isArray(value) ? value : []
  return (
    <>
      {view.attachments
        .filter(one => ids.includes(one.id))
        .map(one => (
          <a key={one.id} href={`/api/v1/attachments/${one.id}`} target="_blank" rel="noreferrer">
            {one.name}
          </a>
        ))}
    </>
  )
}

/** One answer in words. */
function said(field: LeafField, value: Answer | undefined): string {
  const words = t.value.tickets.ticket
  if (value === undefined || value === null || value === '') return words.notAnswered
  if (Array.isArray(value)) return value.map(one => said(field, one)).join(', ')
  if (typeof value === 'boolean') return field.type === 'present' ? (value ? words.present : words.absent) : value ? words.yes : words.no
  if (isTerms(value)) return t.value.requests.form.agreedAt(momentText(value.at), value.version)
  const option = field.options?.find(one => one.value === value)
  if (option !== undefined) return text(option.label)
  if (field.type === 'nip') return nipInGroups(String(value))
  if (field.type === 'date' || field.type === 'datetime') return momentText(String(value))
  const plain = typeof value === 'number' ? number(value, Number.isInteger(value) ? 0 : decimalsOf(value)) : String(value)
  return field.unit === undefined ? plain : `${plain} ${field.unit}`
}

const decimalsOf = (value: number): number => String(value).split('.')[1]?.length ?? 0
