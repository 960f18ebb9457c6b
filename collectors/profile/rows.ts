// What a device answered at discovery, and how a profile points into it: scalars, columns, rows of other tables.
import type { By, Condition, LimitSpec, NameSource, Profile, Ref } from '../../daemon/domain/profile.ts'
import { patternOf } from '../../daemon/domain/profile.ts'
import type { Varbind } from '../wire/session.ts'
import { numberOf, textOf } from './decode.ts'
import type { Column } from './walk.ts'

export interface Answers {
  /** sysDescr and its like, also by OID. */
  readonly scalars: ReadonlyMap<string, Varbind>
  readonly columns: ReadonlyMap<string, Column>
}

/** The row one looks from; null for scalars. */
export interface Row {
  readonly entry: string
  readonly index: string
}

interface Place {
  readonly oid?: string | undefined
  readonly column?: number | undefined
  readonly join?: string | undefined
  readonly by?: By | undefined
}

const NONE: Column = new Map()

export const columnOf = (answers: Answers, oid: string): Column => answers.columns.get(oid) ?? NONE

/** Part `n` of an index: from 1, or from -1 at the end. */
export function partOf(index: string, n: number): string {
  const parts = index.split('.')
  return (n > 0 ? parts[n - 1] : parts.at(n)) ?? ''
}

/** The index of the row in the other table, or null when this row does not say. */
function joinIndex(answers: Answers, row: Row, by: By | undefined): string | null {
  if (by === undefined) return row.index
  if (typeof by === 'number') return partOf(row.index, by)
  if (Array.isArray(by)) return by.map(n => partOf(row.index, n)).join('.')
  const varbind = columnOf(answers, `${by.join ?? row.entry}.${by.column}`).get(row.index)
  const number = varbind === undefined ? Number.NaN : numberOf(varbind)
  return Number.isInteger(number) ? String(number) : null
}

/** The OID a reference stands for, seen from a row; null when it cannot be had. */
export function oidOf(answers: Answers, place: Place, row: Row | null): string | null {
  if (place.oid !== undefined) return place.oid
  if (place.column === undefined || row === null) return null
  const index = place.join === undefined && place.by === undefined ? row.index : joinIndex(answers, row, place.by)
  return index === null ? null : `${place.join ?? row.entry}.${place.column}.${index}`
}

/** What the device answered there. */
export function lookUp(answers: Answers, place: Place, row: Row | null): Varbind | undefined {
  if (place.oid !== undefined) return answers.scalars.get(place.oid)
  if (place.column === undefined || row === null) return undefined
  const index = place.join === undefined && place.by === undefined ? row.index : joinIndex(answers, row, place.by)
  return index === null ? undefined : columnOf(answers, `${place.join ?? row.entry}.${place.column}`).get(index)
}

/** Whether a condition holds. */
export function holds(answers: Answers, condition: Condition, row: Row | null): boolean {
  let text: string | null
  let varbind: Varbind | undefined
  if (condition.index !== undefined) text = row === null ? null : partOf(row.index, condition.index)
  else {
    varbind = lookUp(answers, condition, row)
    text = varbind === undefined ? null : textOf(varbind)
  }
  if (text === null) return condition.missing
  const is = (one: number | string) => String(one) === text || (typeof one === 'number' && text !== '' && Number(text) === one)
  if (condition.in !== undefined) return condition.in.some(is)
  if (condition.not !== undefined) return !condition.not.some(is)
  if (condition.match !== undefined) return patternOf(condition.match).test(text)
  if (condition.noMatch !== undefined) return !patternOf(condition.noMatch).test(text)
  return condition.bit !== undefined && varbind !== undefined && bitOf(varbind, condition.bit)
}

function bitOf(varbind: Varbind, bit: number): boolean {
  if (varbind.value instanceof Uint8Array) return (((varbind.value[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
  const number = numberOf(varbind)
  return Number.isInteger(number) && Math.floor(number / 2 ** bit) % 2 === 1
}

/** Everything a set of profiles wants read at discovery. */
export function wanted(profiles: readonly Profile[]): { readonly scalars: ReadonlySet<string>; readonly columns: ReadonlySet<string> } {
  const scalars = new Set<string>()
  const columns = new Set<string>()
  const place = (at: Place | undefined, entry: string | null) => {
    if (at === undefined) return
    if (at.oid !== undefined) scalars.add(at.oid)
    const table = at.join ?? entry
    if (at.column !== undefined && table !== null) columns.add(`${table}.${at.column}`)
    if (at.by !== undefined && typeof at.by === 'object' && !Array.isArray(at.by) && entry !== null)
      columns.add(`${at.by.join ?? entry}.${at.by.column}`)
  }
  const limit = (spec: LimitSpec | undefined, entry: string | null) => {
    if (typeof spec !== 'object') return
    place(spec, entry)
    for (const condition of spec.when ?? []) place(condition, entry)
    for (const condition of spec.among ?? []) place(condition, spec.join ?? entry)
  }
  const measure = (point: Profile['points'][number] | Profile['tables'][number]['points'][number], entry: string | null) => {
    place(point, entry)
    const refs: (Ref | undefined)[] = [
      point.exponent,
      point.digits,
      point.factor,
      point.divisor,
      point.sensorScale?.scale,
      point.sensorScale?.precision,
    ]
    for (const ref of refs) place(ref, entry)
    for (const condition of point.where) place(condition, entry)
    for (const spec of Object.values(point.limits ?? {})) limit(spec, entry)
  }
  const names = (sources: readonly NameSource[] | undefined, entry: string) => {
    for (const source of sources ?? []) place(source, entry)
  }
  for (const profile of profiles) {
    for (const point of profile.points) measure(point, null)
    for (const table of profile.tables) {
      names(table.names, table.entry)
      for (const sources of Object.values(table.vars)) names(sources, table.entry)
      for (const condition of table.where) place(condition, table.entry)
      for (const point of table.points) measure(point, table.entry)
    }
    const kinds = typeof profile.kind === 'object' ? profile.kind.from : []
    for (const source of [...Object.values(profile.identity).flatMap(list => list ?? []), ...kinds]) {
      if (source.oid !== undefined) scalars.add(source.oid)
      if (source.column !== undefined) columns.add(source.column)
    }
  }
  return { scalars, columns }
}
