// One of a few, several of a few, yes or no: as buttons one sees at a glance, as a list where they are many. "Other" has room to write.
import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import type { Answer, LeafField } from '../../../daemon/domain/form.ts'
import { useDerived } from '../../live/derived.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { Field } from '../field.tsx'
import { Icon } from '../icons.tsx'
import { answerAt } from './answers.ts'
import { useForm } from './context.ts'

export interface ChoiceProps {
  readonly field: LeafField
  readonly path: string
  readonly label: string
  readonly help?: ComponentChildren
  readonly error: string | undefined
  readonly optional: boolean
}

/** A name for several controls together, with its help and what is wrong. */
export function Together({ label, help, error, optional, children }: Omit<ChoiceProps, 'field' | 'path'> & { readonly children: ComponentChildren }) {
  const id = useId()
  const wrong = error !== undefined
  return (
    <fieldset class={`field together ${wrong ? 'error' : ''}`} aria-describedby={`${id}-note`}>
      <legend>
        {label}
        {optional ? <span class="dim small"> {t.value.people.field.optional}</span> : null}
      </legend>
      {children}
      <div id={`${id}-note`}>
        {wrong ? (
          <p class="err">
            <Icon name="crit" />
            {error}
          </p>
        ) : help === undefined ? null : (
          <p class="help">{help}</p>
        )}
      </div>
    </fieldset>
  )
}

interface OneProps {
  readonly type: 'radio' | 'checkbox'
  readonly name: string
  readonly checked: boolean
  readonly label: string
  readonly wrong: boolean
  readonly onChange: (checked: boolean) => void
}

/** Pressed again, a chosen one of a field that need not be answered is taken back. */
export const One = ({ type, name, checked, label, wrong, onChange }: OneProps) => (
  <label class="pickone">
    <input type={type} name={name} checked={checked} aria-invalid={wrong || undefined} onChange={event => onChange(event.currentTarget.checked)} />
    <span>{label}</span>
  </label>
)

const MOST_BUTTONS = 6

const useValue = (path: string): Answer | undefined => {
  const desk = useForm()
  return useDerived(() => answerAt(desk.answers.value, path), [path]).value
}

export function Choice(props: ChoiceProps) {
  const { field, path, error } = props
  const desk = useForm()
  const value = useValue(path)
  const words = t.value.requests.form
  const [open, setOpen] = useState(false)
  const options = field.options ?? []
  const known = options.some(one => one.value === value)
  const written = typeof value === 'string' && !known ? value : ''
  const other = field.other && (open || written !== '')
  const pick = (key: string): void => {
    setOpen(false)
    desk.set(path, key === '' ? undefined : key)
  }
  const write = (
    <input
      class="input otherinput"
      aria-label={`${props.label}: ${words.other}`}
      placeholder={words.otherHint}
      value={written}
      onInput={event => desk.set(path, event.currentTarget.value)}
    />
  )
  if (options.length > MOST_BUTTONS) {
    return (
      <Field {...props}>
        {ids => (
          <>
            <select
              {...ids}
              class="input"
              value={other ? ' other' : typeof value === 'string' ? value : ''}
              onChange={event => {
                const key = event.currentTarget.value
                if (key !== ' other') return pick(key)
                setOpen(true)
                desk.set(path, undefined)
              }}
            >
              <option value="">{t.value.people.field.choose}</option>
              {options.map(one => (
                <option key={one.value} value={one.value}>
                  {text(one.label)}
                </option>
              ))}
              {field.other ? <option value=" other">{words.other}</option> : null}
            </select>
            {other ? write : null}
          </>
        )}
      </Field>
    )
  }
  return (
    <Together {...props}>
      <div class="picks-in-row">
        {options.map(one => (
          <One
            key={one.value}
            type="radio"
            name={path}
            wrong={error !== undefined}
            checked={!other && value === one.value}
            label={text(one.label)}
            onChange={() => pick(one.value)}
          />
        ))}
        {field.other ? (
          <One
            type="radio"
            name={path}
            wrong={error !== undefined}
            checked={other}
            label={words.other}
            onChange={() => {
              setOpen(true)
              desk.set(path, undefined)
            }}
          />
        ) : null}
        {!field.required && (known || other) ? (
          <button type="button" class="textbtn small" onClick={() => pick('')}>
            {t.value.people.register.clear}
          </button>
        ) : null}
      </div>
      {other ? write : null}
    </Together>
  )
}

export function Choices(props: ChoiceProps) {
  const { field, path, error } = props
  const desk = useForm()
  const value = useValue(path)
  const words = t.value.requests.form
  const [open, setOpen] = useState(false)
  const options = field.options ?? []
  const chosen = (Array.isArray(value) ? (value as readonly Answer[]) : []).filter((one): one is string => typeof one === 'string')
  const known = chosen.filter(one => options.some(option => option.value === one))
  const written = chosen.find(one => !known.includes(one)) ?? ''
  const other = field.other && (open || written !== '')
  const put = (keys: readonly string[], own: string): void => desk.set(path, own === '' ? keys : [...keys, own])
  return (
    <Together {...props}>
      <div class="picks-in-row">
        {options.map(one => (
          <One
            key={one.value}
            type="checkbox"
            name={path}
            wrong={error !== undefined}
            checked={known.includes(one.value)}
            label={text(one.label)}
            onChange={on => put(on ? [...known, one.value] : known.filter(key => key !== one.value), written)}
          />
        ))}
        {field.other ? (
          <One
            type="checkbox"
            name={path}
            wrong={error !== undefined}
            checked={other}
            label={words.other}
            onChange={on => {
              setOpen(on)
              if (!on) put(known, '')
            }}
          />
        ) : null}
      </div>
      {other ? (
        <input
          class="input otherinput"
          aria-label={`${props.label}: ${words.other}`}
          placeholder={words.otherHint}
          value={written}
          onInput={event => put(known, event.currentTarget.value)}
        />
      ) : null}
    </Together>
  )
}

export function Flag(props: ChoiceProps) {
  const { field, path, error } = props
  const desk = useForm()
  const value = useValue(path)
  const words = t.value.tickets.ticket
  const [yes, no] = field.type === 'present' ? [words.present, words.absent] : [words.yes, words.no]
  return (
    <Together {...props}>
      <div class="picks-in-row">
        <One type="radio" name={path} wrong={error !== undefined} checked={value === true} label={yes} onChange={() => desk.set(path, true)} />
        <One type="radio" name={path} wrong={error !== undefined} checked={value === false} label={no} onChange={() => desk.set(path, false)} />
        {!field.required && typeof value === 'boolean' ? (
          <button type="button" class="textbtn small" onClick={() => desk.set(path, undefined)}>
            {t.value.people.register.clear}
          </button>
        ) : null}
      </div>
    </Together>
  )
}
