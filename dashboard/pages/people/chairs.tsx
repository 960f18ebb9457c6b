// Who holds which chair: a line of time with everybody's period, stand-ins under those they stand in for, and roles without a chair below.
import { useEffect, useState } from 'preact/hooks'
import type { Office } from '../../../daemon/domain/people.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import type { RegisterRow } from '../../../daemon/stream/contract.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import { chairName } from '../../parts/clock/chairs.ts'
import { Button, Drawer, Empty, ErrorBox, Icon, Panel, Skeleton, Table } from '../../parts/index.ts'
import { useNewsOf } from '../../parts/news.tsx'
import { go } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { lang, t } from '../../words/index.ts'
import { dateShort, zone } from '../../words/say.ts'
import { offsetOf } from '../../words/zone.ts'
import { dayOf } from './days.ts'
import { Edit } from './edit.tsx'
import type { Draft } from './fields.ts'
import { type Listed, personName } from './lookup.ts'
import { type Bar, type Chair, chairsOf, monthsOf } from './spans.ts'
import { officesSpec } from './specs.tsx'

const DAY = 86_400_000
const BEFORE = 120 * DAY
const AFTER = 245 * DAY
/** Part of the line below which a bar holds no name. */
const SHORT = 0.12
/** All offices of a house: dozens of chairs, hundreds of requesters. */
const MOST = 500

export function Chairs({ open, query }: { readonly open: string | null; readonly query: URLSearchParams }) {
  const { office, register } = t.value.people
  const [asked, setItems] = useState<readonly Office[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const load = async (): Promise<void> => {
    const answer = await api.get<Listed<Office>>(`/api/v1/offices?size=${MOST}`)
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setItems(answer.value.items)
  }
  const news = useNewsOf('people', '')
  useEffect(() => void load(), [news.anew])

  const items = asked === null ? null : withOffices(asked, news.rows)
  const spec = officesSpec()
  const manage = may('people.manage')
  const close = (): void => go('/people')
  if (items === null) return problem === null ? <Skeleton lines={8} /> : <ErrorBox problem={problem} retry={() => void load()} />
  const at = now.peek()
  const from = at - BEFORE
  const until = at + AFTER
  const chairs = chairsOf(items, from, until, at)
  const without = items.filter(one => one.position === null)
  const found = open === null || open === 'new' ? null : (items.find(one => String(one.id) === open) ?? null)
  const chair = query.get('chair')
  const begin: Draft = chair === null ? {} : { position: chair, role: items.find(one => one.position === chair)?.role ?? 'approver', kind: 'plh' }
  return (
    <div class={open === null ? 'peoplegrid' : 'peoplegrid picked'}>
      <div class="stack">
        <div class="listbar">
          <p class="mid grow">{office.chairsHint}</p>
          {manage ? (
            <Button kind="primary" onClick={() => go('/people/chairs/new')}>
              <Icon name="plus" />
              {register.add.chairs}
            </Button>
          ) : null}
        </div>
        {chairs.length === 0 ? (
          <Panel>
            <Empty title={register.none.chairs} hint={register.noneHint} />
          </Panel>
        ) : (
          <Panel title={office.chairs} class="chairs">
            <Months from={from} until={until} at={at} />
            <ul>
              {chairs.map(one => (
                <ChairRow key={one.position} chair={one} picked={found?.id ?? null} today={BEFORE / (BEFORE + AFTER)} manage={manage} />
              ))}
            </ul>
          </Panel>
        )}
        {without.length === 0 ? null : (
          <Panel title={office.without} class="peoplelist">
            <Table
              label={office.without}
              columns={spec.columns.map(({ sortable: _, ...column }) => column)}
              rows={without}
              keyOf={row => row.id}
              selected={found?.id ?? null}
              onSelect={row => go(`/people/chairs/${row.id}`)}
            />
          </Panel>
        )}
      </div>
      {open === null ? null : (
        <Drawer
          key={`${open} ${chair ?? ''}`}
          label={found === null ? register.add.chairs : spec.nameOf(found)}
          title={found === null ? (open === 'new' ? register.add.chairs : register.notFound) : spec.nameOf(found)}
          onClose={close}
        >
          {found === null && open !== 'new' ? (
            <Empty title={register.notFound} />
          ) : (
            <Edit
              spec={spec}
              row={found}
              begin={found === null ? begin : {}}
              readOnly={!manage}
              onSaved={row => {
                setItems(was =>
                  was === null ? was : was.some(one => one.id === row.id) ? was.map(one => (one.id === row.id ? row : one)) : [...was, row],
                )
                close()
              }}
              onRemoved={id => {
                setItems(was => was?.filter(one => one.id !== id) ?? null)
                close()
              }}
              onClose={close}
            />
          )}
        </Drawer>
      )}
    </div>
  )
}

/** The newest of each, without those that have left. */
function withOffices(asked: readonly Office[], news: ReadonlyMap<string, RegisterRow>): readonly Office[] {
  const is = new Map(asked.map(one => [one.id, one]))
  for (const { of, row, left } of news.values())
    if (of !== 'offices') continue
    else if (left) is.delete(row.id)
    else is.set(row.id, row as Office)
  return [...is.values()]
}

function Months({ from, until, at }: { readonly from: number; readonly until: number; readonly at: number }) {
  const { register } = t.value.people
  const format = new Intl.DateTimeFormat(lang.value === 'id' ? 'id-ID' : 'en-GB', { month: 'short', timeZone: zone.value })
  const months = monthsOf(from, until, when => offsetOf(when, zone.value))
  return (
    <div class="months" aria-hidden="true">
      {months.map((month, i) => (
        <span key={month} class="tiny dim" style={{ left: `${(((month - from) / (until - from)) * 100).toFixed(2)}%` }}>
          {format.format(month)}
          {i === 0 || dayOf(month, zone.value).slice(5, 7) === '01' ? ` ${dayOf(month, zone.value).slice(0, 4)}` : ''}
        </span>
      ))}
      <i style={{ left: `${(((at - from) / (until - from)) * 100).toFixed(2)}%` }} title={register.today} />
    </div>
  )
}

interface ChairRowProps {
  readonly chair: Chair
  readonly picked: number | null
  /** Where today is, 0 … 1. */
  readonly today: number
  readonly manage: boolean
}

function ChairRow({ chair, picked, today, manage }: ChairRowProps) {
  const { office } = t.value.people
  const sits = chair.now[0]
  return (
    <li class="chair">
      <div class="seat">
        <b>{chairName(chair.position)}</b> <span class="mono small dim">{chair.position}</span>
        <span class={sits === undefined ? 'small t-warn' : 'small mid'}>
          {sits === undefined ? (
            <>
              <Icon name="warn" class="warn" /> {office.vacant}
            </>
          ) : (
            `${sits.kind === 'definitive' ? '' : `${office.kinds[sits.kind]} `}${personName(sits.person)}${chair.now.length > 1 ? ` +${chair.now.length - 1}` : ''}`
          )}
        </span>
        {manage ? (
          <a class="small" href={`/people/chairs/new?chair=${encodeURIComponent(chair.position)}`}>
            {office.standIn}
          </a>
        ) : null}
      </div>
      <div class="lanes" style={{ height: `${chair.lanes * 30 + 6}px` }}>
        <i class="today" style={{ left: `${(today * 100).toFixed(2)}%` }} />
        {chair.bars.map(bar => (
          <BarLink key={bar.office.id} bar={bar} picked={picked === bar.office.id} />
        ))}
      </div>
    </li>
  )
}

function BarLink({ bar: { office, left, width, lane }, picked }: { readonly bar: Bar; readonly picked: boolean }) {
  const { office: words, register } = t.value.people
  const who = `${office.kind === 'definitive' ? '' : `${words.kinds[office.kind]} `}${personName(office.person)}`
  const when =
    office.from === null && office.until === null
      ? register.openEnd
      : `${office.from === null ? '…' : dateShort(office.from)} – ${office.until === null ? register.openEnd : dateShort(office.until)}`
  return (
    <a
      class={`bar ${office.kind} quiet ${width < SHORT ? (left > 0.75 ? 'short late' : 'short') : ''}`}
      href={`/people/chairs/${office.id}`}
      aria-current={picked ? 'true' : undefined}
      aria-label={`${who}, ${when}`}
      title={`${who}\n${when}`}
      style={{ left: `${(left * 100).toFixed(2)}%`, width: `${(width * 100).toFixed(2)}%`, top: `${lane * 30 + 4}px` }}
    >
      <span class="ell">{who}</span>
    </a>
  )
}
