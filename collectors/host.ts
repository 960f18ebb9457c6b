// Collector for the machine Suar itself runs on: always there, nothing to configure.
import type { Collector, CollectorEntry, Discovery, Errand, ErrandResult } from '../daemon/domain/collector.ts'
import { done, type Outcome } from '../daemon/domain/outcome.ts'
import type { Cadence } from '../daemon/domain/point.ts'
import { pointOf } from './host/figure.ts'
import { identify, read } from './host/read.ts'

const CADENCES: readonly Cadence[] = ['fast', 'normal', 'slow']

const entry: CollectorEntry = {
  via: 'host',
  open({ log }) {
    const counters = { reads: 0, failures: 0 }

    async function discover(): Promise<Outcome<Discovery>> {
      const figures = (await Promise.all(CADENCES.map(read))).flat()
      counters.reads += CADENCES.length
      return done({ identity: await identify(), points: figures.map(figure => pointOf(figure, 'host')), interfaces: [], neighbours: [], remarks: [] })
    }

    const compile: Collector['compile'] = (_target, points, options): Errand => {
      const cadence = points[0]?.cadence ?? 'fast'
      const places = new Map(points.map(({ source }, i) => [source, i]))
      // A probe asks for one point of many: nothing has appeared or vanished because of that.
      const whole = options?.retries !== 0

      const once = async (values: Float64Array): Promise<ErrandResult> => {
        counters.reads++
        values.fill(Number.NaN)
        let taken = 0
        let fresh = false
        for (const { key, value } of await read(cadence)) {
          const place = places.get(key)
          if (place === undefined) fresh = true
          else {
            values[place] = value
            taken++
          }
        }
        const rediscover = !whole ? null : taken < places.size ? 'vanished' : fresh ? 'tableChanged' : null
        return { status: 'answered', why: null, pdus: 0, timeouts: 0, rediscover }
      }

      return {
        points,
        run(values, finished) {
          once(values).then(finished, (error: unknown) => {
            counters.failures++
            log.error({ error }, 'this machine could not be read')
            finished({ status: 'garbage', why: { code: 'fault' }, pdus: 0, timeouts: 0, rediscover: null })
          })
        },
      }
    }

    return Promise.resolve({ discover, compile, counters: () => counters, close: () => Promise.resolve() })
  },
}

export default entry
