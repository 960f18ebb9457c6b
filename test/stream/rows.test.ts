// Lists of rows on the stream: whole at first, then row by row, each page only what is its viewer's, and nothing missing after an absence.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Viewer } from '../../daemon/domain/people.ts'
import { SILENT } from '../../daemon/log.ts'
import type { Frame, RowsOf } from '../../daemon/stream/contract.ts'
import { rowFeed } from '../../daemon/stream/rows.ts'
import { judge } from '../../dashboard/live/fit.ts'
import { viewer } from '../support/viewers.ts'

type Row = RowsOf['care']
const row = (id: number, revision: number): Row => ({
  id,
  number: `WO-2026-${id}`,
  asset: { id: 1, name: 'Genset', kind: 'genset' },
  plan: null,
  title: 'Run test',
  fault: '',
  urgency: null,
  state: 'due',
  dueAt: 1,
  from: null,
  until: null,
  by: null,
  result: null,
  checklist: [],
  note: '',
  test: null,
  run: null,
  battery: null,
  hours: null,
  files: [],
  visit: null,
  revision,
})

/** Rows of two organisations: odd ids are seen by everybody, even ids by staff only. */
function house() {
  const rows = new Map<string, Row>()
  const tellers = new Set<(ids: readonly string[]) => void>()
  const mine = (who: Viewer, ids: Iterable<string>) =>
    new Map([...ids].flatMap(id => (rows.has(id) && (who.roles.includes('noc') || Number(id) % 2 === 1) ? [[id, rows.get(id)!] as const] : [])))
  const feed = rowFeed({
    topic: 'care',
    all: async who => mine(who, rows.keys()),
    some: async (ids, who) => mine(who, ids),
    onChange: tell => {
      tellers.add(tell)
      return () => void tellers.delete(tell)
    },
  })({ epoch: 'e', clock: () => 1, log: SILENT })
  return {
    feed,
    put(id: number, revision: number) {
      rows.set(String(id), row(id, revision))
      for (const tell of tellers) tell([String(id)])
    },
    drop(id: number) {
      rows.delete(String(id))
      for (const tell of tellers) tell([String(id)])
    },
    mine: (who: Viewer) => mine(who, rows.keys()),
    tellers,
  }
}

/** A page that keeps what it was sent, as the dashboard does. */
function page(who: Viewer) {
  const has = new Map<string, Row>()
  const state = { revision: 0, owes: false, frames: 0, epoch: '' }
  return {
    viewer: who,
    has,
    state,
    owes: () => state.owes,
    send(frame: Frame) {
      assert.equal(
        judge(state.epoch === '' ? null : { epoch: state.epoch, revision: state.revision }, frame),
        'apply',
        'a frame fits what the page has',
      )
      if (frame.full) has.clear()
      for (const [id, one] of Object.entries(frame.rows?.put ?? {})) has.set(id, one as Row)
      for (const id of frame.rows?.gone ?? []) has.delete(id)
      state.revision = frame.revision
      state.epoch = frame.epoch
      state.frames++
    },
  }
}

describe('lists of rows on the stream', () => {
  it('end as the list is for each viewer, whatever changed, whoever was away or slow', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('put' as const), id: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ do: fc.constant('drop' as const), id: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ do: fc.constantFrom('flush' as const, 'away' as const, 'back' as const, 'slow' as const), id: fc.constant(0) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
        const { feed, put, drop, mine } = house()
        const pages = [page(viewer('noc')), page(viewer('requester', { organisations: [1] }))]
        for (const one of pages) await feed.follow(one, 'care', null)
        for (const [i, { do: what, id }] of steps.entries()) {
          if (what === 'put') put(id, i)
          if (what === 'drop') drop(id)
          if (what === 'flush') await feed.flush()
          if (what === 'slow') pages[0]!.state.owes = !pages[0]!.state.owes
          if (what === 'away') feed.gone(pages[1]!)
          if (what === 'back') await feed.follow(pages[1]!, 'care', { epoch: 'e', revision: pages[1]!.state.revision })
        }
        pages[0]!.state.owes = false
        await feed.follow(pages[1]!, 'care', { epoch: 'e', revision: pages[1]!.state.revision })
        await feed.flush()
        for (const one of pages) assert.deepEqual(new Map([...one.has].sort()), new Map([...mine(one.viewer)].sort()))
      }),
    )
  })

  it('send the whole list to a page of another epoch, and nothing more to one that left', async () => {
    const { feed, put, tellers } = house()
    put(1, 1)
    const one = page(viewer('noc'))
    await feed.follow(one, 'care', { epoch: 'before', revision: 7 })
    assert.deepEqual([...one.has.keys()], ['1'])
    feed.leave(one, 'care')
    put(3, 2)
    await feed.flush()
    assert.deepEqual([one.state.frames, feed.following(one)], [1, 0])
    feed.close()
    assert.equal(tellers.size, 0)
  })

  it('where each has rows of his own tells nobody, whoever he is, that others have any', async () => {
    let tell: (ids: readonly string[]) => void = () => undefined
    const mine = (who: Viewer, ids: readonly string[]) => new Map(ids.filter(id => id === String(who.account)).map(id => [id, row(Number(id), 1)]))
    const feed = rowFeed({
      topic: 'care',
      own: true,
      all: async who => mine(who, [String(who.account)]),
      some: async (ids, who) => mine(who, ids),
      onChange(listener) {
        tell = listener
        return () => undefined
      },
    })({ epoch: 'e', clock: () => 1, log: SILENT })
    const admin = page(viewer('admin'))
    await feed.follow(admin, 'care', null)
    tell(['4711'])
    await feed.flush()
    assert.deepEqual([admin.state.frames, admin.state.revision, [...admin.has.keys()]], [1, 1, [String(admin.viewer.account)]])
    tell([String(admin.viewer.account), '4711'])
    await feed.flush()
    assert.deepEqual([admin.state.frames, admin.state.revision], [2, 2])
  })
})
