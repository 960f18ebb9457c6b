// When who is due: the queue against a sorted list, slots of a cycle, back-off.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { backOff, type Item, missedSlots, nextSlot, openQueue, phaseOf, slotAfterFirst } from '../../daemon/poll/schedule.ts'

describe('the queue', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('put' as const), who: fc.nat(19), due: fc.integer({ min: 0, max: 1000 }) }),
    fc.record({ kind: fc.constant('remove' as const), who: fc.nat(19) }),
    fc.record({ kind: fc.constant('take' as const) }),
  )

  it('gives the earliest first, whatever was put, moved and removed before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), steps => {
        const items: Item[] = Array.from({ length: 20 }, () => ({ due: 0, place: -1 }))
        const inside = new Map<Item, number>()
        const queue = openQueue<Item>()
        for (const action of steps) {
          if (action.kind === 'take') {
            const first = queue.first()
            assert.equal(first?.due, inside.size === 0 ? undefined : Math.min(...inside.values()))
            if (first !== undefined) {
              queue.remove(first)
              inside.delete(first)
            }
            continue
          }
          const item = items[action.who]
          assert.ok(item !== undefined)
          if (action.kind === 'put') {
            queue.put(item, action.due)
            inside.set(item, action.due)
          } else {
            queue.remove(item)
            inside.delete(item)
          }
          assert.equal(queue.size, inside.size)
        }
        for (const due of [...inside.values()].sort((a, b) => a - b)) {
          const first = queue.first()
          assert.equal(first?.due, due)
          if (first !== undefined) queue.remove(first)
        }
        assert.equal(queue.first(), undefined)
      }),
    )
  })
})

describe('slots of a cycle', () => {
  const anyNow = fc.double({ min: 0, max: 1e12, noNaN: true })
  const anyPhase = fc.double({ min: 0, max: 0.999_999, noNaN: true })

  it('lie ahead, at most one cycle, always on the same grid', () => {
    fc.assert(
      fc.property(anyNow, anyPhase, fc.constantFrom(10_000, 60_000, 900_000), (now, phase, cycle) => {
        const next = nextSlot(now, phase, cycle)
        assert.ok(next > now && next <= now + cycle * 1.000_001)
        const turns = (next - phase * cycle) / cycle
        assert.ok(Math.abs(turns - Math.round(turns)) < 1e-3)
      }),
    )
  })

  it('after a first poll leave at least a quarter of a cycle, so that the first rate is one', () => {
    fc.assert(
      fc.property(anyNow, anyPhase, (now, phase) => {
        const next = slotAfterFirst(now, phase, 60_000)
        assert.ok(next >= now + 15_000 && next <= now + 75_001)
      }),
    )
  })

  it('spread any run of devices evenly: a second never holds much more than its share', () => {
    for (const [from, count] of [
      [1, 1000],
      [5000, 300],
      [123_456, 50],
    ] as const) {
      const seconds = new Array<number>(10).fill(0)
      for (let no = from; no < from + count; no++) {
        const second = Math.floor(phaseOf(no, 0) * 10)
        seconds[second] = (seconds[second] ?? 0) + 1
      }
      assert.ok(Math.max(...seconds) - Math.min(...seconds) <= 3, seconds.join(' '))
    }
  })

  it('counts the slots that went by', () => {
    assert.equal(missedSlots(1000, 1000, 10_000), 0)
    assert.equal(missedSlots(1000, 10_999, 10_000), 0)
    assert.equal(missedSlots(1000, 11_000, 10_000), 1)
    assert.equal(missedSlots(1000, 3_601_000, 10_000), 360)
    assert.equal(missedSlots(5000, 1000, 10_000), 0)
  })
})

describe('back-off', () => {
  const patience = { first: 10_000, longest: 300_000 }

  it('doubles up to its longest', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 100].map(failures => backOff(failures, patience, 0.5))
    assert.deepEqual(waits, [10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000])
  })

  it('is spread by a fifth to either side', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        const middle = backOff(failures, patience, 0.5)
        const wait = backOff(failures, patience, random)
        assert.ok(wait >= middle * 0.799 && wait <= middle * 1.201)
      }),
    )
  })
})
