// Slots for readings in memory, in chains of small chunks: no garbage, little waste, and neighbours in time lie together.

/** Readings a chunk. Larger wastes room at the end of ten thousand chains, smaller walks more links. */
export const CHUNK = 32
/** No slot. */
export const NONE = 0xffff_ffff

export interface Arena {
  /** Milliseconds from the beginning of the window, by slot. The arrays change when the arena grows. */
  offsets: Uint32Array
  values: Float64Array
  /** First slot of a free chunk, not linked to anything. */
  take(): number
  /** `later` follows the chunk of `earlier`; both are first slots. */
  link(earlier: number, later: number): void
  /** First slot of the following chunk, or NONE. */
  following(first: number): number
  /** Gives back a whole chain. */
  giveBack(head: number): void
}

const START = 2 ** 16

export function arena(): Arena {
  let next = new Uint32Array(START / CHUNK).fill(NONE)
  let used = 0
  let free = NONE

  const grow = (): void => {
    const slots = Math.ceil((made.values.length * 1.5) / CHUNK) * CHUNK
    const offsets = new Uint32Array(slots)
    offsets.set(made.offsets)
    const values = new Float64Array(slots)
    values.set(made.values)
    const links = new Uint32Array(slots / CHUNK).fill(NONE)
    links.set(next)
    made.offsets = offsets
    made.values = values
    next = links
  }

  const made: Arena = {
    offsets: new Uint32Array(START),
    values: new Float64Array(START),
    take() {
      if (free !== NONE) {
        const first = free
        free = next[first / CHUNK] as number
        next[first / CHUNK] = NONE
        return first
      }
      if (used === made.values.length) grow()
      used += CHUNK
      return used - CHUNK
    },
    link(earlier, later) {
      next[earlier / CHUNK] = later
    },
    following: first => next[first / CHUNK] as number,
    giveBack(head) {
      let last = head
      while (next[last / CHUNK] !== NONE) last = next[last / CHUNK] as number
      next[last / CHUNK] = free
      free = head
    },
  }
  return made
}
