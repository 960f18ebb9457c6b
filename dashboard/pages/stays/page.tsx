// Stays: whose equipment stands where and how far each is; and one of them by its number, with what is to be done next.
import { useSignalEffect } from '@preact/signals'
import type { StayView } from '../../../daemon/domain/stay.ts'
import { store, useRows } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { type Column, Empty, PageHead, Panel, Table, TopicGate } from '../../parts/index.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { dateLong } from '../../words/say.ts'
import { isTicket, StayPill } from './pill.tsx'
import { Stay } from './stay.tsx'
import './stays.css'

export default function StaysPage({ params }: PageProps) {
  const given = params['id']
  useSignalEffect(() => {
    document.title = `${t.value.stays.stay.title} · Suar`
  })
  const { status, rows } = useRows('stays')
  const words = t.value.stays.stay
  if (given !== undefined)
    return (
      <TopicGate status={status}>
        <Stay id={Number(given)} row={rows.value?.get(given) ?? null} />
      </TopicGate>
    )
  const stays = [...(rows.value?.values() ?? [])].sort((one, other) => other.id - one.id)
  return (
    <div class="stayspage">
      <PageHead title={words.title} />
      <TopicGate status={status}>
        <Panel>
          {stays.length === 0 ? (
            <Empty title={words.none} hint={words.noneHint} />
          ) : (
            <Table label={words.title} columns={columnsOf()} rows={stays} keyOf={({ id }) => id} />
          )}
        </Panel>
      </TopicGate>
    </div>
  )
}

function columnsOf(): readonly Column<StayView>[] {
  const { columns: heads, items: pieces } = t.value.stays.stay
  const rackName = (id: string): string => store.layout.value?.racks.find(rack => rack.id === id)?.name ?? id
  return [
    {
      key: 'office',
      label: heads.office,
      cell: ({ id, ticket, organisation }) => (
        <>
          <a href={`/stays/${id}`}>
            <b>{organisation.short}</b>
          </a>
          <br />
          <span class="small mid">{isTicket(ticket) ? ticket : t.value.stays.stay.takenOver}</span>
        </>
      ),
    },
    { key: 'items', label: heads.items, wide: true, cell: ({ items }) => pieces(items.length) },
    {
      key: 'rack',
      label: heads.rack,
      wide: true,
      cell: ({ items }) => [...new Set(items.flatMap(({ rack }) => (rack === null ? [] : [rackName(rack)])))].join(', ') || '–',
    },
    { key: 'until', label: heads.until, wide: true, cell: ({ until }) => (until === null ? '–' : dateLong(until)) },
    { key: 'state', label: heads.state, cell: ({ state }) => <StayPill state={state} /> },
  ]
}
