// Which application a request is about: chosen among those of the organisation by typing, or written down as a new one where the form allows.
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { ApplicationChoice, Contact } from '../../../daemon/domain/application-view.ts'
import type { Answer, Answers, LeafField } from '../../../daemon/domain/form.ts'
import { isApplication, sameName } from '../../../daemon/domain/form-application.ts'
import { RESPONSIBLE_AS } from '../../../daemon/domain/people.ts'
import { useDerived } from '../../live/derived.ts'
import { lang, t } from '../../words/index.ts'
import { Field } from '../field.tsx'
import { toast } from '../overlay.tsx'
import { answerAt, isAnswered, textOf } from './answers.ts'
import { type FormDesk, useForm } from './context.ts'

interface ChooserProps {
  readonly field: LeafField
  readonly path: string
  readonly label: string
  readonly help?: ComponentChildren
  readonly error: string | undefined
  readonly optional: boolean
}

/** What is typed as an answer: one of the register under its number, however it is spelt; anything else as it is. */
function chosenBy(text: string, choices: readonly ApplicationChoice[]): Answer {
  const found = choices.find(({ name }) => sameName(name) === sameName(text))
  return found === undefined ? text : { id: found.id, name: found.name }
}

/** Of whom the register knows; what the form asks of them and nobody has answered. */
function known(contact: Contact | null, group: Answer | undefined): Answers | null {
  if (contact === null || isAnswered(group)) return null
  return Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== ''))
}

/** Takes those who answer for the application into the groups of the form that ask for them, where they are still empty. */
function fillResponsible(desk: FormDesk, groups: ReadonlySet<string>, chosen: ApplicationChoice): boolean {
  const filled = RESPONSIBLE_AS.filter(as => {
    const members = groups.has(as) ? known(chosen[as], answerAt(desk.answers.peek(), as)) : null
    if (members !== null) desk.set(as, members)
    return members !== null
  })
  return filled.length > 0
}

export function ApplicationChooser({ field, path, error, help, ...shared }: ChooserProps) {
  const desk = useForm()
  const list = useId()
  const words = t.value.applications.answered
  const value = useDerived(() => answerAt(desk.answers.value, path), [path])
  const all = desk.applications.value
  const choices = all === null || all === 'failed' ? [] : all
  const given = value.value
  const name = textOf(given, lang.value)
  const hint = field.creates === true ? words.hintFresh : field.other ? words.hintOther : words.hint
  const told = (): string => {
    if (all === 'failed') return words.failed
    if (name === '' || all === null) return hint
    return isApplication(given) ? words.registered : field.creates === true ? words.fresh : words.other
  }
  return (
    <Field {...shared} error={error} help={help ?? told()}>
      {ids => (
        <>
          <input
            {...ids}
            class="input"
            list={list}
            name={path}
            value={name}
            autocomplete="off"
            aria-required={field.required}
            onInput={event => {
              const answer = chosenBy(event.currentTarget.value, choices)
              desk.set(path, answer)
              const chosen = isApplication(answer) ? choices.find(({ id }) => id === answer.id) : undefined
              if (chosen !== undefined && fillResponsible(desk, desk.groups, chosen)) toast('done', words.filled, chosen.name)
            }}
          />
          <datalist id={list}>
            {choices.map(one => (
              <option key={one.id} value={one.name} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}
