// The page where anybody checks a document, without a sign-in: on record, void, unknown; and the file in one's hand compared on the device.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { z } from 'zod'
import { done, failed } from '../../daemon/domain/outcome.ts'
import type { VerificationView } from '../../daemon/domain/paper.ts'
import { openRoute } from '../../daemon/http/route.ts'
import { axeOn } from '../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { openStage, type Stage } from '../support/stage.ts'

const FILE = Buffer.from('%PDF-1.7 the paper as it was signed')
const ON_RECORD: VerificationView = {
  number: '1/BA-OPD/SC-PD/DISKOMINFO/2026',
  kind: 'minutes',
  title: 'Berita Acara Operasi Pusat Data',
  date: Date.UTC(2026, 10, 3, 2),
  sha256: createHash('sha256').update(FILE).digest('hex'),
  status: 'signed',
  intact: true,
  signers: [
    { position: 'Kepala Bidang Infrastruktur TIK', at: Date.UTC(2026, 10, 3, 3), method: 'approval' },
    { position: 'Kepala Bidang Pengadaan', at: null, method: null },
  ],
}

describe('checking a document, in a browser', function () {
  this.timeout(60_000)
  let browser: Browser
  let stage: Stage

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
    const verify = openRoute({
      method: 'get',
      path: '/verify/:code',
      summary: 'What is on record',
      params: z.strictObject({ code: z.string() }),
      handle: async ({ params: { code } }) =>
        code === 'GOOD' ? done(ON_RECORD) : code === 'VOID' ? done({ ...ON_RECORD, status: 'void' }) : failed('notFound', 'There is no such paper.'),
    })
    stage = await openStage({ as: null, routes: [verify] })
  })
  after(async () => {
    await stage?.close()
    await browser?.close()
  })

  it('says what is on record, and whether the file in one’s hand is that one, without sending it', async () => {
    const { page, complaints, close } = await openPage(browser, { viewport: { width: 360, height: 740 } })
    await page.goto(`${stage.url}verify/GOOD`)
    await page.getByText('Dokumen ini tercatat').waitFor()
    await page.getByText('1/BA-OPD/SC-PD/DISKOMINFO/2026').waitFor()
    assert.match(
      await page.locator('.verifyfacts').innerText(),
      /Kepala Bidang Infrastruktur TIK.*disetujui di Suar.*Kepala Bidang Pengadaan.*belum/s,
    )
    const sent: string[] = []
    page.on('request', request => sent.push(request.url()))
    const choose = (buffer: Buffer) => page.locator('input[type=file]').setInputFiles({ name: 'ba.pdf', mimeType: 'application/pdf', buffer })
    await choose(Buffer.concat([FILE, Buffer.from(' ')]))
    await page.getByText('Berkas ini berbeda dari yang tercatat.').waitFor()
    await choose(FILE)
    await page.getByText('Berkas ini sama persis dengan yang tercatat.').waitFor()
    assert.deepEqual(sent, [])
    assert.equal(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'), 0)
    const { violations } = await axeOn(page).analyze()
    assert.deepEqual(
      violations.map(one => one.id),
      [],
    )
    assert.deepEqual(complaints, [])
    await close()
  })

  it('warns of one that is void, and lets an unknown code be typed again', async () => {
    const { page, complaints, close } = await openPage(browser, {}, /status of 404/)
    await page.goto(`${stage.url}verify/VOID`)
    await page.getByText('Dokumen ini sudah dibatalkan').waitFor()
    await page.goto(`${stage.url}verify/G00D`)
    await page.getByText('Kode ini tidak dikenal').waitFor()
    await page.getByLabel('Kode pada dokumen').fill('GOOD')
    await page.getByRole('button', { name: 'Periksa' }).click()
    await page.getByText('Dokumen ini tercatat').waitFor()
    assert.match(page.url(), /verify\/GOOD$/)
    assert.deepEqual(complaints, [])
    await close()
  })
})
