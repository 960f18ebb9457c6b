// A hosting ticket's page in a real browser, over the real desk and hosting over folders: what it asks for, the way to the plan, and the proof that ends it.
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { openFilledPrinting } from '../../../daemon/desk/papers/filled.ts'
import { deskFeeds } from '../../../daemon/desk-feeds.ts'
import { agencyView } from '../../../daemon/domain/agency.ts'
import { catalogueRoutes } from '../../../daemon/http/routes/catalogue.ts'
import { documentRoutes } from '../../../daemon/http/routes/documents.ts'
import { filledPaperRoutes } from '../../../daemon/http/routes/filled.ts'
import { ticketRoutes } from '../../../daemon/http/routes/tickets.ts'
import { render } from '../../../daemon/paper/render.ts'
import { ticketFeed } from '../../../daemon/stream/tickets.ts'
import { type Joint, openJoint } from '../../hosting/support/joint.ts'
import { axe } from '../../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../../support/browser.ts'
import { openStage, type Stage } from '../../support/stage.ts'

const HOSTED = { platform: 'php', platformVersion: '8.4', dbms: 'mariadb', databaseSize: 1, capacity: 2 }

describe('the page of a hosting ticket', function () {
  this.timeout(90_000)
  let browser: Browser
  let joint: Joint
  let stage: Stage

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
    joint = await openJoint()
    const { desk, hosting, house } = joint
    const { catalogue, calendars, records } = house
    stage = await openStage({
      session: { agency: agencyView(catalogue.agency) },
      clock: () => house.clock.now,
      as: await joint.as('petugas'),
      feeds: [
        ticketFeed(desk.stream),
        ...deskFeeds({ desk, entry: records.desk.agenda.entry, calendars, onCalendar: house.onCalendar }),
        ...hosting.feeds,
      ],
      routes: [
        ...ticketRoutes(desk),
        ...documentRoutes(desk),
        ...filledPaperRoutes(
          openFilledPrinting({ agency: catalogue.agency, view: desk.view, render, zone: () => 'Asia/Jakarta', clock: () => house.clock.now }),
        ),
        ...catalogueRoutes({
          services: () => catalogue.services,
          service: catalogue.service,
          serviceVersion: catalogue.version,
          catalogueTroubles: () => catalogue.troubles,
        }),
        ...hosting.routes,
      ],
    })
  })
  after(async () => {
    await stage?.close()
    await joint?.close()
    await browser?.close()
  })

  it('shows what it asks for before the dispositions, and leads to a proven website after them, told live on every page', async () => {
    const number = await joint.house.filed('hosting', 'pemohon', { answers: HOSTED })
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${stage.url}tickets/${number}`)
    const panel = page.locator('.tickethosting')
    await panel.locator('dd').getByText('simpeg.babelprov.go.id', { exact: true }).waitFor()
    await panel.getByText(/Diminta PHP 8\.4; host Alpha paling dekat memiliki 8\.3/).waitFor()
    await panel.getByText(/Disposisi .* belum selesai/).waitFor()
    assert.deepEqual(await axe(page), [])

    // The page is open while the dispositions go on elsewhere.
    await joint.toWork(number)
    await panel.getByRole('link', { name: 'Siapkan situs' }).click()
    await page.getByRole('heading', { name: 'Situs baru' }).waitFor()
    await page.getByRole('button', { name: 'Buat perubahan' }).click()
    await page.waitForURL(/\/changes\/C-/)
    await page
      .getByRole('button', { name: 'Terapkan' })
      .or(page.getByRole('button', { name: 'Setujui rencana ini' }))
      .first()
      .waitFor()
    await page.goto(`${stage.url}tickets/${number}`)
    const [change] = (await joint.house.records.changes.ofTickets([number])).map(one => one.change.number)
    await panel.getByRole('link', { name: /Buat situs/ }).waitFor()
    await joint.applied(change ?? '')
    await panel.getByText('Terbukti', { exact: true }).waitFor()
    // The step that comes next is the report: nobody reloaded anything.
    await page
      .locator('.chain li.now')
      .getByText(/laporan/i)
      .waitFor()
    await page
      .locator('.timeline, .events')
      .getByText(new RegExp(`${change}.*terbukti`))
      .first()
      .waitFor()
    assert.deepEqual(await axe(page), [])
    assert.deepEqual(complaints, [])
    await close()
  })

  it('fits a phone', async () => {
    const number = await joint.house.filed('domain', 'pemohon', {
      answers: { action: 'create', records: [{ name: 'data.babelprov.go.id', type: 'A', target: '10.1.0.30' }], newAddress: false },
    })
    const { page, close } = await openPage(browser, { viewport: { width: 360, height: 780 } })
    await page.goto(`${stage.url}tickets/${number}`)
    await page.locator('.tickethosting').getByText('data.babelprov.go.id tidak ada di zona kita').waitFor()
    const [wide = 0, there = 0] = await page.evaluate<number[]>('[document.documentElement.scrollWidth, innerWidth]')
    assert.ok(wide <= there, `${wide} in ${there}`)
    await close()
  })
})
