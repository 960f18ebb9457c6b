// J5 at the doors, in real browsers on the real demonstration: a guest's card opens, an intruder's hand does, somebody stays too long; others see none of it.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import type { DoorBook, VisitView } from '../../../daemon/domain/visit.ts'
import { type Asking, asking } from '../../support/asking.ts'
import { axeOn } from '../../support/axe.ts'
import { chromiumPath, openBrowser, openPage, type Watched } from '../../support/browser.ts'
import { type Daemon, dataFolder, until } from '../../support/daemon.ts'
import { type Gate, type Openings, openGate, startWithGate } from './support.ts'

const path = chromiumPath()
const MARK = 'window.unbroken = true'

;(path === null ? describe.skip : describe)('journey: doors and their explanations', function () {
  this.timeout(240_000)
  const data = dataFolder()
  let daemon: Daemon
  let api: Asking
  let gate: Gate
  let browser: Browser
  let log: Watched
  let wall: Watched
  let floor: Watched
  let visit: VisitView
  let card = ''

  const signedIn = async (demo: string, at: string, expected?: RegExp, viewport = { width: 1440, height: 900 }): Promise<Watched> => {
    const opened = await openPage(browser, { viewport }, expected)
    const { request } = opened.page
    assert.ok((await request.post(`${daemon.url}api/v1/session`, { data: { demo }, headers: { origin: new URL(daemon.url).origin } })).ok())
    await opened.page.goto(`${daemon.url}${at}`)
    return opened
  }
  const post = async <T>(page: Page, to: string, body: object): Promise<T> => {
    const answer = await page.request.post(`${daemon.url}api/v1/${to}`, { data: body, headers: { origin: new URL(daemon.url).origin } })
    assert.ok(answer.ok(), `${to}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const clean = async (page: Page, what: string) =>
    assert.deepEqual(
      (await axeOn(page).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
      [],
      what,
    )

  before(async () => {
    daemon = await startWithGate(data.path)
    api = asking(() => daemon)
    gate = openGate(() => daemon)
    browser = await openBrowser(path ?? '')
    // People, tickets and visitors' badges of the demonstration.
    await until(
      'the visits of the demonstration',
      () => api.get<{ items: readonly VisitView[] }>(`visits?from=1&until=${Date.now() + 86_400_000}&state=inside`),
      ({ items }) => items.length >= 2,
      120_000,
    )
    log = await signedIn('noc', 'doors')
    wall = await signedIn('petugas', 'wall', /^$/, { width: 1920, height: 1080 })
    floor = await signedIn('kabid', 'floor')
    for (const { page } of [log, wall, floor]) await page.evaluate(MARK)
  })
  after(async () => {
    await browser.close()
    await daemon.stop()
    data.remove()
  })

  it('a guest comes in for a short while, and is counted on the plan and named on the wall', async () => {
    const { page } = log
    const free = (await (await page.request.get(`${daemon.url}api/v1/visits/door`)).json()) as DoorBook
    const choices = (await (await page.request.get(`${daemon.url}api/v1/visits/door/choices`)).json()) as {
      readonly escorts: readonly { readonly person: number }[]
    }
    card = free.badges[0] ?? ''
    assert.notEqual(card, '')
    visit = await post<VisitView>(page, 'visits/enter', {
      ...{ kind: 'walkIn', site: 'demo', doors: ['d1'], racks: [], purpose: 'Memeriksa kabel', until: Date.now() + 5_000 },
      ...{ escort: choices.escorts.at(-1)?.person, organisation: null, goods: [], accepted: true },
      visitors: [{ name: 'Sari Wulandari', company: 'PT Uji Coba', identity: '1971044107950008', mobile: '', badge: card }],
    })
    await wall.page.getByRole('region', { name: 'Orang di dalam' }).getByText('Sari Wulandari').waitFor()
    await floor.page.locator('.peoplemark', { hasText: '2 orang di dalam' }).first().waitFor()
  })

  it('her card opens the door: every open page says by which visit, without a reload', async () => {
    const begun = performance.now()
    const told = gate.tell({ door: 'd1', event: 'granted', card, sequence: 1 }, { door: 'd1', event: 'opened', sequence: 2 })
    const row = log.page.getByRole('row').filter({ hasText: 'D1 ruang server' }).filter({ hasText: visit.number })
    await row.getByText('Kunjungan', { exact: true }).filter({ visible: true }).waitFor()
    process.stdout.write(`      explained on the page ${Math.round(performance.now() - begun)} ms after it was told\n`)
    assert.equal((await told).status, 200)
    await gate.tell({ door: 'd1', event: 'closed', sequence: 3 })
    await row.getByRole('link', { name: visit.number }).filter({ visible: true }).waitFor()
    assert.ok(!(await api.alarms()).some(({ key }) => key === 'suar/-/door.d1'))
    await clean(log.page, 'the log of doors')
  })

  it('somebody opens the back door without a card: seen by its polled contact, alarmed with camera and plan, red on wall and floor', async () => {
    assert.equal((await api.post('demo/door-opened', { active: true })).status, 200)
    const alarm = await api.alarm('the intruder', ({ key }) => key === 'suar/-/door.d3')
    assert.equal(alarm.severity, 'critical')
    await wall.page.getByText('D3 pintu belakang: tidak terjelaskan').waitFor()
    await floor.page.locator('.doormark.crit .callout', { hasText: 'D3' }).waitFor()
    const row = log.page.getByRole('row').filter({ hasText: 'D3 pintu belakang' }).filter({ hasText: 'Tidak terjelaskan' })
    await row.getByRole('link', { name: 'Alarm' }).click()
    const detail = log.page.getByRole('complementary').filter({ hasText: 'D3 pintu belakang' })
    assert.equal(await detail.getByRole('link', { name: 'Kamera' }).getAttribute('href'), 'https://kamera.demo.example/d3')
    await detail.getByRole('link', { name: 'Denah' }).click()
    await log.page.locator('.doormark.picked').waitFor()
    assert.match(log.page.url(), /floor\?door=d3/)
    await clean(log.page, 'the plan with a door alarmed')
  })

  it('the guard says why: the alarm ends, the reason stands on the page and in the trail', async () => {
    const { page } = log
    await page.goto(`${daemon.url}doors?kind=unexplained&door=d3`)
    await page.getByRole('row').getByRole('button', { name: 'Jelaskan' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Alasan').fill('Petugas kebersihan <b>lupa</b> kartu')
    await dialog.getByRole('button', { name: 'Jelaskan' }).click()
    // It no longer belongs to what was asked for: it goes by itself.
    await page.getByText('Tidak ada pembukaan yang cocok').waitFor()
    await api.quiet('the intruder', ({ key }) => key === 'suar/-/door.d3')
    await page.getByRole('button', { name: 'Hapus saringan' }).click()
    await page.getByText('Petugas kebersihan <b>lupa</b> kartu').filter({ visible: true }).waitFor()
    const { items } = await api.get<{ items: readonly { readonly action: string; readonly actor: string }[] }>('audit?action=opening.explain')
    assert.equal(items.length, 1)
    const table = await page.request.get(`${daemon.url}api/v1/openings/export?door=d3&lang=id`)
    assert.match(await table.text(), /Dijelaskan petugas/)
    assert.equal((await api.get<{ items: readonly unknown[] }>('audit?action=opening.export')).items.length, 1)
    await api.post('demo/door-opened', { active: false })
  })

  it('the guest stays too long: an alarm by the clock, red on the wall, over when she goes', async () => {
    const over = ({ key }: { readonly key: string }) => key === `suar/-/visit.overstay.${visit.id}`
    await api.alarm('the overstay', over, 60_000)
    await wall.page.getByRole('region', { name: 'Orang di dalam' }).getByText('lewat batas').waitFor()
    const at = Date.now()
    const acts = [{ client: randomUUID(), kind: 'out', visit: visit.id, visitor: 1, at }]
    await post(log.page, 'visits/door/acts', { sentAt: at, acts })
    await wall.page.getByRole('region', { name: 'Orang di dalam' }).getByText('Sari Wulandari').waitFor({ state: 'detached' })
    await api.quiet('the overstay', over, 60_000)
    // Her card is back in the drawer: it explains nothing any more.
    await gate.tell({ door: 'd1', event: 'granted', card, sequence: 4 }, { door: 'd1', event: 'opened', sequence: 5 })
    await api.alarm('a card of nobody', ({ key }) => key === 'suar/-/door.d1')
    await gate.tell({ door: 'd1', event: 'closed', sequence: 6 })
  })

  it('the operator panel plays it too: a visitor with a card, seen by the contact and told by the controller; and one who stays', async () => {
    // A door that opens again at once has not been shut: what is told within three seconds tells of one opening.
    await until(
      'the door shut for a while',
      () => api.get<Openings>('openings?door=d1'),
      ({ items }) => items.every(({ closedAt }) => closedAt !== null && closedAt + 4_000 < Date.now()),
    )
    assert.equal((await api.post('demo/door-visitor', { active: true })).status, 200)
    await until(
      'the opening by a visitor’s card, seen by the polled contact',
      () => api.get<Openings>('openings?door=d1&kind=visit'),
      ({ items }) => items.some(({ via, card: shown }) => via === 'contact' && shown !== null),
      60_000,
    )
    assert.equal((await api.post('demo/visit-overstay', { active: true })).status, 200)
    const guests = wall.page.getByRole('region', { name: 'Orang di dalam' })
    await guests.getByText('Bayu Pratama').waitFor()
    assert.equal((await api.post('demo/visit-overstay', { active: false })).status, 200)
    await guests.getByText('Bayu Pratama').waitFor({ state: 'detached' })
  })

  it('those who ask for services see nothing of it: no page, no list, no stream, no visit of others', async () => {
    const { page, close } = await signedIn('pemohon-pesisir', 'doors', /403/)
    assert.equal((await page.request.get(`${daemon.url}api/v1/openings`)).status(), 403)
    assert.equal((await page.request.get(`${daemon.url}api/v1/openings/export`)).status(), 403)
    assert.equal((await page.request.get(`${daemon.url}api/v1/doors/controllers`)).status(), 403)
    assert.equal((await page.request.get(`${daemon.url}api/v1/visits/${visit.id}`)).status(), 404)
    await page.locator('main').getByText(/./).first().waitFor()
    const seen = await page.locator('body').innerText()
    for (const word of ['D3 pintu belakang', 'Sari Wulandari', visit.number]) assert.ok(!seen.includes(word), word)
    assert.equal(await page.getByRole('link', { name: 'Pintu', exact: true }).count(), 0)
    await close()
  })

  it('nothing was loaded anew, nothing complained; on a phone the log is whole and clean', async () => {
    for (const { page } of [wall, floor]) assert.equal(await page.evaluate('window.unbroken === true'), true)
    for (const { complaints } of [log, wall, floor]) assert.deepEqual(complaints, [])
    const { page, close } = await signedIn('noc', 'doors', /^$/, { width: 360, height: 740 })
    await page.getByRole('row').filter({ hasText: visit.number }).first().waitFor()
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true)
    for (const at of ['doors', 'doors/doors', 'doors/controllers']) {
      await page.goto(`${daemon.url}${at}`)
      await page.getByRole('table').waitFor()
      await clean(page, at)
    }
    assert.ok((await api.get<Openings>('openings')).total >= 3)
    await close()
  })
})
