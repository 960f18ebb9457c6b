// The demonstration in a thread of its own, so that its steps and answers never delay a poll or a page.
import { parentPort, workerData } from 'node:worker_threads'
import type { Log } from '../../daemon/domain/call.ts'
import { done } from '../../daemon/domain/outcome.ts'
import { openDemonstration } from './open.ts'
import type { FromWorker, ToWorker, WorkerStart } from './thread.ts'

const port = parentPort
if (port === null) throw new Error('worker.ts runs as a worker thread only')
const say = (message: FromWorker): void => port.postMessage(message)

/** Lines travel to the main thread, whose log adds time and place. */
function remoteLog(bound: object): Log {
  const line = (level: 'debug' | 'info' | 'warn' | 'error') => (fields: object, message: string) =>
    say({ kind: 'log', level, fields: { ...bound, ...fields }, message })
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error'), child: more => remoteLog({ ...bound, ...more }) }
}

const opened = await openDemonstration({ ...(workerData as WorkerStart), log: remoteLog({}) })
if (!opened.ok) say({ kind: 'opened', outcome: opened })
else {
  const demonstration = opened.value
  port.on('message', async (message: ToWorker) => {
    if (message.kind === 'set') {
      const outcome = demonstration.set(message.id, message.active)
      say({ kind: 'set', call: message.call, outcome, scenarios: demonstration.scenarios() })
      return
    }
    await demonstration.close()
    say({ kind: 'closed' })
    port.close()
  })
  say({ kind: 'opened', outcome: done({ inventory: demonstration.inventory, scenarios: demonstration.scenarios() }) })
}
