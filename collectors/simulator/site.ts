// The demonstration's data files, read in the daemon's own thread: what reads them needs not be in the memory of the other.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { Inventory } from '../../daemon/domain/inventory.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'

const Plant = z.strictObject({
  racks: z.record(z.string(), z.strictObject({ warm: z.number().min(0).max(1) })),
  watts: z.record(z.string(), z.number().nonnegative()),
  guests: z.record(z.string(), z.strictObject({ rack: z.string(), watts: z.number().positive(), outlets: z.record(z.string(), z.int().positive()) })),
})

export interface DemoSite {
  readonly inventory: Inventory
  readonly plant: z.infer<typeof Plant>
}

const read = (name: string): unknown => parse(readFileSync(new URL(name, import.meta.url), 'utf8'))

/** Where demo.yaml counts its addresses from. */
const FIRST = numberOf('127.42.0.0')

function numberOf(host: string): number {
  return host.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

/**
 * The inventory of demo.yaml with its plant, its devices counted from `first` (127.42.0.0: as written) and on `port`; `invalid` when they would leave the loopback.
 * Throws on a broken data file: it is part of the program.
 */
export function readSite(first: string, port: number): Outcome<DemoSite> {
  const inventory = Inventory.parse(read('demo.yaml'))
  const shift = numberOf(first) - FIRST
  const devices = inventory.devices.map(device => {
    const n = numberOf(device.address.host) + shift
    return { ...device, address: { host: [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255].join('.'), port } }
  })
  const astray = devices.find(({ address }) => !address.host.startsWith('127.'))
  if (astray !== undefined)
    return failed(
      'invalid',
      `Counted from ${first} the demonstration would need ${astray.address.host}, which is not on this machine. Use a demonstration.address below 127.230.0.0.`,
    )
  return done({ inventory: { ...inventory, devices }, plant: Plant.parse(read('plant.yaml')) })
}
