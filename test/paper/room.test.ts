// The paper room: a thread of its own, a bounded queue, a deadline, an end.
import assert from 'node:assert/strict'
import type { Log } from '../../daemon/domain/call.ts'
import { openPaper, type PaperRoom } from '../../daemon/paper/open.ts'
import { render } from '../../daemon/paper/render.ts'
import { report, samples } from './support/samples.ts'

const quiet = (): Log => ({ debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: quiet })

describe('the paper room', function () {
  this.timeout(30_000)
  const open: PaperRoom[] = []
  const room = (more: Partial<Parameters<typeof openPaper>[0]> = {}) => {
    const opened = openPaper({ log: quiet(), ...more })
    open.push(opened)
    return opened
  }
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close()
  })

  it('sets what comes at once one after another, each as it would be set alone', async () => {
    const paper = room()
    const papers = [...samples().values()]
    const outcomes = await Promise.all(papers.map(one => paper.render(one)))
    for (const [i, outcome] of outcomes.entries()) {
      const one = papers[i]
      assert.ok(outcome.ok && one !== undefined)
      const alone = await render(one)
      assert.ok(alone.ok)
      assert.equal(outcome.value.sha256, alone.value.sha256)
      assert.equal(outcome.value.pdf.length, alone.value.pdf.length)
    }
  })

  it('leaves the loop of the one who asks free while it sets a long paper', async () => {
    const paper = room()
    const long = paper.render(report(400))
    let turns = 0
    const beat = setInterval(() => turns++, 1)
    const outcome = await long
    clearInterval(beat)
    assert.ok(outcome.ok && outcome.value.pages > 30)
    assert.ok(turns > 20, `${turns} turns of the loop while a long paper was set`)
  })

  it('takes no more than may wait', async () => {
    const paper = room({ queue: 2 })
    const many = Array.from({ length: 5 }, () => paper.render(report(3)))
    const outcomes = await Promise.all(many)
    assert.deepEqual(
      outcomes.map(outcome => (outcome.ok ? 'ok' : outcome.failure.kind)),
      ['ok', 'ok', 'ok', 'full', 'full'],
    )
  })

  it('gives up what takes too long, and goes on with the next', async () => {
    const paper = room({ deadline: 3000 })
    const [long, short] = await Promise.all([paper.render(report(10_000)), paper.render(report(1))])
    assert.ok(!long.ok && long.failure.kind === 'timeout')
    assert.ok(short.ok)
  })

  it('says that a paper is at fault, and goes on', async () => {
    const paper = room()
    const [one] = samples().values()
    assert.ok(one !== undefined)
    const never = { ...one, blocks: [{ kind: 'date-opening' as const, date: { year: 2026, month: 2, day: 31 }, rest: '' }] }
    const wrong = await paper.render(never)
    assert.ok(!wrong.ok && wrong.failure.kind === 'invalid')
    assert.ok((await paper.render(one)).ok)
  })

  it('ends its thread when nobody asks, and begins it again', async () => {
    const rested = Promise.withResolvers<void>()
    const paper = room({ idle: 1, log: { ...quiet(), debug: () => rested.resolve() } })
    assert.ok((await paper.render(report(1))).ok)
    await rested.promise
    assert.ok((await paper.render(report(1))).ok)
  })

  it('cancels what waits when it is closed', async () => {
    const paper = room()
    const waiting = Promise.all([paper.render(report(300)), paper.render(report(1))])
    await paper.close()
    for (const outcome of await waiting) assert.ok(!outcome.ok && outcome.failure.kind === 'cancelled')
    const late = await paper.render(report(1))
    assert.ok(!late.ok && late.failure.kind === 'cancelled')
  })
})
