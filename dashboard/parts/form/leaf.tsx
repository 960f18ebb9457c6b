// One field of a form: its name, help, control and what is wrong with it, told when one has left it.
import type { ComponentChildren } from 'preact'
import type { LeafField } from '../../../daemon/domain/form.ts'
import { useDerived } from '../../live/derived.ts'
import { lang, t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { Field } from '../field.tsx'
import { answerAt, textOf } from './answers.ts'
import { ApplicationChooser } from './application.tsx'
import { Choice, Choices, Flag } from './choice.tsx'
import { type FormDesk, useForm } from './context.ts'
import { Files } from './files.tsx'
import { mistakesAt } from './model.ts'
import { PlaceChooser } from './place.tsx'
import { Terms } from './terms.tsx'

interface LeafProps {
  readonly field: LeafField
  readonly path: string
}

/** These take the whole width. */
const WIDE: ReadonlySet<LeafField['type']> = new Set(['paragraph', 'choices', 'files', 'sshkey', 'terms'])
const isWide = (field: LeafField): boolean => WIDE.has(field.type) || field.many || (field.type === 'choice' && (field.options?.length ?? 0) > 3)

export function Leaf({ field, path }: LeafProps) {
  const desk = useForm()
  return (
    <div
      class={`leaf ${isWide(field) ? 'wide' : ''}`}
      data-path={path}
      onFocusOut={event => {
        if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return
        desk.leave(path)
      }}
    >
      <Control field={field} path={path} />
    </div>
  )
}

function Control(props: LeafProps) {
  switch (props.field.type) {
    case 'choice':
      return <Choice {...props} {...useShared(props)} />
    case 'choices':
      return <Choices {...props} {...useShared(props)} />
    case 'yesno':
    case 'present':
      return <Flag {...props} {...useShared(props)} />
    case 'application':
      return <ApplicationChooser {...props} {...useShared(props)} />
    case 'place':
      return <PlaceChooser {...props} {...useShared(props)} />
    case 'terms':
      return <Terms {...props} {...useShared(props)} />
    case 'files':
      return <Files {...props} {...useShared(props)} />
    default:
      return <Typed {...props} />
  }
}

interface Shared {
  readonly label: string
  readonly help?: ComponentChildren
  readonly error: string | undefined
  readonly optional: boolean
}

/** What is to be told of a field now; only after one has been there. */
function told(desk: FormDesk, { field, path }: LeafProps): string | undefined {
  if (!desk.tried.value && !desk.left.value.has(path)) return undefined
  const found = mistakesAt(desk.mistakes.value, field, path)
  return found.length === 0 ? undefined : found.map(one => text(one.reason)).join('. ')
}

function useShared(props: LeafProps): Shared {
  const desk = useForm()
  const { field, path } = props
  const error = useDerived(() => told(desk, props), [field, path])
  const own = field.row === undefined ? text(field.label) : `${text(field.row)} (${text(field.label)})`
  const label = field.filledBy === 'officer' ? `${own} *` : own
  const help = field.help === undefined ? (field.many ? t.value.requests.form.oneALine : undefined) : text(field.help)
  return { label, error: error.value, optional: !field.required, ...(help === undefined ? {} : { help }) }
}

interface Kind {
  readonly type?: 'text' | 'email' | 'tel' | 'date' | 'time' | 'datetime-local'
  readonly inputMode?: 'numeric' | 'decimal' | 'url' | 'email' | 'tel'
  /** Names and sentences are written as language, keys and addresses are not. */
  readonly code?: boolean
}

const KINDS: Partial<Readonly<Record<LeafField['type'], Kind>>> = {
  number: { inputMode: 'decimal' },
  integer: { inputMode: 'numeric' },
  nip: { inputMode: 'numeric' },
  date: { type: 'date' },
  time: { type: 'time' },
  datetime: { type: 'datetime-local' },
  email: { type: 'email', inputMode: 'email', code: true },
  phone: { type: 'tel', inputMode: 'tel' },
  ip: { code: true },
  domain: { inputMode: 'url', code: true },
  sshkey: { code: true },
}

/** Browsers know these of their owner. */
const KNOWN: Partial<Readonly<Record<NonNullable<LeafField['from']>, string>>> = { name: 'name', email: 'email', mobile: 'tel' }

function Typed(props: LeafProps) {
  const { field, path } = props
  const desk = useForm()
  const shown = useDerived(() => textOf(answerAt(desk.answers.value, path), lang.value), [path])
  const shared = useShared(props)
  const { type = 'text', inputMode, code = false } = KINDS[field.type] ?? {}
  const common = {
    class: `input ${code ? 'code' : ''}`,
    value: shown.value,
    name: path,
    spellcheck: !code && field.type === 'paragraph',
    ...(code ? { autocapitalize: 'off' as const } : {}),
    'aria-required': field.required,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => desk.set(path, event.currentTarget.value),
  }
  if (field.type === 'paragraph' || field.type === 'sshkey' || field.many) {
    return (
      <Field {...shared}>
        {ids => <textarea {...ids} {...common} class={`${common.class} area`} rows={field.many ? 3 : 4} autocomplete="off" />}
      </Field>
    )
  }
  return (
    <Field {...shared}>
      {ids => (
        <div class="unitbox">
          <input
            {...ids}
            {...common}
            type={type as 'text'}
            inputMode={inputMode}
            autocomplete={field.from === undefined ? 'off' : (KNOWN[field.from] ?? 'off')}
          />
          {field.unit === undefined ? null : <span class="suffix">{field.unit}</span>}
        </div>
      )}
    </Field>
  )
}
