// The site as its file says it, and the machine Suar runs on, which is always watched.
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import type { Device } from './domain/device.ts'
import { readDocument, sayMistake } from './domain/document.ts'
import { Inventory } from './domain/inventory.ts'
import { done, failed, type Outcome } from './domain/outcome.ts'
import { checkInventory } from './inventory-check.ts'

/** Id of the machine Suar runs on. */
const HOST_ID = 'suar-host'

/** `invalid` names every mistake of the file, a line each. */
export function readSite(file: string): Outcome<Inventory> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return failed('notFound', `The site file ${file} cannot be read: ${(error as Error).message}. Correct "site" in suar.yaml.`)
  }
  const read = readDocument(file, text, Inventory, checkInventory)
  return read.ok ? done(read.value) : failed('invalid', read.mistakes.map(sayMistake).join('\n'))
}

/** A site nobody has described yet. */
export const emptySite = (): Inventory => Inventory.parse({ site: { id: 'site', name: hostname() } })

/** The inventory with the machine itself among its devices, unless the file already names one that is asked this way. */
export function withHost(inventory: Inventory): Inventory {
  if (inventory.devices.some(device => device.access.via === 'host')) return inventory
  const host: Device = {
    id: HOST_ID,
    name: hostname(),
    kind: 'server',
    address: { host: 'localhost', port: 1 },
    access: { via: 'host' },
    power: [],
    network: [],
  }
  return { ...inventory, devices: [...inventory.devices, host] }
}
