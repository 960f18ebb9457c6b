// Deadlines on the wheel: never early, in order, and gone when taken off.
import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { openWheel, type Timed } from '../../collectors/wire/wheel.ts'

interface Item extends Timed {
  readonly name: number
}
const item = (name: number): Item => ({ name, due: 0, next: null, prev: null })

describe('the timer wheel', () => {
  it('lets deadlines pass in their order and never early', async () => {
    const begun = performance.now()
    const passed: { name: number; at: number }[] = []
    const delays = [70, 10, 40, 25, 95, 40]
    await new Promise<void>(all => {
      const wheel = openWheel<Item>(({ name }) => {
        passed.push({ name, at: performance.now() - begun })
        if (passed.length === delays.length) {
          wheel.close()
          all()
        }
      })
      for (const delay of delays) wheel.add(item(delay), delay)
    })
    assert.deepEqual(
      passed.map(({ name }) => name),
      delays.toSorted((a, b) => a - b),
    )
    for (const { name, at } of passed) assert.ok(at >= name, `${name} ms passed after ${at}`)
  })

  it('forgets what is taken off, even from within', async () => {
    const passed: number[] = []
    const victim = item(2)
    await new Promise<void>(all => {
      const wheel = openWheel<Item>(({ name }) => {
        passed.push(name)
        if (name === 1) wheel.remove(victim)
        if (name === 3) {
          wheel.close()
          all()
        }
      })
      wheel.add(item(1), 20)
      wheel.add(victim, 20)
      wheel.add(item(3), 50)
    })
    assert.deepEqual(passed, [1, 3])
  })

  it('takes the same item again while telling of it, and deadlines beyond a whole turn', async () => {
    let times = 0
    const far = item(9)
    await new Promise<void>(all => {
      const wheel = openWheel<Item>(each => {
        assert.notEqual(each, far)
        if (++times < 3) wheel.add(each, 10)
        else {
          wheel.remove(far)
          wheel.close()
          all()
        }
      })
      // A whole turn is 5.12 s: this one shares its bucket with the near ones.
      wheel.add(far, 5130)
      wheel.add(item(1), 10)
    })
    assert.equal(times, 3)
  })

  it('does not count against those who wait that the loop stood still', async () => {
    const passed: string[] = []
    await new Promise<void>(all => {
      const wheel = openWheel<Item>(() => {
        passed.push('deadline')
        wheel.close()
        all()
      })
      wheel.add(item(1), 200)
      const stop = performance.now() + 400
      while (performance.now() < stop);
      // What had come in meanwhile is looked at first.
      setTimeout(() => passed.push('answer'), 50)
    })
    assert.deepEqual(passed, ['answer', 'deadline'])
  })

  it('keeps no process alive when nothing waits', () => {
    const wheel = openWheel<Item>(() => assert.fail('nothing was due'))
    const only = item(1)
    wheel.add(only, 1000)
    wheel.remove(only)
    wheel.close()
    assert.equal(only.next, null)
  })
})
