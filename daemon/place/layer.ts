// What people changed of the place, laid over what the file says: read at the start, checked as a whole before any of it is taken, told to who listens.
import type { Clock, Log } from '../domain/call.ts'
import type { Device } from '../domain/device.ts'
import type { Inventory, Layout } from '../domain/inventory.ts'
import { openListeners } from '../domain/listeners.ts'
import { done, type FieldError, type Outcome, refused, type Together } from '../domain/outcome.ts'
import { editsBetween, entryOf, keyOf, laidOver, type OverlayChange, overlayChange, placesOf, toldBetween } from '../domain/overlay.ts'
import { throughOf } from '../domain/people.ts'
import type { Laid, PlaceChanged, PlaceVersion, PlaceView, SentEdit, Told } from '../domain/place.ts'
import type { By } from '../domain/signin.ts'
import { checkInventory } from '../inventory-check.ts'
import { mistakesIn, readEdits } from './edits.ts'

/** How a change is sent. */
export interface Changing {
  /** The version it was made on: another by now is refused. Null: on whatever there is. */
  readonly over: number | null
  readonly by: By
  /** Written with it, or not at all: what else the errand writes. */
  readonly also?: () => Promise<Outcome<unknown>>
  /** In the trail: what the change came from. */
  readonly from?: string
}

/** What is kept, as far as the place is concerned. */
export interface LayerStore {
  readonly layout: {
    current(): Promise<{ readonly version: number; readonly layout: Layout } | null>
    version(version: number): Promise<{ readonly layout: Layout } | null>
    since(version: number): Promise<readonly { readonly by: string; readonly at: number; readonly told: readonly Told[] }[]>
    versions(query: { readonly before?: number | undefined; readonly size: number }): Promise<PlaceVersion[]>
    save(layout: Layout, by: string, over: number): Promise<Outcome<{ readonly version: number }>>
  }
  readonly place: {
    entries(): Promise<{ readonly laid: Laid[]; readonly unread: readonly { readonly kind: string; readonly id: string }[] }>
    write(changes: readonly OverlayChange[], stamp: Pick<Laid, 'revision' | 'at' | 'by'>): Promise<void>
  }
  readonly audit: { readonly together: Together; append(actor: string, action: string, subject: string, detail?: unknown): Promise<unknown> }
  readonly devices: { list(): Promise<readonly { readonly device: Device }[]> }
}

export interface LayerOptions {
  /** What the file, or the demonstration, says. */
  readonly base: Inventory
  readonly source: string
  readonly store: LayerStore
  readonly clock: Clock
  readonly log: Log
}

export interface Layer {
  /** With everything that is laid over it. */
  readonly inventory: Inventory
  /** Version of the layout. */
  readonly revision: number
  view(): PlaceView
  change(edits: readonly SentEdit[], how: Changing): Promise<Outcome<PlaceChanged>>
  /** What a change would do, and every mistake in it; nothing is taken. */
  preview(edits: readonly SentEdit[]): Promise<Outcome<readonly Told[]>>
  versions(query: { readonly before?: number | undefined; readonly size: number }): Promise<PlaceVersion[]>
  /** The layout becomes what it was at that version, as a new one. `notFound`: there is none such. */
  restore(version: number, how: Changing): Promise<Outcome<PlaceChanged>>
  /** A device where the equipment that it is stands. */
  placed(device: Device): Device
  onChange(listener: () => void): () => void
}

export async function openLayer({ base, source, store, clock, log }: LayerOptions): Promise<Outcome<Layer>> {
  const { tell, onChange } = openListeners(log)
  const { laid: kept, unread } = await store.place.entries()
  for (const one of unread) log.error({ ...one }, 'a changed entry of the place cannot be read and is left out; it stays in the records')
  const withAdopted = async (inventory: Inventory): Promise<Inventory> => {
    const known = new Set(inventory.devices.map(({ id }) => id))
    const adopted = (await store.devices.list()).flatMap(({ device }) => (known.has(device.id) ? [] : [device]))
    return { ...inventory, devices: [...inventory.devices, ...adopted] }
  }
  /** As it would be with this laid over it; with every mistake in it. */
  const tried = async (laid: Iterable<Laid | Pick<Laid, 'kind' | 'id' | 'entry'>>) => {
    const merged = laidOver(base, laid)
    const places = placesOf(base, merged)
    const inventory = { ...merged, devices: base.devices.map(device => standing(device, places)) }
    const all = await withAdopted(inventory)
    const checked = { ...all, devices: all.devices.map(device => standing(device, places)) }
    return { inventory, places, mistakes: mistakesIn(checked, checkInventory(checked)) }
  }

  let overlay = new Map(kept.map(one => [keyOf(one.kind, one.id), one]))
  const held = new Map<string, { readonly laid: Laid; readonly reasons: readonly string[] }>()
  let now = await tried(overlay.values())
  // The file may have changed under what was laid over it: that is set aside, told, and never stops the start.
  while (now.mistakes.length > 0 && overlay.size > 0) {
    const at = (one: Laid) => now.mistakes.filter(({ field }) => `${field}.`.startsWith(`${one.kind}.${one.id}.`))
    const named = [...overlay.values()].filter(one => at(one).length > 0)
    const gone = [...overlay.values()].filter(({ entry }) => entry === null)
    for (const one of named.length > 0 ? named : gone.length > 0 ? gone : [...overlay.values()]) {
      const why = at(one).length > 0 ? at(one) : now.mistakes
      overlay.delete(keyOf(one.kind, one.id))
      held.set(keyOf(one.kind, one.id), { laid: one, reasons: why.map(({ field, reason }) => `${field}: ${reason}`) })
      log.warn({ entry: `${one.kind}.${one.id}`, reason: why[0]?.reason }, 'a change of the place no longer fits the file and is left out')
    }
    now = await tried(overlay.values())
  }
  const before = await store.layout.current()
  const saved = await store.layout.save(layoutOf(now.inventory), source, before?.version ?? 0)
  if (!saved.ok) return saved
  let revision = saved.value.version

  const stale = async (over: number): Promise<Outcome<never>> => {
    const since = await store.layout.since(over)
    const who = [...new Set(since.map(({ by }) => by))].join(', ')
    const errors = since.flatMap(({ by, at, told }) =>
      told.map(({ kind, id, name, what }): FieldError => {
        const when = new Date(at).toISOString()
        const en = `${name} was ${what} by ${by} at ${when}`
        const words = { en, id: `${name} ${{ added: 'ditambahkan', changed: 'diubah', removed: 'dikeluarkan' }[what]} oleh ${by} pada ${when}` }
        return { field: `${kind}.${id}`, reason: en, words }
      }),
    )
    return refused(
      'stale',
      {
        id: `Denah sudah diubah oleh ${who} sejak Anda membukanya. Periksa perubahannya, lalu simpan lagi.`,
        en: `The place was changed by ${who} since you opened it. Look at what changed, then save again.`,
      },
      errors,
    )
  }

  /** What edits come to, or everything that is wrong with them. */
  const weighed = async (sent: readonly SentEdit[]) => {
    const read = readEdits(sent)
    if (!read.ok) return read
    const unknown = read.value.flatMap((edit): FieldError[] => {
      const [kind, id] = 'put' in edit ? [edit.put, edit.entry.id] : 'remove' in edit ? [edit.remove, edit.id] : [edit.reset, edit.id]
      if (!('remove' in edit)) return []
      if (kind === 'sites' && id === base.site.id)
        return [wrong(`${kind}.${id}`, 'Situs pertama tidak dapat dikeluarkan', 'the first site cannot be taken out')]
      return entryOf(now.inventory, kind, id) === null ? [wrong(`${kind}.${id}`, 'sudah tidak ada', 'is no longer there: somebody took it out')] : []
    })
    if (unknown.length > 0) return mistaken(unknown)
    const changes = read.value.map(edit => overlayChange(base, edit))
    const next = new Map<string, Laid>(overlay)
    for (const change of changes) {
      if ('put' in change) next.set(keyOf(change.put.kind, change.put.id), { ...change.put, revision: revision + 1, at: clock(), by: '' })
      else next.delete(keyOf(change.drop.kind, change.drop.id))
    }
    const then = await tried(next.values())
    if (then.mistakes.length > 0) return mistaken(then.mistakes)
    return done({ changes, next, then, told: toldBetween(now.inventory, then.inventory) })
  }

  const take = async (sent: readonly SentEdit[], { over, by, also, from }: Changing): Promise<Outcome<PlaceChanged>> => {
    if (over !== null && over !== revision) return await stale(over)
    const found = await weighed(sent)
    if (!found.ok) return found
    const { changes, next, then, told } = found.value
    const at = clock()
    const written = await store.audit.together(async () => {
      const saved = await store.layout.save(layoutOf(then.inventory), by.name, revision)
      if (!saved.ok) return saved
      await store.place.write(changes, { revision: saved.value.version, at, by: by.name })
      if (told.length > 0)
        await store.audit.append(by.name, 'place.change', `layout ${saved.value.version}`, {
          over: revision,
          ...(from === undefined ? {} : { from }),
          changes: told.length,
          told: told.slice(0, 200).map(({ kind, id, what }) => `${what} ${kind}.${id}`),
          account: by.account,
          address: by.address,
          ...throughOf(by),
        })
      const more = await also?.()
      return more === undefined || more.ok ? saved : more
    })
    if (!written.ok) return written
    revision = written.value.version
    const mine = new Set(changes.flatMap(change => ('put' in change ? [keyOf(change.put.kind, change.put.id)] : [])))
    overlay = new Map([...next].map(([key, one]) => [key, mine.has(key) ? { ...one, revision, at, by: by.name } : one]))
    for (const change of changes) held.delete('put' in change ? keyOf(change.put.kind, change.put.id) : keyOf(change.drop.kind, change.drop.id))
    now = then
    tell()
    return done({ revision, told })
  }

  // One after the other: each is checked against what the one before left.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work)
    last = mine.catch(() => undefined)
    return mine
  }

  return done({
    get inventory() {
      return now.inventory
    },
    get revision() {
      return revision
    },
    view: () => ({
      revision,
      layout: layoutOf(now.inventory),
      source,
      laid: [...overlay.values()].map(({ entry, ...one }) => {
        const file = entryOf(base, one.kind, one.id)
        return { ...one, file, what: entry === null ? 'removed' : file === null ? 'added' : 'changed' }
      }),
      held: [...held.values()].map(({ laid, reasons }) => ({ ...laid, reasons })),
    }),
    change: (edits, how) => inTurn(() => take(edits, how)),
    preview: edits =>
      inTurn(async () => {
        const found = await weighed(edits)
        return found.ok ? done(found.value.told) : found
      }),
    versions: query => store.layout.versions(query),
    restore: (version, how) =>
      inTurn(async () => {
        const then = await store.layout.version(version)
        if (then === null)
          return refused('notFound', { id: `Tidak ada denah versi ${version}.`, en: `There is no version ${version} of the layout.` })
        return await take(restoring(now.inventory, then.layout), { ...how, from: how.from ?? `version ${version}` })
      }),
    placed: device => standing(device, now.places),
    onChange,
  })
}

/** The edits that lead from one layout to another, as they are sent. */
const restoring = (from: Layout, to: Layout): readonly SentEdit[] => editsBetween(from, to) as readonly SentEdit[]

const layoutOf = ({ devices: _, ...layout }: Inventory): Layout => layout

/** A device whose equipment says where it stands; any other stays where its own description has it. */
function standing(device: Device, places: ReadonlyMap<string, Device['place'] | null>): Device {
  const place = places.get(device.id)
  if (place === undefined) return device
  if (place === null) {
    const { place: was, ...rest } = device
    return was?.rack === undefined ? device : { ...rest, ...(was.room === undefined ? {} : { place: { room: was.room, height: 1, face: 'both' } }) }
  }
  const was = device.place
  const same = was?.rack === place.rack && was?.u === place.u && was?.height === place.height && was?.face === place.face
  return same ? device : { ...device, place }
}

const wrong = (field: string, id: string, en: string): FieldError => ({ field, reason: en, words: { id, en } })

const mistaken = (errors: readonly FieldError[]) =>
  refused(
    'invalid',
    {
      id: errors.length === 1 ? 'Ada satu kesalahan; tidak ada yang disimpan.' : `Ada ${errors.length} kesalahan; tidak ada yang disimpan.`,
      en: errors.length === 1 ? 'There is one mistake; nothing was saved.' : `There are ${errors.length} mistakes; nothing was saved.`,
    },
    errors,
  )
