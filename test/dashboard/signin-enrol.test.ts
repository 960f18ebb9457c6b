// Two factors are demanded, the identity provider knows the person by one, and here there is none yet: a real browser is led to enrol, and nowhere else before.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { generateSync } from 'otplib'
import type { Browser, Page } from 'playwright-core'
import { type RunningProvider, startProvider } from '../signin/support/provider.ts'
import { axeOn } from '../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type House, openHouse } from '../support/reception.ts'

const SECRET = 'a-secret-between-the-two'
const REFUSED = /status of 4\d\d|WebSocket/

/** The provider must know where it sends back to before Suar listens there. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

describe('signing in by an identity provider where two factors are demanded', function () {
  this.timeout(60_000)
  let browser: Browser
  let house: House
  let provider: RunningProvider

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
    const port = await freePort()
    provider = await startProvider({ redirect: `http://127.0.0.1:${port}/api/v1/session/oidc/back`, secret: SECRET })
    const oidc = { name: 'SSO Provinsi', issuer: provider.issuer, clientId: 'suar', clientSecret: SECRET }
    house = await openHouse({ people: true, port, oidc, secondFactor: 'required' })
  })
  after(async () => {
    await house?.close()
    await provider?.close()
    await browser?.close()
  })

  const arrive = async (page: Page) => {
    await page.goto(`${house.stage.url}people/persons?search=ratna`)
    await page.getByRole('button', { name: 'Masuk dengan kata sandi' }).click()
    await page.getByRole('link', { name: 'Masuk dengan SSO Provinsi' }).click()
  }
  const people = (page: Page) => page.evaluate("fetch('/api/v1/people').then(answer => answer.status)")

  it('leads an officer to enrol before anything else, then to the page that was asked for, and asks for the code from then on', async () => {
    provider.is({ sub: 'rizky', email: 'rizky@demo.example', email_verified: true })
    const first = await openPage(browser, {}, REFUSED)
    await arrive(first.page)
    const secret = await first.page.locator('.enrol .secret').innerText()
    assert.equal(await people(first.page), 403, 'a session that has not enrolled may do nothing else')
    assert.equal(await first.page.locator('.table').count(), 0)
    assert.deepEqual(
      (await axeOn(first.page).analyze()).violations.map(one => one.id),
      [],
    )
    await first.page.getByRole('textbox', { name: 'Kode' }).fill('000000')
    await first.page.keyboard.press('Enter')
    await first.page.locator('.enrol [role=alert]').first().waitFor()
    await first.page.reload()
    const again = (await first.page.locator('.enrol .secret').innerText()).replaceAll(' ', '')
    assert.notEqual(again, '', 'leaving half-way leads here again')
    assert.notEqual(secret, '')
    await first.page.getByRole('textbox', { name: 'Kode' }).fill(generateSync({ secret: again }))
    await first.page.keyboard.press('Enter')
    await first.page.locator('.recovery .btn.primary').click()
    await first.page.locator('.table').getByText('Ir. Ratna Puspita, M.T.').waitFor()
    assert.match(first.page.url(), /people\/persons\?search=ratna$/)
    assert.equal(await people(first.page), 200)
    assert.deepEqual(first.complaints, [])
    await first.close()

    const second = await openPage(browser, {}, REFUSED)
    await arrive(second.page)
    await second.page.getByRole('textbox', { name: 'Kode' }).waitFor()
    assert.equal(await second.page.locator('.enrol').count(), 0)
    house.later(60_000)
    await second.page.getByRole('textbox', { name: 'Kode' }).fill(generateSync({ secret: again, epoch: Math.floor(Date.now() / 1000) + 60 }))
    await second.page.locator('.table').getByText('Ir. Ratna Puspita, M.T.').waitFor()
    assert.deepEqual(second.complaints, [])
    await second.close()
  })
})
