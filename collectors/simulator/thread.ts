// What the demonstration's worker thread and its client say to each other. Types only.
import type { Inventory } from '../../daemon/domain/inventory.ts'
import type { Outcome } from '../../daemon/domain/outcome.ts'
import type { DemoScenario } from '../../daemon/domain/scenario.ts'
import type { DemoSite } from './site.ts'

export interface WorkerStart {
  readonly site: DemoSite
  readonly seed: number
  readonly speed: number
}

interface Opened {
  readonly inventory: Inventory
  readonly scenarios: readonly DemoScenario[]
}

export type ToWorker = { readonly kind: 'set'; readonly call: number; readonly id: string; readonly active: boolean } | { readonly kind: 'close' }

export type FromWorker =
  | { readonly kind: 'opened'; readonly outcome: Outcome<Opened> }
  | { readonly kind: 'set'; readonly call: number; readonly outcome: Outcome<void>; readonly scenarios: readonly DemoScenario[] }
  | { readonly kind: 'log'; readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly fields: object; readonly message: string }
  | { readonly kind: 'closed' }
