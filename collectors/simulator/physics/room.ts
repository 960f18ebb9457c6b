// The air of the server room: a cold aisle that the cooling fills, a hot aisle that the racks fill, and the mass around them that gives way slowly.
import { AIR, CRAC, type Crac } from './crac.ts'

export interface Room {
  /** °C of the cold aisle at mid height, of the hot aisle, of racks, floor and walls, under the raised floor. */
  readonly cold: number
  readonly hot: number
  readonly mass: number
  readonly plenum: number
  /** kg of water per kg of air. */
  readonly water: number
  /** °C of the room with UPS and batteries. */
  readonly power: number
}

export interface RackAir {
  /** 0 at CRAC 1's end of the row, 1 at CRAC 2's. */
  readonly along: number
  /** Share of hot air that finds its way to the top of its front. */
  readonly warm: number
}

/** J/K, W/K. Chosen so that 26 kW with no cooling warm the inlets by about 1.5 °C a minute, as rooms of this size do. */
const ROOM = { cold: 420_000, hot: 530_000, mass: 5_000_000, toMass: 500, wall: 60, outside: 29, leak: 0.1, rise: 11, powerRoom: 1_500_000 } as const

export const restingRoom: Room = { cold: 19.5, hot: 29.5, mass: 24.6, plenum: CRAC.setpoint, water: 0.0083, power: 24.8 }

/** m³/s that the fans of IT equipment move for `watts`: they hold about 11 K between front and back. */
const rackFlow = (watts: number): number => watts / (AIR * ROOM.rise)

export interface RoomInput {
  readonly cracs: readonly Crac[]
  /** W of all equipment. */
  readonly heat: number
  /** W lost by the UPS in the power room, whose small cooler runs when `powered`. */
  readonly upsHeat: number
  readonly powered: boolean
}

/** m³/s through the racks, back from the hot aisle to their fronts, and past them, when the cooling delivers `flow`. */
function flows(flow: number, heat: number): { readonly it: number; readonly back: number; readonly over: number } {
  const it = rackFlow(heat)
  // Some hot air always finds the containment's gaps; what the cooling does not deliver, the racks draw from behind themselves.
  const back = Math.max(ROOM.leak * it, it - flow)
  return { it, back, over: flow + back - it }
}

/** J above 0 °C in aisles and mass: what changes only by what goes in and out. */
export const heatContent = ({ cold, hot, mass }: Room): number => ROOM.cold * cold + ROOM.hot * hot + ROOM.mass * mass

/** W that come through the walls of both aisles. */
export const throughWalls = ({ cold, hot }: Room): number => ROOM.wall * (2 * ROOM.outside - cold - hot)

/** What cooling and racks exchange with the aisles, for one step of `dt` seconds. */
export function stepRoom(was: Room, { cracs, heat, upsHeat, powered }: RoomInput, dt: number): Room {
  let flow = 0
  let carried = 0
  let working = 0
  for (const crac of cracs) {
    flow += crac.airflow
    carried += crac.airflow * crac.supply
    working += crac.compressor
  }
  const supply = flow > 0.01 ? carried / flow : was.cold
  const { it, back, over } = flows(flow, heat)
  const fromMass = (air: number): number => ROOM.toMass * (was.mass - air) + ROOM.wall * (ROOM.outside - air)
  const cold = AIR * (flow * supply + back * was.hot - (it + over) * was.cold) + fromMass(was.cold)
  const hot = heat + AIR * it * (was.cold - was.hot) + fromMass(was.hot)
  const mass = ROOM.toMass * (was.cold + was.hot - 2 * was.mass)
  const plenum = flow > 0.05 ? supply : was.cold
  // Below its dew point the coil dries the air; without cooling the tropics come in.
  const water = was.water + (Math.min(1, working) * (0.0083 - was.water) * dt) / 1200 + ((0.0185 - was.water) * dt) / 60_000
  const cooler = powered ? 700 * (was.power - 22) : 0
  return {
    cold: was.cold + (cold * dt) / ROOM.cold,
    hot: was.hot + (hot * dt) / ROOM.hot,
    mass: was.mass + (mass * dt) / ROOM.mass,
    plenum: was.plenum + (plenum - was.plenum) * (1 - Math.exp(-dt / 20)),
    water,
    power: was.power + ((upsHeat - cooler - 120 * (was.power - 28)) * dt) / ROOM.powerRoom,
  }
}

/** °C of the air that goes back to the cooling: what the racks blow out, thinned by what passed them by. */
export function drawn({ hot, cold }: Room, cracs: readonly Crac[], heat: number): number {
  const flow = cracs.reduce((sum, crac) => sum + crac.airflow, 0)
  if (flow < 0.01) return hot
  const { it, back, over } = flows(flow, heat)
  return ((it - back) * hot + over * cold) / flow
}

/** °C at the front of a rack; `height` 0 at the floor, 1 at the top. The end of the row whose cooling is weak gets less from the floor. */
export function inlet(room: Room, cracs: readonly Crac[], { along, warm }: RackAir, height: number): number {
  const calm = CRAC.airflow * CRAC.calmFan * 0.96
  const short = (k: number): number => Math.max(0, 1 - (cracs[k]?.airflow ?? 0) / calm)
  // What both lack, the whole aisle lacks; here counts what one lacks more than the other.
  const both = Math.min(short(0), short(1))
  const near = 0.65 * ((1 - along) ** 1.5 * (short(0) - both) + along ** 1.5 * (short(1) - both)) * (0.5 + 1.5 * warm)
  const share = Math.min(0.8, warm * (0.25 + 0.75 * height ** 1.4) + near * (0.5 + 0.5 * height))
  return room.cold + share * (room.hot - room.cold)
}

/** % relative humidity at `celsius` (Magnus over water, WMO 2008; 1,010 hPa). */
export function humidity(water: number, celsius: number): number {
  const saturated = 6.112 * Math.exp((17.62 * celsius) / (243.12 + celsius))
  return Math.min(100, (100 * ((water * 1010) / (0.622 + water))) / saturated)
}

/** °C at which the same air is full. */
export function dewpoint(water: number): number {
  const ratio = Math.log((water * 1010) / (0.622 + water) / 6.112)
  return (243.12 * ratio) / (17.62 - ratio)
}
