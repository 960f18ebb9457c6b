// What a row of a table of racks or equipment means, over what is there: absent columns leave what they would say as it is.
import type { Equipment, Layout, Rack } from '../domain/inventory.ts'
import type { Make, PlaceMistake, SentEdit } from '../domain/place.ts'
import { numberOf, type Table } from './columns.ts'
import { makeId, slug } from './makes.ts'
import type { Stands } from './stands.ts'

export interface Row {
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

export interface Meant {
  readonly line: number
  readonly edit: Extract<SentEdit, { put: unknown }>
  readonly was: Rack | Equipment | undefined
}

interface Reading {
  readonly layout: Layout
  readonly makes: ReadonlyMap<string, Make>
  /** Finds rooms, rows and places for racks that are new. */
  readonly stands: Stands
}

const wrong = (line: number, column: string, id: string, en: string): PlaceMistake => ({ line, column, reason: en, words: { id, en } })

const FACINGS: Readonly<Record<string, string>> = {
  utara: 'north',
  timur: 'east',
  selatan: 'south',
  barat: 'west',
  u: 'north',
  t: 'east',
  s: 'south',
  b: 'west',
}
const FACES: Readonly<Record<string, string>> = {
  depan: 'front',
  belakang: 'rear',
  keduanya: 'both',
  'depan belakang': 'both',
  penuh: 'both',
  full: 'both',
}
const LENGTH: Readonly<Record<string, number>> = { mm: 0.001, cm: 0.01, m: 1, in: 0.0254, millimeters: 0.001, inches: 0.0254 }
const WEIGHT: Readonly<Record<string, number>> = { kg: 1, g: 0.001, lb: 0.45359237, oz: 0.028349523125, kilograms: 1, pounds: 0.45359237 }
const NUMBERS: Readonly<Record<Table, readonly string[]>> = {
  racks: ['x', 'y', 'width', 'depth', 'units', 'maxWeight', 'maxPower', 'ports'],
  equipment: ['u', 'height', 'weight', 'nameplate', 'agreed', 'ports'],
}
const TEXTS: Readonly<Record<Table, readonly string[]>> = { racks: ['name', 'tenant', 'use'], equipment: ['name', 'tenant', 'serial', 'asset'] }

/** Cells of numbers and texts, as far as the table has them; an empty cell takes away what need not be there. */
function plain(table: Table, { line, cells }: Row, mistakes: PlaceMistake[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const field of NUMBERS[table]) {
    const text = cells[field]
    if (text === undefined || text === '') continue
    const value = numberOf(text)
    if (value === null) mistakes.push(wrong(line, field, `"${text}" bukan angka`, `"${text}" is no number`))
    else values[field] = value
  }
  for (const field of TEXTS[table]) {
    const text = cells[field]
    if (text !== undefined) values[field] = text === '' && field !== 'name' ? undefined : text
  }
  return values
}

const named = (text: string, list: readonly { readonly id: string; readonly name: string }[]): string | undefined => {
  const wanted = text.toLowerCase()
  return (list.find(({ id }) => id === wanted) ?? list.find(({ name }) => name.toLowerCase() === wanted))?.id
}

export function rackOf(row: Row, { layout, stands }: Reading, mistakes: PlaceMistake[]): Meant {
  const { line, cells } = row
  const name = cells['name'] ?? ''
  const own = cells['id'] ?? ''
  const was =
    layout.racks.find(({ id }) => id === slug(own)) ??
    (own === '' ? layout.racks.find(rack => rack.name.toLowerCase() === name.toLowerCase()) : undefined)
  const id = was?.id ?? slug(own === '' ? name : own)
  const values = plain('racks', row, mistakes)
  const unit = LENGTH[(cells['outerUnit'] ?? 'mm').toLowerCase()] ?? 0.001
  const outer = (field: string) => numberOf(cells[field] ?? '')
  const [wide, deep] = [outer('outerWidth'), outer('outerDepth')]
  if (wide !== null) values['width'] = wide * unit
  if (deep !== null) values['depth'] = deep * unit
  // 19 and 23 inches are the rails' width in NetBox, not the rack's.
  if (values['width'] === 19 || values['width'] === 23) delete values['width']
  const heavy = WEIGHT[(cells['weightUnit'] ?? '').toLowerCase()]
  if (heavy !== undefined && typeof values['maxWeight'] === 'number') values['maxWeight'] = values['maxWeight'] * heavy
  const facing = (cells['facing'] ?? '').toLowerCase()
  if (facing !== '') values['facing'] = FACINGS[facing] ?? facing
  const cage = cells['cage'] ?? ''
  if (cage !== '') {
    const found = named(cage, layout.cages)
    if (found === undefined) mistakes.push(wrong(line, 'cage', `tidak ada sangkar "${cage}"`, `there is no cage "${cage}"`))
    values['cage'] = found
  } else if (cells['cage'] !== undefined) values['cage'] = undefined
  const place = stands({ was, cells, x: values['x'], y: values['y'], width: values['width'], depth: values['depth'], facing: values['facing'] })
  const entry = compact({ ...was, ...values, ...place, id })
  return { line, was, edit: { put: 'racks', entry } }
}

export function equipmentOf(
  row: Row,
  { layout, makes }: Reading,
  racks: readonly Pick<Rack, 'id' | 'name' | 'room'>[],
  seen: ReadonlyMap<string, number>,
  mistakes: PlaceMistake[],
): Meant {
  const { line, cells } = row
  const own = slug(cells['id'] ?? '')
  const rack = named(cells['rack'] ?? '', racks)
  if (rack === undefined) mistakes.push(wrong(line, 'rack', `tidak ada rak "${cells['rack'] ?? ''}"`, `there is no rack "${cells['rack'] ?? ''}"`))
  const was = own === '' ? meantBy(cells, rack, layout, seen) : layout.equipment.find(({ id }) => id === own)
  const values = plain('equipment', row, mistakes)
  const [maker = '', model = ''] = [cells['manufacturer'] ?? '', cells['make'] ?? '']
  const known = makes.get(makeId(maker, model)) ?? makes.get(slug(model))
  if (model !== '') values['make'] = maker === '' || model.toLowerCase().startsWith(maker.toLowerCase()) ? model : `${maker} ${model}`
  if (known !== undefined) {
    values['height'] ??= Math.max(1, Math.ceil(known.height))
    if (known.weight !== undefined) values['weight'] ??= known.weight
    if (known.nameplate !== undefined) values['nameplate'] ??= known.nameplate
    if (known.ports > 0) values['ports'] ??= known.ports
  }
  if (typeof values['height'] === 'number') values['height'] = Math.ceil(values['height'])
  const face = (cells['face'] ?? '').toLowerCase()
  // NetBox tells on which face a thing is mounted; how deep it is says its make, and without one it is as deep as the rack.
  if (face !== '')
    values['face'] = FACES[face] ?? (known === undefined ? (cells['netbox'] === undefined ? face : 'both') : known.fullDepth ? 'both' : face)
  const polled = cells['polled']
  if (polled !== undefined) values['device'] = polled === '' ? undefined : polled
  if (cells['addresses'] !== undefined) values['addresses'] = cells['addresses'].split(/[;|\s]+/).filter(each => each !== '')
  if (cells['psus'] !== undefined)
    values['psus'] = cells['psus']
      .split(/[;|]/)
      .map(each => each.trim())
      .filter(each => each !== '')
      .map(each => {
        const [feed = '', ...outlet] = each.split(':')
        return { feed: feed.trim().toUpperCase(), ...(outlet.length > 0 ? { outlet: outlet.join(':').trim() } : {}) }
      })
  // What the device measures of an outlet is not in a table: it stays where feed and outlet do.
  if (was !== undefined && Array.isArray(values['psus']))
    values['psus'] = (values['psus'] as { feed: string; outlet?: string }[]).map(
      psu => was.psus.find(old => old.feed === psu.feed && old.outlet === psu.outlet) ?? psu,
    )
  const entry = compact({ ...was, ...values, id: was?.id ?? (own === '' ? newId(cells, layout, seen) : own), rack: rack ?? cells['rack'] })
  return { line, was, edit: { put: 'equipment', entry } }
}

/** Without an id: what has the serial; else the name at that U, in that rack, or anywhere when there is but one. Each stands for one row only. */
function meantBy(cells: Row['cells'], rack: string | undefined, layout: Layout, seen: ReadonlyMap<string, number>): Equipment | undefined {
  const serial = cells['serial'] ?? ''
  const name = (cells['name'] ?? '').toLowerCase()
  const u = numberOf(cells['u'] ?? '')
  const same = layout.equipment.filter(each => each.name.toLowerCase() === name)
  const here = same.filter(each => each.rack === rack)
  const left = (list: readonly Equipment[]) => list.filter(({ id }) => !seen.has(id))
  const bySerial = serial === '' ? undefined : layout.equipment.find(each => each.serial === serial)
  return bySerial ?? here.find(each => each.u === u) ?? left(here)[0] ?? (same.length === 1 ? left(same)[0] : undefined)
}

/** By the name; where that is taken by another, with its rack, and with its U. */
function newId(cells: Row['cells'], layout: Layout, seen: ReadonlyMap<string, number>): string {
  const { name = '', rack = '', u = '' } = cells
  const free = (id: string) => !seen.has(id) && !layout.equipment.some(each => each.id === id)
  const ids = [slug(name), slug(`${rack} ${name}`), slug(`${rack} ${name} u${u}`)]
  return ids.find(free) ?? ids[2] ?? ''
}

const compact = (entry: Record<string, unknown>): { id: string } & Record<string, unknown> =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as { id: string } & Record<string, unknown>
