// Signing in by the house's identity provider, in a real browser with a real provider: there and back, refused, and again in place.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { generateSecret, generateSync } from 'otplib'
import type { Browser } from 'playwright-core'
import { type RunningProvider, startProvider } from '../signin/support/provider.ts'
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

describe('signing in by an identity provider, in a browser', function () {
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
    house = await openHouse({ people: true, port, oidc: { name: 'SSO Provinsi', issuer: provider.issuer, clientId: 'suar', clientSecret: SECRET } })
  })
  after(async () => {
    await house?.close()
    await provider?.close()
    await browser?.close()
  })

  it('comes back to the page that was asked for', async () => {
    const { page, complaints, close } = await openPage(browser, {}, REFUSED)
    provider.is({ sub: 'rizky', email: 'rizky@demo.example', email_verified: true })
    await page.goto(`${house.stage.url}people/persons?search=ratna`)
    await page.getByRole('button', { name: 'Masuk dengan kata sandi' }).click()
    await page.getByRole('link', { name: 'Masuk dengan SSO Provinsi' }).click()
    await page.locator('.table').getByText('Ir. Ratna Puspita, M.T.').waitFor()
    assert.match(page.url(), /people\/persons\?search=ratna$/)
    await page.locator('.rail').getByText('Rizky Ramadhan').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('goes on to the code of whoever has a second factor here, and then to the page that was asked for', async () => {
    const { page, complaints, close } = await openPage(browser, {}, REFUSED)
    const [person] = await house.records.people.personsByEmail('rizky@demo.example')
    const account = await house.records.accounts.ofPerson(person?.id ?? 0)
    assert.ok(account)
    const secret = generateSecret()
    await house.records.accounts.setTotp(account.id, secret)
    try {
      provider.is({ sub: 'rizky', email: 'rizky@demo.example', email_verified: true })
      await page.goto(`${house.stage.url}people/persons?search=ratna`)
      await page.getByRole('button', { name: 'Masuk dengan kata sandi' }).click()
      await page.getByRole('link', { name: 'Masuk dengan SSO Provinsi' }).click()
      await page.getByLabel('Kode').waitFor()
      assert.match(page.url(), /people\/persons\?search=ratna$/, 'the pass does not stay in the address')
      await page.getByLabel('Kode').fill(generateSync({ secret }))
      await page.locator('.table').getByText('Ir. Ratna Puspita, M.T.').waitFor()
      await page.locator('.rail').getByText('Rizky Ramadhan').waitFor()
      assert.deepEqual(complaints, [])
    } finally {
      await house.records.accounts.setTotp(account.id, null)
      await close()
    }
  })

  it('says in the reader’s words that the provider’s person has no account here', async () => {
    const { page, complaints, close } = await openPage(browser, {}, REFUSED)
    provider.is({ sub: 'stranger', email: 'stranger@example.org', email_verified: true })
    await page.goto(house.stage.url)
    await page.getByRole('button', { name: 'Masuk dengan kata sandi' }).click()
    await page.getByRole('link', { name: 'Masuk dengan SSO Provinsi' }).click()
    await page.getByText('Penyedia masuk tidak membuka akun di sini').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('takes an ended session up again in a window of its own, which closes itself', async () => {
    const { page, complaints, close } = await openPage(browser, {}, REFUSED)
    provider.is({ sub: 'rizky', email: 'rizky@demo.example', email_verified: true })
    await page.goto(`${house.stage.url}people/persons`)
    await page.getByRole('button', { name: 'Masuk dengan kata sandi' }).click()
    await page.getByRole('link', { name: 'Masuk dengan SSO Provinsi' }).click()
    await page.locator('.table tbody tr').first().waitFor()
    house.later(9 * 3_600_000)
    await page.getByRole('searchbox').fill('bagas')
    const dialog = page.getByRole('dialog', { name: 'Sesi berakhir' })
    await dialog.waitFor()
    const [window] = await Promise.all([page.context().waitForEvent('page'), dialog.getByRole('link', { name: 'Masuk dengan SSO Provinsi' }).click()])
    if (!window.isClosed()) await window.waitForEvent('close')
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('1 baris').waitFor()
    assert.equal(await page.getByRole('searchbox').inputValue(), 'bagas')
    assert.deepEqual(complaints, [])
    await close()
  })
})
