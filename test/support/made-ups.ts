// A UPS as RFC 1628 describes it, for journeys: the least that is recognised, read and alarmed about, with values that the test turns.
import { TYPE, type Varbind } from '../../collectors/wire/session.ts'
import { type AgentHabits, type RecordingAgent, startAgent } from './recording-agent.ts'

const UPS = '1.3.6.1.2.1.33.1'
export const SECONDS_ON_BATTERY = `${UPS}.2.2.0`
export const CHARGE = `${UPS}.2.4.0`
export const OUTPUT_SOURCE = `${UPS}.4.1.0`
export const SOURCE = { normal: 3, bypass: 4, battery: 5 } as const

const integer = (oid: string, value: number): Varbind => ({ oid, type: TYPE.integer, value })
const text = (oid: string, value: string): Varbind => ({ oid, type: TYPE.octets, value: Uint8Array.from(Buffer.from(value)) })

/** In walking order. */
export const upsVariables = (): Varbind[] => [
  text('1.3.6.1.2.1.1.1.0', 'Standard UPS'),
  { oid: '1.3.6.1.2.1.1.2.0', type: TYPE.oid, value: UPS },
  { oid: '1.3.6.1.2.1.1.3.0', type: TYPE.timeTicks, value: 8_640_000 },
  text('1.3.6.1.2.1.1.5.0', 'ups'),
  text(`${UPS}.1.1.0`, 'Maker'),
  text(`${UPS}.1.2.0`, 'Model'),
  integer(`${UPS}.2.1.0`, 2),
  integer(SECONDS_ON_BATTERY, 0),
  integer(`${UPS}.2.3.0`, 40),
  { oid: CHARGE, type: TYPE.gauge32, value: 97 },
  integer(`${UPS}.2.5.0`, 2730),
  integer(`${UPS}.2.7.0`, 24),
  integer(OUTPUT_SOURCE, SOURCE.normal),
  integer(`${UPS}.4.2.0`, 500),
]

/** Answers these instead, where they are set. */
export type Turned = Map<string, number | (() => number)>

/** The UPS on a loopback port; `turned` may be changed at any time. */
export const startUps = (turned: Turned = new Map(), habits: AgentHabits = {}): Promise<RecordingAgent> =>
  startAgent(upsVariables(), {
    ...habits,
    twist(answer, request) {
      const varbinds = answer.varbinds.map(varbind => {
        const other = turned.get(varbind.oid)
        return other === undefined || varbind.type >= TYPE.noSuchObject ? varbind : { ...varbind, value: typeof other === 'number' ? other : other() }
      })
      const right = { ...answer, varbinds }
      return habits.twist === undefined ? right : habits.twist(right, request)
    },
  })
