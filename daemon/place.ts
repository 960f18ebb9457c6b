// Where the inventory comes from: the site's file, the demonstration, or nothing yet; and over it what people changed on the page.

import { openDemonstration } from '../collectors/simulator/client.ts'
import type { Config } from './config.ts'
import type { Call, Clock } from './domain/call.ts'
import { done, failed, type Outcome } from './domain/outcome.ts'
import { type Layer, type LayerStore, openLayer } from './place/layer.ts'
import { emptySite, readSite, withHost } from './site.ts'
import type { DemoView } from './stream/contract.ts'

/**
 * `change(edits, { over, by, also })` takes several edits as one, or none of them: checked as a whole, one transaction, one entry of the trail.
 * What must be written with it goes into `also`; it is never called within another unit of work, which would wait for itself.
 */
export interface Place extends Layer {
  demo(): DemoView | null
  setDemo(scenario: string, active: boolean): Promise<Outcome<unknown>>
  onDemo(changed: () => void): void
  close(): Promise<void>
}

export interface PlaceOptions {
  readonly config: Config
  readonly records: LayerStore
  readonly clock: Clock
  readonly log: Call['log']
}

export async function openPlace({ config, records: store, clock, log }: PlaceOptions): Promise<Outcome<Place>> {
  if (!config.demonstration.enabled) {
    const site = config.site === undefined ? done(emptySite()) : readSite(config.site)
    if (!site.ok) return site
    const layer = await openLayer({ base: withHost(site.value), source: config.site ?? 'suar', store, clock, log })
    if (!layer.ok) return layer
    return done(
      onTopOf(layer.value, {
        demo: () => null,
        setDemo: async () => failed('notFound', 'This is no demonstration.'),
        onDemo: () => undefined,
        close: async () => undefined,
      }),
    )
  }
  const opened = await openDemonstration({ address: config.demonstration.address, port: config.demonstration.port, log })
  if (!opened.ok) return opened
  const demonstration = opened.value
  const layer = await openLayer({ base: withHost(demonstration.inventory), source: 'demonstration', store, clock, log })
  if (!layer.ok) {
    await demonstration.close()
    return layer
  }
  return done(
    onTopOf(layer.value, {
      demo: () => ({ scenarios: demonstration.scenarios() }),
      setDemo: (scenario, active) => demonstration.set(scenario, active),
      onDemo: changed => demonstration.onChange(changed),
      close: () => demonstration.close(),
    }),
  )
}

/** The layer's inventory and revision are asked anew each time: they change. */
const onTopOf = (layer: Layer, rest: Omit<Place, keyof Layer>): Place =>
  Object.defineProperties(rest, Object.getOwnPropertyDescriptors(layer)) as Place
