// Fields of small forms: a name above, help or what is wrong below, tied together for those who do not see them.
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { t } from '../words/index.ts'
import { Icon } from './icons.tsx'

interface FieldProps {
  readonly label: string
  readonly help?: ComponentChildren
  readonly error?: string | undefined
  /** Said beside the name where the form asks mostly for what is needed. */
  readonly optional?: boolean
  readonly class?: string
}

interface FrameProps extends FieldProps {
  readonly children: (ids: { readonly id: string; readonly 'aria-describedby': string; readonly 'aria-invalid': boolean }) => ComponentChildren
}

/** Name, control, help and mistake of one field. */
export function Field({ label, help, error, optional = false, class: more = '', children }: FrameProps) {
  const id = useId()
  const wrong = error !== undefined && error !== ''
  return (
    <div class={`field ${wrong ? 'error' : ''} ${more}`}>
      <label for={id}>
        {label}
        {optional ? <span class="dim small"> {t.value.people.field.optional}</span> : null}
      </label>
      {children({ id, 'aria-describedby': `${id}-note`, 'aria-invalid': wrong })}
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
    </div>
  )
}

/** The types of markup tie roles to each type of field; one that is only known when drawn fits none of them. */
const typed = (type: string) => ({ type }) as { type: 'text' }

/** The browser heeds `autofocus` once a page; dialogs and steps come later. */
function useFocus(wanted: boolean) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (wanted) field.current?.focus()
  }, [wanted])
  return field
}

export interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly onInput: (value: string) => void
  readonly type?: 'text' | 'email' | 'tel' | 'date' | 'datetime-local' | 'month' | 'number'
  readonly name?: string
  readonly autocomplete?: string
  readonly inputMode?: 'numeric' | 'text' | 'tel' | 'email'
  readonly maxLength?: number
  readonly placeholder?: string
  readonly autofocus?: boolean
  readonly readOnly?: boolean
  /** Of a `<datalist>`. */
  readonly list?: string
}

export function TextField(props: TextFieldProps) {
  const field = useFocus(props.autofocus === true)
  const { value, onInput, type = 'text', name, autocomplete, inputMode, maxLength, placeholder, readOnly = false, list } = props
  return (
    <Field {...props}>
      {ids => (
        <input
          {...ids}
          {...typed(type)}
          class="input"
          name={name}
          value={value}
          autocomplete={autocomplete ?? 'off'}
          inputMode={inputMode}
          maxLength={maxLength}
          placeholder={placeholder}
          ref={field}
          readOnly={readOnly}
          list={list}
          onInput={event => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

interface PasswordFieldProps extends Omit<TextFieldProps, 'type' | 'autocomplete'> {
  readonly autocomplete: 'current-password' | 'new-password'
}

/** A password that can be looked at while it is typed. */
export function PasswordField(props: PasswordFieldProps) {
  const [shown, show] = useState(false)
  const words = t.value.people.field
  const field = useFocus(props.autofocus === true)
  return (
    <Field {...props}>
      {ids => (
        <div class="withend">
          <input
            {...ids}
            {...typed(shown ? 'text' : 'password')}
            class="input"
            name={props.name}
            value={props.value}
            autocomplete={props.autocomplete}
            maxLength={200}
            spellcheck={false}
            autocapitalize="off"
            ref={field}
            onInput={event => props.onInput(event.currentTarget.value)}
          />
          <button type="button" class="textbtn small" aria-label={`${shown ? words.hide : words.show}: ${props.label}`} onClick={() => show(!shown)}>
            {shown ? words.hide : words.show}
          </button>
        </div>
      )}
    </Field>
  )
}

interface SelectFieldProps<Key extends string> extends FieldProps {
  readonly value: Key
  readonly options: readonly { readonly key: Key; readonly label: string }[]
  readonly onChange: (value: Key) => void
}

export function SelectField<Key extends string>(props: SelectFieldProps<Key>) {
  return (
    <Field {...props}>
      {ids => (
        <select {...ids} class="input" value={props.value} onChange={event => props.onChange(event.currentTarget.value as Key)}>
          {props.options.map(one => (
            <option key={one.key} value={one.key}>
              {one.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

export function AreaField(props: FieldProps & { readonly value: string; readonly onInput: (value: string) => void; readonly rows?: number }) {
  return (
    <Field {...props}>
      {ids => (
        <textarea
          {...ids}
          class="input area"
          rows={props.rows ?? 3}
          maxLength={2000}
          value={props.value}
          onInput={event => props.onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

interface CheckFieldProps {
  readonly label: ComponentChildren
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

export const CheckField = ({ label, checked, onChange }: CheckFieldProps) => (
  <label class="checkfield">
    <input type="checkbox" checked={checked} onChange={event => onChange(event.currentTarget.checked)} />
    <span>{label}</span>
  </label>
)
