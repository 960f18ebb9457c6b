// What differs from the site's file, entry by entry, with the way back; and what no longer fits it.
import { useState } from 'preact/hooks'
import type { PlaceView } from '../../../daemon/domain/place.ts'
import type { PlaceKind } from '../../../daemon/domain/place-kinds.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import { Button, Empty, Panel, Table, toast } from '../../parts/index.ts'
import { Sure } from '../../parts/sure.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { moment } from '../../words/say.ts'

interface Row {
  readonly kind: PlaceKind
  readonly id: string
  readonly name: string
}

export function Changes({ view }: { readonly view: PlaceView }) {
  const words = t.value.place
  const [back, setBack] = useState<Row | null>(null)
  const lists = { ...view.layout, sites: [view.layout.site, ...view.layout.sites] }
  const nameOf = (kind: PlaceKind, id: string, file: { readonly name: string } | null): string =>
    (lists[kind] as readonly Row[]).find(each => each.id === id)?.name ?? file?.name ?? id
  return (
    <div class="stack placestack">
      <Panel class="placelist" title={words.changes.title} end={view.laid.length === 0 ? undefined : words.changes.sub}>
        {view.laid.length === 0 ? (
          <Empty title={words.changes.none} hint={words.changes.noneHint} />
        ) : (
          <Table
            label={words.changes.title}
            columns={[
              { key: 'kind', label: words.changes.kind, width: '150px', cell: one => words.kinds[one.kind] },
              { key: 'name', label: words.changes.name, cell: one => <b>{nameOf(one.kind, one.id, one.file)}</b> },
              { key: 'what', label: words.changes.what, width: '130px', cell: one => words.what[one.what] },
              { key: 'by', label: words.changes.by, width: '160px', wide: true, cell: one => one.by },
              { key: 'at', label: words.changes.at, width: '180px', wide: true, cell: one => moment(one.at, now.value) },
              {
                key: 'reset',
                label: '',
                width: '170px',
                cell: one =>
                  may('place.manage') ? (
                    <button
                      type="button"
                      class="textbtn small"
                      onClick={() => setBack({ kind: one.kind, id: one.id, name: nameOf(one.kind, one.id, one.file) })}
                    >
                      {words.changes.reset}
                    </button>
                  ) : null,
              },
            ]}
            rows={view.laid}
            keyOf={one => `${one.kind} ${one.id}`}
          />
        )}
      </Panel>
      {view.held.length === 0 ? null : (
        <Panel title={words.changes.held} padded>
          <p class="mid">{words.changes.heldSub}</p>
          <ul class="heldlist">
            {view.held.map(one => (
              <li key={`${one.kind} ${one.id}`}>
                <b>
                  {words.kinds[one.kind]} {one.entry?.name ?? one.id}
                </b>
                <div class="small mid">{one.reasons.join(' ')}</div>
                {may('place.manage') ? (
                  <Button onClick={() => setBack({ kind: one.kind, id: one.id, name: one.entry?.name ?? one.id })}>{words.changes.drop}</Button>
                ) : null}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {back === null ? null : (
        <Sure
          title={words.changes.reset}
          body={words.changes.resetBody(back.name)}
          act={words.changes.reset}
          danger={false}
          send={() => api.post('/api/v1/place/changes', { edits: [{ reset: back.kind, id: back.id }] }, { seen: view.revision })}
          onClose={() => setBack(null)}
          onDone={() => toast('done', words.changes.resetDone, back.name)}
        />
      )}
    </div>
  )
}
