// How soon the plant answers: what if a UPS dies, and every component in turn.
import { openFailover, whatIf } from '../../daemon/plant/failover.ts'
import { flowOf } from '../../daemon/plant/flow.ts'
import { compile } from '../../daemon/plant/graph.ts'
import { envelope, survey } from '../../daemon/plant/survey.ts'
import { hall } from '../plant/support/hall.ts'
import { right } from '../plant/support/plants.ts'
import { type Bench, main, median } from './run.ts'

function timed(times: number, work: () => unknown): number {
  work()
  return median(
    Array.from({ length: times }, () => {
      const begin = performance.now()
      work()
      return performance.now() - begin
    }),
  )
}

const bench: Bench = {
  name: 'plant',
  async run() {
    const { layout, readings } = hall(1_000, 4)
    const graph = right(compile(layout))
    const flow = flowOf(graph, readings)
    const failover = openFailover(flow)
    return [
      { name: 'edges of the power chain', value: graph.from.at.length, unit: '' },
      { name: 'compiled', value: timed(5, () => compile(layout)), unit: 'ms' },
      { name: 'load of every node', value: timed(11, () => flowOf(graph, readings)), unit: 'ms' },
      { name: 'what if a UPS dies', value: timed(21, () => whatIf(failover, ['ups-a-0'])), unit: 'ms', goal: 200 },
      { name: 'the most each node would carry', value: timed(5, () => envelope(failover)), unit: 'ms' },
      { name: 'every UPS, panel, PDU and cooling unit in turn', value: timed(3, () => survey(failover)), unit: 'ms' },
    ]
  },
}
export default bench
await main(import.meta, bench)
