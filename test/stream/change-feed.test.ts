// One change of hosting on the stream: whole at first and each time something is written of it, for who follows that one and nobody else.
import assert from 'node:assert/strict'
import type { ChangeView } from '../../daemon/domain/hosting-view.ts'
import type { Viewer } from '../../daemon/domain/people.ts'
import { SILENT } from '../../daemon/log.ts'
import { changeFeed } from '../../daemon/stream/changes.ts'
import type { Frame, Topic } from '../../daemon/stream/contract.ts'
import type { FeedPage } from '../../daemon/stream/feed.ts'
import { viewer } from '../support/viewers.ts'

const MINE = 'change:C-2026-0001'

function house() {
  const done = new Map([
    ['C-2026-0001', 0],
    ['C-2026-0002', 0],
  ])
  let tell: (numbers: readonly string[]) => void = () => undefined
  let fails = false
  const asked: string[] = []
  const feed = changeFeed({
    async view(number: string, who: Viewer) {
      asked.push(`${who.name} ${number}`)
      if (fails) throw new Error('the records are busy')
      const now = done.get(number)
      return now === undefined ? null : ({ number, done: now, may: who.roles.includes('officer') ? ['stop'] : [] } as unknown as ChangeView)
    },
    onChange: listener => {
      tell = listener
      return () => undefined
    },
  })({ epoch: 'e', clock: () => 1, log: SILENT })
  return {
    feed,
    asked,
    write(number: string) {
      done.set(number, (done.get(number) ?? 0) + 1)
      tell([number])
    },
    fail(now: boolean) {
      fails = now
    },
  }
}

function page(who: Viewer): FeedPage & { readonly frames: Frame[]; busy: boolean } {
  const frames: Frame[] = []
  const one = { viewer: who, frames, busy: false, send: (frame: Frame) => void frames.push(frame), owes: () => one.busy }
  return one
}

describe('a change on the stream', () => {
  it('comes whole, and again with each line that is written of it, as each viewer may have it', async () => {
    const { feed, write } = house()
    const [officer, auditor] = [page(viewer('officer')), page(viewer('auditor'))]
    for (const one of [officer, auditor]) assert.equal(await feed.follow(one, MINE, null), null)
    write('C-2026-0001')
    await feed.flush()
    await feed.flush()
    assert.deepEqual(
      officer.frames.map(({ full, since, revision, change }) => [full, since, revision, change?.done, change?.may]),
      [
        [true, 0, 1, 0, ['stop']],
        [false, 1, 2, 1, ['stop']],
      ],
    )
    assert.deepEqual(
      auditor.frames.map(({ change }) => change?.may),
      [[], []],
    )
  })

  it('says nothing of another, and refuses one that does not exist', async () => {
    const { feed, write, asked } = house()
    const one = page(viewer('officer'))
    assert.equal(await feed.follow(one, 'change:C-2026-0099' as Topic, null), 'notFound')
    assert.equal(feed.following(one), 0)
    await feed.follow(one, MINE, null)
    asked.length = 0
    write('C-2026-0002')
    await feed.flush()
    assert.deepEqual([one.frames.length, asked], [1, []])
    feed.leave(one, MINE)
    write('C-2026-0001')
    await feed.flush()
    assert.equal(one.frames.length, 1)
  })

  it('gives the newest later to a page that has not taken what it was sent, and tries again what could not be read', async () => {
    const { feed, write, fail } = house()
    const one = page(viewer('officer'))
    await feed.follow(one, MINE, null)
    one.busy = true
    for (let i = 0; i < 3; i++) write('C-2026-0001')
    await feed.flush()
    assert.equal(one.frames.length, 1)
    one.busy = false
    fail(true)
    await feed.flush()
    assert.equal(one.frames.length, 1)
    fail(false)
    await feed.flush()
    assert.deepEqual([one.frames.length, one.frames.at(-1)?.change?.done], [2, 3])
  })

  it('counts on from what a page has that comes back', async () => {
    const { feed } = house()
    const one = page(viewer('officer'))
    await feed.follow(one, MINE, { epoch: 'e', revision: 41 })
    assert.deepEqual(
      one.frames.map(({ full, revision }) => [full, revision]),
      [[true, 42]],
    )
  })
})
