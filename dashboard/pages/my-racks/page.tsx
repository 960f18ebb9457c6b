// My racks: what stands in the data centre for one's own organisation, what it draws now, the air before it; phone first. Nothing of neighbours.
import { useSignalEffect } from '@preact/signals'
import type { TenancyRack, TenancyView } from '../../../daemon/domain/tenancy.ts'
import { store, useRows, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { Empty, Icon, PageHead, Panel, Pill, TopicGate } from '../../parts/index.ts'
import { may, me } from '../../signin/session.ts'
import '../../style/pages.css'
import { lang, t } from '../../words/index.ts'
import { clockShort, dateLong, kilowatts, number } from '../../words/say.ts'
import { isTicket } from '../stays/pill.tsx'
import { Elevation } from './elevation.tsx'
import { Equipment } from './equipment.tsx'
import './my-racks.css'

export default function MyRacksPage(_: PageProps) {
  const words = t.value.stays.mine
  const status = useTopic('tenancy')
  const tenancy = store.tenancy.value
  useSignalEffect(() => {
    document.title = `${t.value.stays.mine.title} · Suar`
  })
  const ask = may('ticket.file') ? (
    <a class="btn primary" href="/requests/new/colocation">
      {words.ask}
    </a>
  ) : null
  return (
    <div class="myracks">
      <PageHead title={words.title} sub={me.value?.organisations.map(({ name }) => name).join(', ')} />
      <TopicGate status={status}>
        {tenancy === null ? null : tenancy.racks.length === 0 ? (
          <section class="panel">
            <Empty title={words.none} hint={words.noneHint} action={ask} />
          </section>
        ) : (
          <>
            <Inside />
            {tenancy.racks.map(rack => (
              <Rack key={rack.id} rack={rack} />
            ))}
            <Stays stays={tenancy.stays} />
          </>
        )}
      </TopicGate>
    </div>
  )
}

/** Visits of one's own that are inside or to come. */
function Inside() {
  const words = t.value.stays.mine
  const { rows } = useRows('visits')
  const visits = [...(rows.value?.values() ?? [])].filter(({ state }) => state === 'inside' || state === 'approved').sort((a, b) => a.from - b.from)
  if (visits.length === 0) return null
  return (
    <Panel title={words.visits}>
      <ul class="myvisits">
        {visits.map(visit => (
          <li key={visit.id}>
            <a href={`/visits/${visit.id}`}>
              <Icon name="visits" class="work" />
              <span>
                <b>
                  {visit.number}, {t.value.visits.people(visit.visitors.length)}
                </b>
                <span class="small mid">
                  {dateLong(visit.from)} {clockShort(visit.from)} – {clockShort(visit.until)}
                </span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Rack({ rack }: { readonly rack: TenancyRack }) {
  const words = t.value.stays.mine
  const { items, inlet, alarms } = rack
  const read = items.filter(({ watts }) => watts !== null)
  const watts = read.reduce((sum, one) => sum + (one.watts ?? 0), 0)
  const feeds = new Set(items.flatMap(one => one.feeds.map(({ feed }) => feed)))
  const worst = alarms.some(({ severity }) => severity === 'critical') ? 'crit' : alarms.length > 0 ? 'warn' : 'ok'
  const hot = inlet !== null && inlet.value > inlet.critical ? 'crit' : inlet !== null && inlet.value > inlet.warning ? 'warn' : ''
  return (
    <section class="myrack" aria-label={words.rack(rack.name)}>
      <Panel padded class="myrackhead">
        <div class="row between">
          <h2>{words.rack(rack.name)}</h2>
          <Pill tone={worst}>{alarms.length === 0 ? words.noAlarms : words.alarmCount(alarms.length)}</Pill>
        </div>
        <p class="small mid">
          {rack.site} · {words.own(items.reduce((sum, { height }) => sum + height, 0))}
        </p>
        <dl class="myfigures">
          <div>
            <dt>{words.power}</dt>
            <dd>
              {read.length === 0 ? '–' : kilowatts(watts, 2)}
              <span class="unit">kW</span>
            </dd>
          </div>
          <div>
            <dt>{words.inlet}</dt>
            <dd class={hot}>
              {inlet === null ? '–' : number(inlet.value, 1)}
              <span class="unit">°C</span>
            </dd>
          </div>
          <div>
            <dt>{words.feeds}</dt>
            <dd>{feeds.size}</dd>
            <dd class="small mid">{feeds.size > 1 ? words.feedsSafe : words.feedsSingle}</dd>
          </div>
        </dl>
      </Panel>
      {alarms.length === 0 ? null : (
        <Panel title={words.alarms} padded>
          <ul class="plainlist">
            {alarms.map(alarm => (
              <li key={`${alarm.since} ${alarm.text.en}`}>
                <Pill tone={alarm.severity === 'critical' ? 'crit' : 'warn'}>{clockShort(alarm.since)}</Pill> {alarm.text[lang.value]}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <div class="myrackgrid">
        <Equipment items={items} />
        <Elevation rack={rack} />
      </div>
    </section>
  )
}

function Stays({ stays }: { readonly stays: TenancyView['stays'] }) {
  const words = t.value.stays.mine
  return (
    <Panel title={words.tickets} padded>
      <ul class="plainlist">
        {stays.map(({ id, ticket, until, minutes }) => (
          <li key={id}>
            {isTicket(ticket) ? <a href={`/tickets/${encodeURIComponent(ticket)}`}>{ticket}</a> : t.value.stays.states.inCustody}{' '}
            {minutes === null ? null : <span class="mid">{minutes}</span>}
            {until === null ? null : <p class="small mid">{words.until(dateLong(until))}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
