// Lists that others change while somebody looks at them, in real browsers: rows change in place, new ones are told, and nothing is asked again.
import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import { done } from '../../daemon/domain/outcome.ts'
import { route } from '../../daemon/http/route.ts'
import { must } from '../store/support/must.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type DeskStage, openDeskStage } from '../support/desk-stage.ts'
import { type House, openHouse } from '../support/reception.ts'
import { openStage } from '../support/stage.ts'

/** The stage has no registers of people. */
const UNKNOWN = /status of 404/

const DOWN = { kind: 'down', since: 0, why: 'uji' } as const
const BARE: Omit<Alarm, 'id'> = {
  ...{ key: 'ups-a/device/down', device: 'ups-a', point: null, severity: 'warning', condition: DOWN, raisedAt: 0, clearedAt: 0 },
  ...{ acknowledged: null, cause: null, suppressed: false, notes: [] },
}

/** What the page asks of the API from now on. */
function asking(page: Page): string[] {
  const asked: string[] = []
  page.on('request', request => {
    const { pathname } = new URL(request.url())
    if (request.method() === 'GET' && pathname.startsWith('/api/')) asked.push(pathname)
  })
  return asked
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await holds()); await new Promise(resolve => setTimeout(resolve, 50)))
    assert.ok(Date.now() < end, 'waited in vain')
}

describe('lists of people that others change', function () {
  this.timeout(90_000)
  let browser: Browser
  let house: House
  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
    house = await openHouse({ people: true })
  })
  after(async () => {
    await house?.close()
    await browser?.close()
  })

  const open = async (at: string) => {
    const watched = await openPage(browser)
    await watched.page.goto(`${house.stage.url}${at}`)
    await watched.page.getByRole('button', { name: /Yoga Pratama/ }).click()
    await watched.page.locator('.prefs-open').locator('visible=true').first().waitFor()
    await watched.page.waitForLoadState('networkidle')
    return watched
  }

  it('change in place, tell what is new, and let go what left: organisations, chairs, accounts', async () => {
    const { organisations, offices } = house.records.people
    const [registers, chairs, accounts] = [await open('people/organisations'), await open('people'), await open('admin/accounts')]
    const asked = [registers, chairs, accounts].flatMap(({ page }) => asking(page))
    const first = (await organisations.all()).toSorted((a, b) => a.name.localeCompare(b.name))[0]
    assert.ok(first)
    must(await organisations.change(first.id, { ...first, short: 'BARU-1' }))
    await registers.page.getByRole('cell', { name: 'BARU-1' }).waitFor()
    await organisations.add({ name: 'Dinas Baru', short: 'DB-2', kind: 'agency', address: '', phone: '', email: '', goneAt: null })
    await registers.page.getByRole('button', { name: /1 entri baru atau berubah/ }).waitFor()
    assert.equal(await registers.page.getByRole('cell', { name: 'DB-2' }).count(), 0, 'nothing shifts under the eyes')
    await registers.page.getByRole('button', { name: /1 entri baru/ }).click()
    await registers.page.getByRole('cell', { name: 'DB-2' }).waitFor()

    const [person] = await house.records.people.persons.all()
    const office = await offices.add({
      ...{ person: person?.id ?? 0, role: 'approver', organisation: null, position: 'kursi-baru', kind: 'definitive', from: null, until: null },
      decree: '',
    })
    await chairs.page.locator('.chair', { hasText: 'kursi-baru' }).waitFor()
    must(await offices.remove(office.id))
    await chairs.page.locator('.chair', { hasText: 'kursi-baru' }).waitFor({ state: 'detached' })

    const account = await house.records.accounts.byLogin('petugas')
    must(await house.records.accounts.set(account?.id ?? 0, { login: 'petugas.baru' }))
    await accounts.page.getByText('petugas.baru').waitFor()
    must(await house.records.accounts.set(account?.id ?? 0, { login: 'petugas' }))
    assert.deepEqual(asked, [])
    for (const one of [registers, chairs, accounts]) {
      assert.deepEqual(one.complaints, [])
      await one.close()
    }
  })

  it('have one’s own sessions as they begin and end elsewhere', async () => {
    const { page, complaints, close } = await open('account')
    const shown = page.locator('.doorlist li', { hasText: '127.0.0.1' })
    const asked = asking(page)
    const account = (await house.records.accounts.byLogin('admin'))?.id ?? 0
    const all = async () => await house.records.sessions.ofAccount(account)
    await until(async () => (await shown.count()) === (await all()).length)
    const before = await shown.count()
    const other = await open('account')
    await other.close()
    await until(async () => (await shown.count()) === before + 1)
    const newest = (await all()).toSorted((one, two) => two.createdAt - one.createdAt)[0]
    await house.records.sessions.end(newest?.id ?? 0)
    await until(async () => (await shown.count()) === before)
    assert.deepEqual([asked, complaints], [[], []])
    await close()
  })
})

describe('lists of the desk that others change', function () {
  this.timeout(90_000)
  let browser: Browser
  let desk: DeskStage
  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
    desk = await openDeskStage({ as: 'petugas' })
  })
  after(async () => {
    await desk?.close()
    await browser?.close()
  })

  it('have the agenda book, the numbers on the tabs and the rules of the calendar as they become', async () => {
    const [agenda, inbox, calendar] = [
      await openPage(browser, {}, UNKNOWN),
      await openPage(browser, {}, UNKNOWN),
      await openPage(browser, {}, UNKNOWN),
    ]
    await agenda.page.goto(`${desk.url}agenda`)
    await inbox.page.goto(`${desk.url}tickets?view=all`)
    await calendar.page.goto(`${desk.url}calendar`)
    for (const { page } of [agenda, inbox, calendar]) await page.waitForLoadState('networkidle')
    const asked = asking(inbox.page)
    const number = await desk.house.filed('splp')
    // An empty book shows it at once.
    await agenda.page.getByRole('link', { name: number }).first().waitFor()
    const tab = inbox.page.getByRole('link', { name: /^Kotak masuk/ }).first()
    await until(async () => /1$/.test((await tab.textContent()) ?? ''))
    assert.ok(!asked.includes('/api/v1/desk/summary'), asked.join())
    const second = await desk.house.filed('splp')
    await agenda.page.getByRole('button', { name: /1 surat baru/ }).click()
    await agenda.page.getByRole('link', { name: second }).first().waitFor()

    const is = desk.house.calendars.one('desk') ?? desk.house.calendars.list()[0]
    assert.ok(is)
    await calendar.page
      .getByText(new RegExp(`versi ${is.version}\\b`))
      .first()
      .waitFor()
    const changed = { ...is.calendar, name: { id: 'Kalender Baru', en: 'New calendar' } }
    must(await desk.house.calendars.save(is.calendar.key, changed, { by: 'Yoga', reason: 'uji', base: is.version }))
    await calendar.page
      .getByText(/Kalender Baru/)
      .first()
      .waitFor()
    for (const one of [agenda, inbox, calendar]) {
      assert.deepEqual(one.complaints, [])
      await one.close()
    }
  })
})

describe('the archive of alarms', function () {
  this.timeout(90_000)
  it('counts what has cleared meanwhile, shows it when somebody wants to, and changes what stands there in place', async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    const browser = await openBrowser(path)
    const items: Alarm[] = []
    const archive = route({
      method: 'get',
      path: '/alarms',
      needs: 'watch.read',
      summary: 'What has cleared',
      query: z.looseObject({}),
      handle: async () => done({ items: items.toReversed(), total: items.length, page: 1, size: 50 }),
    })
    const stage = await openStage({ routes: [archive] })
    const { page, complaints, close } = await openPage(browser)
    const clears = (over: Partial<Alarm> = {}) => {
      const at = Date.now()
      const id = stage.raise('ups-a', null, 'warning', DOWN, { raisedAt: at - 60_000, clearedAt: at, ...over })
      items.push({ ...BARE, id, raisedAt: at - 60_000, clearedAt: at })
      return id
    }
    await page.goto(`${stage.url}alarms?state=archive`)
    const rows = page.locator('.archive tbody tr')
    await page.getByText('0 alarm tersimpan').waitFor()
    clears()
    await until(async () => (await rows.count()) === 1)
    clears({ acknowledged: { by: 'Budi', at: 1, comment: '' } })
    await page.getByRole('button', { name: /1 alarm baru selesai/ }).waitFor()
    assert.equal(await rows.count(), 1)
    await page.getByRole('button', { name: /1 alarm baru selesai/ }).click()
    await until(async () => (await rows.count()) === 2)
    // The archive of this story knows of no acknowledgement; the stream does.
    await rows.first().getByText('Budi').waitFor()
    assert.deepEqual(complaints, [])
    await close()
    await stage.close()
    await browser.close()
  })
})
