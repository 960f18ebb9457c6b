// The diesel set: asked by the changeover, it cranks up to three times, warms up, carries, cools down and burns its tank.
import { chance, channel, wander } from './noise.ts'
import { DEAD, type Supply } from './utility.ts'

export interface Genset {
  /** `failed` is latched until someone resets it: three attempts without a start. */
  readonly phase: 'standby' | 'cranking' | 'resting' | 'warming' | 'running' | 'cooling' | 'failed'
  /** Seconds in this phase. */
  readonly inPhase: number
  /** Cranks of the present start, 1 to 3. */
  readonly attempt: number
  readonly starts: number
  readonly failedStarts: number
  /** Hours the engine has turned. */
  readonly hours: number
  /** Litres of diesel in the day tank. */
  readonly fuel: number
  /** °C of the coolant; a heater keeps it at 40 in standby. */
  readonly coolant: number
  /** V of the starter battery. */
  readonly starter: number
  /** rpm. */
  readonly speed: number
  readonly supply: Supply
}

export const GENSET = {
  /** W it can carry; kVA 80 at power factor 0.8. */
  capacity: 64_000,
  tank: 600,
  attempts: 3,
  crankSeconds: 6,
  restSeconds: 10,
  warmSeconds: 8,
  coolSeconds: 180,
  /** The first crank of a cold engine fails so often. */
  firstFails: 0.2,
} as const

export const restingGenset = (): Genset => ({
  phase: 'standby',
  inPhase: 0,
  attempt: 0,
  starts: 214,
  failedStarts: 3,
  hours: 386.4,
  fuel: GENSET.tank * 0.92,
  coolant: 40,
  starter: 27.1,
  speed: 0,
  supply: DEAD,
})

/** Turning and making voltage: warming up, carrying or cooling down. */
export const turns = ({ phase }: Genset): boolean => phase === 'warming' || phase === 'running' || phase === 'cooling'

export interface GensetInput {
  readonly seed: number
  readonly t: number
  /** The changeover wants it. */
  readonly wanted: boolean
  /** The starter has no force: it never catches. */
  readonly refuses: boolean
  /** W taken from its terminals. */
  readonly load: number
}

const CHANCE = channel('genset start')
const VOLT = channel('genset volt')
const HERTZ = channel('genset hertz')

/** One step of `dt` seconds. Fuel: 2.8 L/h idle and 0.245 L per kWh, a usual figure for 60 kW sets. */
export function stepGenset(was: Genset, input: GensetInput, dt: number): Genset {
  const { seed, t, load } = input
  const run = turns(was) && was.fuel > 0
  const litres = run ? ((2.8 + 0.245 * (load / 1000)) * dt) / 3600 : 0
  const fuel = Math.max(0, was.fuel - litres)
  const toward = (from: number, to: number, seconds: number): number => from + (to - from) * (1 - Math.exp(-dt / seconds))
  const next = phaseAfter({ ...was, inPhase: was.inPhase + dt, fuel }, input)
  const speed = turns(next) ? 1500 - (12 * load) / GENSET.capacity + 3 * wander(seed, HERTZ, t, 7) : next.phase === 'cranking' ? 180 : 0
  return {
    ...next,
    hours: next.hours + (run ? dt / 3600 : 0),
    coolant: run ? toward(next.coolant, 78 + (12 * load) / GENSET.capacity, 240) : toward(next.coolant, 40, 2400),
    starter: toward(next.starter, next.phase === 'cranking' ? 19.5 : run ? 28.2 : 27.1, next.phase === 'cranking' ? 1 : 40),
    speed: toward(was.speed, speed, 1.5),
    supply: voltage(next, seed, t, load),
  }
}

function voltage({ phase, fuel }: Genset, seed: number, t: number, load: number): Supply {
  if (fuel <= 0 || (phase !== 'running' && phase !== 'cooling')) return DEAD
  const volt = 231 - (2 * load) / GENSET.capacity + 0.8 * wander(seed, VOLT, t, 5)
  return { volts: [volt, volt - 0.4, volt + 0.3], hertz: 50.4 - (0.6 * load) / GENSET.capacity + 0.08 * wander(seed, HERTZ, t, 4) }
}

function phaseAfter(was: Genset, { seed, wanted, refuses }: GensetInput): Genset {
  const enter = (phase: Genset['phase'], more: Partial<Genset> = {}): Genset => ({ ...was, phase, inPhase: 0, ...more })
  switch (was.phase) {
    case 'standby':
      return wanted ? enter('cranking', { attempt: 1 }) : was
    case 'cranking': {
      if (was.inPhase < GENSET.crankSeconds) return was
      const catches = !refuses && was.fuel > 0 && (was.attempt > 1 || chance(seed, CHANCE, was.starts + was.failedStarts) >= GENSET.firstFails)
      if (catches) return enter('warming', { starts: was.starts + 1 })
      return was.attempt >= GENSET.attempts ? enter('failed', { failedStarts: was.failedStarts + 1 }) : enter('resting')
    }
    case 'resting':
      if (!wanted) return enter('standby', { attempt: 0 })
      return was.inPhase >= GENSET.restSeconds ? enter('cranking', { attempt: was.attempt + 1 }) : was
    case 'warming':
      if (was.fuel <= 0) return enter('failed')
      return was.inPhase >= GENSET.warmSeconds ? enter('running') : was
    case 'running':
      if (was.fuel <= 0) return enter('failed')
      return wanted ? was : enter('cooling')
    case 'cooling':
      if (wanted) return enter('running')
      return was.inPhase >= GENSET.coolSeconds ? enter('standby', { attempt: 0 }) : was
    case 'failed':
      // Whoever repairs it also resets the controller.
      return !refuses && was.fuel > 0 ? enter('standby', { attempt: 0 }) : was
  }
}
