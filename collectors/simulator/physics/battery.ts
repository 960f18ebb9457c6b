// A string of lead-acid blocks: Peukert's law when it gives, constant current then a taper when it takes, and it warms with what it loses.

export interface Battery {
  /** What is left of a full charge, 0 to 1. */
  readonly charge: number
  /** What is left of the capacity it had when new, 0 to 1. */
  readonly health: number
  /** °C. */
  readonly temperature: number
  /** A; positive while it gives, negative while it is charged. */
  readonly current: number
  /** V of the string. */
  readonly voltage: number
}

const BATTERY = {
  blocks: 32,
  /** Ah at the 10 h rate, two strings of 10. */
  ampereHours: 20,
  hours: 10,
  /** VRLA: 1.15 to 1.25. */
  peukert: 1.2,
  /** Ω of the whole string when new. */
  resistance: 0.2,
  floatVolts: 13.65,
  chargeAmps: 5,
  /** Of the charge put in, so much stays. */
  chargeKept: 0.94,
} as const

export const fullBattery = (temperature: number): Battery => ({
  charge: 1,
  health: 1,
  temperature,
  current: 0,
  voltage: BATTERY.blocks * BATTERY.floatVolts,
})

const openVolts = (charge: number): number => BATTERY.blocks * (11.4 + 1.45 * Math.max(0, Math.min(1, charge)))
const ohms = (health: number): number => BATTERY.resistance / Math.max(0.1, health)

/** A at which the string gives `watts`, from P = I (E − I R); at the top of what it can give when it cannot. */
export function amps(watts: number, charge: number, health: number): number {
  const e = openVolts(charge)
  const r = ohms(health)
  return (e - Math.sqrt(Math.max(0, e * e - 4 * r * watts))) / (2 * r)
}

/** Fraction of a full charge that `current` takes in a second (Peukert 1897: t = H (C / I H)^k). */
const drain = (current: number, health: number): number => {
  if (current <= 0) return 0
  const hours = BATTERY.hours * ((BATTERY.ampereHours * health) / (current * BATTERY.hours)) ** BATTERY.peukert
  return 1 / (hours * 3600)
}

/** Seconds it will last at `watts`; at the voltage it has half way down, which is what UPS firmware estimates with. */
export function runtime({ charge, health }: Battery, watts: number): number {
  if (charge <= 0) return 0
  return Math.min(charge / drain(Math.max(0.05, amps(Math.max(watts, 1), charge / 2, health)), health), 86_400)
}

/** Gives `watts` for `dt` seconds. */
export function discharge(was: Battery, watts: number, ambient: number, dt: number): Battery {
  const current = amps(watts, was.charge, was.health)
  return {
    ...was,
    charge: Math.max(0, was.charge - drain(current, was.health) * dt),
    current,
    voltage: openVolts(was.charge) - current * ohms(was.health),
    temperature: warm(was, current, ambient, dt),
  }
}

/** W the charger puts into it now: constant current up to 85 %, then less and less. */
export const chargeWatts = ({ charge }: Battery): number => {
  if (charge >= 0.9999) return 0
  return BATTERY.chargeAmps * Math.min(1, (1 - charge) / 0.15 + 0.02) * BATTERY.blocks * BATTERY.floatVolts
}

/** Takes what `chargeWatts` says for `dt` seconds, or floats. */
export function recharge(was: Battery, ambient: number, dt: number): Battery {
  const watts = chargeWatts(was)
  const current = watts / (BATTERY.blocks * BATTERY.floatVolts)
  const gained = (current * BATTERY.chargeKept * dt) / (BATTERY.ampereHours * was.health * 3600)
  const rest = openVolts(was.charge) + current * ohms(was.health)
  return {
    ...was,
    charge: Math.min(1, was.charge + gained),
    current: -current,
    voltage: Math.min(BATTERY.blocks * BATTERY.floatVolts, was.charge >= 0.85 ? BATTERY.blocks * BATTERY.floatVolts : rest + 12),
    temperature: warm(was, current, ambient, dt),
  }
}

/** 60 kg of lead and acid a string: 60 kJ/K, 9 W/K to the room; worn cells gas and warm even when they float. */
function warm({ temperature, health }: Battery, current: number, ambient: number, dt: number): number {
  const lost = current * current * ohms(health) + (1 - health) * 95
  return temperature + ((lost - 9 * (temperature - ambient)) / 60_000) * dt
}
