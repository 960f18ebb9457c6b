// A thread of the hasher: one password after the other, behind everything else that wants the processor.
import { getPriority, setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { hashed } from './hash.ts'
import type { FromHasher, ToHasher } from './messages.ts'

const port = parentPort
if (port === null) throw new Error('this file is a thread of the hasher')

/** Where others want the processor too, about a quarter of it is left to a hash: enough for one to be done in a second. */
const NICE = 5
// On Linux "this process" means this thread; elsewhere it would slow down the whole daemon.
if (process.platform === 'linux') setPriority(Math.min(19, getPriority() + NICE))

port.on('message', ({ no, password, recipe }: ToHasher) => {
  try {
    port.postMessage({ kind: 'hashed', no, hash: hashed(password, recipe) } satisfies FromHasher)
  } catch (error) {
    port.postMessage({ kind: 'fault', no, reason: error instanceof Error ? error.message : String(error) } satisfies FromHasher)
  }
})
