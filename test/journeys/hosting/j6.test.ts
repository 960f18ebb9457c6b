// J6, hosting and domain, in browsers: a host adopted, a zone made known, a request passed on, its plan read line by line and applied, the journal
// watched live, the website looked at from outside by this test itself, the minutes with what was proven; then changed by hand and put right,
// suspended, and let go by two persons.
import assert from 'node:assert/strict'
import { NodeSSH } from 'node-ssh'
import type { Browser, Page } from 'playwright-core'
import type { ChangeView } from '../../../daemon/domain/hosting-view.ts'
import { chromiumPath, openBrowser, type Watched } from '../../support/browser.ts'
import { until } from '../../support/daemon.ts'
import { openDemonstration } from '../../support/demonstration.ts'
import { desk, handIn, writeRequest } from '../../support/desk-pages.ts'
import type { Office } from '../../support/office.ts'
import { pleases } from '../../support/pleases.ts'
import { minutes, textOf, tight } from '../../support/procedure.ts'
import { canPlay, type Ground, openGround, ZONE } from './ground.ts'

const path = chromiumPath()
const ROLES = ['admin', 'kadis', 'kabid', 'prakom', 'petugas', 'pemohon'] as const
type Role = (typeof ROLES)[number]
const DOMAIN = `simpeg.${ZONE}`
const HOST = 'web-1'

;(path === null ? describe.skip : describe)('J6, hosting and domain', function () {
  this.timeout(240_000)
  let ground: Ground
  let played: Awaited<ReturnType<typeof openDemonstration<Role>>>
  let office: Office
  let browser: Browser
  let ticket = ''
  let site = ''
  const open = new Map<Role, Watched>()
  const page = (who: Role): Page => open.get(who)?.page ?? assert.fail(`${who} has no page`)
  const officer = () => played.as('petugas')
  const change = (number: string) => officer().get<ChangeView>(`/changes/${number}`)

  before(async function () {
    if (!canPlay()) this.skip()
    ground = await openGround()
    played = await openDemonstration(ROLES, ground.settings)
    office = played as unknown as Office
    browser = await openBrowser(path ?? '')
    for (const role of ROLES) open.set(role, await played.as(role).page(browser))
    for (const { page: one } of open.values()) one.setDefaultTimeout(30_000)
  })
  after(async () => {
    await browser?.close()
    await played?.close()
    await ground?.close()
  })
  // One story in chapters: without the one before there is nothing to tell.
  let broken = false
  beforeEach(function () {
    if (broken) this.skip()
  })
  afterEach(function () {
    broken ||= this.currentTest?.state === 'failed'
  })

  /** Reads the plan on the page, applies it, and watches until it is through; gives its number. */
  async function carriedOut(where: Page, second: Role | null = null): Promise<string> {
    await where.waitForURL(/\/changes\/C-/)
    const number = new URL(where.url()).pathname.split('/').at(-1) ?? ''
    await where.getByRole('button', { name: 'Terapkan', exact: true }).or(where.getByText('Persetujuan orang kedua').first()).first().waitFor()
    if (second !== null) {
      const other = page(second)
      await other.goto(`${played.url}/changes/${number}`)
      await other.getByRole('button', { name: 'Setujui rencana ini' }).click()
      await other.getByRole('dialog').getByRole('button', { name: 'Setujui rencana ini' }).click()
    }
    await where.getByRole('button', { name: 'Terapkan', exact: true }).click()
    await where.getByRole('dialog').getByRole('button', { name: 'Terapkan', exact: true }).click()
    await where
      .getByText(/Terbukti dari luar dan dari dalam|Gagal, dan semuanya|tetapi tidak terlihat|Pembatalan gagal/)
      .first()
      .waitFor({ timeout: 90_000 })
    const { state, change: told } = await change(number)
    assert.equal(state, 'verified', 'why' in told ? told.why.message : '')
    return number
  }

  it('a host is adopted in a few minutes: made known, one script run there, its key compared by a person', async () => {
    const admin = page('admin')
    await admin.goto(`${played.url}/hosts`)
    await admin.getByRole('button', { name: 'Tambah host' }).first().click()
    await admin.getByLabel('Kode').fill(HOST)
    await admin.getByLabel('Nama', { exact: true }).fill('Web 1')
    await admin.getByLabel('Alamat IP atau nama').fill(ground.host.address)
    await admin.getByRole('button', { name: 'Kenalkan' }).click()
    await admin.waitForURL(/\/hosts\/web-1$/)
    await pleases(admin, 'a host that waits')
    const script = await played.as('admin').file(`/hosts/${HOST}/install`)
    await ground.host.install(script.toString('utf8'))
    await admin.getByRole('button', { name: 'Sudah dijalankan? Periksa sekarang' }).click()
    await admin.getByText(ground.host.hostKey).first().waitFor()
    await admin.getByLabel('Sidik yang tampil di layar host').fill(ground.host.hostKey)
    await admin.getByRole('button', { name: 'Setujui kunci ini' }).click()
    await admin.getByText('Debian GNU/Linux').first().waitFor()
    await pleases(admin, 'a host that is ready')
  })

  it('a zone is made known, and shows what its servers have', async () => {
    const admin = page('admin')
    await admin.goto(`${played.url}/zones`)
    await admin.getByRole('button', { name: 'Tambah zona' }).first().click()
    const dialog = admin.getByRole('dialog')
    await dialog.getByLabel('Nama zona').fill(ZONE)
    await dialog.getByLabel('Server otoritatif').fill(`${ground.named.primary}\n${ground.named.secondary}`)
    await dialog.getByLabel('Nama kunci TSIG').fill(ground.named.key.name)
    await dialog.getByLabel('Rahasia kunci (base64)', { exact: true }).fill(ground.named.key.secret)
    await dialog.getByRole('button', { name: 'Tambah', exact: true }).click()
    await admin.waitForURL(/\/zones\/babelprov/)
    await admin.getByText('127.0.0.10').first().waitFor()
    await pleases(admin, 'a zone')
  })

  it('is asked for in the portal and passed on by its dispositions', async () => {
    await writeRequest(office, page('pemohon'), played.as('pemohon'), {
      service: 'hosting',
      products: ['hosting'],
      title: 'Hosting SIMPEG',
      answers: {
        domain: DOMAIN,
        platform: 'php',
        platformVersion: '8.2',
        dbms: 'mariadb',
        databaseSize: 1,
        capacity: 2,
        keys: [ground.sftp.publicKey],
        backup: true,
        backupFrequency: 'daily',
        backupRetention: 30,
      },
    })
    ticket = await handIn(page('pemohon'))
    const at = (role: Role) => desk(office, page(role))
    await at('petugas').open(ticket)
    await at('petugas').verify()
    for (const [role, to] of [['kadis', 'kabid'], ['kabid', 'prakom'], ['prakom', 'petugas']] as const) {
      await at(role).open(ticket)
      await at(role).dispose(played.as(to).name, 'Mohon ditindaklanjuti.', to === 'petugas')
      await page(role).locator('.next', { hasNotText: 'giliran Anda' }).waitFor()
    } // biome-ignore format: a chair is a line
  })

  it('becomes a plan that the officer reads line by line, and a website that is proven while he looks on', async () => {
    const desk = page('petugas')
    await desk.goto(`${played.url}/tickets/${ticket}`)
    await desk
      .getByRole('link', { name: /rencana|situs/i })
      .first()
      .click()
    await desk.waitForURL(/\/websites\/new\?ticket=/)
    await desk.getByText(`Diisi dari jawaban pada ${ticket}`).waitFor()
    await desk.getByLabel('Host', { exact: true }).selectOption({ label: 'Web 1' })
    await desk.getByLabel('Catatan DNS di zona kita').fill(`${DOMAIN} ${ground.host.address} 300`)
    site = await desk.getByLabel('Nama situs').inputValue()
    await pleases(desk, 'the website as the ticket gives it')
    const began = Date.now()
    await desk.getByRole('button', { name: 'Buat perubahan' }).click()
    await desk.waitForURL(/\/changes\/C-/)
    await desk.getByText('Buat virtual host nginx').first().waitFor()
    await desk.getByRole('button', { name: 'Buka semua' }).click()
    await desk.getByText(`server_name ${DOMAIN};`).first().waitFor()
    await pleases(desk, 'the plan')
    const number = await carriedOut(desk)
    const { journal, change: told } = await change(number)
    assert.ok('requested' in told && told.ticket === ticket)
    const proofs = journal.filter(entry => entry.kind === 'proof')
    assert.ok(proofs.length > 20 && proofs.filter(({ proof }) => proof.from === 'outside').length > 8, `${proofs.length} proofs`)
    const from = journal.find(({ kind }) => kind === 'began')?.at ?? 0
    const to = journal.findLast(({ kind }) => kind === 'verified')?.at ?? 0
    process.stdout.write(
      `      applied and proven in ${((to - from) / 1000).toFixed(1)} s, ${((Date.now() - began) / 1000).toFixed(1)} s with its reading\n`,
    )
    await pleases(desk, 'the change that is proven')
  })

  it('answers under its name at every server, shows its certificate, and lets its owner in by his key and nowhere else', async () => {
    for (const server of [ground.named.primary, ground.named.secondary])
      assert.equal(await ground.named.dig(server, '+short', DOMAIN, 'A'), ground.host.address, server)
    const ssh = new NodeSSH()
    await ssh.connect({ host: ground.host.address, port: ground.host.ports.ssh, username: site, privateKey: ground.sftp.privateKey })
    const sftp = await ssh.requestSFTP()
    await new Promise<void>((resolve, reject) =>
      sftp.writeFile('/public/index.php', '<?php echo "halo dari ", PHP_MAJOR_VERSION;', error => (error ? reject(error) : resolve())),
    )
    await assert.rejects(
      new Promise((resolve, reject) => sftp.readFile('/../../../etc/passwd', (error, data) => (error ? reject(error) : resolve(data)))),
    )
    ssh.dispose()
    const { status, body, issuer } = await ground.visit(DOMAIN)
    assert.deepEqual([status, body], [200, 'halo dari 8'])
    assert.match(issuer, /Pebble/)
  })

  it('stops the clock of its ticket by the proof; the minutes quote what was proven', async () => {
    const view = await until(
      'the report is next',
      () => officer().ticket(ticket),
      ({ step }) => step?.key === 'report',
    )
    assert.equal(view.step?.key, 'report')
    await officer().act(ticket, {
      kind: 'report',
      text: 'Situs telah dibuat dan terbukti dari luar.',
      recommendation: 'Uji pemulihan cadangan setiap triwulan.',
    })
    const document = await minutes(officer(), ticket)
    const text = tight(textOf(await officer().file(`/documents/${document.id}`)))
    for (const fact of [DOMAIN, ground.host.address, 'MariaDB', 'Pebble']) assert.ok(text.includes(tight(fact)), `${fact} in ${text.slice(0, 3000)}`)
  })

  it('is seen by its owner, with what it uses and until when its certificate is good', async () => {
    const owner = page('pemohon')
    await owner.goto(`${played.url}/websites`)
    await owner.getByText(DOMAIN).first().waitFor()
    await pleases(owner, 'the websites of an organisation')
    await owner.goto(`${played.url}/websites/${site}`)
    await owner.getByText(`Berlaku sampai`, { exact: false }).first().waitFor()
    await pleases(owner, 'a website to its owner')
  })

  it('hands its password to who answers for it, by a link that opens once and for nobody else', async () => {
    const desk = page('petugas')
    await desk.goto(`${played.url}/websites/${site}`)
    await desk.getByRole('button', { name: 'Serahkan kredensial basis data…' }).click()
    await desk.getByRole('dialog').getByRole('button', { name: 'Kirim tautan' }).click()
    await desk.getByRole('dialog').filter({ hasText: '/handover/' }).waitFor()
    const link = /\/handover\/[\w-]{40,}/.exec(await desk.getByRole('dialog').innerText())?.[0] ?? assert.fail('there is no link')
    await desk.goto(`${played.url}${link}`)
    await desk.getByText('Ini untuk orang lain').waitFor()
    const owner = page('pemohon')
    await owner.goto(`${played.url}${link}`)
    await owner.getByRole('button', { name: 'Buka sekarang' }).click()
    await owner.getByText('Ini satu-satunya kali ditunjukkan').waitFor()
    await pleases(owner, 'credentials that are shown once')
    await owner.goto(`${played.url}${link}`)
    await owner.getByText('Sudah dibuka').waitFor()
  })

  it('is found changed by hand, and put right by a plan', async () => {
    await ground.host.install(`sed -i 's/server_tokens off;/server_tokens on;/' /etc/nginx/suar.d/${site}.conf\nkill -HUP "$(cat /run/nginx.pid)"\n`)
    const admin = page('admin')
    await admin.goto(`${played.url}/hosts/${HOST}`)
    await admin.getByRole('button', { name: 'Periksa penyimpangan' }).click()
    await admin.getByText('Diubah dari luar').first().waitFor()
    const desk = page('petugas')
    await desk.goto(`${played.url}/websites/${site}`)
    await desk.getByRole('button', { name: 'Perbaiki lewat rencana' }).click()
    await desk.getByRole('dialog').getByLabel('Alasan').fill('Diubah tangan di server.')
    await desk.getByRole('dialog').getByRole('button', { name: 'Buat rencana' }).click()
    await carriedOut(desk)
    assert.equal((await ground.host.run(['grep', '-c', 'server_tokens on', `/etc/nginx/suar.d/${site}.conf`])).stdout.trim(), '0')
  })

  it('is suspended with a page that says so, and live again', async () => {
    const desk = page('petugas')
    const turned = async (deed: string, act: string) => {
      await desk.goto(`${played.url}/websites/${site}`)
      await desk.getByRole('button', { name: `${deed}…` }).click()
      await desk.getByRole('dialog').getByLabel('Alasan').fill('Diminta instansinya.')
      await desk.getByRole('dialog').getByRole('button', { name: act }).click()
      await carriedOut(desk)
    }
    await turned('Tangguhkan', 'Buat rencana penangguhan')
    assert.equal((await ground.visit(DOMAIN)).status, 503)
    await turned('Aktifkan lagi', 'Buat rencana')
    assert.equal((await ground.visit(DOMAIN)).body, 'halo dari 8')
  })

  it('is let go by two persons: nothing answers any more, and what it had is kept for its days of grace', async () => {
    const desk = page('petugas')
    await desk.goto(`${played.url}/websites/${site}`)
    await desk.getByRole('button', { name: 'Hapus…' }).click()
    await desk.getByRole('dialog').getByLabel('Alasan').fill('Aplikasinya diganti.')
    await desk.getByRole('dialog').getByRole('button', { name: 'Buat rencana penghapusan' }).click()
    await carriedOut(desk, 'kabid')
    for (const server of [ground.named.primary, ground.named.secondary])
      assert.equal(await ground.named.dig(server, '+short', DOMAIN, 'A'), '', server)
    await assert.rejects(ground.visit(DOMAIN))
    assert.equal((await ground.host.run(['id', site])).code, 1)
    await desk.goto(`${played.url}/websites/${site}`)
    await desk
      .getByText(/disimpan sampai/)
      .first()
      .waitFor()
  })

  it('left no complaint on any page', () => {
    for (const [who, { complaints }] of open) assert.deepEqual(complaints, [], who)
  })
})
