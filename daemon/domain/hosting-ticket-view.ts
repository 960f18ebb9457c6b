// What a ticket asks of hosts and zones, as its page shows it: drafted from its answers, with what keeps it from being done, and the changes it led to.
import type { State } from './change.ts'
import type { Words } from './form.ts'
import type { ChangeRow } from './hosting-view.ts'

/** GET /tickets/:number/hosting */
export interface TicketHosting {
  readonly ticket: string
  /** A website that is new; one that is there and becomes another; names in zones. */
  readonly kind: 'website' | 'change' | 'records'
  /** Why no change can be made on its word now; null: it can. */
  readonly why: Words | null
  /** Why it cannot be made as it was asked for, whoever gives his word. */
  readonly refused: readonly Words[]
  /** What a person must still say or look at: path of the field and why. `blocks`: it cannot be made as it is drafted. */
  readonly open: readonly { readonly field: string; readonly words: Words; readonly blocks?: true }[]
  /** What was asked for and no plan makes. */
  readonly byHand: readonly Words[]
  /** Of a change: the website that is there. Of a new one: the name it would get; null: none found. */
  readonly website: string | null
  /** Of a website: as it is drafted. */
  readonly draft: Readonly<Record<string, unknown>> | null
  readonly purpose: ChangeRow['purpose']
  /** Of a change: what becomes other. */
  readonly differences: readonly { readonly field: string; readonly was: string; readonly is: string }[]
  /** Of names: each set as it stands and as it becomes. `follows`: it comes along with another. */
  readonly records: readonly {
    readonly name: string
    readonly zone: string
    readonly before: State | null
    readonly after: State | null
    readonly follows: boolean
  }[]
  /** Addresses given out with it. */
  readonly addresses: readonly { readonly address: string; readonly network: string; readonly name: string }[]
  /** Last day of the names, `2027-11-20`. */
  readonly until: string | null
  /** What it led to, newest first. */
  readonly changes: readonly ChangeRow[]
}
