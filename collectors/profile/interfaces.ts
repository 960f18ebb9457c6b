// Ports (IF-MIB, RFC 2863) and who is at their other end (LLDP-MIB, IEEE 802.1AB), from what discovery walked.
import type { Interface, Neighbour } from '../../daemon/domain/collector.ts'
import type { Varbind } from '../wire/session.ts'
import { numberOf, textOf } from './decode.ts'
import { type Answers, columnOf } from './rows.ts'

const IF_ENTRY = '1.3.6.1.2.1.2.2.1'
const IFX_ENTRY = '1.3.6.1.2.1.31.1.1.1'
const LLDP_REMOTE = '1.0.8802.1.1.2.1.4.1.1'
const LLDP_LOCAL = '1.0.8802.1.1.2.1.3.7.1'

/** Columns that `interfaces` and `neighbours` read. */
export const INTERFACE_COLUMNS = [...[2, 3, 5, 7, 8].map(n => `${IF_ENTRY}.${n}`), ...[1, 15, 18].map(n => `${IFX_ENTRY}.${n}`)]
export const NEIGHBOUR_COLUMNS = [...[4, 5, 6, 7, 8, 9].map(n => `${LLDP_REMOTE}.${n}`), ...[3, 4].map(n => `${LLDP_LOCAL}.${n}`)]

/** IF-MIB ifAdminStatus and ifOperStatus. */
const STATUS = ['', 'up', 'down', 'testing', 'unknown', 'dormant', 'notPresent', 'lowerLayerDown']

export function interfacesOf(answers: Answers): Interface[] {
  const at = (column: string, index: string): Varbind | undefined => columnOf(answers, column).get(index)
  const text = (column: string, index: string): string => (at(column, index) ? (textOf(at(column, index) as Varbind) ?? '') : '')
  const number = (column: string, index: string): number => (at(column, index) ? numberOf(at(column, index) as Varbind) : Number.NaN)
  const rows = new Set<string>()
  for (const column of INTERFACE_COLUMNS) for (const index of columnOf(answers, column).keys()) rows.add(index)
  return [...rows]
    .filter(index => /^\d+$/.test(index))
    .sort((a, b) => Number(a) - Number(b))
    .map(index => {
      const fast = number(`${IFX_ENTRY}.15`, index)
      const slow = number(`${IF_ENTRY}.5`, index)
      return {
        index: Number(index),
        name: text(`${IFX_ENTRY}.1`, index) || text(`${IF_ENTRY}.2`, index) || index,
        alias: text(`${IFX_ENTRY}.18`, index),
        type: number(`${IF_ENTRY}.3`, index) || 1,
        // ifSpeed stops at 4.29 Gbit/s, ifHighSpeed is rounded to a million: the finer one as long as it can be true.
        speed: fast > 4294 || Number.isNaN(slow) || (slow === 0 && fast > 0) ? (fast || 0) * 1e6 : slow,
        admin: STATUS[number(`${IF_ENTRY}.7`, index)] ?? 'unknown',
        oper: STATUS[number(`${IF_ENTRY}.8`, index)] ?? 'unknown',
      }
    })
}

/** Neighbours by LLDP; the local port by its own name where the device gives one. */
export function neighboursOf(answers: Answers): Neighbour[] {
  const neighbours: Neighbour[] = []
  const text = (column: string, index: string): string => {
    const varbind = columnOf(answers, column).get(index)
    return varbind === undefined ? '' : (textOf(varbind) ?? '')
  }
  for (const index of columnOf(answers, `${LLDP_REMOTE}.5`).keys()) {
    const local = index.split('.')[1] ?? ''
    neighbours.push({
      localPort: text(`${IFX_ENTRY}.1`, local) || text(`${LLDP_LOCAL}.3`, local) || text(`${LLDP_LOCAL}.4`, local) || local,
      sysName: text(`${LLDP_REMOTE}.9`, index),
      port: text(`${LLDP_REMOTE}.7`, index) || text(`${LLDP_REMOTE}.8`, index),
      chassis: text(`${LLDP_REMOTE}.5`, index),
    })
  }
  return neighbours
}
