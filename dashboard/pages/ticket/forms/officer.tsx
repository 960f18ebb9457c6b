// The part of the form that the officer fills in; what is wrong is told beside each field before anything is sent.
import { useState } from 'preact/hooks'
import type { Answer, Answers, LeafField } from '../../../../daemon/domain/form.ts'
import { check } from '../../../../daemon/domain/form-check.ts'
import { AreaField, SelectField, TextField } from '../../../parts/field.tsx'
import { t } from '../../../words/index.ts'
import { text as say } from '../../../words/say.ts'
import { ActionForm, type FormProps } from './frame.tsx'

const INPUT = { date: 'date', datetime: 'datetime-local', number: 'number', integer: 'number', email: 'email', phone: 'tel' } as const
type Typed = keyof typeof INPUT
const isTyped = (type: LeafField['type']): type is Typed => type in INPUT

/** Those of the form that an officer answers, outside of groups. */
export const officerFields = (view: FormProps['view']): readonly LeafField[] =>
  view.serviceDefinition.form.sections
    .flatMap(section => section.fields)
    .filter((field): field is LeafField => field.type !== 'group' && field.filledBy === 'officer' && field.type !== 'files')

export function OfficerForm(props: FormProps) {
  const { view } = props
  const { act } = t.value.tickets
  const fields = officerFields(view)
  const [given, setGiven] = useState<Answers>({})
  const [tried, setTried] = useState(false)
  const answers: Answers = { ...view.answers, ...given }
  const { mistakes } = check(view.serviceDefinition.form, answers, 'officer', { products: view.products })
  const own = mistakes.filter(one => fields.some(field => one.path === field.key || one.path.startsWith(`${field.key}.`)))
  const errorOf = (field: LeafField): string | undefined => {
    const mistake = own.find(one => one.path === field.key || one.path.startsWith(`${field.key}.`))
    return tried && mistake !== undefined ? say(mistake.reason) : undefined
  }
  return (
    <ActionForm
      {...props}
      label={act.officerFields.replace('…', '')}
      read={() => {
        setTried(true)
        if (own.length > 0) return null
        return { kind: 'officerFields', answers: Object.fromEntries(fields.map(field => [field.key, answers[field.key] ?? null])) }
      }}
    >
      {fields.map(field => (
        <OfficerField
          key={field.key}
          field={field}
          value={answers[field.key] ?? null}
          error={errorOf(field)}
          onChange={value => setGiven({ ...given, [field.key]: value })}
        />
      ))}
    </ActionForm>
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
  if (field.type === 'yesno' || field.type === 'present') {
    const [yes, no] = field.type === 'present' ? [words.present, words.absent] : [words.yes, words.no]
    const options = [
      { key: '', label: '–' },
      { key: 'true', label: yes },
      { key: 'false', label: no },
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
