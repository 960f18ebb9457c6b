// The part of the form that the officer fills in; what is wrong is told beside each field before anything is sent.
import { useState } from 'preact/hooks'
import type { Answer, Answers, LeafField } from '../../../../daemon/domain/form.ts'
import { check } from '../../../../daemon/domain/form-check.ts'
import type { LetterMark } from '../../../../daemon/domain/letter-mark.ts'
import type { TicketAction } from '../../../../daemon/domain/ticket-action.ts'
import { AreaField, CheckField, SelectField, TextField } from '../../../parts/field.tsx'
import { LetterMarkFields } from '../../../parts/letter-mark.tsx'
import { t } from '../../../words/index.ts'
import { text as say } from '../../../words/say.ts'
import { ActionForm, type FormProps } from './frame.tsx'

const INPUT = { date: 'date', datetime: 'datetime-local', number: 'number', integer: 'number', email: 'email', phone: 'tel' } as const
type Typed = keyof typeof INPUT
const isTyped = (type: LeafField['type']): type is Typed => type in INPUT

/** Those of the form that an officer answers, outside of groups. */
const officerFields = (view: FormProps['view']): readonly LeafField[] =>
  view.serviceDefinition.form.sections
    .flatMap(section => section.fields)
    .filter((field): field is LeafField => field.type !== 'group' && field.filledBy === 'officer' && field.type !== 'files')

export interface OfficerPart {
  readonly fields: readonly LeafField[]
  readonly answers: Answers
  readonly letter: LetterMark
  /** Something was changed that is not sent yet. */
  readonly changed: boolean
  readonly wrong: boolean
  /** From now on what is wrong is told. */
  tell(): void
  errorOf(field: LeafField): string | undefined
  set(key: string, value: Answer): void
  setLetter(letter: LetterMark): void
  action(): TicketAction
}

export function useOfficerPart(view: FormProps['view']): OfficerPart {
  const fields = officerFields(view)
  const [given, setGiven] = useState<Answers>({})
  const [letter, setLetter] = useState<LetterMark | null>(null)
  const [tried, setTried] = useState(false)
  const answers: Answers = { ...view.answers, ...given }
  const { mistakes } = check(view.serviceDefinition.form, answers, 'officer', { products: view.products })
  const own = (field: LeafField) => mistakes.find(one => one.path === field.key || one.path.startsWith(`${field.key}.`))
  return {
    fields,
    answers,
    letter: letter ?? view.letter,
    changed: Object.keys(given).length > 0 || letter !== null,
    wrong: fields.some(field => own(field) !== undefined),
    tell: () => setTried(true),
    errorOf: field => {
      const mistake = own(field)
      return tried && mistake !== undefined ? say(mistake.reason) : undefined
    },
    set: (key, value) => setGiven(was => ({ ...was, [key]: value })),
    setLetter,
    action: () => ({
      kind: 'officerFields',
      ...(letter === null ? {} : { letter }),
      answers: Object.fromEntries(fields.map(field => [field.key, answers[field.key] ?? null])),
    }),
  }
}

export function OfficerForm(props: FormProps) {
  const { act } = t.value.tickets
  const part = useOfficerPart(props.view)
  return (
    <ActionForm
      {...props}
      label={act.officerFields.replace('…', '')}
      read={() => {
        part.tell()
        return part.wrong ? null : part.action()
      }}
    >
      <OfficerFields part={part} />
    </ActionForm>
  )
}

export function OfficerFields({ part }: { readonly part: OfficerPart }) {
  return (
    <fieldset class="officerpart">
      <legend class="legend">{t.value.tickets.form.officerPart}</legend>
      {part.fields.map(field => (
        <OfficerField
          key={field.key}
          field={field}
          value={part.answers[field.key] ?? null}
          error={part.errorOf(field)}
          onChange={value => part.set(field.key, value)}
        />
      ))}
      <LetterMarkFields value={part.letter} onInput={part.setLetter} />
    </fieldset>
  )
}

interface OfficerFieldProps {
  readonly field: LeafField
  readonly value: Answer
  readonly error: string | undefined
  readonly onChange: (value: Answer) => void
}

function OfficerField({ field, value, error, onChange }: OfficerFieldProps) {
  const words = t.value.tickets.ticket
  const label = field.unit === undefined ? say(field.label) : `${say(field.label)} (${field.unit})`
  const shared = { label, error, optional: !field.required, ...(field.help === undefined ? {} : { help: say(field.help) }) }
  const shown = Array.isArray(value) ? value.join('\n') : value === null ? '' : String(value)
  // The forms' own "☐ Ada": ticked when it was seen.
  if (field.type === 'present') {
    return (
      <div>
        <CheckField label={label} checked={value === true} onChange={ticked => onChange(ticked ? true : null)} />
        {error === undefined ? null : <p class="small t-crit">{error}</p>}
      </div>
    )
  }
  if (field.type === 'yesno') {
    const options = [
      { key: '', label: '–' },
      { key: 'true', label: words.yes },
      { key: 'false', label: words.no },
    ]
    return <SelectField {...shared} value={shown} options={options} onChange={key => onChange(key === '' ? null : key === 'true')} />
  }
  if (field.options !== undefined && !field.other) {
    const options = [{ key: '', label: '–' }, ...field.options.map(one => ({ key: one.value, label: say(one.label) }))]
    return <SelectField {...shared} value={shown} options={options} onChange={key => onChange(key === '' ? null : key)} />
  }
  if (field.type === 'paragraph' || field.many)
    return <AreaField {...shared} value={shown} onInput={text => onChange(text === '' ? null : field.many ? text.split('\n') : text)} />
  return (
    <TextField
      {...shared}
      type={isTyped(field.type) ? INPUT[field.type] : 'text'}
      value={shown}
      onInput={text => onChange(text === '' ? null : text)}
    />
  )
}
