// How each door stands at this moment, who looks at it, and when it last opened.
import type { Door } from '../../../daemon/domain/inventory.ts'
import type { OpeningView } from '../../../daemon/domain/opening.ts'
import { stateOf } from '../../../daemon/domain/state.ts'
import { useDerived } from '../../live/derived.ts'
import { now, store, useRows, useTopic } from '../../live/index.ts'
import { type Column, Empty, Panel, Pill, Skeleton, Table, TopicGate, toneOfNormal } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { moment, stateWord } from '../../words/say.ts'
import { Why } from './why.tsx'

function Standing({ door }: { readonly door: Door }) {
  const state = useDerived(() => {
    if (door.state === undefined) return null
    const point = store.pointOf(door.state).value
    const value = point === null ? null : (store.reading(point.no).value?.value ?? null)
    return point === null || value === null ? null : stateOf(point.states ?? [], value)
  }, [door]).value
  if (door.state === undefined) return <span class="dim">{t.value.doors.noContact}</span>
  return state === null ? <Pill tone="unknown" /> : <Pill tone={toneOfNormal(state.normal)}>{stateWord(state)}</Pill>
}

export function DoorList() {
  const words = t.value.doors
  useTopic('overview')
  const { status, rows } = useRows('openings')
  const layout = store.layout.value
  if (layout === null) return <Skeleton lines={6} />
  const last = new Map<string, OpeningView>()
  for (const one of rows.value?.values() ?? []) if (one.door !== null && one.openedAt > (last.get(one.door)?.openedAt ?? 0)) last.set(one.door, one)
  const links = (door: Door) => (
    <span class="row wrap doorlinks">
      <a href={`/floor?door=${encodeURIComponent(door.id)}`}>{words.toPlan}</a>
      {door.camera === undefined ? null : (
        <a href={door.camera} target="_blank" rel="noreferrer">
          {words.camera}
        </a>
      )}
    </span>
  )
  const columns: readonly Column<Door>[] = [
    {
      key: 'door',
      label: words.door,
      cell: door => (
        <>
          <a href={`/doors?door=${encodeURIComponent(door.id)}`}>
            <b>{door.name}</b>
          </a>
          <span class="phone-only small">{links(door)}</span>
        </>
      ),
    },
    { key: 'state', label: words.state, width: '150px', cell: door => <Standing door={door} /> },
    { key: 'zone', label: words.zone, wide: true, width: '90px', cell: door => words.zones[door.zone] },
    { key: 'room', label: words.room, wide: true, cell: door => layout.rooms.find(({ id }) => id === door.room)?.name ?? door.room },
    {
      key: 'last',
      label: words.last,
      wide: true,
      cell(door) {
        const one = last.get(door.id)
        return one === undefined ? (
          <span class="dim">{words.never}</span>
        ) : (
          <span class="doorwhy">
            <span class="nw">{moment(one.openedAt, now.peek())}</span> <Why opening={one} />
          </span>
        )
      },
    },
    { key: 'links', label: words.camera, wide: true, cell: links },
  ]
  return (
    <TopicGate status={status}>
      <Panel class="doorlog">
        {layout.doors.length === 0 ? (
          <Empty title={words.noDoors} hint={words.noDoorsHint} />
        ) : (
          <Table label={words.parts.doors} columns={columns} rows={layout.doors} keyOf={door => door.id} />
        )}
      </Panel>
    </TopicGate>
  )
}
