// How soon the plant answers: what if a UPS dies, every component in turn, and where a request fits among 5,000 racks.
import { PlacementRequest } from '../../daemon/domain/placement.ts'
import { capacityOf } from '../../daemon/plant/capacity.ts'
import { openFailover, whatIf } from '../../daemon/plant/failover.ts'
import { flowOf } from '../../daemon/plant/flow.ts'
import { compile } from '../../daemon/plant/graph.ts'
import { groundOf } from '../../daemon/plant/ground.ts'
import { placementFor } from '../../daemon/plant/placement.ts'
import { openPlant } from '../../daemon/plant/plant.ts'
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
    const large = hall(5_000, 4)
    const plant = right(openPlant(large.layout, [], large.readings, large.readings))
    const ground = groundOf(plant)
    const request = PlacementRequest.parse({
      tenant: 'dinas-3',
      items: [2, 2, 1, 4].map(height => ({ name: 'Server', height, weight: 25, watts: 350, ports: 2 })),
    })
    return [
      { name: 'edges of the power chain', value: graph.from.at.length, unit: '' },
      { name: 'compiled', value: timed(5, () => compile(layout)), unit: 'ms' },
      { name: 'load of every node', value: timed(11, () => flowOf(graph, readings)), unit: 'ms' },
      { name: 'what if a UPS dies', value: timed(21, () => whatIf(failover, ['ups-a-0'])), unit: 'ms', goal: 200 },
      { name: 'the most each node would carry', value: timed(5, () => envelope(failover)), unit: 'ms' },
      { name: 'every UPS, panel, PDU and cooling unit in turn', value: timed(3, () => survey(failover)), unit: 'ms' },
      {
        name: 'a plant of 5,000 racks made ready, now and at the peak',
        value: timed(3, () => openPlant(large.layout, [], large.readings, large.readings)),
        unit: 'ms',
      },
      { name: 'its capacity', value: timed(5, () => capacityOf(plant)), unit: 'ms' },
      { name: 'its ground for placements', value: timed(5, () => groundOf(plant)), unit: 'ms' },
      { name: 'four things placed among 5,000 racks', value: timed(11, () => placementFor(ground, request)), unit: 'ms', goal: 200 },
      { name: 'with the ground', value: timed(5, () => placementFor(groundOf(plant), request)), unit: 'ms' },
    ]
  },
}
export default bench
await main(import.meta, bench)
