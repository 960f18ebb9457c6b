// Which fields the form of each kind has, and how each is asked for. The schema of the inventory stays the judge.
import type { PlaceKind } from '../../../daemon/domain/place-kinds.ts'
import type { Words } from '../../words/index.ts'

type Label = keyof Words['place']['fields']
type Choices = keyof Words['place']['options']

export type FieldSpec =
  | { readonly key: string; readonly label: Label; readonly as: 'text' | 'number' | 'whole' | 'list'; readonly needed?: boolean }
  | {
      readonly key: string
      readonly label: Label
      readonly as: 'choice'
      readonly of: Choices
      readonly choices: readonly string[]
      readonly needed?: boolean
    }
  /** Another entry by its id; `near`: only those of the same room. */
  | { readonly key: string; readonly label: Label; readonly as: 'entry'; readonly to: PlaceKind; readonly near?: boolean; readonly needed?: boolean }
  | { readonly key: string; readonly label: Label; readonly as: 'device' | 'point' | 'feeds' | 'psus' | 'make' | 'sources' | 'measures' }

const name: FieldSpec = { key: 'name', label: 'name', as: 'text', needed: true }
const room: FieldSpec = { key: 'room', label: 'room', as: 'entry', to: 'rooms', needed: true }
const metres = (...keys: ('x' | 'y' | 'width' | 'depth' | 'tile' | 'toX' | 'toY')[]): FieldSpec[] =>
  keys.map(key => ({ key, label: key, as: 'number', needed: true }))
const box = metres('x', 'y', 'width', 'depth')

export const FIELDS: Readonly<Record<PlaceKind, readonly FieldSpec[]>> = {
  sites: [
    name,
    { key: 'kind', label: 'kind', as: 'choice', of: 'kind', choices: ['dc', 'drc'], needed: true },
    { key: 'tier', label: 'tier', as: 'whole', needed: true },
    { key: 'timezone', label: 'timezone', as: 'text', needed: true },
  ],
  rooms: [
    name,
    { key: 'kind', label: 'kind', as: 'choice', of: 'kind', choices: ['server', 'power', 'noc', 'other'], needed: true },
    { key: 'site', label: 'site', as: 'entry', to: 'sites' },
    ...box,
    ...metres('tile'),
  ],
  cages: [name, room, ...box],
  rows: [name, room],
  racks: [
    name,
    room,
    { key: 'row', label: 'row', as: 'entry', to: 'rows', near: true, needed: true },
    { key: 'cage', label: 'cage', as: 'entry', to: 'cages', near: true },
    ...box,
    { key: 'facing', label: 'facing', as: 'choice', of: 'facing', choices: ['north', 'east', 'south', 'west'], needed: true },
    { key: 'units', label: 'units', as: 'whole', needed: true },
    { key: 'maxWeight', label: 'maxWeight', as: 'number', needed: true },
    { key: 'maxPower', label: 'maxPower', as: 'number' },
    { key: 'ports', label: 'ports', as: 'whole', needed: true },
    { key: 'use', label: 'use', as: 'text' },
    { key: 'tenant', label: 'tenant', as: 'text' },
    { key: 'feeds', label: 'feeds', as: 'feeds' },
  ],
  equipment: [
    { key: 'make', label: 'make', as: 'make' },
    name,
    { key: 'u', label: 'u', as: 'whole', needed: true },
    { key: 'height', label: 'heightU', as: 'whole', needed: true },
    { key: 'face', label: 'face', as: 'choice', of: 'face', choices: ['both', 'front', 'rear'], needed: true },
    { key: 'device', label: 'device', as: 'device' },
    { key: 'tenant', label: 'owner', as: 'text' },
    { key: 'weight', label: 'weight', as: 'number' },
    { key: 'nameplate', label: 'nameplate', as: 'number' },
    { key: 'agreed', label: 'agreed', as: 'number' },
    { key: 'serial', label: 'serial', as: 'text' },
    { key: 'asset', label: 'asset', as: 'text' },
    { key: 'ports', label: 'ports', as: 'whole', needed: true },
    { key: 'addresses', label: 'addresses', as: 'list' },
    { key: 'psus', label: 'psus', as: 'psus' },
  ],
  doors: [
    name,
    room,
    ...metres('x', 'y', 'toX', 'toY'),
    { key: 'zone', label: 'zone', as: 'choice', of: 'zone', choices: ['public', 'office', 'power', 'server', 'rack'], needed: true },
    { key: 'rack', label: 'rack', as: 'entry', to: 'racks', near: true },
    { key: 'state', label: 'state', as: 'point' },
    { key: 'readers', label: 'readers', as: 'list' },
    { key: 'camera', label: 'camera', as: 'text' },
  ],
  sensors: [
    name,
    room,
    ...metres('x', 'y'),
    { key: 'height', label: 'height', as: 'number' },
    { key: 'rack', label: 'rack', as: 'entry', to: 'racks', near: true },
    { key: 'side', label: 'side', as: 'choice', of: 'side', choices: ['inlet', 'outlet'] },
    { key: 'u', label: 'u', as: 'number' },
    { key: 'point', label: 'point', as: 'point' },
  ],
  fixtures: [
    name,
    room,
    {
      key: 'kind',
      label: 'kind',
      as: 'choice',
      of: 'kind',
      choices: ['crac', 'ups', 'battery', 'ats', 'panel', 'genset', 'fire', 'desk', 'screen', 'other'],
      needed: true,
    },
    ...box,
    { key: 'device', label: 'device', as: 'device' },
  ],
  power: [
    name,
    {
      key: 'kind',
      label: 'kind',
      as: 'choice',
      of: 'power',
      choices: ['utility', 'genset', 'ats', 'panel', 'ups', 'feed', 'pdu', 'cooling', 'load'],
      needed: true,
    },
    { key: 'from', label: 'sources', as: 'sources' },
    { key: 'breaker', label: 'breaker', as: 'number' },
    { key: 'phase', label: 'phase', as: 'choice', of: 'phase', choices: ['L1', 'L2', 'L3'] },
    { key: 'capacity', label: 'capacity', as: 'number' },
    { key: 'room', label: 'cooledRoom', as: 'entry', to: 'rooms' },
    { key: 'device', label: 'device', as: 'device' },
    { key: 'measures', label: 'measures', as: 'measures' },
  ],
  networks: [
    name,
    { key: 'vlan', label: 'vlan', as: 'whole' },
    { key: 'cidr', label: 'cidr', as: 'text', needed: true },
    { key: 'gateway', label: 'gateway', as: 'text' },
    { key: 'reserved', label: 'reserved', as: 'list' },
    { key: 'site', label: 'site', as: 'entry', to: 'sites' },
  ],
}

/** Text of a number as it is typed: comma or dot. Null: none; undefined: no number. */
export function typedNumber(text: string): number | null | undefined {
  const plain = text.trim().replace(',', '.')
  if (plain === '') return null
  const value = Number(plain)
  return Number.isFinite(value) ? value : undefined
}
