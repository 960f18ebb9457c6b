// The tenant's view on the stream: whole when it is another than the page has, also for a page whose line was cut.
import assert from 'node:assert/strict'
import type { TenancyView } from '../../daemon/domain/tenancy.ts'
import { SILENT } from '../../daemon/log.ts'
import type { FeedPage } from '../../daemon/stream/feed.ts'
import { tenancyFeed } from '../../daemon/stream/tenancy.ts'
import { createStore } from '../../dashboard/live/store.ts'
import { viewer } from '../support/viewers.ts'

describe('the tenancy on the stream', () => {
  it('goes on after a cut line, on a page that was told many times before', async () => {
    const clock = { now: 0 }
    let value = 0
    const view = async (): Promise<TenancyView> => ({ racks: [], stays: [], value: ++value }) as unknown as TenancyView
    const feed = tenancyFeed({ view })({ epoch: 'e', clock: () => clock.now, log: SILENT })
    // The page's own memory lives on over its lines.
    const store = createStore()
    const line = (): FeedPage => ({ viewer: viewer('requester'), owes: () => false, send: frame => assert.equal(store.apply(frame), 'apply') })
    const later = async () => {
      clock.now += 1_000
      await feed.flush()
    }
    const first = line()
    await feed.follow(first, 'tenancy', null)
    for (let i = 0; i < 20; i++) await later()
    feed.gone(first)
    const again = line()
    await feed.follow(again, 'tenancy', store.have('tenancy'))
    assert.deepEqual(store.tenancy.value, { racks: [], stays: [], value })
    await later()
    assert.deepEqual(store.tenancy.value, { racks: [], stays: [], value })
    // The same line, asked again because something was missing.
    await feed.follow(again, 'tenancy', store.have('tenancy'))
    await later()
    assert.deepEqual(store.tenancy.value, { racks: [], stays: [], value })
  })
})
