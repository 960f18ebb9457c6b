// Tickets on the live stream: everybody gets what is his to see, newest wins, and who was away catches up.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import type { Viewer } from '../../daemon/domain/people.ts'
import { SILENT } from '../../daemon/log.ts'
import type { ClientToServer, Frame, Have, ServerToClient, Topic } from '../../daemon/stream/contract.ts'
import { type Hub, openHub } from '../../daemon/stream/hub.ts'
import { openModel } from '../../daemon/stream/model.ts'
import { ticketFeed } from '../../daemon/stream/tickets.ts'
import { type House, openHouse } from '../desk/tickets/support/house.ts'
import { tempFolder } from '../store/support/folder.ts'

type Page = Socket<ServerToClient, ClientToServer> & { frames: Frame[] }

describe('tickets on the stream', () => {
  let house: House
  let http: Server
  let hub: Hub
  const pages: Page[] = []
  const viewers = new Map<string, Viewer>()

  beforeEach(async () => {
    house = await openHouse(tempFolder())
    for (const login of ['pemohon', 'pemohon-dinkes', 'petugas', 'noc']) viewers.set(login, await house.as(login))
    http = createServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    hub = openHub({
      http,
      model: openModel('e1'),
      epoch: 'e1',
      clock: () => house.clock.now,
      log: SILENT,
      allowed: () => true,
      viewerOf: async headers => viewers.get(String(headers['x-login'])) ?? null,
      feeds: [ticketFeed(house.desk.stream)],
    })
  })
  afterEach(async () => {
    for (const page of pages.splice(0)) page.close()
    await hub.close()
    await house.close()
  })

  const open = (login: string): Page => {
    const page = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { 'x-login': login },
    }) as Page
    page.frames = []
    page.on('frame', frame => page.frames.push(frame))
    pages.push(page)
    return page
  }
  const follow = (page: Page, topic: Topic, have: Have | null = null) =>
    new Promise<string | null>(resolve => page.emit('follow', topic, have, resolve))
  const until = async (what: string, holds: () => boolean) => {
    for (const end = Date.now() + 5000; !holds(); ) {
      assert.ok(Date.now() < end, `waited for ${what}`)
      await new Promise(resolve => setTimeout(resolve, 10))
    }
  }
  const heads = (page: Page) => page.frames.flatMap(frame => frame.tickets ?? [])

  it('tells of a change only those whose business it is, and a draft to its writer', async () => {
    const [own, stranger, officer] = [open('pemohon'), open('pemohon-dinkes'), open('petugas')]
    for (const page of [own, stranger, officer]) assert.equal(await follow(page, 'tickets'), null)
    assert.deepEqual(
      own.frames.map(({ full, tickets }) => [full, tickets]),
      [[true, undefined]],
    )
    const draft = await house.draft('splp')
    await until('the draft', () => heads(own).some(({ number }) => number === draft))
    const number = await house.filed('splp')
    await until('the ticket', () => heads(officer).some(head => head.number === number) && heads(own).some(head => head.number === number))
    await house.filed('splp', 'pemohon-dinkes')
    await until('the stranger’s own', () => heads(stranger).length > 0)
    assert.ok(heads(stranger).every(({ organisation }) => organisation === heads(stranger)[0]?.organisation))
    assert.ok(heads(stranger).every(head => head.number !== number))
    assert.ok(
      heads(officer).every(head => head.number !== draft),
      'drafts are nobody else’s',
    )
  })

  it('tells the other pages of its writer, and nobody else, that a draft was thrown away, or handed in and under which number', async () => {
    const [own, ticket, stranger, officer] = [open('pemohon'), open('pemohon'), open('pemohon-dinkes'), open('petugas')]
    const [kept, thrown] = [await house.draft('splp'), await house.draft('splp')]
    const id = Number(thrown.slice(2))
    for (const page of [own, stranger, officer]) assert.equal(await follow(page, 'tickets'), null)
    for (const draft of [kept, thrown]) assert.equal(await follow(ticket, `ticket:${draft}`), null)
    assert.ok((await house.desk.remove(thrown, await house.as('pemohon'))).ok)
    await until('told to the list', () => own.frames.some(({ gone }) => gone?.tickets?.includes(id) === true))
    await until('told to its page', () => ticket.frames.some(({ topic, became }) => topic === `ticket:${thrown}` && became === null))
    const sent = await house.desk.submit(kept, await house.as('pemohon'))
    assert.ok(sent.ok, JSON.stringify(sent))
    await until('the number', () => ticket.frames.some(({ topic, became }) => topic === `ticket:${kept}` && became === sent.value.number))
    await until('the ticket', () => heads(officer).some(({ number }) => number === sent.value.number))
    for (const page of [stranger, officer]) assert.ok(page.frames.every(({ gone }) => gone === undefined))
    // Back on another line, with what it had before.
    const later = open('pemohon')
    const before = own.frames.findLast(({ full }) => full)
    assert.equal(await follow(later, 'tickets', { epoch: 'e1', revision: before?.revision ?? 0 }), null)
    await until('told late', () => later.frames.some(({ gone }) => gone?.tickets?.includes(id) === true))
  })

  it('sends a ticket whole to who follows it: the requester never what is internal', async () => {
    const number = await house.filed('splp')
    const [own, officer, stranger] = [open('pemohon'), open('petugas'), open('pemohon-dinkes')]
    assert.equal(await follow(own, `ticket:${number}`), null)
    assert.equal(await follow(officer, `ticket:${number}`), null)
    assert.equal(await follow(stranger, `ticket:${number}`), 'notFound')
    assert.equal(await follow(stranger, 'ticket:T-2026-9999'), 'notFound')
    await house.do(number, 'petugas', { kind: 'note', text: 'RAHASIA-INTERNAL', visibility: 'internal' })
    await house.do(number, 'petugas', { kind: 'note', text: 'Terbuka', visibility: 'public' })
    const said = (page: Page) => JSON.stringify(page.frames)
    await until('the notes', () => said(officer).includes('RAHASIA-INTERNAL') && said(own).includes('Terbuka'))
    assert.ok(!said(own).includes('RAHASIA-INTERNAL'))
    assert.ok(officer.frames.at(-1)?.ticket?.actions.some(({ kind }) => kind === 'return'))
    assert.equal(stranger.frames.length, 0)
  })

  it('brings a page that was away up to date, and asks it to begin anew when that cannot be', async () => {
    const page = open('petugas')
    await follow(page, 'tickets')
    const number = await house.filed('splp')
    await until('the ticket', () => heads(page).length > 0)
    const have = { epoch: 'e1', revision: page.frames.at(-1)?.revision ?? 0 }
    page.close()
    const later = await house.filed('hosting')
    await house.do(number, 'petugas', { kind: 'return', reason: 'Belum lengkap.' })
    const watcher = open('noc')
    await follow(watcher, 'tickets')
    await house.filed('domain')
    await until('all of it', () => heads(watcher).length > 0)
    const back = open('petugas')
    await follow(back, 'tickets', have)
    await until('what was missed', () => heads(back).some(head => head.number === later))
    assert.equal(back.frames[0]?.full, false)
    assert.equal(heads(back).find(head => head.number === number)?.status, 'returned')
    const other = open('petugas')
    await follow(other, 'tickets', { epoch: 'another life', revision: 3 })
    await until('a full frame', () => other.frames.length > 0)
    assert.equal(other.frames[0]?.full, true)
  })
})
