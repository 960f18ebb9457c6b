// Child of the kill tests: appends without end, and tells its parent each reading that was acknowledged.

import { DAY } from '../../../daemon/store/telemetry/grid.ts'
import { openTelemetry } from '../../../daemon/store/telemetry/telemetry.ts'
import { append, engineIn, pass } from './engine.ts'
import { must, quiet } from './must.ts'

const [, , way, folder = '', first = '0'] = process.argv
const POINTS = [1, 2, 3]
const EPOCH = 1_780_000_000_000
const readings = (value: number) => POINTS.map(point => ({ point, at: EPOCH + value * 97_003, value }))

/** Through the thread, many under way at once. */
async function throughThread(): Promise<never> {
  const telemetry = must(await openTelemetry({ folder, log: quiet }))
  for (let next = Number(first); ; next += 16)
    await Promise.all(
      Array.from({ length: 16 }, async (_, i) => {
        const one = readings(next + i)
        await telemetry.append({
          points: Uint32Array.from(POINTS),
          values: Float64Array.from(one, ({ value }) => value),
          at: Float64Array.from(one, ({ at }) => at),
        })
        process.send?.(next + i)
      }),
    )
}

/** The engine with a clock that runs: every few readings hours are sealed, days rolled up, journals cut. */
async function withUpkeep(): Promise<never> {
  const clock = { now: EPOCH + Number(first) * 97_003, steady: 0 }
  const engine = engineIn({ folder, clock, said: [], retention: { raw: 1_000 * DAY } })
  for (let value = Number(first); ; value++) {
    append(engine, readings(value))
    process.send?.(value)
    pass(clock, 97_003)
    engine.tick(5)
    // The message leaves, and the parent's signal finds us anywhere.
    await new Promise(resolve => setImmediate(resolve))
  }
}

await (way === 'thread' ? throughThread() : withUpkeep())
