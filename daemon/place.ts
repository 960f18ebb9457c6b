// Where the inventory comes from: the site's file, the demonstration, or nothing yet.

import { openDemonstration } from '../collectors/simulator/client.ts'
import type { Config } from './config.ts'
import type { Call } from './domain/call.ts'
import type { Inventory } from './domain/inventory.ts'
import { done, failed, type Outcome } from './domain/outcome.ts'
import { emptySite, readSite, withHost } from './site.ts'
import type { DemoView } from './stream/contract.ts'

export interface Place {
  readonly inventory: Inventory
  /** Who says so, for the layout's history. */
  readonly source: string
  demo(): DemoView | null
  setDemo(scenario: string, active: boolean): Promise<Outcome<unknown>>
  onDemo(changed: () => void): void
  close(): Promise<void>
}

export async function openPlace({ config, log }: { config: Config; log: Call['log'] }): Promise<Outcome<Place>> {
  if (!config.demonstration.enabled) {
    const site = config.site === undefined ? done(emptySite()) : readSite(config.site)
    if (!site.ok) return site
    return done({
      inventory: withHost(site.value),
      source: config.site ?? 'suar',
      demo: () => null,
      setDemo: async () => failed('notFound', 'This is no demonstration.'),
      onDemo: () => undefined,
      close: async () => undefined,
    })
  }
  const opened = await openDemonstration({ address: config.demonstration.address, port: config.demonstration.port, log })
  if (!opened.ok) return opened
  const demonstration = opened.value
  return done({
    inventory: withHost(demonstration.inventory),
    source: 'demonstration',
    demo: () => ({ scenarios: demonstration.scenarios() }),
    setDemo: (scenario, active) => demonstration.set(scenario, active),
    onDemo: changed => demonstration.onChange(changed),
    close: () => demonstration.close(),
  })
}
