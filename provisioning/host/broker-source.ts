// The broker as this Suar brings it: one readable file, known by its SHA-256. A host that has another one is not written to.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface BrokerSource {
  readonly text: string
  /** 64 hexadecimal digits. */
  readonly sha256: string
}

let read: BrokerSource | null = null

export function brokerSource(): BrokerSource {
  if (read === null) {
    const text = readFileSync(join(import.meta.dirname, 'broker.py'), 'utf8')
    read = { text, sha256: createHash('sha256').update(text).digest('hex') }
  }
  return read
}
