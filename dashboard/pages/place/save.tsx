// Before a draft is saved: what changes, entry by entry; then every mistake with a way to it, or what somebody else changed meanwhile.
import { useState } from 'preact/hooks'
import type { FieldError } from '../../../daemon/domain/outcome.ts'
import { editsBetween, entryOf, toldBetween } from '../../../daemon/domain/overlay.ts'
import type { PlaceChanged, PlaceView, Told } from '../../../daemon/domain/place.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Dialog, ErrorBox, Icon, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { begin, type Draft, over } from './draft.ts'
import type { Picked } from './moves.ts'

interface SaveProps {
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
  readonly onMistakes: (mistakes: readonly FieldError[]) => void
  readonly onPick: (picked: Picked) => void
  readonly onClose: () => void
}

/** Entries shown at once; an import by hand is longer. */
const MOST = 60

const said = (value: unknown): string =>
  value === undefined || value === '' ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** `racks.a1.5.units` is of `racks.a1.5` when there is such a rack. */
export function pickedOf(draft: Draft, field: string): Picked | null {
  const [kind = '', ...rest] = field.split('.')
  const known = toldBetween(draft.base, draft.now).filter(each => each.kind === kind)
  const all: readonly { readonly id: string }[] =
    kind === 'sites' ? [draft.now.site, ...draft.now.sites] : kind in draft.now ? ([Reflect.get(draft.now, kind)].flat() as { id: string }[]) : []
  const path = rest.join('.')
  const id = [...known, ...all]
    .map(each => each.id)
    .filter(each => `${path}.`.startsWith(`${each}.`))
    .sort((a, b) => b.length - a.length)[0]
  return id === undefined ? null : { kind: kind as Picked['kind'], id }
}

function Changed({ draft, told }: { readonly draft: Draft; readonly told: Told }) {
  const words = t.value.place
  const was = entryOf(draft.base, told.kind, told.id) as Readonly<Record<string, unknown>> | null
  const is = entryOf(draft.now, told.kind, told.id) as Readonly<Record<string, unknown>> | null
  const names: Readonly<Record<string, string>> = words.fields
  const fields =
    was === null || is === null
      ? []
      : [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(key => JSON.stringify(was[key]) !== JSON.stringify(is[key]))
  return (
    <li>
      <b>
        {words.kinds[told.kind]} {told.name}
      </b>{' '}
      <span class="dim">{words.what[told.what]}</span>
      {fields.map(key => (
        <div key={key} class="small mid">
          {words.save.field(names[key] ?? key, said(was?.[key]), said(is?.[key]))}
        </div>
      ))}
    </li>
  )
}

export function SaveDialog({ draft, onDraft, onMistakes, onPick, onClose }: SaveProps) {
  const words = t.value.place
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const told = toldBetween(draft.base, draft.now)
  const stale = problem?.status === 412
  const errors = problem?.errors ?? []
  const mine = new Set(told.map(({ kind, id }) => `${kind}.${id}`))

  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    const answer = await api.post<PlaceChanged>('/api/v1/place/changes', { edits: editsBetween(draft.base, draft.now) }, { seen: draft.revision })
    setBusy(false)
    if (!answer.ok) {
      setProblem(answer.problem)
      onMistakes(answer.problem.status === 400 ? (answer.problem.errors ?? []) : [])
      return
    }
    onMistakes([])
    onDraft(begin(draft.now, answer.value.revision))
    toast('done', words.save.saved, words.save.savedSub(answer.value.revision))
    onClose()
  }
  const rebase = async (): Promise<void> => {
    setBusy(true)
    const answer = await api.get<PlaceView>('/api/v1/place')
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    onDraft(over(draft, answer.value.layout, answer.value.revision))
    setProblem(null)
    toast('done', words.save.rebased, words.save.savedSub(answer.value.revision))
  }
  return (
    <Dialog title={words.save.title} onClose={onClose} class="savedialog">
      <form onSubmit={event => void save(event)}>
        <h2>{words.save.title}</h2>
        <div class="body">
          {stale ? (
            <section class="conflict" role="alert">
              <h3>{words.save.conflict}</h3>
              <p>{problem?.detail}</p>
              <ul>
                {errors.slice(0, MOST).map(one => (
                  <li key={one.field + one.reason}>
                    {one.reason} {mine.has(one.field) ? <b class="t-warn">{words.save.both}</b> : null}
                  </li>
                ))}
              </ul>
              <p class="mid">{words.save.conflictHint}</p>
            </section>
          ) : errors.length > 0 ? (
            <section class="mistakes" role="alert">
              <h3>{words.save.mistakes}</h3>
              <ul>
                {errors.map(one => {
                  const at = pickedOf(draft, one.field)
                  return (
                    <li key={one.field + one.reason}>
                      <Icon name="crit" class="crit" /> <span class="mono small">{one.field}</span> {one.reason}{' '}
                      {at === null ? null : (
                        <button
                          type="button"
                          class="textbtn small"
                          onClick={() => {
                            onPick(at)
                            onClose()
                          }}
                        >
                          {words.save.goTo}
                        </button>
                      )}
                    </li>
                  )
                })}
              </ul>
            </section>
          ) : problem === null ? (
            <p class="mid">{words.save.sub}</p>
          ) : (
            <ErrorBox problem={problem} />
          )}
          <ul class="difflist">
            {told.slice(0, MOST).map(one => (
              <Changed key={`${one.kind} ${one.id}`} draft={draft} told={one} />
            ))}
            {told.length > MOST ? <li class="dim">{words.save.more(told.length - MOST)}</li> : null}
          </ul>
        </div>
        <footer>
          <button type="button" class="btn ghost" onClick={onClose}>
            {t.value.shell.cancel}
          </button>
          {stale ? (
            <button type="button" class="btn primary" disabled={busy} onClick={() => void rebase()}>
              {words.save.rebase}
            </button>
          ) : (
            <button type="submit" class="btn primary" disabled={busy || told.length === 0}>
              {words.save.save}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  )
}
