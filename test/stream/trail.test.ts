// The audit trail on the stream: what is written appears, nothing twice, who was away catches up, and only for whom it is.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import type { Viewer } from '../../daemon/domain/people.ts'
import { SILENT } from '../../daemon/log.ts'
import type { Records } from '../../daemon/store/records.ts'
import type { ClientToServer, Frame, Have, ServerToClient } from '../../daemon/stream/contract.ts'
import { type Hub, openHub } from '../../daemon/stream/hub.ts'
import { openModel } from '../../daemon/stream/model.ts'
import { trailFeed } from '../../daemon/stream/trail.ts'
import { recordsIn, tempFolder } from '../store/support/folder.ts'
import { viewer } from '../support/viewers.ts'

type Page = Socket<ServerToClient, ClientToServer> & { frames: Frame[] }

describe('the audit trail on the stream', () => {
  let records: Records
  let http: Server
  let hub: Hub
  let sits: Viewer = viewer('auditor')
  const pages: Page[] = []

  beforeEach(async () => {
    records = await recordsIn(tempFolder())
    sits = viewer('auditor')
    http = createServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    hub = openHub({
      http,
      model: openModel('e1'),
      epoch: 'e1',
      clock: () => 1,
      log: SILENT,
      allowed: () => true,
      viewerOf: async () => sits,
      feeds: [trailFeed(records.audit)],
    })
  })
  afterEach(async () => {
    for (const page of pages.splice(0)) page.close()
    await hub.close()
    await records.close()
  })

  const open = (): Page => {
    const page = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    }) as Page
    page.frames = []
    page.on('frame', frame => page.frames.push(frame))
    pages.push(page)
    return page
  }
  const follow = (page: Page, have: Have | null = null) => new Promise<string | null>(resolve => page.emit('follow', 'audit', have, resolve))
  const until = async (what: string, holds: () => boolean) => {
    for (const end = Date.now() + 5000; !holds(); ) {
      assert.ok(Date.now() < end, `waited for ${what}`)
      await new Promise(resolve => setTimeout(resolve, 10))
    }
  }
  const seqs = (page: Page) => page.frames.flatMap(({ audit = [] }) => audit.map(({ seq }) => seq))
  const write = async (count: number) => {
    for (let i = 0; i < count; i++) await records.audit.append('Ibu Admin', 'person.change', `#${i}`)
  }

  it('begins with the newest and goes on with each as it is written, once', async () => {
    await write(3)
    const page = open()
    assert.equal(await follow(page), null)
    await until('the first frame', () => page.frames.length === 1)
    assert.deepEqual([page.frames[0]?.full, seqs(page)], [true, [3, 2, 1]])
    await write(1)
    await until('the fourth', () => seqs(page).includes(4))
    await write(2)
    await until('the sixth', () => seqs(page).includes(6))
    assert.deepEqual(
      seqs(page).toSorted((a, b) => a - b),
      [1, 2, 3, 4, 5, 6],
    )
    // Each frame fits the one before.
    for (const [i, frame] of page.frames.entries()) if (i > 0) assert.equal(frame.since, page.frames[i - 1]?.revision)
  })

  it('tells who comes back what it missed, and begins anew where that is too much', async () => {
    await write(5)
    const page = open()
    assert.equal(await follow(page, { epoch: 'e1', revision: 3 }), null)
    await until('the rest', () => page.frames.length === 1)
    assert.deepEqual([page.frames[0]?.full, page.frames[0]?.since, seqs(page)], [false, 3, [5, 4]])
    await write(150)
    const late = open()
    assert.equal(await follow(late, { epoch: 'e1', revision: 5 }), null)
    await until('the newest', () => late.frames.length === 1)
    assert.deepEqual([late.frames[0]?.full, seqs(late).length, seqs(late)[0]], [true, 100, 155])
    // Numbers of another time are no use.
    const other = open()
    assert.equal(await follow(other, { epoch: 'e0', revision: 155 }), null)
    await until('all anew', () => other.frames.length === 1)
    assert.equal(other.frames[0]?.full, true)
  })

  it('is for auditors and admins, ends with the role, and with leaving', async () => {
    sits = viewer('officer')
    const officer = open()
    assert.equal(await follow(officer), 'forbidden')
    sits = viewer('auditor')
    const [page, gone] = [open(), open()]
    assert.equal(await follow(page), null)
    assert.equal(await follow(gone), null)
    gone.emit('leave', 'audit')
    await until('the first frame', () => page.frames.length === 1 && gone.frames.length === 1)
    await write(1)
    await until('the entry', () => seqs(page).length === 1)
    assert.deepEqual(seqs(gone), [])
    assert.deepEqual(officer.frames, [])
    sits = viewer('officer')
    const cut = once(page as unknown as NodeJS.EventEmitter, 'disconnect')
    await hub.review()
    await cut
    await write(1)
    hub.flush()
    assert.equal(seqs(page).length, 1)
  })
})
