// The course of a ticket, newest first: all, dispositions, or notes. Internal ones say so; what came while one reads is marked.
import { useState } from 'preact/hooks'
import type { TicketEvent } from '../../../daemon/domain/ticket.ts'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { Empty, Icon, Panel, Segmented } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { clockShort, dateLong } from '../../words/say.ts'
import { dayNow } from '../../words/when.ts'
import './timeline.css'
import { type EventWords, eventWords } from './event-words.ts'

type Filter = 'all' | 'dispositions' | 'notes'
const GROUP = { dispositions: 'disposition', notes: 'note' } as const

interface Told {
  readonly event: TicketEvent
  readonly words: EventWords
}

export function Timeline({ view }: { readonly view: TicketView }) {
  const words = t.value.tickets.ticket
  const [filter, setFilter] = useState<Filter>('all')
  // What came since the page was opened stays marked as long as it is looked at.
  const [seen] = useState(() => view.events.at(-1)?.seq ?? 0)
  const handedIn = view.events.find(event => event.kind === 'submitted')?.seq ?? 0
  const told: readonly Told[] = [...view.events].reverse().flatMap(event => {
    // How the form was filled in before it was handed in is nobody's news.
    if (event.kind === 'amended' && event.seq < handedIn) return []
    const said = eventWords(event, view)
    return said === null || (filter !== 'all' && said.group !== GROUP[filter]) ? [] : [{ event, words: said }]
  })
  let day = ''
  return (
    <Panel
      title={words.journey}
      end={
        <Segmented<Filter>
          label={words.filter}
          chosen={filter}
          onChoose={setFilter}
          choices={(['all', 'dispositions', 'notes'] as const).map(key => ({ key, label: words.filters[key] }))}
        />
      }
      class="journey"
    >
      {told.length === 0 ? (
        <Empty title={filter === 'all' ? words.noEvents : filter === 'notes' ? words.noNotes : words.noDispositions} />
      ) : (
        <ul class="timeline">
          {told.map(one => {
            const is = dateLong(one.event.at)
            const head = is === day ? null : is
            day = is
            return [
              head === null ? null : (
                <li key={`day ${head}`} class="dayhead">
                  {head === dateLong(dayNow.value) ? t.value.tickets.events.today : head}
                </li>
              ),
              <Item key={one.event.seq} told={one} fresh={one.event.seq > seen} />,
            ]
          })}
        </ul>
      )}
    </Panel>
  )
}

function Item({ told: { event, words }, fresh }: { readonly told: Told; readonly fresh: boolean }) {
  const { ticket } = t.value.tickets
  return (
    <li class={`${words.internal ? 'internal' : ''} ${fresh ? 'fresh' : ''}`}>
      <time dateTime={new Date(event.at).toISOString()}>{clockShort(event.at)}</time>
      {words.icon === 'dot' ? <DotMark /> : <Icon name={words.icon} class={words.tone} />}
      <div>
        <b>{words.title}</b> {words.beside === '' ? null : <span class="mid">{words.beside}</span>}{' '}
        {words.attachment === null ? null : (
          <a href={`/api/v1/attachments/${words.attachment.id}?inline=true`} target="_blank" rel="noreferrer">
            {words.attachment.name}
          </a>
        )}
        {words.internal ? (
          <span class="internalmark" title={ticket.internalHint}>
            {ticket.internal}
          </span>
        ) : null}
        {event.kind === 'note' && event.unverified === true ? (
          <span class="internalmark unverifiedmark" title={ticket.unverifiedHint}>
            {ticket.unverified}
          </span>
        ) : null}
        {event.by.via === 'token' ? (
          <span class="internalmark" title={ticket.byTokenHint}>
            {ticket.byToken(event.by.token ?? '')}
          </span>
        ) : null}
        {words.quote === '' ? null : <blockquote>{words.quote}</blockquote>}
        {words.extra === null ? null : (
          <>
            <p class="small dim extrahead">{words.extra.title}</p>
            <blockquote>{words.extra.text}</blockquote>
          </>
        )}
      </div>
    </li>
  )
}

const DotMark = () => (
  <svg class="i" viewBox="0 0 12 12" aria-hidden="true">
    <circle cx="6" cy="6" r="3" fill="currentColor" />
  </svg>
)
