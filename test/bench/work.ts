// The works that pollers are measured with: A, a UPS (one GET of 20 varbinds); B, a switch of 48 ports (240 varbinds).

import { TYPE, type Varbind } from '../../collectors/wire/session.ts'
import type { Target } from '../../daemon/domain/collector.ts'

export const COMMUNITY = 'public'

/** Device n's own loopback address. */
export const addressOf = (n: number): string => `127.1.${(n >> 8) & 255}.${n & 255}`

export const targetOf = (n: number, port: number): Target => ({
  address: { host: addressOf(n), port },
  access: { via: 'snmp', version: '2c', community: COMMUNITY },
})

/** sysUpTime and 19 scalars of UPS-MIB's battery and input groups. */
export const SCALARS: readonly string[] = [
  '1.3.6.1.2.1.1.3.0',
  ...Array.from({ length: 19 }, (_, n) => `1.3.6.1.2.1.33.1.${n < 10 ? 2 : 3}.${(n % 10) + 1}.0`),
]

/** ifHCInOctets, ifHCOutOctets, ifOperStatus, ifInErrors, ifOutErrors. */
export const COLUMNS: readonly string[] = [
  '1.3.6.1.2.1.31.1.1.1.6',
  '1.3.6.1.2.1.31.1.1.1.10',
  '1.3.6.1.2.1.2.2.1.8',
  '1.3.6.1.2.1.2.2.1.14',
  '1.3.6.1.2.1.2.2.1.20',
]
export const PORTS = 48
export const ROWS = 12

/** The GETBULKs of work B: where each begins, and what must come. */
export const BULKS = Array.from({ length: PORTS / ROWS }, (_, k) => ({
  oids: COLUMNS.map(column => (k === 0 ? column : `${column}.${k * ROWS}`)),
  expect: Array.from({ length: ROWS }, (_, row) => COLUMNS.map(column => `${column}.${k * ROWS + row + 1}`)).flat(),
}))

/** What every device holds. */
export const TABLE: readonly Varbind[] = [
  ...SCALARS.map((oid, n): Varbind => ({ oid, type: n === 0 ? TYPE.timeTicks : TYPE.integer, value: 1000 + n })),
  ...COLUMNS.flatMap((column, c) =>
    Array.from({ length: PORTS }, (_, port): Varbind => {
      const oid = `${column}.${port + 1}`
      if (c < 2) return { oid, type: TYPE.counter64, value: 10_000_000_000_000n + BigInt(port) }
      return c === 2 ? { oid, type: TYPE.integer, value: 1 } : { oid, type: TYPE.counter32, value: 70_000 + port }
    }),
  ),
]
