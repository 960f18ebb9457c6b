// An application as pages and the API see it: who answers for it and when, its requests, and what became of its entry in the register.
import type { Instant } from './call.ts'
import type { Application, Responsible } from './people.ts'
import type { TicketHead } from './ticket-view.ts'

/** The seven lines that forms ask of who answers for an application. */
export interface Contact {
  readonly name: string
  readonly nip: string
  readonly position: string
  readonly unit: string
  readonly address: string
  readonly mobile: string
  readonly extension: string
  readonly email: string
}

/** GET /api/v1/tickets/:number/applications */
export interface ApplicationChoice {
  readonly id: number
  readonly name: string
  readonly structural: Contact | null
  readonly technical: Contact | null
}

export interface ApplicationChange {
  readonly at: Instant
  readonly by: string
  readonly what: 'add' | 'change' | 'remove'
  /** Fields that were changed. */
  readonly fields: readonly string[]
  /** The request that brought it. */
  readonly ticket: string | null
}

/** GET /api/v1/desk/applications/:id */
export interface ApplicationView extends Pick<Application, 'id' | 'name' | 'backup' | 'phase' | 'note' | 'goneAt'> {
  readonly organisation: { readonly id: number; readonly name: string; readonly short: string }
  /** Those of today first, then from the newest to the oldest. */
  readonly responsible: readonly (Pick<Responsible, 'as' | 'from' | 'until'> & {
    readonly name: string
    readonly position: string
    readonly now: boolean
  })[]
  readonly tickets: readonly TicketHead[]
  /** How many there are; the newest are in `tickets`. */
  readonly total: number
  /** Newest first. */
  readonly history: readonly ApplicationChange[]
}
