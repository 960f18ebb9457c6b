// Timelines on the stream: whoever looks has every fact as it is told now, whatever order it came in, and nobody's page asks again.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { done, failed } from '../../daemon/domain/outcome.ts'
import type { Fact, TimelineOf } from '../../daemon/domain/timeline.ts'
import { SILENT } from '../../daemon/log.ts'
import type { Frame, Have, Topic } from '../../daemon/stream/contract.ts'
import { timelineFeed } from '../../daemon/stream/timeline.ts'
import { judge } from '../../dashboard/live/fit.ts'
import { createTimelines } from '../../dashboard/live/timelines.ts'
import { viewer } from '../support/viewers.ts'

const HOUR = 3_600_000
const fact = (id: number, at: number, text = `fact ${id}`): Fact => ({
  ...{ id: `opening:${id}`, at, kind: 'opening', text: { id: text, en: text } },
  ...{ where: null, by: null, href: null, severity: null, unexplained: true },
})

/** A house where things happen at a rack, and the clock is turned by hand. */
function house() {
  const facts = new Map<number, Fact>()
  const state = { now: 10 * HOUR, asked: [] as TimelineOf[], fails: false, known: true }
  let tell: () => void = () => undefined
  const feed = timelineFeed({
    async since(of, from) {
      state.asked.push(of)
      if (state.fails) throw new Error('the disk is full')
      if (!state.known) return failed('notFound', 'There is no such rack.')
      const newest = [...facts.values()].filter(({ at }) => at >= from).sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
      return done({ facts: newest.slice(0, 500), from, to: state.now, more: newest.length > 500, span: null, during: [] })
    },
    onChange(listener) {
      tell = listener
      return () => {
        tell = () => undefined
      }
    },
  })({ epoch: 'e', clock: () => state.now, log: SILENT })
  return {
    feed,
    state,
    facts,
    put(one: number, text?: string, at = state.now) {
      facts.set(one, fact(one, facts.get(one)?.at ?? at, text))
      tell()
    },
    drop(one: number) {
      facts.delete(one)
      tell()
    },
    beat: async () => {
      state.now += 1_000
      await feed.flush()
    },
  }
}

/** A page that keeps what it was sent with the dashboard's own code. */
function page() {
  const timelines = createTimelines()
  const state = { have: null as Have | null, owes: false, frames: 0 }
  return {
    viewer: viewer('noc'),
    state,
    owes: () => state.owes,
    send(frame: Frame) {
      state.frames++
      const fits = judge(state.have, frame)
      assert.notEqual(fits, 'gap', 'a frame fits what the page has')
      if (fits === 'apply') {
        state.have = { epoch: frame.epoch, revision: frame.revision }
        timelines.apply(frame)
      }
    },
    shown: (topic: Topic) => [...(timelines.of(topic).value?.facts.values() ?? [])].map(({ id, text }) => `${id} ${text.en}`).sort(),
    news: (topic: Topic) => timelines.of(topic).value,
  }
}
const TOPIC: Topic = 'timeline:rack/a1'

describe('a timeline on the stream', () => {
  it('comes with the last hour, and tells each fact as it happens and as it is told better', async () => {
    const { feed, put, drop, beat, state } = house()
    put(1, 'long ago', state.now - 2 * HOUR)
    put(2)
    const noc = page()
    assert.equal(await feed.follow(noc, TOPIC, null), null)
    assert.deepEqual(noc.shown(TOPIC), ['opening:2 fact 2'])
    put(3)
    await beat()
    put(3, 'a visit explains it')
    await beat()
    assert.deepEqual(noc.shown(TOPIC), ['opening:2 fact 2', 'opening:3 a visit explains it'])
    drop(2)
    await beat()
    assert.deepEqual(noc.shown(TOPIC), ['opening:3 a visit explains it'])
    assert.ok(noc.news(TOPIC)?.gone.has('opening:2'))
    assert.deepEqual(state.asked[0], { of: 'rack', id: 'a1' })
  })

  it('is not read again while nothing happens, and once for all who look', async () => {
    const { feed, put, beat, state } = house()
    const pages = [page(), page(), page()]
    for (const one of pages) await feed.follow(one, TOPIC, null)
    const before = state.asked.length
    await beat()
    await beat()
    assert.equal(state.asked.length, before)
    for (let i = 0; i < 50; i++) put(i)
    await beat()
    assert.equal(state.asked.length, before + 1)
    assert.deepEqual(
      pages.map(one => one.shown(TOPIC).length),
      [50, 50, 50],
    )
  })

  it('keeps older facts on the page when a storm brings more than it tells at once', async () => {
    const { feed, put, beat } = house()
    const noc = page()
    await feed.follow(noc, TOPIC, null)
    put(0)
    await beat()
    for (let i = 1; i <= 600; i++) put(i)
    await beat()
    assert.equal(noc.news(TOPIC)?.gone.size, 0)
    assert.ok(noc.shown(TOPIC).includes('opening:0 fact 0'))
  })

  it('is told again what could not be read', async () => {
    const { feed, put, beat, state } = house()
    const noc = page()
    await feed.follow(noc, TOPIC, null)
    state.fails = true
    put(1)
    await beat()
    assert.deepEqual(noc.shown(TOPIC), [])
    state.fails = false
    await beat()
    assert.deepEqual(noc.shown(TOPIC), ['opening:1 fact 1'])
  })

  it('that cannot be read at first is whole for who follows it afterwards', async () => {
    const { feed, put, state } = house()
    put(1)
    state.fails = true
    await assert.rejects(feed.follow(page(), TOPIC, null), /the disk is full/)
    state.fails = false
    const noc = page()
    await feed.follow(noc, TOPIC, null)
    assert.deepEqual(noc.shown(TOPIC), ['opening:1 fact 1'])
  })

  it('of a rack that is gone has nothing new', async () => {
    const { feed, beat, put, state } = house()
    const noc = page()
    state.known = false
    assert.equal(await feed.follow(noc, TOPIC, null), null)
    put(1)
    await beat()
    assert.deepEqual(noc.shown(TOPIC), [])
  })

  it('says to a page that was away for longer than it tells of that something is missing', async () => {
    const { feed, beat, put, state } = house()
    const noc = page()
    await feed.follow(noc, TOPIC, null)
    feed.gone(noc)
    put(1)
    state.now += 2 * HOUR
    put(2)
    await feed.follow(noc, TOPIC, noc.state.have)
    await beat()
    assert.equal(noc.news(TOPIC)?.missed, 1)
    assert.deepEqual(noc.shown(TOPIC), ['opening:2 fact 2'])
  })

  it('ends with the truth on every page, whoever was slow, left or came back meanwhile', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ what: fc.constant('put' as const), id: fc.nat(12), text: fc.constantFrom('a', 'b') }) },
      { weight: 1, arbitrary: fc.record({ what: fc.constant('drop' as const), id: fc.nat(12) }) },
      { weight: 3, arbitrary: fc.constant({ what: 'beat' as const }) },
      {
        weight: 2,
        arbitrary: fc.record({ what: fc.constantFrom('slow' as const, 'back' as const, 'leave' as const, 'follow' as const), id: fc.nat(2) }),
      },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async steps => {
        const { feed, put, drop, beat, facts } = house()
        const pages = [page(), page(), page()]
        const here = new Set<number>()
        const follow = async (i: number) => {
          const one = pages[i]
          if (one === undefined || here.has(i)) return
          here.add(i)
          await feed.follow(one, TOPIC, one.state.have)
        }
        for (const one of steps) {
          if (one.what === 'put') put(one.id, one.text)
          else if (one.what === 'drop') drop(one.id)
          else if (one.what === 'beat') await beat()
          else if (one.what === 'follow') await follow(one.id)
          else {
            const whose = pages[one.id]
            if (whose === undefined) continue
            if (one.what === 'leave') {
              here.delete(one.id)
              feed.leave(whose, TOPIC)
            } else whose.state.owes = one.what === 'slow'
          }
        }
        for (const one of pages) one.state.owes = false
        for (const i of pages.keys()) await follow(i)
        await beat()
        await beat()
        const truth = [...facts.values()].map(({ id, text }) => `${id} ${text.en}`).sort()
        for (const one of pages) assert.deepEqual(one.shown(TOPIC), truth)
      }),
      { numRuns: 200 },
    )
  })
})
