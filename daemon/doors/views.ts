// How doors and openings look from outside: as the inventory describes them, as pages show them, as the records keep them.
import { createHash } from 'node:crypto'
import type { Door } from '../domain/inventory.ts'
import type { DoorEvent, OpeningView } from '../domain/opening.ts'
import { doorCode } from './alarms.ts'
import type { DoorFacts, Opening } from './opening.ts'
import type { KeptOpening } from './sources.ts'

/** `key`: what it is known by where the inventory does not have it. */
export function factsOf(doors: readonly Door[], key: string, id: string | null, name: string): DoorFacts {
  const door = doors.find(one => one.id === id)
  if (door === undefined) return { key, id: null, name, zone: 'server', room: null, polled: false, read: true }
  return {
    key: door.id,
    id: door.id,
    name: door.name,
    zone: door.zone,
    room: door.room,
    polled: door.state !== undefined,
    read: door.readers.length > 0,
  }
}

/** The door that an event is about: a contact says its own, a reader stands at one. */
export function doorOf(doors: readonly Door[], { controller, reader, via }: DoorEvent): DoorFacts {
  const name = `${controller}/${reader}`
  const door = doors.find(one => (via === 'contact' ? one.id === reader : one.readers.includes(name)))
  return factsOf(doors, door?.id ?? name, door?.id ?? null, door?.name ?? name)
}

export const keptOf = ({ door, due: _due, leaving: _leaving, ...rest }: Opening): KeptOpening => ({
  ...rest,
  key: door.key,
  door: door.id,
  name: door.name,
})

/** `alarmNumber`: of the open alarm of a code. */
export function viewOf(one: Opening, alarmNumber: (code: string) => number | null): OpeningView {
  const { id, door, openedAt, closedAt, card, forced, heldSince, tailgating, explanation, via, skew } = one
  const alarm = explanation.kind === 'unexplained' || heldSince !== null ? alarmNumber(doorCode(door.key)) : null
  return {
    ...{ id, door: door.id, name: door.name, openedAt, closedAt, card: masked(card), forced, heldSince },
    ...{ tailgating, explanation, alarm, via, skew },
  }
}

export const newestFirst = (a: Opening, b: Opening): number => b.openedAt - a.openedAt || b.id - a.id

/** A card's number opens doors: pages are told its end. */
const masked = (card: string | null): string | null => (card === null ? null : card.length <= 4 ? card : `…${card.slice(-4)}`)

/** What tells two events apart: all that they say, and the controller's own number where it has one. */
export const identityOf = ({ controller, reader, kind, card, told, sequence, via }: DoorEvent): string =>
  createHash('sha256')
    .update(JSON.stringify([via === 'contact', controller, reader, kind, card, told, sequence]))
    .digest('base64url')
