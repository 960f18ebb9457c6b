// Editing the power chain: the diagram and the form of one node side by side over one draft; saved whole after what changes was shown.
import { useState } from 'preact/hooks'
import type { PowerNode } from '../../../../daemon/domain/inventory.ts'
import type { FieldError } from '../../../../daemon/domain/outcome.ts'
import { entryOf } from '../../../../daemon/domain/overlay.ts'
import { Button, Empty, ErrorBox, Panel, SelectField, Skeleton } from '../../../parts/index.ts'
import { t } from '../../../words/index.ts'
import { circleThrough, fedBy, racksOn, withoutNode } from '../../place/chain.ts'
import { type Draft, step } from '../../place/draft.ts'
import { type ChangeDraft, EditFrame } from '../../place/edit-frame.tsx'
import { EntryForm } from '../../place/entry-form.tsx'
import { newId, put } from '../../place/moves.ts'
import { pickedOf } from '../../place/save.tsx'
import { useDraft } from '../../place/use-draft.ts'
import { Board } from './board.tsx'

export function PowerEditor({ back }: { readonly back: string }) {
  const [opened, change] = useDraft()
  if (opened.kind === 'waiting') return <Skeleton lines={12} />
  if (opened.kind === 'failed') return <ErrorBox problem={opened.problem} />
  return <Editor draft={opened.draft} change={change} back={back} />
}

/** Kinds in the order in which power runs. */
const KINDS = ['utility', 'genset', 'ats', 'panel', 'ups', 'feed', 'pdu', 'cooling', 'load'] as const

function Editor({ draft, change, back }: { readonly draft: Draft; readonly change: ChangeDraft; readonly back: string }) {
  const words = t.value.place
  const [picked, setPicked] = useState<string | null>(null)
  const [kind, setKind] = useState<PowerNode['kind']>('pdu')
  const [mistakes, setMistakes] = useState<readonly FieldError[]>([])
  const layout = draft.now
  const node = picked === null ? null : (entryOf(layout, 'power', picked) as PowerNode | null)
  const named = mistakes.flatMap(({ field }) => pickedOf(draft, field) ?? []).flatMap(each => (each.kind === 'power' ? [each.id] : []))
  const circling = layout.power.filter(({ id }) => circleThrough(layout.power, id) !== null).map(({ id }) => id)
  const wrong = new Set([...named, ...circling])
  const racks = picked === null ? [] : racksOn(layout, picked)

  const add = (): void => {
    const name = `${words.options.power[kind]} ${layout.power.filter(each => each.kind === kind).length + 1}`
    const id = newId(layout, 'power', name)
    // Behind what is picked, which is how a chain is written down.
    const made: PowerNode = { id, name, kind, from: picked === null || kind === 'utility' || kind === 'genset' ? [] : [picked], measures: {} }
    change(was => step(was, put(was.now, 'power', made)))
    setPicked(id)
  }
  const drop = (id: string): void => {
    change(was => step(was, withoutNode(was.now, id)))
    setPicked(null)
  }
  return (
    <EditFrame
      title={words.edit.titlePower}
      draft={draft}
      change={change}
      back={back}
      onMistakes={setMistakes}
      onPick={at => at.kind === 'power' && setPicked(at.id)}
    >
      <div class="editgrid">
        <section class="panel editplan">
          <Board
            layout={layout}
            picked={picked}
            wrong={wrong}
            onPick={setPicked}
            onFeed={(from, to) => {
              change(was => step(was, fedBy(was.now, to, from)))
              setPicked(to)
            }}
            onDrop={drop}
          />
          <p class="small dim edithint">{words.edit.hintPower}</p>
        </section>
        <Panel class="editside" padded>
          <div class="editadd">
            <SelectField
              label={words.edit.add}
              value={kind}
              options={KINDS.map(key => ({ key, label: words.options.power[key] }))}
              onChange={setKind}
            />
            <Button onClick={add}>{`${words.edit.add} ${words.options.power[kind]}`}</Button>
          </div>
          <SelectField
            label={words.kinds.power}
            value={picked ?? ''}
            options={[{ key: '', label: words.edit.choose }, ...layout.power.map(each => ({ key: each.id, label: each.name }))]}
            onChange={id => setPicked(id === '' ? null : id)}
          />
          {node === null || picked === null ? (
            <Empty title={words.edit.pickNode} hint={words.edit.pickHint} />
          ) : (
            <>
              <h2>{node.name}</h2>
              <EntryForm
                key={picked}
                layout={layout}
                kind="power"
                entry={node}
                mistakes={mistakes}
                onChange={(to, field) => change(was => step(was, put(was.now, 'power', to), `field power ${picked} ${field}`))}
              />
              {racks.length === 0 ? null : <p class="small mid">{words.edit.feedsRacks(racks.slice(0, 8).join(', '), racks.length)}</p>}
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
