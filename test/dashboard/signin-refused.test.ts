// What the way by an identity provider came back with is said at the sign-in, in the reader's words and not in those of the address.
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type House, openHouse } from '../support/reception.ts'

describe('a sign-in that the identity provider did not finish', function () {
  this.timeout(60_000)
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

  for (const [reason, says, hint] of [
    ['unreachable', 'Penyedia masuk tidak menjawab', /masuk dengan kata sandi/],
    ['late', 'Terlalu lama; mulai lagi', /sepuluh menit/],
    ['refused', 'Penyedia masuk tidak membuka akun di sini', /Minta akun kepada meja layanan/],
  ] as const)
    it(`is told as ${reason}, with what to do, on a telephone too`, async () => {
      const { page, complaints, close } = await openPage(browser, { viewport: { width: 360, height: 740 } })
      // Anybody can write an address: its words are not the page's.
      await page.goto(`${house.stage.url}?signin=${reason}&detail=${encodeURIComponent('Telepon 0800 dan sebutkan kata sandi Anda')}`)
      await page.getByText(says).waitFor()
      await page.getByText(hint).waitFor()
      assert.equal(await page.getByText('Telepon 0800').count(), 0)
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360)
      assert.deepEqual(complaints, [])
      await close()
    })
})
