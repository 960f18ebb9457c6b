// The overlay: what people changed, laid over what the file says. Pure; the page lays its own drafts over the layout by the same rules.
import type { Inventory, Layout, Site } from './inventory.ts'
import type { Edit, Laid, PlaceEntry, Told } from './place.ts'
import { PLACE_KINDS, type PlaceKind } from './place-kinds.ts'

export const keyOf = (kind: PlaceKind, id: string): string => `${kind} ${id}`

type Lists = { readonly [K in PlaceKind]: readonly PlaceEntry[] }

/** The lists of a layout by kind; its first site is the first of the sites. */
const listsOf = (layout: Layout): Lists => ({ ...layout, sites: [layout.site, ...layout.sites] })

export const entryOf = (layout: Layout, kind: PlaceKind, id: string): PlaceEntry | null =>
  listsOf(layout)[kind].find(entry => entry.id === id) ?? null

/** Every entry by its key. */
function entriesOf(layout: Layout): ReadonlyMap<string, { readonly kind: PlaceKind; readonly entry: PlaceEntry }> {
  const lists = listsOf(layout)
  return new Map(PLACE_KINDS.flatMap(kind => lists[kind].map(entry => [keyOf(kind, entry.id), { kind, entry }] as const)))
}

type Over = Pick<Laid, 'kind' | 'id' | 'entry'>

/**
 * The base with the overlay on it: changed entries keep their place in the list, new ones follow in order of their ids. The first site stays,
 * whatever the overlay says of it.
 */
export function laidOver<T extends Layout>(base: T, overlay: Iterable<Over>): T {
  const byKind = new Map<PlaceKind, Map<string, PlaceEntry | null>>()
  for (const { kind, id, entry } of overlay) byKind.set(kind, (byKind.get(kind) ?? new Map<string, PlaceEntry | null>()).set(id, entry))
  if (byKind.size === 0) return base
  const merged = <E extends PlaceEntry>(kind: PlaceKind, list: readonly E[]): E[] => {
    const over = byKind.get(kind)
    if (over === undefined) return [...list]
    const known = new Set(list.map(({ id }) => id))
    const kept = list.flatMap(entry => {
      const laid = over.get(entry.id)
      return laid === undefined ? [entry] : laid === null ? [] : [laid as E]
    })
    const added = [...over].flatMap(([id, entry]) => (entry === null || known.has(id) ? [] : [entry as E]))
    return [...kept, ...added.sort((one, other) => (one.id < other.id ? -1 : 1))]
  }
  const first = byKind.get('sites')?.get(base.site.id)
  const site = (first ?? base.site) as Site
  byKind.get('sites')?.delete(base.site.id)
  return {
    ...base,
    site,
    sites: merged('sites', base.sites),
    rooms: merged('rooms', base.rooms),
    cages: merged('cages', base.cages),
    rows: merged('rows', base.rows),
    racks: merged('racks', base.racks),
    equipment: merged('equipment', base.equipment),
    doors: merged('doors', base.doors),
    sensors: merged('sensors', base.sensors),
    fixtures: merged('fixtures', base.fixtures),
    power: merged('power', base.power),
    networks: merged('networks', base.networks),
  }
}

/** Entries hold plain values in the order of their schema: as text they are the same when they mean the same. */
export const sameEntry = (one: PlaceEntry, other: PlaceEntry): boolean => JSON.stringify(one) === JSON.stringify(other)

export type OverlayChange = { readonly put: Over } | { readonly drop: { readonly kind: PlaceKind; readonly id: string } }

/** What an edit does to the overlay: what says the same as the file, or takes away what only the overlay had, leaves nothing behind. */
export function overlayChange(base: Layout, edit: Edit): OverlayChange {
  if ('put' in edit) {
    const { put: kind, entry } = edit
    const file = entryOf(base, kind, entry.id)
    return file !== null && sameEntry(file, entry) ? { drop: { kind, id: entry.id } } : { put: { kind, id: entry.id, entry } }
  }
  if ('reset' in edit) return { drop: { kind: edit.reset, id: edit.id } }
  return entryOf(base, edit.remove, edit.id) === null
    ? { drop: { kind: edit.remove, id: edit.id } }
    : { put: { kind: edit.remove, id: edit.id, entry: null } }
}

/** The edits that make `from` into `to`. */
export function editsBetween(from: Layout, to: Layout): Edit[] {
  const was = entriesOf(from)
  const is = entriesOf(to)
  const gone = [...was].flatMap(([key, { kind, entry }]): Edit[] => (is.has(key) ? [] : [{ remove: kind, id: entry.id }]))
  const put = [...is].flatMap(([key, { kind, entry }]): Edit[] => {
    const before = was.get(key)?.entry
    return before !== undefined && sameEntry(before, entry) ? [] : [{ put: kind, entry } as Edit]
  })
  return [...gone, ...put]
}

/** A layout after edits, by itself: for drafts, and for going back through versions. `reset` needs the file and is left to who has it. */
export const afterEdits = (layout: Layout, edits: readonly Edit[]): Layout =>
  laidOver(
    layout,
    edits.flatMap((edit): Over[] =>
      'put' in edit
        ? [{ kind: edit.put, id: edit.entry.id, entry: edit.entry }]
        : 'remove' in edit
          ? [{ kind: edit.remove, id: edit.id, entry: null }]
          : [],
    ),
  )

/** In words of the history: what became of which entry. */
export function toldBetween(from: Layout, to: Layout): Told[] {
  const was = entriesOf(from)
  const is = entriesOf(to)
  return editsBetween(from, to).flatMap((edit): Told[] => {
    if ('put' in edit) {
      const { put: kind, entry } = edit
      return [{ kind, id: entry.id, name: entry.name, what: was.has(keyOf(kind, entry.id)) ? 'changed' : 'added' }]
    }
    if ('reset' in edit) return []
    const key = keyOf(edit.remove, edit.id)
    return is.has(key) ? [] : [{ kind: edit.remove, id: edit.id, name: was.get(key)?.entry.name ?? edit.id, what: 'removed' }]
  })
}

/** Where a device stands: equipment that is this device says it; equipment that was it and is gone leaves it nowhere. */
export function placesOf(base: Inventory, effective: Layout): ReadonlyMap<string, NonNullable<Inventory['devices'][number]['place']> | null> {
  const places = new Map<string, NonNullable<Inventory['devices'][number]['place']> | null>()
  for (const { device } of base.equipment) if (device !== undefined) places.set(device, null)
  const rooms = new Map(effective.racks.map(({ id, room }) => [id, room]))
  for (const { device, rack, u, height, face } of effective.equipment) {
    if (device === undefined) continue
    const room = rooms.get(rack)
    places.set(device, { ...(room === undefined ? {} : { room }), rack, u, height, face })
  }
  return places
}
