// A room cooling unit with direct expansion: fans, compressor, coil and filter, stopped without power and slow to come back.

export interface Crac {
  /** `off` without power, `delay` while the compressor's restart guard runs, `stopped` by a fault. */
  readonly mode: 'off' | 'delay' | 'running' | 'stopped'
  /** Seconds in this mode. */
  readonly inMode: number
  /** 0 to 1. */
  readonly fan: number
  readonly compressor: number
  /** m³/s. */
  readonly airflow: number
  /** How full the filter is, 0 clean to 1 shut. */
  readonly clog: number
  /** Pa across the filter. */
  readonly filterPressure: number
  /** °C. */
  readonly supply: number
  readonly return: number
  /** W taken from the air, and by which parts of the unit. */
  readonly cooling: number
  readonly compressorWatts: number
  readonly condenserWatts: number
  readonly fanWatts: number
  readonly runHours: number
}

export const CRAC = {
  /** m³/s at full speed through a clean filter. */
  airflow: 1.67,
  /** W of sensible cooling. */
  capacity: 30_000,
  setpoint: 17.8,
  calmFan: 0.8,
  /** Seconds from power to compressor: the guard against short cycling. */
  restartDelay: 45,
  fanRated: 1500,
  /** Pa across a clean filter at the calm fan speed; limit at which it should be changed. */
  cleanFilter: 110,
  filterLimit: 220,
} as const

/** J/(m³ K) of air. */
export const AIR = 1206

export const restingCrac = (runHours: number): Crac => ({
  mode: 'running',
  inMode: 3600,
  fan: CRAC.calmFan,
  compressor: 0.45,
  airflow: CRAC.airflow * CRAC.calmFan,
  clog: 0.05,
  filterPressure: CRAC.cleanFilter,
  supply: CRAC.setpoint,
  return: 26,
  cooling: 13_500,
  compressorWatts: 4000,
  condenserWatts: 120,
  fanWatts: 770,
  runHours,
})

export interface CracInput {
  readonly powered: boolean
  readonly fault: boolean
  /** Its filter is being blocked. */
  readonly dirty: boolean
  /** °C of the air it draws in, outdoors, and of the hottest rack inlet it guards. */
  readonly drawn: number
  readonly outdoor: number
  readonly hottest: number
}

export const cracWatts = ({ compressorWatts, condenserWatts, fanWatts }: Crac): number => compressorWatts + condenserWatts + fanWatts

const ramp = (from: number, to: number, perSecond: number, dt: number): number =>
  from + Math.max(-perSecond * dt, Math.min(perSecond * dt, to - from))

export function stepCrac(was: Crac, input: CracInput, dt: number): Crac {
  const mode = modeAfter(was, input)
  const inMode = mode === was.mode ? was.inMode + dt : 0
  const runs = mode === 'running'
  const blows = runs || mode === 'delay'
  // The fan follows the hottest inlet, so that the other unit helps when one is gone.
  const wish = blows ? Math.max(CRAC.calmFan, Math.min(1, CRAC.calmFan + (input.hottest - 25) * 0.12)) : 0
  const fan = mode === 'off' ? ramp(was.fan, 0, 0.2, dt) : ramp(was.fan, wish, blows ? 0.04 : 0.1, dt)
  const clog = was.clog + ((input.dirty ? 1 : 0.05) - was.clog) * (1 - Math.exp(-dt / (input.dirty ? 150 : 20)))
  const airflow = CRAC.airflow * fan * (1 - 0.8 * clog)
  // Q̇ = airflow × AIR × ΔT; the compressor moves what brings the supply to its setpoint, if it can.
  const wanted = Math.max(0, Math.min(CRAC.capacity, airflow * AIR * (input.drawn - CRAC.setpoint)))
  const compressor = runs ? ramp(was.compressor, wanted / CRAC.capacity, 0.02, dt) : ramp(was.compressor, 0, 0.5, dt)
  const able = Math.min(compressor * CRAC.capacity, airflow * AIR * Math.max(0, input.drawn - 10))
  const supply = airflow > 0.02 ? input.drawn - able / (airflow * AIR) : input.drawn
  const lag = 1 - Math.exp(-dt / 12)
  const cop = 3.5 - 0.04 * (input.outdoor - 30)
  return {
    mode,
    inMode,
    fan,
    compressor,
    airflow,
    clog,
    filterPressure: CRAC.cleanFilter * (airflow / (CRAC.airflow * CRAC.calmFan * 0.96)) ** 2 * Math.exp(3.8 * (clog - 0.05)),
    supply: was.supply + (supply - was.supply) * lag,
    return: was.return + (input.drawn - was.return) * lag,
    cooling: able,
    compressorWatts: able / cop,
    condenserWatts: runs ? 260 * compressor : 0,
    fanWatts: mode === 'off' ? 0 : CRAC.fanRated * fan ** 3,
    runHours: was.runHours + (runs ? dt / 3600 : 0),
  }
}

function modeAfter(was: Crac, { powered, fault }: CracInput): Crac['mode'] {
  if (!powered) return 'off'
  if (fault) return 'stopped'
  if (was.mode === 'off' || was.mode === 'stopped') return 'delay'
  return was.mode === 'delay' && was.inMode < CRAC.restartDelay ? 'delay' : 'running'
}
