// A shelf of one collector for the poller's tests with its real thread. A host named `crash` takes the thread down, `hang` stops it.
import type { CollectorEntry } from '../../../daemon/domain/collector.ts'
import { fakeCollector } from '../devices.ts'

const entry: CollectorEntry = {
  via: 'snmp',
  open: ({ timeout }) => {
    const after = (ms: number, call: () => void) => void setTimeout(call, ms)
    let crashed = false
    return Promise.resolve(
      fakeCollector({
        after,
        timeout,
        onAsk({ host }) {
          if (!host.includes('crash') || crashed) return
          crashed = true
          after(1, () => {
            throw new Error('the thread falls')
          })
        },
      }),
    )
  },
}

export default entry
