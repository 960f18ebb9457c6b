// The place as people change it: entries laid over what the site's file says, in words that page, API and records share.
import { z } from 'zod'
import type { Instant } from './call.ts'
import { Id } from './device.ts'
import { Cage, Door, Equipment, Fixture, type Layout, Network, PowerNode, Rack, Room, Row, Sensor, Site } from './inventory.ts'
import { PLACE_KINDS, type PlaceKind } from './place-kinds.ts'

export interface PlaceEntries {
  readonly sites: Site
  readonly rooms: Room
  readonly cages: Cage
  readonly rows: Row
  readonly racks: Rack
  readonly equipment: Equipment
  readonly doors: Door
  readonly sensors: Sensor
  readonly fixtures: Fixture
  readonly power: PowerNode
  readonly networks: Network
}
export type PlaceEntry = PlaceEntries[PlaceKind]

export const ENTRY: { readonly [K in PlaceKind]: z.ZodType<PlaceEntries[K]> } = {
  sites: Site,
  rooms: Room,
  cages: Cage,
  rows: Row,
  racks: Rack,
  equipment: Equipment,
  doors: Door,
  sensors: Sensor,
  fixtures: Fixture,
  power: PowerNode,
  networks: Network,
}

/** `put` brings an entry in or over the one of its id; `reset` goes back to what the site's file says. */
export type Edit =
  | { readonly [K in PlaceKind]: { readonly put: K; readonly entry: PlaceEntries[K] } }[PlaceKind]
  | { readonly remove: PlaceKind; readonly id: string }
  | { readonly reset: PlaceKind; readonly id: string }

const Kind = z.enum(PLACE_KINDS)

/** Edits as they are sent: what an entry holds is read by its own schema afterwards, so that every mistake is told at its entry. */
export const SentEdit = z.union([
  z.strictObject({ put: Kind, entry: z.looseObject({ id: z.string() }) }),
  z.strictObject({ remove: Kind, id: Id }),
  z.strictObject({ reset: Kind, id: Id }),
])
export type SentEdit = z.infer<typeof SentEdit>

/** One entry laid over the file; null: what the file says is taken out. */
export interface Laid {
  readonly kind: PlaceKind
  readonly id: string
  readonly entry: PlaceEntry | null
  /** Version of the layout it came with. */
  readonly revision: number
  readonly at: Instant
  readonly by: string
}

/** What a change did to an entry. */
export interface Told {
  readonly kind: PlaceKind
  readonly id: string
  readonly name: string
  readonly what: 'added' | 'changed' | 'removed'
}

/** GET /place */
export interface PlaceView {
  readonly revision: number
  readonly layout: Layout
  /** Where the file comes from: a path, or the demonstration. */
  readonly source: string
  readonly laid: readonly (Omit<Laid, 'entry'> & {
    readonly what: Told['what']
    /** What the file says; null: nothing. */
    readonly file: PlaceEntry | null
  })[]
  /** Laid over an older file and not possible with the present one: kept, but not shown. */
  readonly held: readonly (Laid & { readonly reasons: readonly string[] })[]
}

/** GET /place/versions → items, newest first */
export interface PlaceVersion {
  readonly version: number
  readonly at: Instant
  readonly by: string
  readonly changes: number
  /** The first of them. */
  readonly told: readonly Told[]
}

/** Answer to a change. */
export interface PlaceChanged {
  readonly revision: number
  readonly told: readonly Told[]
}

/** A make of equipment: what forms fill in. Figures as the maker gives them. */
export const Make = z.strictObject({
  /** `<manufacturer>-<model>` in small letters. */
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,126}$/),
  manufacturer: z.string().min(1).max(100),
  model: z.string().min(1).max(200),
  /** U, in halves; 0 stands beside the units. */
  height: z.number().min(0).max(60).multipleOf(0.5),
  fullDepth: z.boolean(),
  /** kg. */
  weight: z.number().nonnegative().max(5000).optional(),
  /** W of its power supplies together: at most, and as allocated. */
  nameplate: z.number().positive().optional(),
  allocated: z.number().positive().optional(),
  psus: z.int().nonnegative().max(64).default(0),
  /** Network ports. */
  ports: z.int().nonnegative().max(10_000).default(0),
  airflow: z.string().max(60).optional(),
})
export type Make = z.infer<typeof Make>

/** A mistake in an imported file; line 0: of the file as a whole. Column: as the file names it. */
export interface PlaceMistake {
  readonly line: number
  readonly column: string
  readonly reason: string
  readonly words?: { readonly id: string; readonly en: string }
}

export const IMPORT_FORMATS = ['suar', 'racks', 'equipment', 'makes'] as const
export type ImportFormat = (typeof IMPORT_FORMATS)[number]

/** POST /place/import: what it would do, or did, row by row. */
export interface PlaceImport {
  /** What the file was found to be. */
  readonly format: ImportFormat
  readonly rows: number
  readonly done: readonly {
    readonly line: number
    readonly kind: PlaceKind | 'makes'
    readonly id: string
    readonly name: string
    readonly what: 'added' | 'changed'
  }[]
  readonly same: number
  readonly mistakes: readonly PlaceMistake[]
  /** Decided for what the file did not say: where new racks stand, how high a make is. */
  readonly remarks: readonly { readonly id: string; readonly en: string }[]
  readonly committed: boolean
  readonly revision: number
}
