// What the rooms give to the papers of a ticket: behind its minutes, what stands in custody and what was made on hosts and in zones.
import { hostingAnnexes } from './hosting-papers.ts'
import type { Place } from './place.ts'
import type { ServiceDeskOptions } from './service-desk.ts'
import { papersOf as papersOfStays } from './staying.ts'
import type { Records } from './store/records.ts'

type Annexes = NonNullable<ServiceDeskOptions['annexes']>

interface Papering {
  readonly records: Records
  readonly place: Pick<Place, 'inventory'>
  readonly language: NonNullable<ServiceDeskOptions['language']>
}

/** Behind each other, in this order. */
const behind =
  (...all: readonly Annexes[]): Annexes =>
  async ticket =>
    (await Promise.all(all.map(annexes => annexes(ticket)))).flat()

export function papersOf({ records, place, language }: Papering): Required<Pick<ServiceDeskOptions, 'annexes' | 'leaving'>> {
  const stays = papersOfStays({ records, place, language })
  const hosting = hostingAnnexes({ records, zone: () => place.inventory.site.timezone, language })
  return { ...stays, annexes: behind(stays.annexes, hosting) }
}
