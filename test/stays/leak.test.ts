// Two organisations in one rack. A word that stands only in the neighbour's data is looked for in every answer, every file and every frame.
import assert from 'node:assert/strict'
import type { PlacementView, StayView } from '../../daemon/domain/stay.ts'
import type { Frame, RowTopic } from '../../daemon/stream/contract.ts'
import { ROW_NEEDS } from '../../daemon/stream/rows.ts'
import { type Office, openOffice, type Somebody } from '../support/office.ts'
import { textOfPdf } from '../support/pdf-text.ts'
import { approve, file, minutes, report, toWork } from '../support/procedure.ts'

/** Stands in everything of the neighbour that has a name. */
const CANARY = /kenari|b1rd|SN-?K3N4R1/i
const OUTLET = { device: 'pdu-k', key: 'outlet.1.power' }

interface Described {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[] }>>
    >
  >
}

const box = { room: 'hall', x: 1, y: 1, width: 0.6, depth: 1.1, facing: 'south', row: 'row' }
const feeds = [
  { name: 'A', node: 'feed-a' },
  { name: 'B', node: 'feed-b' },
]
const equipment = { rack: 'r1', height: 2, tenant: 'Dinkes', psus: [{ feed: 'A', power: OUTLET }] }
const EDITS = [
  { put: 'rooms', entry: { id: 'hall', name: 'Ruang Server', kind: 'server', x: 0, y: 0, width: 6, depth: 5 } },
  { put: 'rows', entry: { id: 'row', name: 'Baris', room: 'hall' } },
  { put: 'power', entry: { id: 'ups-a', name: 'UPS A', kind: 'ups' } },
  { put: 'power', entry: { id: 'ups-b', name: 'UPS B', kind: 'ups' } },
  { put: 'power', entry: { id: 'feed-a', name: 'PDU A', kind: 'pdu', from: ['ups-a'] } },
  { put: 'power', entry: { id: 'feed-b', name: 'PDU B', kind: 'pdu', from: ['ups-b'] } },
  { put: 'racks', entry: { id: 'r1', name: 'R1', ...box, feeds, ports: 48 } },
  { put: 'equipment', entry: { ...equipment, id: 'kenari-lama', name: 'KENARI-LAMA', u: 40, psus: [], serial: 'SN-K3N4R1-9', asset: 'B1RD-1' } },
]

describe('the neighbour in the rack', function () {
  this.timeout(180_000)
  let office: Office
  let own: Somebody
  let neighbour: Somebody
  let officer: Somebody
  let mine: StayView
  let theirs: StayView
  let tickets: { readonly mine: string; readonly theirs: string; readonly waiting: string }
  let paper = 0

  const devices = (model: string, serial: string, asset: string) => [
    { kind: 'server', model, serial, quantity: 1, height: 2, depth: 'full', weight: 20, power: 300, supplies: 2, connector: 'C13', asset },
  ]
  const asked = (title: string, model: string, serial: string, asset: string) => ({
    service: 'colocation',
    title,
    subject: model,
    answers: {
      site: 'dc',
      redundantFeed: true,
      duration: 12,
      devices: devices(model, serial, asset),
      ports: [{ count: 1, speed: '1G' }],
      addresses: [],
    },
  })

  /** Reserved, received, installed, accepted, signed. */
  async function keep(ticket: string, owner: Somebody): Promise<StayView> {
    const view = await officer.get<PlacementView>(`/placements/${ticket}`)
    const offer = view.placement?.offers[0]
    assert.ok(offer, JSON.stringify(view.placement?.refused))
    const places = offer.places.map(({ item, u, face }) => ({ item: view.items[item], u, face }))
    const { stay } = await officer.post<PlacementView>(`/placements/${ticket}/reserve`, { rack: 'r1', places })
    const piece = `/stays/${stay.id}/items/1`
    await officer.post(`${piece}/receive`, { serial: stay.items[0]?.serial })
    await officer.post(`${piece}/install`, { psus: [{ feed: 'A' }, { feed: 'B' }] })
    await officer.post(`${piece}/accept`, { reason: 'tanpa pengukuran' })
    await toWork(office, ticket, officer)
    await report(officer, ticket)
    const made = await minutes(officer, ticket)
    await approve(office.as('kabid'), made, 0)
    await approve(owner, made, 1)
    return await officer.post<StayView>(`/stays/${stay.id}/custody`)
  }

  before(async () => {
    office = await openOffice()
    ;[own, neighbour, officer] = [office.as('pemohon'), office.as('dinkes'), office.as('petugas')]
    const { revision } = await office.admin.get<{ revision: number }>('/place')
    const placed = await fetch(`${office.url}/api/v1/place/changes`, {
      method: 'POST',
      headers: { cookie: office.admin.cookie, 'content-type': 'application/json', 'if-match': `"${revision}"` },
      body: JSON.stringify({ edits: EDITS }),
    })
    assert.equal(placed.status, 200, await placed.text())
    tickets = {
      mine: await file(office, own, asked('Server kepegawaian', 'Dell R660', 'SN-OWN-1', 'KIB-1')),
      theirs: await file(office, neighbour, asked('Server KENARI', 'KENARI-X1', 'SN-K3N4R1', 'B1RD-2')),
      waiting: await file(office, neighbour, asked('Server KENARI kedua', 'KENARI-X2', 'SN-K3N4R1-2', 'B1RD-3')),
    }
    theirs = await keep(tickets.theirs, neighbour)
    mine = await keep(tickets.mine, own)
    const view = await officer.get<PlacementView>(`/placements/${tickets.waiting}`)
    const places = view.placement?.offers[0]?.places.map(({ u, face }) => ({ item: 1, u, face }))
    await officer.post(`/placements/${tickets.waiting}/reserve`, { rack: 'r1', places })
    paper = await neighbour.upload(tickets.theirs, 'kenari.pdf', '%PDF-1.4 kenari')
  })
  after(() => office.close())

  /** Values for the parameters of a path that lead to the neighbour, wherever a number or a name could. */
  const leads = (name: string, path: string): readonly string[] => {
    if (name === 'number' || name === 'ticket') return [tickets.theirs, tickets.waiting, tickets.mine]
    if (name === 'id') {
      if (path.includes('/stays')) return [String(theirs.id)]
      if (path.includes('attachments')) return [String(paper)]
      return ['1', '2', '3', '4', '5', '6', '7', '8']
    }
    if (name === 'what') return ['form']
    if (name === 'key') return ['colocation']
    if (name === 'item') return ['1']
    if (name === 'rack') return ['r1']
    return ['kenari-lama', 'r1', '1', theirs.items[0]?.equipment ?? '']
  }

  const filled = (path: string, values: Readonly<Record<string, string>>): string =>
    path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? '1'))

  it('is there, and seen by its own people and the officer: the canary sings', async () => {
    assert.match(JSON.stringify(await neighbour.get('/stays')), CANARY)
    assert.match(JSON.stringify(await officer.get('/reservations')), CANARY)
    assert.match(JSON.stringify(await officer.get('/place')), CANARY)
    assert.match(JSON.stringify(await own.get('/stays')), /SN-OWN-1/)
  })

  it('appears in no answer and no file of any route, asked with its own numbers and names', async () => {
    const described = (await (await fetch(`${office.url}/api/openapi.json`)).json()) as Described
    let knocked = 0
    let answered = 0
    let papers = 0
    for (const [path, methods] of Object.entries(described.paths))
      for (const [method, { parameters }] of Object.entries(methods)) {
        // Of oneself: signing out would end the walk.
        if (/\/(session|setup|account)(\/|$)/.test(path) && method !== 'get') continue
        const names = parameters.filter(one => one.in === 'path').map(({ name }) => name)
        const query = parameters.filter(one => one.in === 'query').map(({ name }) => name)
        const search = new URLSearchParams()
        for (const name of query) {
          if (/^(q|search)$/.test(name)) search.set(name, 'kenari')
          if (/^(from)$/.test(name)) search.set(name, String(office.clock() - 86_400_000))
          if (/^(until|to)$/.test(name)) search.set(name, String(office.clock() + 86_400_000))
          if (name === 'rack') search.set(name, 'r1')
          if (name === 'language') search.set(name, 'id')
          if (name === 'view') search.set(name, 'all')
        }
        for (const value of names.length === 0 ? [''] : leads(names[0] ?? '', path)) {
          const at = filled(path, Object.fromEntries(names.map((name, i) => [name, i === 0 ? value : (leads(name, path)[0] ?? '1')])))
          for (const url of new Set([at, search.size === 0 ? at : `${at}?${search}`])) {
            const sent = method === 'get' ? {} : { body: '{}' }
            const response = await fetch(`${office.url}${url}`, {
              method,
              headers: { cookie: own.cookie, 'content-type': 'application/json' },
              ...sent,
            })
            knocked++
            if (response.ok) answered++
            const octets = Buffer.from(await response.arrayBuffer())
            const pdf = (response.headers.get('content-type') ?? '').includes('pdf')
            if (pdf) papers++
            const body = pdf ? textOfPdf(octets) : octets.toString('latin1')
            // What was asked may be said again; nothing else of it.
            const said = body.replaceAll('kenari-lama', '')
            assert.doesNotMatch(said, CANARY, `${method} ${url} → ${response.status} ${said.slice(0, 300)}`)
            assert.equal(said.includes(tickets.waiting) && !url.includes(tickets.waiting), false, `${method} ${url} names ${tickets.waiting}`)
          }
        }
      }
    assert.ok(knocked > 500 && answered > 15 && papers > 0, `${knocked} doors, ${answered} open, ${papers} papers`)
  })

  it('cannot be told from what is not there: the same status and the same words', async () => {
    const plain = (text: string) => text.replaceAll(/T-\d{4}-\d+|\d+/g, '#')
    const pairs: readonly [string, string][] = [
      [`/stays/${theirs.id}`, '/stays/99999'],
      [`/tickets/${tickets.theirs}`, '/tickets/T-2026-9999'],
      [`/tickets/${tickets.theirs}/form.pdf`, '/tickets/T-2026-9999/form.pdf'],
      [`/tickets/${tickets.theirs}/attachments/${paper}`, '/tickets/T-2026-9999/attachments/99999'],
      [`/placements/${tickets.theirs}`, '/placements/T-2026-9999'],
      [`/visits/of/${tickets.theirs}`, '/visits/of/T-2026-9999'],
    ]
    for (const [there, nowhere] of pairs) {
      const [one, other] = [await own.ask('GET', there), await own.ask('GET', nowhere)]
      assert.ok(one.status === 404 || one.status === 403, there)
      assert.deepEqual([one.status, plain(JSON.stringify(one.body))], [other.status, plain(JSON.stringify(other.body))], there)
    }
  })

  it('is in no frame of any topic, not by an id, not by a count, while its stay changes and its readings come', async () => {
    const topics = [
      ...(Object.keys(ROW_NEEDS) as RowTopic[]), 'site', 'overview', 'devices', 'audit', 'tenancy', 'tickets', 'timeline:site', 'timeline:rack/r1', 'rack:r1', 'device:kenari-lama', 'device:pdu-k',
      `ticket:${tickets.theirs}`, `ticket:${tickets.mine}`,
    ] as const // biome-ignore format: topics are a list
    const line = own.line()
    const frames: Frame[] = []
    line.on('frame', (frame: Frame) => frames.push(frame))
    await new Promise<void>(resolve => line.on('connect', resolve))
    const answers = new Map<string, string | null>()
    for (const topic of topics) answers.set(topic, (await line.emitWithAck('follow', topic, null)) as string | null)
    assert.deepEqual(
      [...answers]
        .filter(([, refused]) => refused === null)
        .map(([topic]) => topic)
        .toSorted(),
      ['calendars', 'counts', 'sessions', 'stays', 'tenancy', `ticket:${tickets.mine}`, 'tickets', 'visits', 'websites'],
    )
    const before = frames.length
    await officer.post(`/stays/${theirs.id}/unlisted`, { serial: 'SN-K3N4R1-8', note: 'kenari' })
    await officer.post(`/stays/${theirs.id}/unlisted`, { serial: 'SN-K3N4R1-7', note: 'kenari' })
    // Its own change comes after theirs would have.
    await officer.post(`/stays/${mine.id}/unlisted`, { serial: 'KABEL-1', note: 'kabel daya' })
    const deadline = Date.now() + 10_000
    while (!frames.slice(before).some(({ topic }) => topic === 'stays') && Date.now() < deadline)
      await new Promise(resolve => setTimeout(resolve, 50))
    const told = frames.slice(before).filter(({ topic }) => topic === 'stays')
    assert.equal(told.length, 1, 'one frame, for its own change')
    assert.deepEqual([told[0]?.rows?.gone, Object.keys(told[0]?.rows?.put ?? {})], [[], [String(mine.id)]])
    assert.equal(told[0]?.revision, (told[0]?.since ?? 0) + 1, 'the revision does not count changes of others')
    const everything = JSON.stringify(frames)
    assert.doesNotMatch(everything, CANARY)
    assert.ok(!everything.includes(tickets.theirs) && !everything.includes('Dinas Kesehatan'))
    const tenancy = frames.find(({ topic }) => topic === 'tenancy')?.tenancy
    assert.deepEqual(
      tenancy?.racks.map(({ id, items }) => [id, items.map(({ name }) => name)]),
      [['r1', ['Dell R660']]],
    )
    line.close()
  })

  it("is not seen by a tenant whose stay has ended, nor anything of one's own any more", async () => {
    await officer.post(`/stays/${mine.id}/leave`, { items: [1], reason: 'selesai dititipkan' })
    await officer.post(`/stays/${mine.id}/items/1/media`, { kind: 'none' })
    await officer.post(`/stays/${mine.id}/items/1/out`, { serial: 'SN-OWN-1', without: 'diambil pemilik hari itu juga' })
    assert.deepEqual(await own.get('/stays'), { items: [] })
    const line = own.line()
    const first = new Promise<Frame>(resolve => line.on('frame', resolve))
    await new Promise<void>(resolve => line.on('connect', resolve))
    assert.equal(await line.emitWithAck('follow', 'tenancy', null), null)
    assert.deepEqual((await first).tenancy, { racks: [], stays: [] })
    line.close()
  })
})
