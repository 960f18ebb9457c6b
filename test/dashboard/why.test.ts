// Why a device does not answer, as its page and the administration say it: in the reader's language, never in the log's English.
import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { done } from '../../daemon/domain/outcome.ts'
import type { Why } from '../../daemon/domain/why.ts'
import { whyWords } from '../../daemon/domain/words/why-words.ts'
import { route } from '../../daemon/http/route.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { openStage, type Stage } from '../support/stage.ts'

describe('a silent device on the pages', function () {
  this.timeout(60_000)
  let browser: Browser
  let stage: Stage

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
  })
  beforeEach(async () => {
    stage = await openStage()
  })
  afterEach(() => stage.close())
  after(() => browser?.close())

  const silence = (why: Parameters<typeof whyWords>[0]) => {
    const crac = stage.model.device('crac-1')
    assert.ok(crac)
    stage.model.setDevice({ ...crac, status: 'down', why })
  }
  const inEnglish = (page: Page) => page.evaluate("localStorage.setItem('suar.language', 'en')")

  it('says why in Indonesian and in English, and follows when the reason changes', async () => {
    silence({ code: 'noAnswerOrCommunity', where: '10.0.0.9:161', requests: 3 })
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${stage.url}devices/crac-1`)
    const said = page.locator('p.silent')
    await said.getByText('Tidak ada jawaban dari 10.0.0.9:161 atas 3 permintaan. Perangkat mati, tidak terjangkau').waitFor()
    silence({ code: 'unknownUser', where: '10.0.0.9:161', user: 'noc' })
    await said.getByText('10.0.0.9:161 tidak mengenal pengguna noc.').waitFor()
    await inEnglish(page)
    await page.reload()
    await said.getByText('10.0.0.9:161 knows no user noc.').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('says which of its tables is broken, though it is up', async () => {
    const crac = stage.model.device('crac-1')
    assert.ok(crac)
    const identity = {
      kind: 'crac',
      vendor: null,
      model: null,
      serial: null,
      firmware: null,
      sysName: null,
      sysDescr: null,
      sysObjectID: null,
    } as const
    const column = '1.3.6.1.4.1.9999.1.2.1.3'
    stage.model.setDevice({ ...crac, identity: { ...identity, profiles: ['crac'], broken: [{ column, kind: 'circle', at: `${column}.1` }] } })
    const { page, complaints, close } = await openPage(browser, { viewport: { width: 360, height: 740 } })
    await page.goto(`${stage.url}devices/crac-1`)
    await page.getByText('Tabel rusak').waitFor()
    await page.getByText(`Tabel 1.3.6.1.4.1.9999.1.2, kolom ${column}, berputar: ${column}.1 datang lagi.`).waitFor()
    assert.ok(await page.evaluate('document.documentElement.scrollWidth <= 360'), 'it breaks, and does not widen the page')
    assert.deepEqual(complaints, [])
    await close()
  })

  it('is said at once to whoever has it asked', async () => {
    await stage.close()
    let why: Why | null = { code: 'noAnswer', where: '10.0.0.9:161', requests: 3 }
    const poll = route({
      method: 'post',
      path: '/devices/:id/poll',
      needs: 'device.poll',
      summary: 'Asked, and told by the test',
      params: z.strictObject({ id: z.string() }),
      handle: async () => done({ status: why === null ? 'answered' : 'timeout', why }),
    })
    stage = await openStage({ routes: [poll] })
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${stage.url}devices/crac-1`)
    await page.locator('h1').waitFor()
    await page.keyboard.press('p')
    await page.getByText('Tidak ada jawaban dari 10.0.0.9:161 atas 3 permintaan.').waitFor()
    await page
      .getByText(/tidak menjawab$/)
      .first()
      .waitFor()
    why = null
    await page.keyboard.press('p')
    await page.getByText('Nilai baru menyusul lewat sambungan langsung.').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it("stands in the administration's list, beside the troubles of the poller", async () => {
    silence({ code: 'fault' })
    const health = stage.model.health()
    assert.ok(health)
    stage.health(null)
    stage.model.setHealth({ ...health, troubles: [whyWords({ code: 'hung', seconds: 20 }), { en: 'E-mail: the mailbox cannot be read' }] })
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${stage.url}admin`)
    await page.getByText('Galat di dalam Suar saat bertanya').waitFor()
    await page.locator('.troubles').getByText('Poller tidak bergerak selama 20 detik dan dihentikan.').waitFor()
    await page.locator('.troubles').getByText('E-mail: the mailbox cannot be read').waitFor()
    await inEnglish(page)
    await page.reload()
    await page.locator('.troubles').getByText('The poller has not moved for 20 s and is ended.').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })
})
