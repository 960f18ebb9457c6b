// The public grid at the building's door: three phases that wander a little, or nothing at all.
import { channel, wander } from './noise.ts'

export interface Supply {
  /** V, phase to neutral. */
  readonly volts: readonly [number, number, number]
  /** Hz; 0 when dead. */
  readonly hertz: number
}

export const DEAD: Supply = { volts: [0, 0, 0], hertz: 0 }

/** What switch-over gear and rectifiers accept: 230 V −15 %/+10 %, 50 Hz ±3 Hz. */
export const isGood = ({ volts, hertz }: Supply): boolean => Math.min(...volts) > 195 && Math.max(...volts) < 254 && Math.abs(hertz - 50) < 3

const PHASES = [channel('utility L1'), channel('utility L2'), channel('utility L3')] as const
const HERTZ = channel('utility hertz')

/** `t` seconds since the world began. EN 50160 allows far more than this; a city feeder on a good day. */
export function utilityAt(seed: number, t: number, failed: boolean): Supply {
  if (failed) return DEAD
  const volt = (phase: 0 | 1 | 2): number => 228.6 + 2.4 * wander(seed, PHASES[phase], t, 900) + 0.5 * wander(seed, PHASES[phase], t, 12)
  return { volts: [volt(0), volt(1), volt(2)], hertz: 50 + 0.03 * wander(seed, HERTZ, t, 45) }
}
