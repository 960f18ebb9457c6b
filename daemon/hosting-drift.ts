// What was found changed, website by website.
import type { DriftItem, DriftReport } from './domain/hosting-view.ts'
import type { Website } from './domain/website.ts'

/** Things of a website bear its name; of records, which of its names in a zone they are. */
export function driftsOf(
  websites: readonly { readonly name: string; readonly wanted: Website }[],
  reports: readonly DriftReport[],
): ReadonlyMap<string, readonly DriftItem[]> {
  const owners = new Map<string, string>()
  for (const { name, wanted } of websites) for (const { domain } of wanted.records) owners.set(`${domain}.`, name)
  const hosts = new Map(websites.map(({ name, wanted }) => [name, wanted.host]))
  const found = new Map<string, DriftItem[]>()
  for (const { items } of reports)
    for (const item of items) {
      const name = item.place.kind === 'zone' ? owners.get(item.name.split(' ')[0] ?? '') : item.name.replaceAll('_', '-')
      if (name === undefined || !hosts.has(name) || (item.place.kind === 'host' && hosts.get(name) !== item.place.id)) continue
      found.set(name, [...(found.get(name) ?? []), item])
    }
  return found
}
