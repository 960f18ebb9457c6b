// Noise without a generator's state: a function of seed, channel and time, so that a world replays exactly and any value can be asked for any moment.

const mix = (n: number): number => {
  let h = n >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x45d9f3b)
  h = Math.imul(h ^ (h >>> 16), 0x45d9f3b)
  return (h ^ (h >>> 16)) >>> 0
}

/** A channel number of a name (FNV-1a), so that every quantity wanders on its own. */
export function channel(name: string): number {
  let h = 0x811c9dc5
  for (let k = 0; k < name.length; k++) h = Math.imul(h ^ name.charCodeAt(k), 0x01000193)
  return h >>> 0
}

/** Evenly spread in [0, 1). */
export const chance = (seed: number, of: number, step: number): number => mix(mix(mix(seed) ^ of) ^ (step | 0)) / 0x1_0000_0000

/** Wanders smoothly in [-1, 1]; `period` is seconds between independent values. */
export function wander(seed: number, of: number, t: number, period: number): number {
  const at = t / period
  const step = Math.floor(at)
  const part = at - step
  const ease = part * part * (3 - 2 * part)
  const from = chance(seed, of, step)
  return 2 * (from + (chance(seed, of, step + 1) - from) * ease) - 1
}
