// Editing what stands in a rack: put in, moved by hand or key, taken out; both faces, over one draft, saved whole.
import { useRef, useState } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { FieldError } from '../../../daemon/domain/outcome.ts'
import { entryOf } from '../../../daemon/domain/overlay.ts'
import { Button, Empty, ErrorBox, Panel, SelectField, Skeleton } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { type Draft, step } from '../place/draft.ts'
import { type ChangeDraft, EditFrame } from '../place/edit-frame.tsx'
import { EntryForm } from '../place/entry-form.tsx'
import { newId, put, removed } from '../place/moves.ts'
import { useDraft } from '../place/use-draft.ts'
import './edit.css'

type Rack = Layout['racks'][number]
type Item = Layout['equipment'][number]

export function RackEditor({ rack }: { readonly rack: string }) {
  const [opened, change] = useDraft()
  if (opened.kind === 'waiting') return <Skeleton lines={10} />
  if (opened.kind === 'failed') return <ErrorBox problem={opened.problem} />
  const found = opened.draft.now.racks.find(each => each.id === rack)
  return found === undefined ? (
    <Empty title={t.value.pages.rack.unknown} hint={t.value.pages.rack.unknownHint} />
  ) : (
    <Editor draft={opened.draft} change={change} rack={found} />
  )
}

/** The lowest free stretch of so many units on both faces; null: there is none. */
function freeAt(rack: Rack, items: readonly Item[], height: number): number | null {
  const taken = new Set(items.flatMap(item => Array.from({ length: item.height }, (_, i) => item.u + i)))
  for (let u = 1; u + height - 1 <= rack.units; u++) if (Array.from({ length: height }, (_, i) => u + i).every(unit => !taken.has(unit))) return u
  return null
}

function Editor({ draft, change, rack }: { draft: Draft; change: ChangeDraft; rack: Rack }) {
  const words = t.value.place
  const [picked, setPicked] = useState<string | null>(null)
  const [mistakes, setMistakes] = useState<readonly FieldError[]>([])
  const items = draft.now.equipment.filter(item => item.rack === rack.id)
  const item = picked === null ? null : (entryOf(draft.now, 'equipment', picked) as Item | null)
  const set = (to: Item, tag: string | null) => change(was => step(was, put(was.now, 'equipment', to), tag))
  const place = (to: Item, u: number, tag: string) => {
    const within = Math.min(Math.max(1, u), Math.max(1, rack.units - to.height + 1))
    if (within !== to.u) set({ ...to, u: within }, tag)
  }
  const add = () => {
    const name = `${words.edit.newName.equipment} ${items.length + 1}`
    const id = newId(draft.now, 'equipment', `${rack.id} ${name}`)
    set({ id, name, rack: rack.id, u: freeAt(rack, items, 1) ?? 1, height: 1, face: 'both', ports: 0, addresses: [], psus: [] }, null)
    setPicked(id)
  }
  const drop = (id: string) => {
    change(was => step(was, removed(was.now, { kind: 'equipment', id })))
    setPicked(null)
  }
  return (
    <EditFrame
      title={words.edit.titleRack(rack.name)}
      draft={draft}
      change={change}
      back={`/racks/${encodeURIComponent(rack.id)}`}
      onMistakes={setMistakes}
      onPick={at => at.kind === 'equipment' && setPicked(at.id)}
    >
      <div class="editgrid">
        <section class="panel editplan">
          <div class="rackfaces">
            {(['front', 'rear'] as const).map(face => (
              <Frame
                key={face}
                rack={rack}
                face={face}
                items={items.filter(each => each.face === 'both' || each.face === face)}
                picked={picked}
                onPick={setPicked}
                onPlace={place}
                onDrop={drop}
              />
            ))}
          </div>
          <p class="small dim edithint">{words.edit.hintRack}</p>
        </section>
        <Panel class="editside" padded>
          <div class="editpick">
            <SelectField
              label={words.kinds.equipment}
              value={picked ?? ''}
              options={[{ key: '', label: words.edit.choose }, ...items.map(each => ({ key: each.id, label: `U${each.u} ${each.name}` }))]}
              onChange={id => setPicked(id === '' ? null : id)}
            />
            <Button onClick={add}>{words.edit.addWhat(words.kinds.equipment)}</Button>
          </div>
          {item === null || picked === null ? (
            <Empty title={words.item.list} hint={words.edit.pickHint} />
          ) : (
            <>
              <h2>{item.name}</h2>
              <EntryForm
                key={picked}
                layout={draft.now}
                kind="equipment"
                entry={item}
                mistakes={mistakes}
                onChange={(to, field) => change(was => step(was, put(was.now, 'equipment', to), `field ${picked} ${field}`))}
              />
              <SelectField
                label={words.fields.rack}
                value={item.rack}
                options={draft.now.racks.map(({ id, name }) => ({ key: id, label: name }))}
                onChange={to => set({ ...item, rack: to }, null)}
              />
              <Button kind="danger" onClick={() => drop(picked)}>
                {words.edit.remove}
              </Button>
            </>
          )}
        </Panel>
      </div>
    </EditFrame>
  )
}

interface FrameProps {
  readonly rack: Rack
  readonly face: 'front' | 'rear'
  readonly items: readonly Item[]
  readonly picked: string | null
  readonly onPick: (id: string) => void
  readonly onPlace: (item: Item, u: number, tag: string) => void
  readonly onDrop: (id: string) => void
}

let drags = 0

/** Units from the top, things over them; a thing is dragged by its own units. */
function Frame({ rack, face, items, picked, onPick, onPlace, onDrop }: FrameProps) {
  const words = t.value.place.edit
  const frame = useRef<HTMLDivElement>(null)
  const drag = useRef<{ readonly item: Item; readonly from: number; readonly tag: string } | null>(null)
  const unit = () => (frame.current?.getBoundingClientRect().height ?? rack.units * 16) / rack.units
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing with buttons in it; fieldset is for forms
    <div class="editface" role="group" aria-label={t.value.pages.rack[face]}>
      <h2>{t.value.pages.rack[face]}</h2>
      <div class="editframe" ref={frame} style={{ gridTemplateRows: `repeat(${rack.units}, 16px)` }}>
        {Array.from({ length: rack.units }, (_, i) => rack.units - i).map((u, i) => (
          <span key={u} class="editunit" style={{ gridRow: i + 1 }} aria-hidden="true">
            {u}
          </span>
        ))}
        {items.map(item => {
          const top = item.u + item.height - 1
          return (
            <button
              key={item.id}
              type="button"
              class={item.id === picked ? 'editslot picked' : 'editslot'}
              style={{ gridRow: `${Math.max(1, rack.units - top + 1)} / span ${item.height}` }}
              aria-pressed={item.id === picked}
              aria-label={words.slot(item.name, item.u, top)}
              onFocus={() => onPick(item.id)}
              onClick={() => onPick(item.id)}
              onPointerDown={event => {
                if (event.button !== 0) return
                drag.current = { item, from: event.clientY, tag: `drag ${++drags}` }
                event.currentTarget.setPointerCapture(event.pointerId)
              }}
              onPointerMove={event => {
                const is = drag.current
                if (is !== null) onPlace({ ...item }, is.item.u - Math.round((event.clientY - is.from) / unit()), is.tag)
              }}
              onPointerUp={() => {
                drag.current = null
              }}
              onPointerCancel={() => {
                drag.current = null
              }}
              onKeyDown={event => {
                if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
                  event.preventDefault()
                  onPlace(item, item.u + (event.key === 'ArrowUp' ? 1 : -1), `keys ${item.id}`)
                } else if (event.key === 'Delete') {
                  event.preventDefault()
                  onDrop(item.id)
                }
              }}
            >
              {item.name}
            </button>
          )
        })}
      </div>
    </div>
  )
}
