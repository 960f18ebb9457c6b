// Fields that belong together; of a list (devices, visitors) as many rows as are needed, each to be doubled or taken back without losing it.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Answers, Field, GroupField } from '../../../daemon/domain/form.ts'
import { useDerived } from '../../live/derived.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { Icon } from '../icons.tsx'
import { answerAt, isAnswered, isMembers, rowsAt } from './answers.ts'
import { useForm } from './context.ts'
import { Leaf } from './leaf.tsx'
import { isRowFilled, isShown, rowsShown, scopeOf } from './model.ts'

/** The fields of a section, in the order of the form. */
export function Fields({ fields }: { readonly fields: readonly Field[] }) {
  return (
    <div class="leaves">
      {fields.map(field =>
        field.type === 'group' ? <Group key={field.key} field={field} /> : <Leaf key={field.key} field={field} path={field.key} />,
      )}
    </div>
  )
}

function Group({ field }: { readonly field: GroupField }) {
  if (field.repeat !== undefined) return <Rows field={field} />
  return (
    <fieldset class="groupbox wide" data-path={field.key}>
      <legend>
        {text(field.label)}
        {field.required ? null : <span class="dim small"> {t.value.people.field.optional}</span>}
      </legend>
      {field.help === undefined ? null : <p class="help">{text(field.help)}</p>}
      <SameAsApplicant field={field} />
      <Inside field={field} path={field.key} />
    </fieldset>
  )
}

/** One who answers for it is often the one who asks: then nobody types the same lines twice. */
function SameAsApplicant({ field }: { readonly field: GroupField }) {
  const desk = useForm()
  const keys = field.fields.filter(leaf => leaf.filledBy === 'requester' && desk.applicant.has(leaf.key)).map(leaf => leaf.key)
  const empty = useDerived(() => keys.every(key => !isAnswered(answerAt(desk.answers.value, `${field.key}.${key}`))), [field.key])
  if (keys.length < 2 || !empty.value) return null
  return (
    <button
      type="button"
      class="textbtn small sameas"
      onClick={() => {
        for (const key of keys) desk.set(`${field.key}.${key}`, answerAt(desk.answers.peek(), key))
      }}
    >
      {t.value.requests.form.sameAsApplicant}
    </button>
  )
}

/** The leaves of one group that are shown by what was answered in it and in the form. */
function Inside({ field, path }: { readonly field: GroupField; readonly path: string }) {
  const desk = useForm()
  const shown = useDerived(() => {
    const own = answerAt(desk.clean.value, path)
    const scopes = [scopeOf(isMembers(own) ? own : {}), scopeOf(desk.clean.value)]
    return field.fields
      .filter(leaf => isShown(leaf, { side: desk.side, products: desk.products.value, scopes }))
      .map(leaf => leaf.key)
      .join()
  }, [path])
  const keys = new Set(shown.value.split(','))
  return (
    <div class="leaves">
      {field.fields
        .filter(leaf => keys.has(leaf.key))
        .map(leaf => (
          <Leaf key={leaf.key} field={leaf} path={`${path}.${leaf.key}`} />
        ))}
    </div>
  )
}

interface Taken {
  readonly at: number
  readonly row: Answers
}

function Rows({ field }: { readonly field: GroupField }) {
  const desk = useForm()
  const words = t.value.requests.form
  const box = useRef<HTMLDivElement>(null)
  const [taken, setTaken] = useState<Taken | null>(null)
  const [fresh, setFresh] = useState<number | null>(null)
  const count = useDerived(() => rowsShown(field, rowsAt(desk.answers.value, field.key)).length, [field.key])
  const wrong = useDerived(
    () => (desk.tried.value || desk.left.value.has(field.key) ? (desk.mistakes.value.find(one => one.path === field.key)?.reason ?? null) : null),
    [field.key],
  )
  const most = field.repeat?.max ?? 1
  const name = text(field.label)
  const rows = (): readonly Answers[] => rowsShown(field, rowsAt(desk.answers.peek(), field.key))
  const put = (next: readonly Answers[]): void => desk.set(field.key, next.length === 0 ? undefined : next)
  // A new row is where one goes on writing.
  useEffect(() => {
    if (fresh === null) return
    box.current?.querySelectorAll(':scope > .rowbox')[fresh]?.querySelector<HTMLElement>('input, select, textarea')?.focus()
    setFresh(null)
  }, [fresh])
  const add = (at: number, row: Answers): void => {
    setTaken(null)
    put(rows().toSpliced(at, 0, row))
    setFresh(at)
  }
  return (
    <div class="rowsbox wide" data-path={field.key} ref={box}>
      {field.help === undefined ? null : <p class="help">{text(field.help)}</p>}
      {Array.from({ length: count.value }, (_, i) => (
        <fieldset class="groupbox rowbox" key={i}>
          <legend>{words.nth(name, i + 1)}</legend>
          <Inside field={field} path={`${field.key}.${i}`} />
          <div class="rowactions">
            {count.value < most ? (
              <button type="button" class="textbtn small" onClick={() => add(i + 1, { ...(rows()[i] ?? {}) })}>
                {words.copyRow}
                <span class="sr"> {words.nth(name, i + 1)}</span>
              </button>
            ) : null}
            {count.value > 1 || !field.required ? (
              <button
                type="button"
                class="textbtn small"
                onClick={() => {
                  const row = rows()[i] ?? {}
                  setTaken(isRowFilled(row) ? { at: i, row } : null)
                  put(rows().toSpliced(i, 1))
                }}
              >
                {words.removeRow}
                <span class="sr"> {words.nth(name, i + 1)}</span>
              </button>
            ) : null}
          </div>
        </fieldset>
      ))}
      {taken === null ? null : (
        <p class="undo" role="status">
          {words.rowRemoved(words.nth(name, taken.at + 1))}{' '}
          <button type="button" class="textbtn" onClick={() => add(taken.at, taken.row)}>
            {words.undo}
          </button>
        </p>
      )}
      {wrong.value ? (
        <p class="err">
          <Icon name="crit" />
          {text(wrong.value)}
        </p>
      ) : null}
      {count.value < most ? (
        <button type="button" class="btn" onClick={() => add(count.value, {})}>
          <Icon name="plus" />
          {words.addRow(name.toLowerCase())}
        </button>
      ) : (
        <p class="help">{words.mostRows(most)}</p>
      )}
    </div>
  )
}
