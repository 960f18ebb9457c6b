// Lists of racks and devices as NetBox's REST API gives them, as rows with the columns of a table.
import { z } from 'zod'
import type { Row } from './rows.ts'

const Named = z
  .union([z.string(), z.looseObject({ name: z.string().nullish(), model: z.string().nullish(), display: z.string().nullish() })])
  .nullish()
/** `{ value, label }`, or the value alone in older ones. */
const Choice = z.union([z.string(), z.number(), z.looseObject({ value: z.union([z.string(), z.number()]).nullish() })]).nullish()
const Figure = z.union([z.number(), z.string()]).nullish()

const Thing = z.looseObject({
  name: z.string().nullish(),
  display: z.string().nullish(),
  site: Named,
  location: Named,
  tenant: Named,
  role: Named,
  rack: Named,
  position: Figure,
  face: Choice,
  serial: z.string().nullish(),
  asset_tag: z.string().nullish(),
  device_type: z.looseObject({ model: z.string().nullish(), manufacturer: Named, u_height: Figure }).nullish(),
  primary_ip: z.looseObject({ address: z.string().nullish() }).nullish(),
  u_height: Figure,
  max_weight: Figure,
  weight_unit: Choice,
  outer_width: Figure,
  outer_depth: Figure,
  outer_unit: Choice,
})
type Thing = z.infer<typeof Thing>

/** What the API answers: a page of a list, or the list alone. */
const Listed = z.union([z.array(z.unknown()), z.looseObject({ results: z.array(z.unknown()) })])

const name = (given: z.infer<typeof Named>): string => (typeof given === 'string' ? given : (given?.name ?? given?.model ?? given?.display ?? ''))
const choice = (given: z.infer<typeof Choice>): string => String(typeof given === 'object' ? (given?.value ?? '') : (given ?? ''))
const figure = (given: z.infer<typeof Figure>): string => String(given ?? '')
const filled = (cells: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(cells).filter(([, text]) => text !== ''))

const deviceCells = (thing: Thing): Record<string, string> =>
  filled({
    name: thing.name ?? thing.display ?? '',
    rack: name(thing.rack),
    u: figure(thing.position),
    face: choice(thing.face),
    tenant: name(thing.tenant),
    serial: thing.serial ?? '',
    asset: thing.asset_tag ?? '',
    make: thing.device_type?.model ?? '',
    manufacturer: name(thing.device_type?.manufacturer),
    height: figure(thing.device_type?.u_height),
    // Without the length of its network.
    addresses: (thing.primary_ip?.address ?? '').replace(/\/\d+$/, ''),
    netbox: '1',
  })

const rackCells = (thing: Thing): Record<string, string> =>
  filled({
    name: thing.name ?? '',
    site: name(thing.site),
    room: name(thing.location),
    units: figure(thing.u_height),
    tenant: name(thing.tenant),
    use: name(thing.role),
    maxWeight: figure(thing.max_weight),
    weightUnit: choice(thing.weight_unit),
    outerWidth: figure(thing.outer_width),
    outerDepth: figure(thing.outer_depth),
    outerUnit: choice(thing.outer_unit),
    netbox: '1',
  })

/** Null: no such list. Devices that stand in no rack are left out: they are on no plan. `line` counts the things from 1. */
export function readNetbox(
  data: unknown,
): { readonly table: 'racks' | 'equipment'; readonly rows: readonly Row[]; readonly unracked: number } | null {
  const listed = Listed.safeParse(data)
  if (!listed.success) return null
  const things = (Array.isArray(listed.data) ? listed.data : listed.data.results).map(one => Thing.safeParse(one))
  if (things.length === 0 || things.some(({ success }) => !success)) return null
  const read = things.flatMap(one => (one.success ? [one.data] : []))
  const devices = read.some(thing => thing.device_type != null || thing.rack != null)
  const rows = read.map((thing, index): Row => ({ line: index + 1, cells: devices ? deviceCells(thing) : rackCells(thing) }))
  const racked = devices ? rows.filter(({ cells }) => cells['rack'] !== undefined && cells['u'] !== undefined) : rows
  return { table: devices ? 'equipment' : 'racks', rows: racked, unracked: rows.length - racked.length }
}
