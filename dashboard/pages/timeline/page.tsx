// What happened in the whole site, a room or a rack: filtered by the URL, live as long as its span reaches to now.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { FACT_KINDS, type FactKind } from '../../../daemon/domain/timeline.ts'
import { now, store } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { Button, PageHead, Panel, Skeleton } from '../../parts/index.ts'
import { PlaceNoteForm } from '../../parts/place-note.tsx'
import { Timeline } from '../../parts/timeline.tsx'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { DAY, instantOf, localOf } from '../visits/times.ts'

const SIZE = 100

/** `2026-11-20` of the URL as the instant of its first or last moment; null of anything else. */
function dayFrom(text: string | null, end: boolean): number | null {
  if (text === null || !/^20\d\d-\d\d-\d\d$/.test(text)) return null
  const at = instantOf(`${text}T00:00`)
  return Number.isNaN(at) ? null : end ? at + DAY - 1 : at
}

/** The question that the page's URL asks. */
function pathOf(query: URLSearchParams): string {
  const rack = query.get('rack')
  const room = query.get('room')
  const place = rack !== null ? `/rack/${encodeURIComponent(rack)}` : room !== null ? `/room/${encodeURIComponent(room)}` : ''
  const from = dayFrom(query.get('from'), false)
  const to = dayFrom(query.get('to'), true)
  const kinds = kindsOf(query)
  const asked = new URLSearchParams({
    size: String(SIZE),
    ...(from === null ? {} : { from: String(from) }),
    ...(to === null ? {} : { to: String(to) }),
    ...(kinds.length === 0 ? {} : { kinds: kinds.join() }),
  })
  return `/timeline${place}?${asked}`
}

const kindsOf = (query: URLSearchParams): readonly FactKind[] => {
  const given = (query.get('kinds') ?? '').split(',')
  return FACT_KINDS.filter(kind => given.includes(kind))
}

const nameOf = ({ racks, rooms }: Layout, rack: string | null, room: string | null): string | undefined =>
  rack !== null ? racks.find(({ id }) => id === rack)?.name : rooms.find(({ id }) => id === room)?.name

export default function TimelinePage({ query }: PageProps) {
  const words = t.value.timeline
  const layout = store.layout.value
  if (layout === null) return <Skeleton lines={10} />
  const kinds = kindsOf(query)
  const rack = query.get('rack')
  const room = query.get('room')
  const until = dayFrom(query.get('to'), true)
  const today = localOf(now.peek() || Date.now()).slice(0, 10)
  const turn = (kind: FactKind): void => {
    const next = kinds.includes(kind) ? kinds.filter(one => one !== kind) : [...kinds, kind]
    setQuery({ kinds: next.length === 0 ? null : next.join() })
  }
  return (
    <div class="timelinepage">
      <PageHead title={words.title} sub={words.sub} />
      <Panel label={words.filters}>
        <div class="factfilters">
          <label class="field">
            <span>{words.place}</span>
            <select
              class="input"
              value={rack !== null ? `rack:${rack}` : room !== null ? `room:${room}` : ''}
              onChange={event => {
                const [of, id = ''] = event.currentTarget.value.split(':')
                setQuery({ rack: of === 'rack' ? id : null, room: of === 'room' ? id : null })
              }}
            >
              <option value="">{words.whole}</option>
              <optgroup label={words.rooms}>
                {layout.rooms.map(one => (
                  <option key={one.id} value={`room:${one.id}`}>
                    {one.name}
                  </option>
                ))}
              </optgroup>
              <optgroup label={words.racks}>
                {layout.racks.map(one => (
                  <option key={one.id} value={`rack:${one.id}`}>
                    {one.name}
                  </option>
                ))}
              </optgroup>
            </select>
          </label>
          <label class="field">
            <span>{words.from}</span>
            <input
              class="input"
              type="date"
              max={today}
              value={query.get('from') ?? ''}
              onChange={event => setQuery({ from: event.currentTarget.value })}
            />
          </label>
          <label class="field">
            <span>{words.until}</span>
            <input
              class="input"
              type="date"
              max={today}
              value={query.get('to') ?? ''}
              onChange={event => setQuery({ to: event.currentTarget.value })}
            />
          </label>
        </div>
        <fieldset class="factkinds" aria-label={words.kindsLabel}>
          {FACT_KINDS.map(kind => (
            <Button key={kind} pressed={kinds.includes(kind)} onClick={() => turn(kind)}>
              {words.kinds[kind]}
            </Button>
          ))}
        </fieldset>
      </Panel>
      {may('timeline.note') ? (
        <Panel label={words.note.title}>
          <PlaceNoteForm
            key={`${rack}/${room}`}
            place={rack !== null ? { of: 'rack', id: rack } : room !== null ? { of: 'room', id: room } : { of: 'site' }}
            where={nameOf(layout, rack, room) ?? layout.site.name}
          />
        </Panel>
      ) : null}
      <Panel label={words.title}>
        <Timeline path={pathOf(query)} label={words.title} live={until === null || until >= now.peek()} />
      </Panel>
    </div>
  )
}
