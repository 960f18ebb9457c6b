// A small data centre for the stories: mains and genset behind an ATS, two UPSs, two CRACs, racks, switches with servers behind them.

import type { NumberedPoint } from '../../../daemon/alarm/judge.ts'
import type { WatchedDevice } from '../../../daemon/alarm/open.ts'
import type { AlarmRule } from '../../../daemon/domain/alarm.ts'
import type { Log } from '../../../daemon/domain/call.ts'
import { Inventory, type Layout } from '../../../daemon/domain/inventory.ts'
import type { Point } from '../../../daemon/domain/point.ts'
import { type Quantity, UNIT_OF } from '../../../daemon/domain/quantity.ts'
import { type Batch, POLL_STATUS, type PollStatus } from '../../../daemon/domain/reading.ts'
import type { State } from '../../../daemon/domain/state.ts'

const quiet = (): void => undefined
export const silentLog: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => silentLog }

const NORMAL = { scale: 1, offset: 0, absent: [], counter: null, decoder: null } as const

export function point(key: string, quantity: Quantity, more: Partial<Point> = {}): Point {
  return {
    key,
    label: { en: key },
    quantity,
    unit: UNIT_OF[quantity],
    cadence: 'fast',
    source: key,
    decode: NORMAL,
    profile: 'test',
    limits: {},
    states: null,
    rules: [],
    ...more,
  }
}

const state = (key: string, ...states: readonly State[]): Point => point(key, 'state', { states, rules: [{ kind: 'state', delay: 0 }] })
const one = (value: number, name: State['meaning'] & string, normal: State['normal']): State => ({ value, name, normal, meaning: name })

const UPS_STATE = [one(1, 'onLine', 'ok'), one(2, 'onBattery', 'warning'), one(3, 'bypass', 'warning'), one(4, 'outputOff', 'critical')] as const
const CHARGE: AlarmRule[] = [{ kind: 'below', limit: 20, hysteresis: 5, delay: 0, severity: 'critical' }]

const upsPoints = [
  { ...state('output.state', ...UPS_STATE), label: { en: 'Output state', id: 'Status keluaran' } },
  point('battery.charge', 'charge', { rules: CHARGE, label: { en: 'Battery charge', id: 'Isi baterai' } }),
]
const cracPoints = [
  state('unit.state', one(1, 'running', 'ok'), one(2, 'stopped', 'critical'), one(3, 'airflowLow', 'warning')),
  point('return.temperature', 'temperature', { rules: [{ kind: 'above', limit: 35, hysteresis: 1, delay: 0, severity: 'warning' }] }),
]
const portPoints = [point('port.1.in', 'octets'), point('cpu', 'utilisation')]

export const POINTS: Readonly<Record<string, readonly Point[]>> = {
  ats: [
    point('input.A.L1.voltage', 'voltage'),
    point('input.A.L2.voltage', 'voltage'),
    state('source.A.state', one(1, 'utilityFailed', 'critical'), one(2, 'utilityOk', 'ok')),
    state('source.B.state', one(1, 'utilityFailed', 'critical'), one(2, 'utilityOk', 'ok')),
    state('source.state', one(1, 'sourceA', 'ok'), one(2, 'sourceB', 'warning'), one(3, 'noSource', 'critical')),
  ],
  genset: [
    state('engine.state', one(1, 'standby', 'ok'), one(2, 'starting', 'warning'), one(3, 'running', 'warning'), one(4, 'startFailed', 'critical')),
  ],
  'ups-a': upsPoints,
  'ups-b': upsPoints,
  'crac-1': cracPoints,
  'crac-2': cracPoints,
  env: [1, 2, 3, 4].map(n => point(`inlet.${n}`, 'temperature')),
  core: portPoints,
  core2: portPoints,
  access: portPoints,
  'server-1': portPoints,
  'server-2': portPoints,
  'server-3': portPoints,
}

export const layout: Layout = (({ devices: _, ...rest }) => rest)(
  Inventory.parse({
    site: { id: 'dc', name: 'DC Demo' },
    rooms: [
      { id: 'server', name: 'Ruang Server', kind: 'server', x: 0, y: 0, width: 10, depth: 8 },
      { id: 'daya', name: 'Ruang Daya', kind: 'power', x: 10, y: 0, width: 5, depth: 8 },
    ],
    rows: [{ id: 'a', name: 'A', room: 'server' }],
    racks: [1, 2, 3, 4].map(n => ({ id: `a${n}`, name: `A${n}`, row: 'a', room: 'server', x: n, y: 1, width: 0.6, depth: 1.1, facing: 'north' })),
    sensors: [1, 2, 3, 4].map(n => ({
      id: `a${n}-top`,
      name: `A${n}-atas`,
      room: 'server',
      x: n,
      y: 1,
      rack: `a${n}`,
      side: 'inlet',
      u: 40,
      point: { device: 'env', key: `inlet.${n}` },
    })),
    fixtures: [1, 2].map(n => ({
      id: `crac-${n}`,
      name: `CRAC ${n}`,
      room: 'server',
      kind: 'crac',
      x: 0,
      y: n,
      width: 1,
      depth: 1,
      device: `crac-${n}`,
    })),
    power: [
      {
        id: 'pln',
        name: 'PLN',
        kind: 'utility',
        measures: {
          voltage: [
            { device: 'ats', key: 'input.A.L1.voltage' },
            { device: 'ats', key: 'input.A.L2.voltage' },
          ],
        },
      },
      { id: 'genset', name: 'Genset', kind: 'genset', device: 'genset' },
      { id: 'ats', name: 'ATS', kind: 'ats', from: ['pln', 'genset'], device: 'ats' },
      { id: 'ups-a', name: 'UPS A', kind: 'ups', from: ['ats'], device: 'ups-a' },
      { id: 'ups-b', name: 'UPS B', kind: 'ups', from: ['ats'], device: 'ups-b' },
      { id: 'cooling', name: 'Pendingin', kind: 'panel', from: ['ats'] },
      { id: 'crac-1', name: 'CRAC 1', kind: 'cooling', from: ['cooling'], device: 'crac-1' },
      { id: 'crac-2', name: 'CRAC 2', kind: 'cooling', from: ['cooling'], device: 'crac-2' },
      { id: 'pdu-a', name: 'PDU A', kind: 'pdu', from: ['ups-a'] },
      { id: 'pdu-b', name: 'PDU B', kind: 'pdu', from: ['ups-b'] },
    ],
  }),
)

const device = (no: number, id: string, kind: WatchedDevice['kind'], name: string, more: Partial<WatchedDevice> = {}): WatchedDevice => ({
  no,
  id,
  kind,
  name,
  power: [],
  network: [],
  ...more,
})
const at = (room: string) => ({ place: { room, height: 1, face: 'both' as const } })
const fed = { power: ['pdu-a', 'pdu-b'] }

export const devices: readonly WatchedDevice[] = [
  device(1, 'ats', 'ats', 'ATS', { ...at('daya'), network: ['core', 'core2'] }),
  device(2, 'genset', 'genset', 'Genset', { network: ['core', 'core2'] }),
  device(3, 'ups-a', 'ups', 'UPS A', { ...at('daya'), network: ['core', 'core2'] }),
  device(4, 'ups-b', 'ups', 'UPS B', { ...at('daya'), network: ['core', 'core2'] }),
  device(5, 'crac-1', 'crac', 'CRAC 1', { ...at('server'), network: ['core', 'core2'] }),
  device(6, 'crac-2', 'crac', 'CRAC 2', { ...at('server'), network: ['core', 'core2'] }),
  device(7, 'env', 'environment', 'Sensor ruang', { ...at('server'), ...fed, network: ['core', 'core2'] }),
  device(8, 'core', 'switch', 'SW-INTI-1', { ...at('server'), ...fed }),
  device(9, 'core2', 'switch', 'SW-INTI-2', { ...at('server'), ...fed }),
  device(10, 'access', 'switch', 'SW-B3-1', { ...at('server'), ...fed, network: ['core', 'core2'] }),
  device(11, 'server-1', 'server', 'SRV-1', { ...at('server'), ...fed, network: ['access'] }),
  device(12, 'server-2', 'server', 'SRV-2', { ...at('server'), power: ['pdu-a'], network: ['access'] }),
  device(13, 'server-3', 'server', 'SRV-3', { ...at('server'), ...fed, network: ['access', 'core2'] }),
]

/** Points of every device under their numbers in the records: 100 × device + place in its list. */
export const numbered = (id: string, points: readonly Point[] = POINTS[id] ?? []): readonly NumberedPoint[] => {
  const { no } = devices.find(one => one.id === id) ?? { no: 99 }
  return points.map((point, i) => ({ ...point, no: no * 100 + i }))
}

export function noOf(id: string, key: string): number {
  const found = numbered(id).find(point => point.key === key)
  if (found === undefined) throw new Error(`the site has no ${id}/${key}`)
  return found.no
}

const NO_POLLS: Batch['polls'] = {
  devices: new Uint32Array(),
  at: new Float64Array(),
  duration: new Float32Array(),
  status: new Uint8Array(),
  pdus: new Uint16Array(),
  timeouts: new Uint16Array(),
  lag: new Float32Array(),
}

export const readings = (rows: readonly (readonly [no: number, value: number, at: number])[]): Batch => ({
  sequence: 0,
  points: Uint32Array.from(rows, row => row[0]),
  values: Float64Array.from(rows, row => row[1]),
  at: Float64Array.from(rows, row => row[2]),
  polls: NO_POLLS,
})

export function polled(rows: readonly (readonly [device: string, status: PollStatus, at: number])[]): Batch {
  const numbers = rows.map(([id]) => devices.find(one => one.id === id)?.no ?? 99)
  const zero = rows.map(() => 0)
  return {
    ...readings([]),
    polls: {
      devices: Uint32Array.from(numbers),
      at: Float64Array.from(rows, row => row[2]),
      duration: Float32Array.from(zero),
      status: Uint8Array.from(rows, row => POLL_STATUS.indexOf(row[1])),
      pdus: Uint16Array.from(zero),
      timeouts: Uint16Array.from(zero),
      lag: Float32Array.from(zero),
    },
  }
}
