// The form of a row in a register: everything wrong is shown at once, at its field; the answer of the daemon stands in the list.
import { useRef, useState } from 'preact/hooks'
import type { Responsible } from '../../../daemon/domain/people.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { AreaField, Button, ErrorBox, SelectField, TextField, toast } from '../../parts/index.ts'
import { Sure } from '../../parts/sure.tsx'
import { t } from '../../words/index.ts'
import { zone } from '../../words/say.ts'
import { dayOf, instantOf } from './days.ts'
import { bodyOf, type Draft, type FieldSpec, type Member, mistakesOf, type ResponsibleTyped, type Typed } from './fields.ts'
import { Members } from './members.tsx'
import { Picker } from './picker.tsx'
import { ResponsibleRows } from './responsible.tsx'
import type { Row, Spec } from './specs.tsx'

interface EditProps<T extends Row> {
  readonly spec: Spec<T>
  /** null: a new one. */
  readonly row: T | null
  /** What a new one begins with. */
  readonly begin?: Draft
  readonly readOnly: boolean
  readonly onSaved: (row: T) => void
  readonly onRemoved: (id: number) => void
  readonly onClose: () => void
}

const typedOf = (spec: FieldSpec, value: unknown): Typed => {
  if (spec.kind === 'words') return Array.isArray(value) ? value.join(', ') : ''
  if (spec.kind === 'from' || spec.kind === 'until') return dayOf(typeof value === 'number' ? value : null, zone.peek())
  if (spec.kind === 'members') return Array.isArray(value) ? (value as Typed) : []
  if (spec.kind === 'responsible')
    return (Array.isArray(value) ? (value as readonly Responsible[]) : []).map(one => ({
      ...one,
      from: dayOf(one.from, zone.peek()),
      until: dayOf(one.until, zone.peek()),
    }))
  if (spec.kind === 'choice') return typeof value === 'string' ? value : spec.usual
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

export function Edit<T extends Row>({ spec, row, begin = {}, readOnly, onSaved, onRemoved, onClose }: EditProps<T>) {
  const { register, field } = t.value.people
  const given = (row ?? {}) as Readonly<Record<string, unknown>>
  const [draft, setDraft] = useState<Draft>(() =>
    Object.fromEntries(spec.fields.map(one => [one.key, begin[one.key] ?? typedOf(one, given[one.key])])),
  )
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const mistakes = tried ? mistakesOf(spec.fields, draft, field.required) : {}
  const refused = Object.fromEntries((problem?.errors ?? []).map(one => [one.field.split('.')[0] ?? '', one.reason]))
  const put = (key: string, value: Typed): void => setDraft(was => ({ ...was, [key]: value }))

  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (busy) return
    if (Object.keys(mistakesOf(spec.fields, draft, field.required)).length > 0) {
      // After the mistakes have been drawn.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    setBusy(true)
    const body = bodyOf(spec.fields, draft, (day, end) => instantOf(day, zone.peek(), end))
    const path = `/api/v1/${spec.path}`
    const answer = row === null ? await api.post<T>(path, body) : await api.put<T>(`${path}/${row.id}`, body)
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    const saved = { ...given, ...body, ...answer.value } as unknown as T
    spec.learn?.(saved)
    toast('done', register.saved, spec.nameOf(saved))
    onSaved(saved)
  }
  const known = new Set(spec.fields.map(one => one.key))
  const elsewhere = problem !== null && (problem.errors ?? []).every(one => !known.has(one.field.split('.')[0] ?? ''))
  return (
    <form ref={form} class="editform" onSubmit={event => void save(event)} noValidate>
      {row === null || spec.page === undefined ? null : (
        <p>
          <a href={spec.page(row).href}>{spec.page(row).label}</a>
        </p>
      )}
      {problem !== null && (elsewhere || problem.errors === undefined) ? <ErrorBox problem={problem} /> : null}
      <fieldset disabled={readOnly} class="bareset">
        {spec.fields.map(one =>
          one.when?.(draft) === false ? null : (
            <OneField
              key={one.key}
              spec={one}
              value={draft[one.key] ?? null}
              error={mistakes[one.key] ?? refused[one.key]}
              put={value => put(one.key, value)}
            />
          ),
        )}
      </fieldset>
      {readOnly ? null : (
        <footer class="editfoot">
          {row === null ? null : (
            <Button kind="danger" onClick={() => setLeaving(true)}>
              {register.remove}
            </Button>
          )}
          <span class="grow" />
          <Button kind="ghost" onClick={onClose}>
            {t.value.shell.cancel}
          </Button>
          <Button kind="primary" type="submit" disabled={busy}>
            {t.value.shell.save}
          </Button>
        </footer>
      )}
      {leaving && row !== null ? (
        <Sure
          title={register.removeTitle(spec.nameOf(row))}
          body={register.removeBody}
          act={register.remove}
          send={() => api.delete(`/api/v1/${spec.path}/${row.id}`)}
          onClose={() => setLeaving(false)}
          onDone={() => {
            toast('done', register.removed, spec.nameOf(row))
            onRemoved(row.id)
          }}
        />
      ) : null}
    </form>
  )
}

interface OneProps {
  readonly spec: FieldSpec
  readonly value: Typed
  readonly error: string | undefined
  readonly put: (value: Typed) => void
}

function OneField({ spec, value, error, put }: OneProps) {
  const text = typeof value === 'string' ? value : ''
  const common = { label: spec.label, help: spec.help, error, optional: spec.optional === true }
  if (spec.kind === 'area') return <AreaField {...common} value={text} onInput={put} />
  if (spec.kind === 'choice') return <SelectField {...common} value={text} options={spec.options} onChange={put} />
  if (spec.kind === 'person' || spec.kind === 'organisation')
    return <Picker {...common} of={spec.kind} value={typeof value === 'number' ? value : null} onPick={put} />
  if (spec.kind === 'from' || spec.kind === 'until') return <TextField {...common} class="half" type="date" value={text} onInput={put} />
  if (spec.kind === 'members') return <Members label={spec.label} value={Array.isArray(value) ? (value as readonly Member[]) : []} onChange={put} />
  if (spec.kind === 'responsible')
    return (
      <ResponsibleRows label={spec.label} value={Array.isArray(value) ? (value as readonly ResponsibleTyped[]) : []} error={error} onChange={put} />
    )
  const limit = 'max' in spec && spec.max !== undefined ? { maxLength: spec.max } : {}
  return <TextField {...common} {...limit} value={text} onInput={put} type={spec.kind === 'text' ? (spec.type ?? 'text') : 'text'} />
}
