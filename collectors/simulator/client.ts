// The demonstration as the daemon sees it: the same words as open.ts, spoken to its worker thread.
import { Worker } from 'node:worker_threads'
import type { Log } from '../../daemon/domain/call.ts'
import type { Inventory } from '../../daemon/domain/inventory.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { DemoScenario } from '../../daemon/domain/scenario.ts'
import { DEFAULTS } from './defaults.ts'
import { readSite } from './site.ts'
import type { FromWorker, ToWorker, WorkerStart } from './thread.ts'

export interface RemoteDemonstration {
  readonly inventory: Inventory
  /** As last heard from the thread. */
  scenarios(): readonly DemoScenario[]
  set(id: string, active: boolean): Promise<Outcome<void>>
  onChange(changed: () => void): void
  close(): Promise<void>
}

export interface RemoteOptions extends Partial<Omit<WorkerStart, 'site'>> {
  /** First address of the simulated devices: 127.42.0.0 gives 127.42.1.1 and so on. */
  readonly address?: string
  readonly port?: number
  readonly log: Log
}

/** MB for what is young; V8's own choice, 48, only lets garbage pile up in memory that short-lived readings never need. */
const YOUNG = 12
/** MB of JavaScript heap the thread may take. */
const HEAP = 96

// Beside this file under its own ending: .ts when run as it is, .js when compiled.
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

const GONE = 'The demonstration has ended.'

/** Starts the thread and resolves when every simulated device answers, or with the reason why not. */
export async function openDemonstration({ log, ...given }: RemoteOptions): Promise<Outcome<RemoteDemonstration>> {
  const { address, port, seed, speed } = { ...DEFAULTS, ...given }
  const site = readSite(address, port)
  if (!site.ok) return site
  const start: WorkerStart = { site: site.value, seed, speed }
  const thread = new Worker(WORKER, {
    name: 'demonstration',
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: HEAP, maxYoungGenerationSizeMb: YOUNG },
  })
  const waiting = new Map<number, (outcome: Outcome<void>) => void>()
  const listeners = new Set<() => void>()
  let scenarios: readonly DemoScenario[] = []
  let calls = 0
  let alive = true
  const tell = (message: ToWorker): void => thread.postMessage(message)

  return new Promise(resolve => {
    const ended = new Promise<void>(over =>
      thread.once('exit', code => {
        alive = false
        resolve(failed('unreachable', `The demonstration's thread ended with code ${code} before it was ready.`, false))
        for (const settle of waiting.values()) settle(failed('cancelled', GONE))
        waiting.clear()
        over()
      }),
    )
    thread.on('error', error => log.error({ error: error instanceof Error ? error.message : String(error) }, 'the demonstration thread failed'))
    thread.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'log':
          log[message.level](message.fields, message.message)
          return
        case 'set':
          scenarios = message.scenarios
          waiting.get(message.call)?.(message.outcome)
          waiting.delete(message.call)
          for (const changed of listeners) changed()
          return
        case 'closed':
          return
        case 'opened':
          if (!message.outcome.ok) {
            resolve(message.outcome)
            return
          }
          scenarios = message.outcome.value.scenarios
          resolve(
            done({
              inventory: message.outcome.value.inventory,
              scenarios: () => scenarios,
              set(id, active) {
                if (!alive) return Promise.resolve(failed('cancelled', GONE))
                return new Promise(settle => {
                  const call = ++calls
                  waiting.set(call, settle)
                  tell({ kind: 'set', call, id, active })
                })
              },
              onChange: changed => void listeners.add(changed),
              async close() {
                listeners.clear()
                if (alive) tell({ kind: 'close' })
                await ended
              },
            }),
          )
      }
    })
  })
}
