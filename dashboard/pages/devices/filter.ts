// Which devices a list shows, and in which order, by what stands in the URL. Pure.
import { KINDS, type Kind } from '../../../daemon/domain/device.ts'
import type { DeviceView } from '../../../daemon/stream/contract.ts'

export const STATUSES = ['all', 'alarm', 'down', 'up', 'new'] as const
export type Status = (typeof STATUSES)[number]
export const SORTS = ['name', 'kind', 'address', 'place', 'points', 'seen', 'state'] as const
export type SortKey = (typeof SORTS)[number]

export interface Wanted {
  readonly search: string
  readonly kind: Kind | null
  readonly status: Status
  readonly sort: SortKey
  readonly down: boolean
}

/** What a row of the list knows beside the device itself. */
export interface Row {
  readonly device: DeviceView
  readonly place: string
  readonly alarms: number
  /** 0 calm … 3 critical, for sorting. */
  readonly gravity: number
}

export function wantedOf(query: URLSearchParams): Wanted {
  const sort = query.get('sort') ?? ''
  return {
    search: query.get('q') ?? '',
    kind: KINDS.find(kind => kind === query.get('kind')) ?? null,
    status: STATUSES.find(status => status === query.get('status')) ?? 'all',
    sort: SORTS.find(key => key === sort.replace('-', '')) ?? 'name',
    down: sort.startsWith('-'),
  }
}

const natural = new Intl.Collator('id', { numeric: true, sensitivity: 'base' })

/** Every word must be found somewhere: `ups a galaxy` finds UPS A of that model. A single letter must stand alone, as in a name. */
function speaks(row: Row, search: string): boolean {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '')
  if (words.length === 0) return true
  const { device } = row
  const text = [
    device.id,
    device.name,
    device.address,
    device.kind,
    device.tenant,
    row.place,
    device.identity?.vendor,
    device.identity?.model,
    device.identity?.serial,
  ]
    .filter(part => part != null)
    .join(' ')
    .toLowerCase()
  const whole = new Set(text.split(/[^\p{L}\p{N}]+/u))
  return words.every(word => (word.length === 1 ? whole.has(word) : text.includes(word)))
}

const has = (row: Row, status: Status): boolean => status === 'all' || (status === 'alarm' ? row.alarms > 0 : row.device.status === status)

const ORDER: Readonly<Record<SortKey, (one: Row, other: Row) => number>> = {
  name: (one, other) => natural.compare(one.device.name, other.device.name),
  kind: (one, other) => KINDS.indexOf(one.device.kind) - KINDS.indexOf(other.device.kind),
  address: (one, other) => natural.compare(one.device.address, other.device.address),
  place: (one, other) => natural.compare(one.place, other.place),
  points: (one, other) => one.device.points - other.device.points,
  seen: (one, other) => (one.device.lastSeen ?? 0) - (other.device.lastSeen ?? 0),
  state: (one, other) => one.gravity - other.gravity || one.alarms - other.alarms,
}

/** Equal rows stand by name, so that an order is always the same. */
export function listed(rows: readonly Row[], wanted: Wanted): readonly Row[] {
  const turn = wanted.down ? -1 : 1
  return rows
    .filter(row => (wanted.kind === null || row.device.kind === wanted.kind) && has(row, wanted.status) && speaks(row, wanted.search))
    .sort((one, other) => turn * ORDER[wanted.sort](one, other) || ORDER.name(one, other) || natural.compare(one.device.id, other.device.id))
}
