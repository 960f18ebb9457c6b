// The stores of the service desk, opened together: they write in one another's transactions.
import type { Clock } from '../domain/call.ts'
import type { Together } from '../domain/outcome.ts'
import { type AgendaStore, agendaStore } from './agenda.ts'
import { type DeskShelf, deskShelf } from './desk-shelf.ts'
import { type DocumentStore, documentStore } from './documents.ts'
import type { Db } from './schema.ts'
import { type TicketForgetting, ticketForgetting } from './ticket-forgetting.ts'
import { type TicketList, ticketList } from './ticket-list.ts'
import { ticketSearch } from './ticket-search.ts'
import { type TicketStore, ticketStore } from './tickets.ts'

export interface DeskStores {
  readonly tickets: TicketStore
  readonly list: TicketList
  readonly documents: DocumentStore
  readonly agenda: AgendaStore
  readonly shelf: DeskShelf
  readonly forget: TicketForgetting
  readonly together: Together
}

export function deskStores(db: Db, { clock, together }: { clock: Clock; together: Together }): DeskStores {
  const search = ticketSearch(db)
  return {
    tickets: ticketStore(db, { search, clock }),
    list: ticketList(db, { search, clock }),
    documents: documentStore(db),
    agenda: agendaStore(db),
    shelf: deskShelf(db),
    forget: ticketForgetting(db),
    together,
  }
}
