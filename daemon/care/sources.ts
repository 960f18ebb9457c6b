// What care asks of the house: its books, the inventory, readings, files, somebody who lets people in.
import type { Readable } from 'node:stream'
import type { Clock, Instant, Log } from '../domain/call.ts'
import type { CareFile, Meter, WorkOrder } from '../domain/care.ts'
import type { Asset, Plan, StartSent } from '../domain/care-sent.ts'
import type { Layout } from '../domain/inventory.ts'
import type { Outcome, Together } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { Text } from '../domain/point.ts'
import type { BatterySample } from './battery.ts'
import type { GensetSample } from './genset.ts'

export interface KeptFile extends CareFile {
  readonly work: number
  readonly sha256: string
}

/** Asked within `together` it is one transaction. */
interface CareBooks {
  assets(): Promise<readonly Asset[]>
  putAsset(asset: Asset): Promise<Asset>
  dropAsset(id: number, at: Instant): Promise<void>
  plans(): Promise<readonly Plan[]>
  putPlan(plan: Plan): Promise<Plan>
  dropPlan(id: number, at: Instant): Promise<void>
  last(plan: number): Promise<WorkOrder | null>
  draw(year: number): Promise<number>
  /** Null: it is another by now, or that turn of the plan has one already. */
  putOrder(order: WorkOrder): Promise<WorkOrder | null>
  order(id: number): Promise<WorkOrder | null>
  orders(ids: readonly number[]): Promise<readonly WorkOrder[]>
  /** Open and running ones, and those that ended since. */
  live(since: Instant): Promise<readonly WorkOrder[]>
  between(from: Instant, to: Instant): Promise<readonly WorkOrder[]>
  meters(): Promise<readonly Meter[]>
  putMeter(meter: Meter): Promise<void>
  files(works: readonly number[]): Promise<readonly KeptFile[]>
  file(id: number): Promise<KeptFile | null>
  putFile(file: KeptFile): Promise<KeptFile>
}

/** A counter of running hours as it stands; seconds. */
export interface Counter {
  readonly key: string
  readonly label: Text
  /** Null: not read yet, or the device says it has none. */
  readonly reading: { readonly at: Instant; readonly value: number } | null
}

export interface CareReadings {
  genset(device: string, from: Instant, to: Instant): Promise<readonly GensetSample[]>
  battery(device: string, from: Instant, to: Instant): Promise<readonly BatterySample[]>
  /** W that the device can carry, by the power chain. */
  capacity(device: string): number | null
  /** Counters of running hours that the device has; null: what it has is not known before it was read. */
  counters(device: string): readonly Counter[] | null
  /** What a counter told of late, oldest first. */
  counted(device: string, key: string, from: Instant, to: Instant): Promise<readonly { readonly at: Instant; readonly value: number }[]>
}

export interface CareFiles {
  /** Into the store, judged by its content and looked at by the scanner. */
  take(file: {
    readonly name: string
    readonly content: Readable
  }): Promise<Outcome<{ readonly name: string; readonly type: string; readonly size: number; readonly sha256: string }>>
  stream(sha256: string): Promise<Outcome<Readable>>
  /** May be shown in the browser, by its type. */
  shown(type: string): boolean
}

export interface CareSources {
  readonly books: CareBooks
  readonly together: Together
  append(actor: string, action: string, subject: string, detail: object): Promise<unknown>
  readonly log: Log
  layout(): Layout
  isDevice(id: string): boolean
  readonly readings: CareReadings
  readonly files: CareFiles
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
