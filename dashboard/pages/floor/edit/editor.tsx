// Editing the plan: draw and form side by side over one draft; saved whole after what changes was shown.
import { useState } from 'preact/hooks'
import type { FieldError } from '../../../../daemon/domain/outcome.ts'
import { editsBetween, entryOf } from '../../../../daemon/domain/overlay.ts'
import type { PlaceEntry, PlaceView } from '../../../../daemon/domain/place.ts'
import { PLACE_KINDS, type PlaceKind } from '../../../../daemon/domain/place-kinds.ts'
import { Button, Empty, ErrorBox, Panel, SelectField, Skeleton, toast } from '../../../parts/index.ts'
import { t } from '../../../words/index.ts'
import { type Draft, step } from '../../place/draft.ts'
import { type ChangeDraft, EditFrame } from '../../place/edit-frame.tsx'
import { EntryForm } from '../../place/entry-form.tsx'
import { contentsOf, isDrawn, moved, type Picked, put, removed, resized, roomOf, rotated, tileOf } from '../../place/moves.ts'
import { pickedOf } from '../../place/save.tsx'
import { useDraft } from '../../place/use-draft.ts'
import { ofSite } from '../site.ts'
import { ADDED, type Added, fresh } from './fresh.ts'
import { clashesOf, PlanShapes } from './shapes.tsx'

export function PlanEditor({ site, back }: { readonly site: string; readonly back: string }) {
  const [opened, change] = useDraft()
  if (opened.kind === 'waiting') return <Skeleton lines={10} />
  if (opened.kind === 'failed') return <ErrorBox problem={opened.problem} />
  return <Editor draft={opened.draft} view={opened.view} change={change} site={site} back={back} />
}

interface EditorProps {
  readonly draft: Draft
  readonly view: PlaceView
  readonly change: ChangeDraft
  readonly site: string
  readonly back: string
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

function Editor({ draft, view, change, site, back }: EditorProps) {
  const words = t.value.place
  const [picked, setPicked] = useState<Picked | null>(null)
  const [kind, setKind] = useState<Added>('racks')
  const [mistakes, setMistakes] = useState<readonly FieldError[]>([])
  const layout = draft.now
  const entry = picked === null ? null : entryOf(layout, picked.kind, picked.id)
  const wrong = new Set(mistakes.flatMap(({ field }) => pickedOf(draft, field) ?? []).map(each => `${each.kind} ${each.id}`))
  const shown = ofSite(layout, site)

  const drop = (what: Picked): void => {
    change(was => step(was, removed(was.now, what)))
    setPicked(null)
  }
  const onKey = (what: Picked, event: KeyboardEvent): void => {
    const arrow = ARROWS[event.key]
    if (arrow !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      const found = entryOf(layout, what.kind, what.id)
      const tile = tileOf(layout, found === null ? undefined : roomOf(found, what.kind))
      const [dx, dy] = [arrow[0] * tile, arrow[1] * tile]
      change(was =>
        step(was, event.shiftKey ? resized(was.now, what, dx, dy) : moved(was.now, what, dx, dy), `keys ${what.kind} ${what.id} ${event.shiftKey}`),
      )
    } else if (event.key === 'Delete') {
      event.preventDefault()
      drop(what)
    } else if (event.key.toLowerCase() === 'r' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      change(was => step(was, rotated(was.now, what)))
    }
  }
  const add = (): void => {
    const room = picked === null || entry === null ? null : (roomOf(entry, picked.kind) ?? null)
    const device = layout.sensors[0]?.point ?? null
    const made = fresh(layout, kind, { name: words.edit.newName[kind], room, site, point: device })
    if (made === null) {
      toast('failed', words.edit.addWhat(words.kinds[kind]), kind === 'sensors' ? words.edit.noPoint : words.edit.noRoom)
      return
    }
    change(was => step(was, put(was.now, kind, made)))
    setPicked({ kind, id: made.id })
  }
  const laid = picked === null ? undefined : view.laid.find(each => each.kind === picked.kind && each.id === picked.id && each.what === 'changed')
  const contents = picked === null ? 0 : contentsOf(layout, picked).length
  const clash = picked === null ? undefined : clashesOf(layout).get(`${picked.kind} ${picked.id}`)
  return (
    <EditFrame title={words.edit.title} draft={draft} change={change} back={back} onMistakes={setMistakes} onPick={setPicked}>
      <div class="editgrid">
        <section class="panel editplan">
          <div class="floorscroll">
            <PlanShapes
              layout={shown}
              picked={picked}
              wrong={wrong}
              onPick={setPicked}
              onChange={(to, tag) => change(was => step(was, merged(was.now, shown, to), tag))}
              onKey={onKey}
            />
          </div>
          <p class="small dim edithint">{words.edit.hint}</p>
        </section>
        <Panel class="editside" padded>
          <div class="editadd">
            <SelectField label={words.edit.add} value={kind} options={ADDED.map(key => ({ key, label: words.kinds[key] }))} onChange={setKind} />
            <Button onClick={add}>{words.edit.addWhat(words.kinds[kind])}</Button>
          </div>
          <EntryPicker draft={draft} picked={picked} site={site} onPick={setPicked} />
          {picked === null || entry === null ? (
            <Empty title={words.edit.pick} hint={words.edit.pickHint} />
          ) : (
            <>
              <h2>
                {words.kinds[picked.kind]} {entry.name}
              </h2>
              {clash === undefined ? null : <p class="t-warn small">{clash}</p>}
              {laid === undefined ? null : (
                <p class="small mid">
                  {words.edit.fileHint}{' '}
                  <button
                    type="button"
                    class="textbtn small"
                    onClick={() => laid.file !== null && change(was => step(was, put(was.now, picked.kind, laid.file as PlaceEntry)))}
                  >
                    {words.edit.file}
                  </button>
                </p>
              )}
              <EntryForm
                key={`${picked.kind} ${picked.id}`}
                layout={layout}
                kind={picked.kind}
                entry={entry}
                mistakes={mistakes}
                onChange={(to, field) => change(was => step(was, put(was.now, picked.kind, to), `field ${picked.kind} ${picked.id} ${field}`))}
              />
              <div class="row wrap">
                {isDrawn(picked.kind) && 'width' in entry ? (
                  <Button onClick={() => change(was => step(was, rotated(was.now, picked)))}>{words.edit.rotate}</Button>
                ) : null}
                {picked.kind === 'sites' && picked.id === layout.site.id ? null : (
                  <Button kind="danger" onClick={() => drop(picked)}>
                    {contents === 0 ? words.edit.remove : words.edit.removeWith(contents)}
                  </Button>
                )}
              </div>
            </>
          )}
        </Panel>
      </div>
    </EditFrame>
  )
}

/** What was changed on the plan of one site, in the layout of all. */
const merged = (all: Draft['now'], before: Draft['now'], after: Draft['now']): Draft['now'] => {
  if (before === after) return all
  let now = all
  for (const edit of editsBetween(before, after)) if ('put' in edit) now = put(now, edit.put, edit.entry)
  return now
}

/** Everything by kind and name: for keys, for a small screen, and for what is not drawn. */
function EntryPicker({
  draft,
  picked,
  site,
  onPick,
}: {
  draft: Draft
  picked: Picked | null
  site: string
  onPick: (picked: Picked | null) => void
}) {
  const words = t.value.place
  const [kind, setKind] = useState<PlaceKind>('racks')
  const at = picked?.kind ?? kind
  const shown = ofSite(draft.now, site)
  const list: readonly { readonly id: string; readonly name: string }[] = at === 'sites' ? [draft.now.site, ...draft.now.sites] : shown[at]
  const kinds = PLACE_KINDS.filter(each => each !== 'equipment' && each !== 'power')
  return (
    <div class="editpick">
      <SelectField
        label={words.edit.kind}
        value={at}
        options={kinds.map(key => ({ key, label: words.kinds[key] }))}
        onChange={to => {
          setKind(to)
          onPick(null)
        }}
      />
      <SelectField
        label={words.edit.entry}
        value={picked?.id ?? ''}
        options={[{ key: '', label: words.edit.choose }, ...list.map(({ id, name }) => ({ key: id, label: name }))]}
        onChange={id => onPick(id === '' ? null : { kind: at, id })}
      />
    </div>
  )
}
