// One object of an agent: its name, its type and how its value is read off the world. The rest writes tables in the shape MIBs have them.
import { TYPE, type Varbind } from '../../wire/session.ts'
import type { World } from '../world.ts'

export type Value = Varbind['value']

export interface Variable {
  readonly oid: string
  /** The object (column) it is an instance of. */
  readonly object: string
  readonly type: number
  /** Undefined while there is no such instance. */
  readonly read: (world: World) => Value | undefined
}

type Read<T> = T | ((world: World) => T | undefined)
type Make = (oid: string, object: string) => Variable

const reader =
  <T, V extends Value>(read: Read<T>, shape: (value: T) => V) =>
  (world: World): V | undefined => {
    const value = typeof read === 'function' ? (read as (world: World) => T | undefined)(world) : read
    return value === undefined ? undefined : shape(value)
  }

const whole = (value: number): number => (Number.isFinite(value) ? Math.round(value) : 0)
const unsigned = (value: number): number => Math.min(0xffffffff, Math.max(0, whole(value)))
const wrapped = (value: number): number => whole(Math.max(0, value) % 0x1_0000_0000) % 0x1_0000_0000

const make =
  <T, V extends Value>(type: number, shape: (value: T) => V) =>
  (read: Read<T>): Make =>
  (oid, object) => ({ oid, object, type, read: reader(read, shape) })

export const integer = make(TYPE.integer, whole)
export const gauge = make(TYPE.gauge32, unsigned)
/** A count that wraps at 2^32. */
export const counter = make(TYPE.counter32, wrapped)
export const counter64 = make(TYPE.counter64, (value: number) => BigInt(whole(Math.max(0, value))))
/** From seconds. */
export const ticks = make(TYPE.timeTicks, (seconds: number) => wrapped(seconds * 100))
export const text = make(TYPE.octets, (value: string) => value)
export const octets = make(TYPE.octets, (value: Uint8Array) => value)
export const objectId = make(TYPE.oid, (value: string) => value)

/** Scalars below `root`: `{ '2.1': gauge(…) }` is `<root>.2.1.0`. */
export const scalars = (root: string, objects: Readonly<Record<string, Make>>): Variable[] =>
  Object.entries(objects).map(([tail, build]) => build(`${root}.${tail}.0`, `${root}.${tail}`))

/** A table's rows: `entry` is the conceptual row, `columns` says what stands in each column of a row. */
export const table = <Row>(
  entry: string,
  rows: readonly Row[],
  index: (row: Row, k: number) => string | number,
  columns: Readonly<Record<number, (row: Row, k: number) => Make>>,
): Variable[] =>
  Object.entries(columns).flatMap(([column, build]) =>
    rows.map((row, k) => build(row, k)(`${entry}.${column}.${index(row, k)}`, `${entry}.${column}`)),
  )
