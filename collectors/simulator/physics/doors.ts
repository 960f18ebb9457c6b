// Doors of a machine room: closed, open, held open too long, or forced.

export interface Door {
  /** Seconds it has been open; null while closed. */
  readonly openFor: number | null
  readonly forced: boolean
  /** Seconds since somebody began to pass, who is on the other side by now; null: nobody. */
  readonly passing: number | null
}

/** Seconds a door may stand open before its controller complains. */
export const HELD_AFTER = 30
/** Seconds it stands open for somebody who passes: long enough to be seen by a poll of its contact. */
export const PASSAGE = 22

export const closedDoor: Door = { openFor: null, forced: false, passing: null }

interface Hands {
  readonly open: boolean
  readonly forced: boolean
  /** Somebody goes through, and lets it shut behind. */
  readonly passes: boolean
}

export function stepDoor(was: Door, { open, forced, passes }: Hands, dt: number): Door {
  const passing = passes ? (was.passing ?? -dt) + dt : null
  const ajar = passing !== null && passing < PASSAGE
  if (!open && !forced && !ajar) return { ...closedDoor, passing }
  return { openFor: (was.openFor ?? -dt) + dt, forced, passing }
}

export const isHeld = ({ openFor, forced }: Door): boolean => !forced && openFor !== null && openFor >= HELD_AFTER
