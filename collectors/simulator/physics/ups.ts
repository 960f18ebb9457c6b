// A double-conversion UPS: rectifier, battery, inverter and a static bypass.
import { type Battery, chargeWatts, discharge, fullBattery, recharge, runtime } from './battery.ts'
import { isGood, type Supply } from './utility.ts'

export interface Ups {
  readonly mode: 'onLine' | 'onBattery' | 'bypass' | 'off'
  /** Seconds in this mode. */
  readonly inMode: number
  /** Seconds the input has been good. */
  readonly goodFor: number
  /** Seconds the load has been above the rating. */
  readonly overloadedFor: number
  /** Share the rectifier carries while it walks in, 0 to 1. */
  readonly share: number
  readonly battery: Battery
  readonly input: Supply
  /** W taken from the input, given to the load, lost as heat, put into the battery, taken from the battery. */
  readonly inputWatts: number
  readonly outputWatts: number
  readonly lossWatts: number
  readonly chargeWatts: number
  readonly batteryWatts: number
  /** Seconds the battery would last now. */
  readonly runtime: number
  /** W on each phase of the output. */
  readonly phases: readonly [number, number, number]
}

export const UPS = {
  watts: 36_000,
  voltAmperes: 40_000,
  /** W that fans and controls take whatever the load, and the share of the load lost in converting. */
  idle: 320,
  lost: 0.034,
  walkIn: 10,
  /** Seconds of good input before the rectifier is trusted again, and before a dead UPS starts. */
  trustAfter: 4,
  startAfter: 15,
  /** Seconds of remaining runtime at which it calls the battery low. */
  low: 120,
} as const

export const restingUps = (input: Supply, ambient: number): Ups => ({
  mode: 'onLine',
  inMode: 3600,
  goodFor: 3600,
  overloadedFor: 0,
  share: 1,
  battery: fullBattery(ambient + 0.6),
  input,
  inputWatts: 0,
  outputWatts: 0,
  lossWatts: 0,
  chargeWatts: 0,
  batteryWatts: 0,
  runtime: 1000,
  phases: [0, 0, 0],
})

/** True while there is voltage on its output. */
export const feeds = ({ mode }: Ups): boolean => mode !== 'off'
export const isLow = (ups: Ups): boolean => ups.runtime < UPS.low && ups.battery.charge < 0.98
/** V, L-N, of its output. */
export const outputVolts = (ups: Ups, phase: 0 | 1 | 2): number => (ups.mode === 'off' ? 0 : ups.mode === 'bypass' ? ups.input.volts[phase] : 230)

/** One step of `dt` seconds. `phases` is what hangs on each phase, W; `health` what the battery is worth. */
export function stepUps(was: Ups, input: Supply, phases: Ups['phases'], ambient: number, health: number, dt: number): Ups {
  const good = isGood(input)
  const demand = phases[0] + phases[1] + phases[2]
  const goodFor = good ? was.goodFor + dt : 0
  const overloadedFor = demand > UPS.watts * 1.05 ? was.overloadedFor + dt : 0
  const battery = { ...was.battery, health }
  const mode = modeAfter({ ...was, goodFor, overloadedFor, battery }, good, demand)
  const inMode = mode === was.mode ? was.inMode + dt : 0
  const base = { ...was, mode, inMode, goodFor, overloadedFor, input, phases: mode === 'off' ? ([0, 0, 0] as const) : phases }

  if (mode === 'off') {
    const idle = { inputWatts: 0, outputWatts: 0, lossWatts: 0, chargeWatts: 0, batteryWatts: 0, share: 0, runtime: 0 }
    return { ...base, ...idle, battery: { ...battery, current: 0 } }
  }
  const lossWatts = UPS.idle + UPS.lost * demand
  // With an empty battery there is nothing to walk in from.
  const walked = battery.charge < 0.02 ? 1 : Math.min(1, (was.mode === 'onLine' ? was.share : 0) + dt / UPS.walkIn)
  const share = mode === 'bypass' ? 1 : mode === 'onBattery' ? 0 : walked
  const batteryWatts = (1 - share) * (demand + lossWatts)
  const charging = share === 1 ? chargeWatts(battery) : 0
  const after = batteryWatts > 0 ? discharge(battery, batteryWatts, ambient, dt) : recharge(battery, ambient, dt)
  return {
    ...base,
    share,
    battery: after,
    inputWatts: share * (demand + lossWatts) + charging,
    outputWatts: demand,
    lossWatts,
    chargeWatts: charging,
    batteryWatts,
    runtime: runtime(after, demand + lossWatts),
  }
}

function modeAfter(was: Ups, good: boolean, demand: number): Ups['mode'] {
  switch (was.mode) {
    case 'onLine':
      if (!good) return was.battery.charge > 0 ? 'onBattery' : 'off'
      return was.overloadedFor > 30 ? 'bypass' : 'onLine'
    case 'onBattery':
      if (was.goodFor >= UPS.trustAfter) return 'onLine'
      return was.battery.charge > 0 && was.overloadedFor <= 30 ? 'onBattery' : 'off'
    case 'bypass':
      if (!good) return 'off'
      return demand < UPS.watts * 0.95 && was.inMode > 20 ? 'onLine' : 'bypass'
    case 'off':
      return was.goodFor >= UPS.startAfter ? 'onLine' : 'off'
  }
}
