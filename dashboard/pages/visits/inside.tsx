// Who is inside at this moment, live; counted at the assembly point, and printed.
import { useState } from 'preact/hooks'
import type { VisitorView, VisitView } from '../../../daemon/domain/visit.ts'
import { api } from '../../api.ts'
import { store, useRows } from '../../live/index.ts'
import { BusyButton, Button, type Column, Empty, Icon, Panel, Pill, Table, TopicGate, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { clockShort } from '../../words/say.ts'

interface Here {
  readonly visit: VisitView
  readonly visitor: VisitorView
}
const keyOf = ({ visit, visitor }: Here): string => `${visit.id}/${visitor.id}`

export function Inside() {
  const words = t.value.visits.inside
  const { status, rows } = useRows('visits')
  const [mustering, muster] = useState(false)
  const [here, setHere] = useState<ReadonlySet<string>>(new Set())
  const plan = store.layout.value
  const inside: readonly Here[] = [...(rows.value?.values() ?? [])]
    .flatMap(visit => visit.visitors.filter(({ state }) => state === 'inside').map(visitor => ({ visit, visitor })))
    .sort((one, other) => one.visitor.name.localeCompare(other.visitor.name))
  const roomsOf = (visit: VisitView): string => visit.rooms.map(id => plan?.rooms.find(room => room.id === id)?.name ?? id).join(', ')

  async function end(): Promise<void> {
    const counted = inside.filter(one => here.has(keyOf(one))).map(({ visit, visitor }) => ({ visit: visit.id, visitor: visitor.id }))
    const answer = await api.post<{ readonly missing: readonly string[] }>('/api/v1/visits/muster', { here: counted })
    if (!answer.ok) return toast('failed', answer.problem.title, answer.problem.detail)
    toast(
      answer.value.missing.length === 0 ? 'done' : 'failed',
      answer.value.missing.length === 0 ? words.all : words.missing(answer.value.missing.join(', ')),
    )
    muster(false)
    setHere(new Set())
  }

  const columns: readonly Column<Here>[] = [
    ...(mustering
      ? [
          {
            key: 'here',
            label: words.here,
            width: '120px',
            cell: (one: Here) => {
              const is = here.has(keyOf(one))
              return (
                <button
                  type="button"
                  class={`btn mustertick ${is ? 'primary' : ''}`}
                  aria-pressed={is}
                  aria-label={`${words.here}: ${one.visitor.name}`}
                  onClick={() => setHere(was => new Set(is ? [...was].filter(key => key !== keyOf(one)) : [...was, keyOf(one)]))}
                >
                  {is ? <Icon name="check" /> : null}
                  {words.here}
                </button>
              )
            },
          },
        ]
      : []),
    {
      key: 'name',
      label: words.columns.name,
      cell: ({ visit, visitor }) => (
        <>
          <a href={`/visits/${visit.id}`}>
            <b>{visitor.name}</b>
          </a>{' '}
          {visit.overstay ? <Pill tone="crit">{t.value.visits.overstay}</Pill> : null}
          <span class="phone-only small dim">{[visitor.company, roomsOf(visit), visitor.badge ?? ''].filter(one => one !== '').join(' · ')}</span>
        </>
      ),
    },
    { key: 'office', label: words.columns.office, wide: true, cell: ({ visitor }) => visitor.company },
    { key: 'room', label: words.columns.room, wide: true, cell: ({ visit }) => roomsOf(visit) },
    { key: 'badge', label: words.columns.badge, wide: true, width: '100px', cell: ({ visitor }) => visitor.badge ?? '–' },
    {
      key: 'in',
      label: words.columns.in,
      width: '80px',
      cell: ({ visitor }) => <span class="nw">{visitor.inAt === null ? '–' : clockShort(visitor.inAt)}</span>,
    },
    { key: 'escort', label: words.columns.escort, wide: true, cell: ({ visit }) => visit.escort?.name ?? '–' },
  ]
  return (
    <Panel
      class="inside"
      title={
        <>
          {words.title} <span class="dim">{inside.length}</span>
        </>
      }
      end={
        <>
          {mustering ? <span class="small mid">{words.counted(here.size, inside.length)}</span> : null}
          {mustering ? (
            <BusyButton kind="primary" onClick={end}>
              {words.done}
            </BusyButton>
          ) : (
            <Button disabled={inside.length === 0} onClick={() => muster(true)}>
              {words.muster}
            </Button>
          )}
          <a class="btn" href="/api/v1/visits/evacuation" target="_blank" rel="noreferrer">
            <Icon name="print" />
            {words.print}
          </a>
          <Button kind="ghost" onClick={() => print()}>
            {words.pagePrint}
          </Button>
        </>
      }
    >
      <TopicGate status={status}>
        {inside.length === 0 ? (
          <Empty title={words.none} hint={words.noneHint} />
        ) : (
          <Table label={words.title} columns={columns} rows={inside} keyOf={keyOf} />
        )}
      </TopicGate>
    </Panel>
  )
}
