// A collector whose devices answer at once: what remains is the poller's own work.
import type { CollectorEntry, Errand, ErrandResult } from '../../../daemon/domain/collector.ts'
import { failed } from '../../../daemon/domain/outcome.ts'

const ANSWERED: ErrandResult = { status: 'answered', why: null, pdus: 1, timeouts: 0, rediscover: null }

const entry: CollectorEntry = {
  via: 'snmp',
  open: () => {
    let polls = 0
    /** All that were begun in one turn of the event loop are answered in the next, as from a socket. */
    let begun: (readonly [Float64Array, (result: ErrandResult) => void])[] = []
    const answer = () => {
      const now = begun
      begun = []
      for (const [values, finished] of now) {
        polls++
        for (let i = 0; i < values.length; i++) values[i] = polls + i
        finished(ANSWERED)
      }
    }
    return Promise.resolve({
      discover: () => Promise.resolve(failed('notSupported', 'not here')),
      compile: (_, points): Errand => ({
        points,
        run(values, finished) {
          if (begun.push([values, finished]) === 1) setImmediate(answer)
        },
      }),
      counters: () => ({ polls }),
      close: () => Promise.resolve(),
    })
  },
}

export default entry
