// The feed of tickets by itself: a page that goes while it is being read for is forgotten, and a ticket that is gone is asked for once.
import assert from 'node:assert/strict'
import type { TicketHead, TicketView } from '../../daemon/domain/ticket-view.ts'
import { SILENT } from '../../daemon/log.ts'
import type { Frame } from '../../daemon/stream/contract.ts'
import type { FeedPage } from '../../daemon/stream/feed.ts'
import { type DeskSource, ticketFeed } from '../../daemon/stream/tickets.ts'
import { createStore } from '../../dashboard/live/store.ts'
import { viewer } from '../support/viewers.ts'

describe('the feed of tickets', () => {
  /** A desk whose answers wait until they are let go; its tickets are known by number, and gone when they are none. */
  function desk() {
    const views = new Map<string, Promise<TicketView | null>>()
    const asked: string[] = []
    let tell: (ids: readonly number[]) => void = () => undefined
    const judged: number[] = []
    const headOf = (id: number) => ({ id }) as TicketHead
    const source: DeskSource = {
      // Odd ones are everybody's business, even ones nobody's.
      changed: async ids =>
        ids.map(id => ({
          head: headOf(id),
          headFor: () => {
            judged.push(id)
            return id % 2 === 1 ? headOf(id) : null
          },
        })),
      view: (number, _viewer) => {
        asked.push(number)
        return views.get(number) ?? Promise.resolve(null)
      },
      onChange(listener) {
        tell = listener
        return () => undefined
      },
    }
    const feed = ticketFeed(source)({ epoch: 'e1', clock: () => 0, log: SILENT })
    return { feed, views, asked, judged, tell: (...ids: number[]) => tell(ids) }
  }
  const pageOf = (frames: Frame[]): FeedPage => ({ viewer: viewer('officer'), owes: () => false, send: frame => frames.push(frame) })
  const view = (id: number, number: string) => ({ id, number }) as TicketView

  it('forgets a page that left, or went, while its ticket was being read', async () => {
    const { feed, views, asked, tell } = desk()
    for (const parting of ['leave', 'gone'] as const) {
      const reading = Promise.withResolvers<TicketView | null>()
      views.set('T-2026-0001', reading.promise)
      const frames: Frame[] = []
      const page = pageOf(frames)
      const following = feed.follow(page, 'ticket:T-2026-0001', null)
      if (parting === 'leave') feed.leave(page, 'ticket:T-2026-0001')
      else feed.gone(page)
      reading.resolve(view(1, 'T-2026-0001'))
      await following
      assert.equal(feed.following(page), 0, parting)
      asked.splice(0)
      tell(1)
      await feed.flush()
      assert.deepEqual([frames, asked], [[], []], `nothing is read for a page that is not there (${parting})`)
    }
  })

  it('asks once for a ticket that is there no more, not with every beat', async () => {
    const { feed, views, asked, tell } = desk()
    views.set('D-7', Promise.resolve(view(7, 'D-7')))
    const page = pageOf([])
    assert.equal(await feed.follow(page, 'ticket:D-7', null), null)
    // Handed in: from now on it is known by another number.
    views.delete('D-7')
    tell(7)
    asked.splice(0)
    for (let beat = 0; beat < 5; beat++) await feed.flush()
    assert.deepEqual(asked, ['D-7'])
  })

  it('judges each change once for a page that it is no business of, and goes on where the page is', async () => {
    const { feed, judged, tell } = desk()
    const store = createStore()
    const page: FeedPage = { viewer: viewer('requester'), owes: () => false, send: frame => assert.equal(store.apply(frame), 'apply') }
    await feed.follow(page, 'tickets', null)
    for (const id of [2, 4, 6]) {
      tell(id)
      for (let beat = 0; beat < 5; beat++) await feed.flush()
    }
    assert.deepEqual(judged, [2, 4, 6])
    tell(7)
    await feed.flush()
    assert.deepEqual([...store.desk.heads.value.keys()], [7])
    // Back on another line, with what it has.
    feed.gone(page)
    tell(9)
    await feed.follow({ ...page }, 'tickets', store.have('tickets'))
    await feed.flush()
    assert.deepEqual([...store.desk.heads.value.keys()], [7, 9])
  })
})
