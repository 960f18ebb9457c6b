// A room or racks of the site: chosen among those that may be asked for; other racks, and equipment, are written down.
import { useState } from 'preact/hooks'
import type { Answer } from '../../../daemon/domain/form.ts'
import { sameName } from '../../../daemon/domain/form-application.ts'
import { namesOf } from '../../../daemon/domain/form-place.ts'
import { useDerived } from '../../live/derived.ts'
import { lang, t } from '../../words/index.ts'
import { Field } from '../field.tsx'
import { answerAt, textOf } from './answers.ts'
import { type ChoiceProps, One, Together } from './choice.tsx'
import { useForm } from './context.ts'

/** More are added one by one from a list. */
const MOST_TICKS = 12

function useNames({ field }: ChoiceProps): readonly string[] | null {
  const desk = useForm()
  const { within } = field
  return useDerived(() => {
    const places = desk.places.value
    if (places === null || places === 'failed') return null
    return namesOf(places, field, within === undefined ? undefined : answerAt(desk.answers.value, within))
  }, [field]).value
}

export function PlaceChooser(props: ChoiceProps) {
  return props.field.many ? <Several {...props} /> : <Single {...props} />
}

function Single(props: ChoiceProps) {
  const { field, path } = props
  const desk = useForm()
  const names = useNames(props)
  const value = useDerived(() => textOf(answerAt(desk.answers.value, path), lang.value), [path])
  const known = names?.find(name => sameName(name) === sameName(value.value))
  const common = { name: path, 'aria-required': field.required }
  return (
    <Field {...props}>
      {ids =>
        names === null || names.length === 0 ? (
          <input
            {...ids}
            {...common}
            class="input"
            autocomplete="off"
            value={value.value}
            onInput={event => desk.set(path, event.currentTarget.value)}
          />
        ) : (
          <select
            {...ids}
            {...common}
            class="input"
            value={known ?? value.value}
            onChange={event => desk.set(path, event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
          >
            <option value="">{t.value.people.field.choose}</option>
            {names.map(name => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
            {/* What was written before, and is no room here: shown until another is chosen. */}
            {known === undefined && value.value !== '' ? <option value={value.value}>{value.value}</option> : null}
          </select>
        )
      }
    </Field>
  )
}

function Several(props: ChoiceProps) {
  const { path, error } = props
  const desk = useForm()
  const words = t.value.requests.form
  const names = useNames(props) ?? []
  const given = useDerived(() => {
    const value = answerAt(desk.answers.value, path)
    return (Array.isArray(value) ? (value as readonly Answer[]) : [value]).filter((one): one is string => typeof one === 'string')
  }, [path])
  const isKnown = (one: string): boolean => names.some(name => sameName(name) === sameName(one))
  const chosen = names.filter(name => given.value.some(one => sameName(one) === sameName(name)))
  const written = given.value.filter(one => !isKnown(one))
  // As typed: an empty last line is one that is about to be written.
  const [text, setText] = useState(written.join('\n'))
  const put = (ticked: readonly string[], own: string): void => {
    const lines = own.split('\n').filter(line => line.trim() !== '')
    desk.set(path, ticked.length + lines.length === 0 ? undefined : [...ticked, ...lines])
  }
  const ticks = names.length > MOST_TICKS ? chosen : names
  const rest = names.length > MOST_TICKS ? names.filter(name => !chosen.includes(name)) : []
  return (
    <Together {...props}>
      {ticks.length === 0 ? null : (
        <div class="picks-in-row">
          {ticks.map(name => (
            <One
              key={name}
              type="checkbox"
              name={path}
              wrong={error !== undefined}
              checked={chosen.includes(name)}
              label={name}
              onChange={on => put(on ? [...chosen, name] : chosen.filter(one => one !== name), text)}
            />
          ))}
        </div>
      )}
      {rest.length === 0 ? null : (
        <select
          class="input addplace"
          aria-label={words.addPlace(props.label)}
          value=""
          onChange={event => {
            if (event.currentTarget.value !== '') put([...chosen, event.currentTarget.value], text)
            event.currentTarget.value = ''
          }}
        >
          <option value="">{words.choosePlace}</option>
          {rest.map(name => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
      <textarea
        class="input area"
        rows={2}
        name={path}
        aria-label={`${props.label}: ${words.other}`}
        placeholder={words.otherPlaces}
        value={text}
        onInput={event => {
          setText(event.currentTarget.value)
          put(chosen, event.currentTarget.value)
        }}
      />
    </Together>
  )
}
