// Where what a colocation ticket asks for can stand: racks that fit by the readings of now, those that do not and why; a place is kept here.
import { useSignalEffect } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { PlacementView, StayItemView } from '../../../daemon/domain/stay.ts'
import { type ObstacleNames, obstacleWords } from '../../../daemon/domain/words/obstacle-words.ts'
import { store, useRows, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { type Column, Empty, ErrorBox, PageHead, Panel, Skeleton, Table, TopicGate } from '../../parts/index.ts'
import '../../style/pages.css'
import { lang, t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import { useAsked, useStir } from '../power/use-asked.ts'
import { StayPill } from '../stays/pill.tsx'
import { Kept } from './kept.tsx'
import { Offers } from './offers.tsx'
import './placement.css'

export default function PlacementPage({ params, query }: PageProps) {
  const ticket = params['ticket'] ?? ''
  const status = useTopic('overview')
  const layout = store.layout.value
  useSignalEffect(() => {
    document.title = `${t.value.stays.placement.title(ticket)} · Suar`
  })
  if (layout === null) return <Skeleton lines={12} />
  return (
    <TopicGate status={status} lines={12}>
      <Placement ticket={ticket} layout={layout} moving={query.get('move')} />
    </TopicGate>
  )
}

const namesIn = (layout: Layout): ObstacleNames => {
  const nameIn = (list: readonly { readonly id: string; readonly name: string }[]) => {
    const names = new Map(list.map(one => [one.id, one.name]))
    return (id: string) => names.get(id) ?? id
  }
  return { rack: nameIn(layout.racks), node: nameIn(layout.power), room: nameIn(layout.rooms), site: nameIn([layout.site, ...layout.sites]) }
}

function Placement({ ticket, layout, moving }: { readonly ticket: string; readonly layout: Layout; readonly moving: string | null }) {
  const words = t.value.stays.placement
  const { rows } = useRows('reservations')
  // What others keep meanwhile, and what the readings do, is asked for anew at once.
  const stir = useStir(layout)
  const held = [...(rows.value?.values() ?? [])].reduce((sum, { id, revision }) => sum + id * 1_000 + revision, 0)
  const asked = useAsked<PlacementView>(
    `/api/v1/placements/${encodeURIComponent(ticket)}${moving === null ? '' : `?move=${encodeURIComponent(moving)}`}`,
    stir + held,
  )
  const names = useMemo(() => namesIn(layout), [layout])
  const { value: view, problem } = asked
  if (view === null) {
    if (problem === null) return <Skeleton lines={12} />
    if (problem.status !== 404) return <ErrorBox problem={problem} retry={asked.again} />
    return <Empty page title={words.notFound} hint={words.notFoundHint} />
  }
  const { stay, placement } = view
  return (
    <div class="placementpage">
      <PageHead
        title={words.title(ticket)}
        beside={<StayPill state={stay.state} />}
        sub={stay.organisation.name}
        actions={
          <>
            {stay.id === 0 ? null : (
              <a class="btn" href={`/stays/${stay.id}`}>
                {words.toStay}
              </a>
            )}
            <a class="btn" href={`/tickets/${encodeURIComponent(ticket)}`}>
              {t.value.stays.stay.columns.ticket}
            </a>
          </>
        }
      />
      {problem === null ? null : <ErrorBox problem={problem} retry={asked.again} />}
      <Asked items={stay.items} rackName={names.rack} />
      <Kept reservations={view.reservations} rackName={names.rack} onChanged={asked.again} />
      {placement === null ? (
        <section class="panel">
          <Empty title={words.placed} hint={words.placedHint} />
        </section>
      ) : (
        <>
          <Offers
            ticket={ticket}
            view={view}
            offers={placement.offers}
            rackName={names.rack}
            layout={layout}
            held={[...(rows.value?.values() ?? [])]}
            onChanged={asked.again}
          />
          {placement.refused.length === 0 ? null : (
            <Panel title={words.refused} padded>
              <ul class="refusals">
                {placement.refused.map(({ rack, why }) => (
                  <li key={rack}>
                    <b>{names.rack(rack)}</b>
                    <span>{why.map(one => obstacleWords(one, names)[lang.value]).join(' ')}</span>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
        </>
      )}
    </div>
  )
}

function Asked({ items, rackName }: { readonly items: readonly StayItemView[]; readonly rackName: (id: string) => string }) {
  const words = t.value.stays
  const { columns: heads } = words.placement
  const columns: readonly Column<StayItemView>[] = [
    { key: 'name', label: heads.name, cell: ({ name }) => <b>{name}</b> },
    { key: 'size', label: heads.size, num: true, cell: ({ height }) => `${height}U` },
    { key: 'weight', label: heads.weight, num: true, wide: true, cell: ({ weight }) => `${number(weight, 1)} kg` },
    { key: 'watts', label: heads.watts, num: true, cell: ({ agreed }) => `${number(agreed)} W` },
    {
      key: 'place',
      label: heads.place,
      cell: ({ rack, u, height }) => (rack === null || u === null ? '–' : `${rackName(rack)} ${words.units(u, height)}`),
    },
    { key: 'state', label: heads.state, wide: true, cell: ({ state }) => <StayPill state={state} /> },
  ]
  return (
    <Panel title={words.placement.asked}>
      <Table label={words.placement.asked} columns={columns} rows={items} keyOf={({ id }) => id} />
    </Panel>
  )
}
