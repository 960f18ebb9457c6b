// A text of a ticket: kept in this browser until it is sent, with the desk's templates at hand.
import { useEffect, useRef, useState } from 'preact/hooks'
import { api } from '../../../api.ts'
import { Field } from '../../../parts/field.tsx'
import { may } from '../../../signin/session.ts'
import { t } from '../../../words/index.ts'

interface Template {
  readonly id: number
  readonly name: string
  readonly text: string
}

interface TextAreaProps {
  readonly label: string
  readonly value: string
  readonly onInput: (text: string) => void
  readonly help?: string | undefined
  readonly error?: string | undefined
  readonly rows?: number
  readonly placeholder?: string
  readonly optional?: boolean
  /** Officers put ready texts in. */
  readonly templates?: boolean
  readonly focus?: boolean
}

export function TextArea(props: TextAreaProps) {
  const { label, value, onInput, help, error, rows = 3, placeholder, optional = false, templates = false, focus = false } = props
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (focus) field.current?.focus()
  }, [focus])
  return (
    <>
      <Field label={label} help={help} error={error} optional={optional}>
        {ids => (
          <textarea
            {...ids}
            ref={field}
            class="input area"
            rows={rows}
            maxLength={4000}
            value={value}
            placeholder={placeholder}
            onInput={event => onInput(event.currentTarget.value)}
          />
        )}
      </Field>
      {templates && may('ticket.work') ? <Templates onPick={text => onInput(value.trim() === '' ? text : `${value.trimEnd()}\n${text}`)} /> : null}
    </>
  )
}

/** Asked once for the life of the page: they change seldom. */
let known: Promise<readonly Template[]> | null = null
const templatesOf = (): Promise<readonly Template[]> => {
  known ??= api.get<{ readonly items: readonly Template[] }>('/api/v1/templates').then(answer => {
    if (answer.ok) return answer.value.items
    known = null
    return []
  })
  return known
}

function Templates({ onPick }: { readonly onPick: (text: string) => void }) {
  const words = t.value.tickets.form
  const [items, setItems] = useState<readonly Template[]>([])
  useEffect(() => {
    let gone = false
    void templatesOf().then(is => {
      if (!gone) setItems(is)
    })
    return () => {
      gone = true
    }
  }, [])
  if (items.length === 0) return null
  return (
    <select
      class="input templates"
      aria-label={words.template}
      value=""
      onChange={event => {
        const picked = items.find(one => String(one.id) === event.currentTarget.value)
        if (picked !== undefined) onPick(picked.text)
        event.currentTarget.value = ''
      }}
    >
      <option value="">{words.template}</option>
      {items.map(one => (
        <option key={one.id} value={String(one.id)}>
          {one.name}
        </option>
      ))}
    </select>
  )
}
