// The poll plan: the OIDs of an errand, packed into as few PDUs as the device takes.
import { compareOids } from '../wire/oid.ts'
import type { Manners } from './device.ts'

/** Consecutive slots of the plan that one PDU answers. */
export interface Chunk {
  readonly start: number
  readonly end: number
  /** GETBULK over some columns at once, row by row; null: GET. */
  readonly bulk: { readonly before: readonly string[]; readonly rows: number; readonly columns: readonly string[] } | null
}

export interface Plan {
  /** What is asked, by slot. */
  readonly oids: readonly string[]
  readonly slotOf: ReadonlyMap<string, number>
  readonly chunks: readonly Chunk[]
}

/** Fewer rows are as well asked by GET. */
const FEWEST_ROWS = 6
const MOST_COLUMNS = 5
/** Varbinds to a GETBULK: its request is short, only the answer must fit. */
const BULK_VARBINDS = 60

/**
 * Plans the asking. Columns that share six rows or more go by GETBULK, five columns at a time, all else by GET.
 * `v1` has no GETBULK. Nothing is asked twice.
 */
export function planOf(wanted: Iterable<string>, manners: Manners, v1: boolean): Plan {
  const unique = [...new Set(wanted)]
  const { tables, rest } = v1 ? { tables: [], rest: unique } : splitTables(unique, manners)
  const oids: string[] = []
  const chunks: Chunk[] = []
  for (const { rows, columns } of tables) {
    const octets = Math.max(...columns.map(octetsOf))
    const perPdu = Math.max(1, Math.min(BULK_VARBINDS, Math.floor(manners.octets / octets), manners.varbinds * 1.5))
    for (let c = 0; c < columns.length; c += MOST_COLUMNS) {
      const some = columns.slice(c, c + MOST_COLUMNS)
      const height = Math.max(1, Math.floor(perPdu / some.length))
      for (let r = 0; r < rows.length; r += height) {
        const block = rows.slice(r, r + height)
        const before = some.map(column => (r === 0 ? column : `${column}.${rows[r - 1]}`))
        const start = oids.length
        for (const row of block) for (const column of some) oids.push(`${column}.${row}`)
        // The first row of a table is found from the column only if nothing stands before it: from just before the row it is safe.
        const exact = r === 0 ? some.map(column => `${column}${justBefore(rows[0] ?? '')}`) : before
        chunks.push({ start, end: oids.length, bulk: { before: exact, rows: block.length, columns: some } })
      }
    }
  }
  let start = oids.length
  let octets = 0
  for (const oid of rest) {
    const size = octetsOf(oid)
    if (oids.length > start && (oids.length - start >= manners.varbinds || octets + size > manners.octets)) {
      chunks.push({ start, end: oids.length, bulk: null })
      start = oids.length
      octets = 0
    }
    oids.push(oid)
    octets += size
  }
  if (oids.length > start) chunks.push({ start, end: oids.length, bulk: null })
  return { oids, slotOf: new Map(oids.map((oid, slot) => [oid, slot])), chunks }
}

/** An index that comes right before the given one: GETBULK from there begins with it, unless the table has gained a row in between. */
function justBefore(index: string): string {
  const arcs = index.split('.').map(Number)
  const last = arcs.at(-1) ?? 0
  if (last > 0) return `.${[...arcs.slice(0, -1), last - 1].join('.')}`
  return arcs.length > 1 ? `.${arcs.slice(0, -1).join('.')}` : ''
}

/** Of a varbind with a value of usual length: counters of six octets beside states of one. Devices that disagree cut their answer, and the plan learns. */
const octetsOf = (oid: string): number => oid.split('.').length + 12

/** Columns of equal rows, together; what is left over goes by GET. */
function splitTables(oids: readonly string[], manners: Manners) {
  const byColumn = new Map<string, string[]>()
  for (const oid of oids) {
    const dot = oid.lastIndexOf('.')
    const column = oid.slice(0, dot)
    const rows = byColumn.get(column)
    if (rows) rows.push(oid.slice(dot + 1))
    else byColumn.set(column, [oid.slice(dot + 1)])
  }
  const byRows = new Map<string, { rows: string[]; columns: string[] }>()
  const rest: string[] = []
  for (const [column, rows] of byColumn) {
    if (rows.length < FEWEST_ROWS || manners.sparse.has(column)) {
      for (const row of rows) rest.push(`${column}.${row}`)
      continue
    }
    rows.sort((a, b) => Number(a) - Number(b))
    const key = `${column.split('.').length} ${rows.join(' ')}`
    const table = byRows.get(key)
    if (table) table.columns.push(column)
    else byRows.set(key, { rows, columns: [column] })
  }
  const tables = [...byRows.values()]
  for (const table of tables) table.columns.sort(compareOids)
  return { tables, rest: rest.sort(compareOids) }
}

/** The chunk's slots again, by GETs of at most `most` varbinds. */
export function byGet(chunk: Chunk, most: number): Chunk[] {
  const chunks: Chunk[] = []
  for (let start = chunk.start; start < chunk.end; start += most) chunks.push({ start, end: Math.min(chunk.end, start + most), bulk: null })
  return chunks
}
