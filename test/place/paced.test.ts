// A large plan takes its changes a slice a frame, ends with the truth, and misses none that come meanwhile.
import assert from 'node:assert/strict'
import { batch, computed, signal } from '@preact/signals'
import { paced } from '../../dashboard/pages/floor/paced.ts'

describe('many figures at once', () => {
  it('pass on over several frames, newest last', () => {
    const sources = Array.from({ length: 500 }, (_, n) => signal(n))
    const frames: (() => void)[] = []
    const { shown, close } = paced(
      sources.map(one => computed(() => one.value)),
      work => frames.push(work),
    )
    batch(() => {
      for (const one of sources) one.value += 1000
    })
    const told = () => shown.filter((one, n) => one.value === sources[n]?.value).length
    assert.equal(told(), 0)
    const steps: number[] = []
    while (frames.length > 0) {
      const was = told()
      frames.shift()?.()
      // Something changes again while the rest is still on its way.
      if (steps.length === 2) sources[0]!.value = 7
      steps.push(told() - was)
    }
    assert.ok(steps.length > 5 && Math.max(...steps) <= 80, steps.join(' '))
    assert.deepEqual(
      shown.map(one => one.value),
      sources.map(one => one.value),
    )
    close()
    sources[1]!.value = 9
    assert.equal(frames.length, 0)
  })

  it('of a small plan are the figures themselves', () => {
    const one = signal(1)
    assert.equal(paced([one], () => assert.fail('no frame is asked for')).shown[0], one)
  })
})
