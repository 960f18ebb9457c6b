// Doors of a machine room: closed, open, held open too long, or forced.

export interface Door {
  /** Seconds it has been open; null while closed. */
  readonly openFor: number | null
  readonly forced: boolean
}

/** Seconds a door may stand open before its controller complains. */
export const HELD_AFTER = 30

export const closedDoor: Door = { openFor: null, forced: false }

export function stepDoor(was: Door, open: boolean, forced: boolean, dt: number): Door {
  if (!open && !forced) return closedDoor
  return { openFor: (was.openFor ?? -dt) + dt, forced }
}

export const isHeld = ({ openFor, forced }: Door): boolean => !forced && openFor !== null && openFor >= HELD_AFTER
