// What care asks of the house: its books, the inventory, readings, somebody who lets people in.
import type { Clock, Instant } from '../domain/call.ts'
import type { WorkOrder } from '../domain/care.ts'
import type { Asset, Plan, StartSent } from '../domain/care-sent.ts'
import type { Layout } from '../domain/inventory.ts'
import type { Outcome, Together } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { Text } from '../domain/point.ts'
import type { GensetSample } from './genset.ts'

/** Asked within `together` it is one transaction. */
export interface CareBooks {
  assets(): Promise<readonly Asset[]>
  /** New with id 0. */
  putAsset(asset: Asset): Promise<Asset>
  dropAsset(id: number, at: Instant): Promise<void>
  plans(): Promise<readonly Plan[]>
  putPlan(plan: Plan): Promise<Plan>
  dropPlan(id: number, at: Instant): Promise<void>
  /** The last turn that has a work order; null: none has. */
  lastTurn(plan: number): Promise<number | null>
  draw(year: number): Promise<number>
  /** Writes it, new with id 0. Null: it is another by now, or that turn of the plan has one already. */
  putOrder(order: WorkOrder): Promise<WorkOrder | null>
  order(id: number): Promise<WorkOrder | null>
  orders(ids: readonly number[]): Promise<readonly WorkOrder[]>
  /** Open and running ones, and those that ended since. */
  live(since: Instant): Promise<readonly WorkOrder[]>
  /** Begun or ended within the span. */
  between(from: Instant, to: Instant): Promise<readonly WorkOrder[]>
}

export interface CareSources {
  readonly books: CareBooks
  readonly together: Together
  append(actor: string, action: string, subject: string, detail: object): Promise<unknown>
  layout(): Layout
  isDevice(id: string): boolean
  /** What a genset read between two moments. */
  readings(device: string, from: Instant, to: Instant): Promise<readonly GensetSample[]>
  /** W that the device can carry, by the power chain. */
  capacity(device: string): number | null
  /** Lets people in for maintenance, by their names; what they open is explained by it. */
  enter(
    purpose: string,
    doors: readonly string[],
    given: StartSent,
    viewer: Viewer,
  ): Promise<Outcome<{ readonly id: number; readonly number: string }>>
  alarm(code: string, state: { readonly severity: 'warning'; readonly text: Text } | null): void
  /** Codes of its alarms that are open. */
  alarmed(): readonly string[]
  readonly clock: Clock
}
