// What the API asks about the place, answered by the room: taking in and giving out files, labels, makes; none of it knows HTTP.
import type { Call, Clock } from './domain/call.ts'
import { done, type Outcome, refused } from './domain/outcome.ts'
import { throughOf } from './domain/people.ts'
import type { Make } from './domain/place.ts'
import type { By } from './domain/signin.ts'
import type { PlaceDesk } from './http/routes/place.ts'
import { openPaper } from './paper/open.ts'
import { csvOf, netboxOf, yamlOf } from './place/export.ts'
import { importPlace } from './place/import.ts'
import { labelsOf } from './place/labels.ts'
import type { Place } from './place.ts'
import type { Records } from './store/records.ts'

export interface PlaceSources {
  readonly place: Place
  readonly records: Pick<Records, 'place' | 'audit'>
  /** Where pages are reached, for what a QR code leads to. */
  base(): string
  readonly clock: Clock
  readonly log: Call['log']
}

/** Labels of one sheet: what a press sets in a few seconds. */
const MOST_LABELS = 400

export function openPlaceAnswers({ place, records, base, clock, log }: PlaceSources): PlaceDesk & { close(): Promise<void> } {
  const press = openPaper({ log })
  const trail = (by: By, action: string, subject: string, detail: object) =>
    records.audit.append(by.name, action, subject, { ...detail, account: by.account, address: by.address, ...throughOf(by) })
  const makes = () => records.place.makes()

  return {
    view: () => place.view(),
    change: (edits, how) => place.change(edits, how),
    versions: query => place.versions(query),
    restore: (version, how) => place.restore(version, how),
    makes,
    take: (bytes, commit, how) =>
      importPlace(
        bytes,
        commit,
        { ...how, from: 'import' },
        {
          place,
          makes,
          saveMakes: (makes: readonly Make[], { by }): Promise<Outcome<unknown>> =>
            records.audit.together(async () => {
              await records.place.writeMakes(makes)
              await trail(by, 'make.import', `${makes.length}`, { makes: makes.slice(0, 200).map(({ id }) => id) })
              return done(undefined)
            }),
        },
      ),
    async file(format, table, by) {
      await trail(by, 'place.export', format === 'yaml' ? 'yaml' : `${format} ${table}`, { revision: place.revision })
      const { inventory } = place
      const day = new Date(clock()).toISOString().slice(0, 10)
      const text = format === 'yaml' ? yamlOf(inventory) : format === 'csv' ? csvOf(inventory, table) : netboxOf(inventory, table)
      return format === 'yaml'
        ? { name: `${inventory.site.id}-${day}.yaml`, type: 'application/yaml', content: Buffer.from(text) }
        : { name: `${format === 'netbox' ? 'netbox-' : ''}${table}-${day}.csv`, type: 'text/csv', content: Buffer.from(text) }
    },
    async labels(asked, language) {
      const { racks, equipment } = place.inventory
      const known = [...racks.filter(({ id }) => asked.racks.includes(id)), ...equipment.filter(({ id }) => asked.equipment.includes(id))].length
      if (known === 0) return refused('notFound', { id: 'Tidak ada rak atau perangkat seperti itu.', en: 'There is no such rack or equipment.' })
      if (known > MOST_LABELS)
        return refused('tooBig', { id: `Paling banyak ${MOST_LABELS} label sekali cetak.`, en: `At most ${MOST_LABELS} labels at a time.` })
      const paper = labelsOf(
        place.inventory,
        { racks: new Set(asked.racks), equipment: new Set(asked.equipment) },
        { base: base(), language, date: clock() },
      )
      const printed = await press.render(paper)
      return printed.ok ? done(printed.value.pdf) : printed
    },
    close: () => press.close(),
  }
}
