// Columns of tables of racks and equipment: by the names people and NetBox give them, numbers as they are written in either language.
import { done, type Outcome, refused } from '../domain/outcome.ts'

type Names = readonly (readonly [field: string, ...names: readonly string[]])[]

/** The first is the field's own name; the others are Indonesian, or NetBox's (import forms, tables, REST API). */
export const COLUMNS = {
  racks: [
    ['id', 'facility_id', 'facility id'],
    ['name', 'nama', 'rak', 'rack'],
    ['row', 'baris', 'lorong'],
    ['room', 'ruang', 'ruangan', 'location', 'lokasi'],
    ['site', 'situs'],
    ['cage', 'sangkar', 'kurungan'],
    ['x'],
    ['y'],
    ['width', 'lebar'],
    ['depth', 'kedalaman', 'dalam'],
    ['facing', 'arah', 'menghadap'],
    ['units', 'u', 'tinggi u', 'u_height', 'height', 'tinggi'],
    ['maxWeight', 'max_weight', 'max weight', 'berat maksimum', 'beban maksimum'],
    ['weightUnit', 'weight_unit', 'weight unit'],
    ['maxPower', 'max_power', 'max power', 'daya maksimum'],
    ['ports', 'port', 'porta'],
    ['tenant', 'pemilik', 'pd', 'perangkat daerah'],
    ['use', 'kegunaan', 'penggunaan', 'role', 'peran'],
    ['outerWidth', 'outer_width', 'outer width'],
    ['outerDepth', 'outer_depth', 'outer depth'],
    ['outerUnit', 'outer_unit', 'outer unit'],
  ],
  equipment: [
    ['id'],
    ['name', 'nama', 'perangkat', 'device'],
    ['rack', 'rak'],
    ['room', 'ruang', 'location', 'lokasi'],
    ['site', 'situs'],
    ['u', 'position', 'posisi', 'posisi u', 'position (u)'],
    ['height', 'tinggi', 'tinggi u', 'u_height'],
    ['face', 'sisi', 'muka'],
    ['polled', 'perangkat terpantau', 'watched device'],
    ['tenant', 'pemilik', 'pd', 'perangkat daerah'],
    ['weight', 'berat', 'berat (kg)'],
    ['nameplate', 'daya pelat nama', 'pelat nama', 'daya nominal'],
    ['agreed', 'daya disepakati', 'disepakati'],
    ['make', 'device_type', 'device type', 'type', 'tipe', 'model', 'jenis'],
    ['manufacturer', 'merek', 'pabrikan'],
    ['serial', 'nomor seri', 'serial number', 'no seri'],
    ['asset', 'asset_tag', 'asset tag', 'kib', 'nomor inventaris', 'kode barang'],
    ['ports', 'port', 'porta'],
    ['addresses', 'alamat', 'alamat ip', 'ip address', 'primary_ip'],
    ['psus', 'catu daya', 'psu'],
  ],
} as const satisfies Readonly<Record<'racks' | 'equipment', Names>>
export type Table = keyof typeof COLUMNS

/** Columns of NetBox that say nothing a plan or a rack needs. */
const PASSED: ReadonlySet<string> = new Set(
  'status,role,device_role,device role,peran perangkat,facility,type_id,starting_unit,starting unit,form_factor,desc_units,description,deskripsi,comments,catatan,tags,platform,cluster,virtual_chassis,vc_position,vc_priority,airflow,config_template,local_context_data,parent,device_bay,tenant_group,space,power,devices,power utilization,url,display,created,last_updated,custom_fields,latitude,longitude,region,site_group,weight,type,serial,asset_tag,asset tag,width'.split(
    ',',
  ),
)

const NEEDED: Readonly<Record<Table, readonly string[]>> = { racks: ['name'], equipment: ['name', 'rack', 'u'] }

/** Equipment stands in a rack at a height; a table without both is one of racks. */
export function tableOf(head: readonly string[]): Table {
  const has = (table: Table, field: string) =>
    COLUMNS[table].some(([own, ...names]) => own === field && [own, ...names].some(name => head.includes(name.toLowerCase())))
  return has('equipment', 'u') && has('equipment', 'rack') && has('equipment', 'name') && !head.includes('row') && !head.includes('baris')
    ? 'equipment'
    : 'racks'
}

/** Where each field stands; or what is wrong with the first row. */
export function columnsOf(table: Table, head: readonly string[]): Outcome<ReadonlyMap<string, number>> {
  const columns = new Map<string, number>()
  const unknown: string[] = []
  for (const [index, name] of head.entries()) {
    const found = COLUMNS[table].find(names => names.some(known => known.toLowerCase() === name))?.[0]
    if (found !== undefined && !columns.has(found)) columns.set(found, index)
    else if (found !== undefined || !PASSED.has(name)) unknown.push(name)
  }
  const missing = NEEDED[table].filter(field => !columns.has(field)).join(', ')
  const odd = unknown
    .filter(name => name !== '')
    .slice(0, 10)
    .join(', ')
  if (missing === '' && odd === '') return done(columns)
  const known = COLUMNS[table].map(([field]) => field).join(', ')
  const said = (lack: string, strange: string, and: string) => [missing === '' ? '' : lack, odd === '' ? '' : strange].filter(Boolean).join(and)
  return refused('invalid', {
    id: `Baris pertama ${said(`tidak memuat ${missing}`, `memuat kolom yang tidak dikenal atau dua kali: ${odd}`, ' dan ')}. Kolomnya: ${known}.`,
    en: `The first row ${said(`lacks ${missing}`, `has columns that are unknown or there twice: ${odd}`, ' and ')}. Columns are: ${known}.`,
  })
}

/** "1,2" · "1.234,5" · "1,234.5" · "1.2": the sign that stands last parts the decimals. Null: no number. */
export function numberOf(text: string): number | null {
  const plain = text.replace(/[\s\u00a0]/g, '')
  if (!/^[-+]?\d[\d.,]*$/.test(plain)) return null
  const last = Math.max(plain.lastIndexOf(','), plain.lastIndexOf('.'))
  const whole = last < 0 ? plain : plain.slice(0, last)
  const rest = last < 0 ? '' : plain.slice(last + 1)
  const sign = last < 0 ? '' : plain[last]
  const thousands = sign === ',' ? '.' : ','
  // The same sign twice parts thousands: "1.234.567".
  if (sign !== undefined && sign !== '' && whole.includes(sign))
    return /^[-+]?\d{1,3}(?:[.,]\d{3})+$/.test(plain) ? Number(plain.replace(/[.,]/g, '')) : null
  const digits = whole.replaceAll(thousands, '')
  return whole.includes(thousands) && !/^[-+]?\d{1,3}([.,]\d{3})*$/.test(whole) ? null : Number(`${digits}${rest === '' ? '' : `.${rest}`}`)
}
