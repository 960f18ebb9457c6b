// Somebody else was a moment earlier: who, what, when. Nothing typed is lost; it stays in its form, or here when that form is gone.
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { Button, Icon } from '../../parts/index.ts'
import { viewer } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { when } from '../../words/when.ts'
import { eventWords } from './event-words.ts'

export function Conflict({ view, since, onSeen }: { readonly view: TicketView; readonly since: number; readonly onSeen: () => void }) {
  const words = t.value.tickets.ticket
  const person = viewer.value?.person ?? null
  const others = view.events.filter(event => event.seq > since && event.by.person !== person)
  return (
    <div class="conflict" role="alert">
      <Icon name="warn" class="warn" />
      <div class="grow">
        <b>{words.changed}</b>
        {others.length === 0 ? <p>{words.conflictPlain}</p> : null}
        {others.map(event => {
          const said = eventWords(event, view)
          return said === null ? null : <p key={event.seq}>{words.conflict(event.by.name, `${said.title} ${said.beside}`.trim(), when(event.at))}</p>
        })}
        <p class="dim">{words.conflictKept}</p>
      </div>
      <Button onClick={onSeen}>{words.seen}</Button>
    </div>
  )
}
