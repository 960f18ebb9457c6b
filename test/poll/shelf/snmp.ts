// A shelf of one collector for the poller's tests with its real thread. A host named `crash` takes the thread down once, `hang` holds it for ever.
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
          if (crashed) return
          if (host.includes('hang')) for (;;); // as a collector would that never comes back
          if (!host.includes('crash')) return
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
