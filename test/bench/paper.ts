// How long a paper takes: minutes, a report of three pages, one of forty, a seal; and what a paper being set costs the loop of the one who asked.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openPaper } from '../../daemon/paper/open.ts'
import { minutesOf, report } from '../paper/support/samples.ts'
import { type Bench, main, median } from './run.ts'

const ROUNDS = 15
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => log }

const bench: Bench = {
  name: 'paper',
  async run() {
    const made = minutesOf()
    if (!made.ok) throw new Error(made.failure.message)
    const minutes = made.value
    const room = openPaper({ log })
    const once = async (paper: typeof minutes): Promise<{ readonly ms: number; readonly pages: number }> => {
      const begin = performance.now()
      const outcome = await room.render(paper)
      if (!outcome.ok) throw new Error(outcome.failure.message)
      return { ms: performance.now() - begin, pages: outcome.value.pages }
    }
    const cold = await once(minutes)
    const often = async (paper: typeof minutes) => {
      const rounds: number[] = []
      let pages = 0
      for (let round = 0; round < ROUNDS; round++) {
        const one = await once(paper)
        rounds.push(one.ms)
        pages = one.pages
      }
      return { ms: median(rounds), worst: Math.max(...rounds), pages }
    }
    const one = await often(minutes)
    const three = await often(report(9))
    const long = report(490)
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const before = process.cpuUsage()
    const forty = await often(long)
    const used = process.cpuUsage(before)
    delay.disable()
    await room.close()
    const goal = 500
    return [
      { name: 'minutes, the thread not yet begun', value: cold.ms, unit: 'ms', goal },
      { name: 'minutes', value: one.ms, unit: 'ms', goal },
      { name: `report of ${three.pages} pages`, value: three.ms, unit: 'ms', goal },
      { name: `report of ${forty.pages} pages`, value: forty.ms, unit: 'ms', goal },
      { name: `report of ${forty.pages} pages, the worst of ${ROUNDS}`, value: forty.worst, unit: 'ms' },
      { name: `processor time of ${forty.pages} pages`, value: (used.user + used.system) / 1000 / ROUNDS, unit: 'ms' },
      { name: 'delay of the loop meanwhile, 99th percentile', value: delay.percentile(99) / 1e6, unit: 'ms' },
    ]
  },
}

export default bench
await main(import.meta, bench)
