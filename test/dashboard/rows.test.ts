// Lists of rows on a page: whole first, then changed row by row, forgotten with their topic.
import assert from 'node:assert/strict'
import { createStore } from '../../dashboard/live/store.ts'

describe('lists of rows on a page', () => {
  const frame = { topic: 'care', epoch: 'e', now: 1 } as const
  const row = (id: number, title: string) => ({ [id]: { id, title } as never })

  it('begin empty, take the whole list, then what changed, and end with the topic', () => {
    const store = createStore()
    const titles = () => [...(store.rows('care').value ?? [['none']])].map(([id, row]) => [id, row?.title])
    assert.deepEqual(titles(), [['none', undefined]])
    store.apply({ ...frame, since: 0, revision: 3, full: true, rows: { put: { ...row(1, 'Filter'), ...row(2, 'Uji') }, gone: [] } })
    store.apply({ ...frame, since: 3, revision: 5, full: false, rows: { put: row(2, 'Uji jalan'), gone: ['1'] } })
    assert.deepEqual(titles(), [['2', 'Uji jalan']])
    store.apply({ ...frame, since: 7, revision: 9, full: false, rows: { put: row(3, 'lost'), gone: [] } })
    assert.deepEqual(titles(), [['2', 'Uji jalan']], 'a frame that does not fit changes nothing')
    store.forget('care')
    assert.deepEqual(titles(), [['none', undefined]])
  })
})
