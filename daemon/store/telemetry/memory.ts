// Readings in memory: for each series the hour that is open, and others that late readings opened again.
import { arena, CHUNK, NONE } from './arena.ts'
import { fronts } from './fronts.ts'
import { READINGS, startOf, windowAt } from './grid.ts'

/** Readings of one series in one window. */
export interface Open {
  readonly series: number
  readonly window: number
  readonly start: number
  readonly end: number
  /** Milliseconds of a steady clock when it was opened. */
  readonly born: number
  /** First and last journal record with a reading in it. */
  readonly firstSeq: number
  readonly lastSeq: number
  readonly n: number
}

/** Readings in order of time; equal times keep the order they came in. */
interface Sorted {
  readonly at: Float64Array
  readonly values: Float64Array
}

export interface Memory {
  /** `at` in whole milliseconds. */
  add(series: number, at: number, value: number, seq: number, born: number): void
  /** All that is in memory of a series, oldest window first; mostly one or none. */
  of(series: number): readonly Open[]
  sorted(open: Open): Sorted
  /** Every window, for its bounds; `n` and `lastSeq` may be behind. */
  each(visit: (open: Open) => void): void
  /** It is sealed. */
  drop(open: Open): void
  readings(): number
  /** Newest reading of a series by its own time; null when none is known. */
  latest(series: number): { readonly at: number; readonly value: number } | null
  /** What was the newest before the start. */
  remember(series: number, at: number, value: number): void
  /** One more than the largest series seen, and how many were. */
  size(): number
  known(): number
}

interface Held extends Open {
  lastSeq: number
  n: number
  /** First slots of the first and last chunk of the chain. */
  readonly head: number
  tail: number
  chunks: number
  /** Readings came in order of time. */
  sorted: boolean
}

export function memory(): Memory {
  const slots = arena()
  /** What an append touches lies in columns: ten thousand objects would miss the cache ten thousand times a cycle. */
  let now = fronts(1024)
  const current: (Held | undefined)[] = []
  const held: Held[][] = []
  const seen: boolean[] = []
  let known = 0
  let readings = 0

  const see = (series: number): void => {
    if (seen[series] === false) known++
    seen[series] = true
  }

  const widen = (series: number): void => {
    if (series >= now.start.length) now = fronts(Math.max(series + 1, now.start.length * 2), now)
    // Dense arrays: a hole would make every look-up slow.
    while (held.length <= series) {
      held.push([])
      current.push(undefined)
      seen.push(false)
    }
  }

  /** Writes what the columns know into the window they are of. */
  const settle = (series: number): void => {
    const to = current[series]
    if (to === undefined) return
    const slot = now.slot[series] as number
    to.n = slot === NONE ? to.chunks * CHUNK : (to.chunks - 1) * CHUNK + (slot % CHUNK)
    to.lastSeq = now.seq[series] as number
  }

  const windowFor = (series: number, at: number, seq: number, born: number): Held => {
    const list = held[series] as Held[]
    const window = windowAt(READINGS, series, at)
    const found = list.find(other => other.window === window)
    if (found !== undefined) return found
    see(series)
    const start = startOf(READINGS, series, window)
    const head = slots.take()
    const made: Held = {
      series,
      window,
      start,
      end: start + READINGS.width,
      born,
      firstSeq: seq,
      lastSeq: seq,
      n: 0,
      head,
      tail: head,
      chunks: 1,
      sorted: true,
    }
    const place = list.findIndex(other => other.window > window)
    if (place === -1) list.push(made)
    else list.splice(place, 0, made)
    return made
  }

  /** Makes the window of `at` the current one, with a free slot in its last chunk. */
  const makeRoom = (series: number, at: number, seq: number, born: number): void => {
    if (series >= held.length) widen(series)
    settle(series)
    const to = windowFor(series, at, seq, born)
    if (to.n === to.chunks * CHUNK) {
      const fresh = slots.take()
      slots.link(to.tail, fresh)
      // Across the seam of two chunks, order is looked after here.
      if (at - to.start < (slots.offsets[to.tail + CHUNK - 1] as number)) to.sorted = false
      to.tail = fresh
      to.chunks++
    }
    current[series] = to
    now.start[series] = to.start
    now.slot[series] = to.tail + (to.n - (to.chunks - 1) * CHUNK)
    now.seq[series] = to.lastSeq
  }

  const newest = (open: Held): { at: number; value: number } => {
    if (open.sorted) {
      const slot = open.tail + (open.n - 1 - (open.chunks - 1) * CHUNK)
      return { at: open.start + (slots.offsets[slot] as number), value: slots.values[slot] as number }
    }
    const { at, values } = sorted(open)
    return { at: at[open.n - 1] as number, value: values[open.n - 1] as number }
  }

  const latest = (series: number): { at: number; value: number } | null => {
    if (series >= held.length) return null
    settle(series)
    const last = held[series]?.at(-1)
    const known = now.at[series] as number
    if (last !== undefined) {
      const is = newest(last)
      if (!(is.at < known)) return is
    }
    return Number.isNaN(known) ? null : { at: known, value: now.value[series] as number }
  }

  function sorted(open: Open): Sorted {
    settle(open.series)
    const { n, start, head, sorted: inOrder } = open as Held
    const offsets = new Float64Array(n)
    const values = new Float64Array(n)
    for (let at = 0, first = head; at < n; at += CHUNK, first = slots.following(first)) {
      const count = Math.min(CHUNK, n - at)
      for (let i = 0; i < count; i++) {
        offsets[at + i] = start + (slots.offsets[first + i] as number)
        values[at + i] = slots.values[first + i] as number
      }
    }
    if (inOrder) return { at: offsets, values }
    const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => (offsets[a] as number) - (offsets[b] as number) || a - b)
    return { at: Float64Array.from(order, i => offsets[i] as number), values: Float64Array.from(order, i => values[i] as number) }
  }

  return {
    add(series, at, value, seq, born) {
      let offset = series < held.length ? at - (now.start[series] as number) : -1
      let slot = offset >= 0 && offset < READINGS.width ? (now.slot[series] as number) : NONE
      if (slot === NONE) {
        makeRoom(series, at, seq, born)
        offset = at - (now.start[series] as number)
        slot = now.slot[series] as number
      }
      slots.offsets[slot] = offset
      slots.values[slot] = value
      now.seq[series] = seq
      const place = slot % CHUNK
      if (place > 0 && offset < (slots.offsets[slot - 1] as number)) (current[series] as Held).sorted = false
      now.slot[series] = place === CHUNK - 1 ? NONE : slot + 1
      readings++
    },

    of(series) {
      if (series >= held.length) return []
      settle(series)
      return held[series] ?? []
    },

    sorted,

    each(visit) {
      for (const list of held) for (const open of list) visit(open)
    },

    drop(open) {
      const { series } = open
      const dropped = open as Held
      const is = latest(series)
      if (is !== null) {
        now.at[series] = is.at
        now.value[series] = is.value
      }
      held[series] = (held[series] ?? []).filter(other => other !== dropped)
      if (current[series] === dropped) {
        current[series] = undefined
        now.slot[series] = NONE
      }
      slots.giveBack(dropped.head)
      readings -= dropped.n
    },

    readings: () => readings,
    latest,

    remember(series, at, value) {
      widen(series)
      see(series)
      now.at[series] = at
      now.value[series] = value
    },

    size: () => held.length,
    known: () => known,
  }
}
