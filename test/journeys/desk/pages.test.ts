// The other procedures on their pages: data management of SC-06 and the eight products of the data centre, two of them asked for on a telephone,
// one sealed.
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { type Desk as Folder, havePoppler, openAuthority, openDesk as openFolder, PASSWORD as SEAL } from '../../paper/support/poppler.ts'
import { chromiumPath, openBrowser, type Watched } from '../../support/browser.ts'
import { desk, handIn, writeRequest } from '../../support/desk-pages.ts'
import { type Office, openOffice } from '../../support/office.ts'
import { plain, scanOf, textOf } from '../../support/procedure.ts'

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
const NAMES = { kabid: 'Ratna Puspita', prakom: 'Bagas Pranoto', statistisi: 'Dewi Anggraini', petugas: 'Rizky Ramadhan' } as const

describe('the procedures on their pages', function () {
  this.timeout(120_000)
  let office: Office
  let browser: Browser
  let folder: Folder
  const open = new Map<string, Watched>()

  const at = async (role: string, phone = false) => {
    const key = phone ? `${role} on a telephone` : role
    const watched = open.get(key) ?? (await office.as(role).page(browser, phone ? PHONE : {}))
    watched.page.setDefaultTimeout(20_000)
    open.set(key, watched)
    return desk(office, watched.page)
  }

  before(async function () {
    const path = chromiumPath()
    if (path === null || !havePoppler()) return this.skip()
    folder = openFolder()
    const file = openAuthority(folder).issue('Dinas Komunikasi dan Informatika')
    // By the machine's own clock: the certificate of the seal is of these days.
    office = await openOffice({ now: Date.now(), settings: { desk: { signer: { via: 'p12', file, password: SEAL } } } })
    browser = await openBrowser(path)
  })
  after(async () => {
    await browser?.close()
    await office?.close()
    folder?.close()
  })

  interface Story {
    readonly service: string
    readonly products?: readonly string[]
    readonly phone: boolean
    readonly orders: 'prakom' | 'statistisi'
    readonly first: 'kabid' | 'statistisi'
    readonly seal?: boolean
    /** Signed by more than two: the rest by hand. */
    readonly many?: boolean
  }

  async function play({ service, products, phone, orders, first, seal = false, many = false }: Story): Promise<TicketView> {
    const requester = await at('pemohon', phone)
    await writeRequest(office, requester.page, office.as('pemohon'), {
      service,
      ...(products === undefined ? {} : { products }),
      title: `Permohonan ${service}`,
    })
    const number = await handIn(requester.page)
    if (phone) await narrow(requester.page, 'the receipt')
    await requester.open(number)
    const officer = await at('petugas')
    await officer.open(number)
    await officer.verify()
    for (const [role, next, note] of [
      ['kadis', 'kabid', 'Tindak lanjuti.'],
      ['kabid', orders, 'Mohon dilaksanakan.'],
      [orders, 'petugas', 'Kerjakan.'],
    ] as const) {
      const boss = await at(role)
      await officer.page.locator('.next', { hasNotText: 'giliran Anda' }).waitFor()
      await boss.open(number)
      await boss.dispose(NAMES[next], note, next === 'petugas')
      await boss.page.locator('.next', { hasNotText: 'giliran Anda' }).waitFor()
    }
    await officer.work('Dikerjakan dan diuji.')
    await officer.report('Selesai sesuai permohonan.', 'Perbarui data penanggung jawab setiap tahun.')
    await officer.minutes()
    await officer.page.getByText('/DISKOMINFO/').first().waitFor()
    const boss = await at(first)
    await boss.open(number)
    await boss.approve(seal)
    await requester.next.getByText('Menandatangani sebagai').waitFor()
    if (phone) await narrow(requester.page, 'the ticket')
    await requester.approve()
    if (many) {
      const [made] = (await office.as('petugas').ticket(number)).documents
      assert.ok(made)
      await officer.next.locator('input[type=file]').waitFor()
      await officer.scan(await scanOf(await office.as('petugas').file(`/documents/${made.id}`)), true)
    }
    await officer.archive()
    await requester.evaluate('Terima kasih.')
    await requester.page.getByText('Terima kasih.').first().waitFor()
    return office.as('petugas').ticket(number)
  }

  /** Nothing of the page stands beside the screen. */
  async function narrow(page: Watched['page'], what: string): Promise<void> {
    const [wide, seen] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]')
    assert.ok(wide <= seen, `${what} is ${wide} px wide on a screen of ${seen}`)
  }

  it('SC-06: data management, ordered by the statistician, signed by seven', async () => {
    const ticket = await play({
      service: 'data-management',
      products: ['checking'],
      phone: false,
      orders: 'statistisi',
      first: 'statistisi',
      many: true,
    })
    assert.equal(ticket.status, 'closed')
    const made = ticket.documents.find(({ kind }) => kind === 'minutes')
    assert.ok(made)
    assert.match(made.number ?? '', /^1\/BA-LMD\/SC-06\/DISKOMINFO\/\d{4}$/)
    assert.equal(made.signatures.length, 7)
    assert.ok(made.signatures.every(({ at: when }) => when !== null))
  })

  it('colocation, asked for and signed on a telephone', async () => {
    const ticket = await play({ service: 'colocation', phone: true, orders: 'prakom', first: 'kabid' })
    assert.equal(ticket.status, 'closed')
    assert.ok(Array.isArray(ticket.answers['devices']))
  })

  it('access to the data centre, on a telephone, with minutes under the seal of the agency', async () => {
    const ticket = await play({ service: 'dc-access', phone: true, orders: 'prakom', first: 'kabid', seal: true })
    const made = ticket.documents.find(({ kind }) => kind === 'minutes')
    assert.ok(made)
    assert.deepEqual(
      made.signatures.map(({ method }) => method),
      ['seal', 'approval'],
    )
    const pdf = await office.as('auditor').file(`/documents/${made.id}`)
    const judged = folder.run('pdfsig', ['-nocert', folder.file('sealed.pdf', pdf)], true)
    assert.match(judged, /Signature is Valid\./)
    assert.match(judged, /Total document signed/)
    assert.ok(plain(textOf(pdf)).includes(made.number ?? '–'))
  })

  for (const [service, ...products] of [
    ['hosting'],
    ['domain'],
    ['licence'],
    ['feasibility-test', 'vulnerability', 'stress'],
    ['dc-operations'],
    ['system-needs'],
  ] as const)
    it(`${service}, from the form to the archive`, async () => {
      const ticket = await play({ service, ...(products.length === 0 ? {} : { products }), phone: false, orders: 'prakom', first: 'kabid' })
      assert.equal(ticket.status, 'closed')
      assert.ok(ticket.documents.some(({ kind, signatures }) => kind === 'minutes' && signatures.every(({ at: when }) => when !== null)))
    })

  it('without a complaint of any browser', () => {
    for (const [role, { complaints }] of open) assert.deepEqual(complaints, [], role)
  })
})
