// A text of a ticket: kept in this browser until it is sent, with the desk's templates at hand.
import { useEffect, useRef, useState } from 'preact/hooks'
import { api } from '../../../api.ts'
import { Field, TextField } from '../../../parts/field.tsx'
import { BusyButton, Dialog, toast } from '../../../parts/index.ts'
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
      {templates && may('ticket.work') ? (
        <Templates text={value} onPick={text => onInput(value.trim() === '' ? text : `${value.trimEnd()}\n${text}`)} />
      ) : null}
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

interface TemplatesProps {
  /** What stands in the field now. */
  readonly text: string
  readonly onPick: (text: string) => void
}

function Templates({ text, onPick }: TemplatesProps) {
  const words = t.value.tickets.form
  const [items, setItems] = useState<readonly Template[]>([])
  const [naming, setNaming] = useState(false)
  useEffect(() => {
    let gone = false
    void templatesOf().then(is => {
      if (!gone) setItems(is)
    })
    return () => {
      gone = true
    }
  }, [])
  const worth = text.trim().length >= 20 && !items.some(one => one.text === text.trim())
  return (
    <div class="templates row">
      {items.length === 0 ? null : (
        <select
          class="input"
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
      )}
      {worth ? (
        <button type="button" class="textbtn small" onClick={() => setNaming(true)}>
          {words.saveTemplate}
        </button>
      ) : null}
      {naming ? (
        <NameTemplate
          text={text.trim()}
          onClose={() => setNaming(false)}
          onSaved={saved => {
            known = Promise.resolve([...items, saved])
            setItems([...items, saved])
          }}
        />
      ) : null}
    </div>
  )
}

interface NameProps {
  readonly text: string
  readonly onClose: () => void
  readonly onSaved: (template: Template) => void
}

function NameTemplate({ text, onClose, onSaved }: NameProps) {
  const words = t.value.tickets.form
  const [name, setName] = useState('')
  const title = words.saveTemplate.replace('…', '')
  const save = async (): Promise<void> => {
    const answer = await api.post<Template>('/api/v1/templates', { name: name.trim(), text })
    if (!answer.ok) return toast('failed', answer.problem.title, answer.problem.detail)
    onSaved(answer.value)
    onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <h2>{title}</h2>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keeps a key of the field from the form around the dialog */}
      <div
        class="body"
        onKeyDown={event => {
          if (event.key !== 'Enter') return
          // The dialog stands inside the form of an action: Enter must not send that.
          event.preventDefault()
          event.stopPropagation()
          if (name.trim() !== '') void save()
        }}
      >
        <blockquote>{text}</blockquote>
        <TextField label={words.templateName} value={name} onInput={setName} maxLength={60} autofocus />
      </div>
      <footer>
        <button type="button" class="btn ghost" onClick={onClose}>
          {t.value.shell.cancel}
        </button>
        <BusyButton kind="primary" disabled={name.trim() === ''} onClick={save}>
          {t.value.shell.save}
        </BusyButton>
      </footer>
    </Dialog>
  )
}
