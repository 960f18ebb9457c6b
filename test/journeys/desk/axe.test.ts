// Every page of the desk in a whole house shuts nobody out: axe finds nothing, wide and light, narrow and dark, and nothing stands beside the screen.
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { axe } from '../../support/axe.ts'
import { chromiumPath, openBrowser } from '../../support/browser.ts'
import { type Office, openOffice } from '../../support/office.ts'
import { approve, draft, file, minutes, report, toWork } from '../../support/procedure.ts'

const LOOKS = [
  { name: 'wide and light', options: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' } },
  { name: 'narrow and dark', options: { viewport: { width: 360, height: 740 }, colorScheme: 'dark' } },
] as const

describe('the pages of the desk, for everybody', function () {
  this.timeout(120_000)
  let office: Office
  let browser: Browser
  /** What each looks at. */
  let pages: Readonly<Record<string, readonly string[]>> = {}

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    office = await openOffice({ now: Date.now() })
    browser = await openBrowser(path)
    const requester = office.as('pemohon')
    const officer = office.as('petugas')
    const number = await file(office, requester, { service: 'colocation', title: 'Kolokasi dua server' })
    await toWork(office, number, officer)
    await report(officer, number)
    const made = await minutes(officer, number)
    await approve(office.as('kabid'), made, 0)
    const begun = await draft(office, requester, { service: 'dc-access', title: 'Kunjungan' })
    const waiting = await file(office, requester, { service: 'domain' })
    pages = {
      pemohon: [
        '/home',
        '/requests',
        '/tickets',
        `/tickets/${number}`,
        `/requests/draft/${begun}`,
        `/requests/draft/${begun}?step=visitors`,
        `/requests/draft/${begun}?step=papers`,
        `/requests/draft/${begun}?step=send`,
        `/requests/sent/${waiting}`,
        '/catalogue/splp',
        '/calendar',
        '/account',
        `/verify/${made.code}`,
      ],
      petugas: ['/tickets', `/tickets/${waiting}`, '/tickets/new', '/agenda', '/calendar'],
      admin: ['/people', '/people/offices', '/admin/accounts', '/audit'],
    }
  })
  after(async () => {
    await browser?.close()
    await office?.close()
  })

  for (const { name, options } of LOOKS)
    it(`have nothing to complain about, ${name}`, async () => {
      const found: string[] = []
      for (const [login, paths] of Object.entries(pages)) {
        const { page, complaints, close } = await office.as(login).page(browser, { ...options, reducedMotion: 'reduce' })
        for (const path of paths) {
          await page.goto(`${office.url}${path}`)
          await page.locator('main h1, main h2').first().waitFor()
          await page.waitForFunction("document.querySelector('.skeleton') === null")
          for (const one of await axe(page)) found.push(`${login} ${path} ${one}`)
          const [wide, seen] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]')
          if (wide > seen) found.push(`${login} ${path} is ${wide} px wide on ${seen}`)
        }
        found.push(...complaints.map(one => `${login}: ${one}`))
        await close()
      }
      assert.deepEqual(found, [])
    })
})
