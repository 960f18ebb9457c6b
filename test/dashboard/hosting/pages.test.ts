// The pages of hosting in a real browser: a plan that is read and applied, its journal live, failure and the way back, and what stands around it.
import assert from 'node:assert/strict'
import type { Browser, Locator, Page } from 'playwright-core'
import type { ChangeView, DriftItem } from '../../../daemon/domain/hosting-view.ts'
import { refused } from '../../../daemon/domain/outcome.ts'
import { axe } from '../../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../../support/browser.ts'
import { viewer } from '../../support/viewers.ts'
import { certificateOf, changeOf, DIGEST, did, hand, hostOf, KEY, newSite, planOf, proofsOf, recordOf, siteOf, VHOST, zoneOf } from './ground.ts'
import { type HostingStage, openHostingStage } from './stage.ts'

/** The stage has no registers of people. */
const NO_REGISTERS = /status of 404/
const OFFICER = viewer('officer', { roles: ['officer', 'admin'], name: 'Dewi Saputri' })

describe('the pages of hosting', function () {
  this.timeout(60_000)
  let browser: Browser
  let stage: HostingStage
  const now = Date.now()

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
  })
  beforeEach(async () => {
    stage = await openHostingStage({ as: OFFICER })
  })
  afterEach(() => stage.close())
  after(() => browser?.close())

  const open = async (at: string, options: Parameters<typeof openPage>[1] = {}, expected = /^$/) => {
    const watched = await openPage(browser, options, expected)
    await watched.page.goto(`${stage.url}${at}`)
    return watched
  }
  const dialog = (page: Page): Locator => page.getByRole('dialog')
  const step = (page: Page, no: number): Locator => page.locator(`.step[data-step="${no}"]`)
  const last = () => stage.asked.at(-1)

  const NUMBER = 'C-2026-0041'
  const planned = (over: Parameters<typeof changeOf>[2] = {}): ChangeView => changeOf(NUMBER, now, { may: ['plan', 'apply', 'end'], ...over })

  it('let a plan be read to the last line, in order, with its dangers, and agreed to as exactly that plan', async () => {
    stage.change(planned({ may: ['plan', 'consent', 'end'] }))
    const { page, complaints, close } = await open(`changes/${NUMBER}`)
    await page.getByRole('heading', { name: 'Situs baru disdik.babelprov.go.id' }).waitFor()
    assert.equal(await page.locator('.step').count(), 12)
    assert.match((await step(page, 4).textContent()) ?? '', /Izinkan satu kunci publik.*Berdampak luas/)
    assert.equal(await page.locator('.step .dangermark').count(), 1)
    await step(page, 9).getByRole('button').click()
    const lines = step(page, 9).locator('.difflines .text')
    assert.equal((await lines.allTextContents()).join('\n'), VHOST('disdik', '8.2').trimEnd(), 'the whole file, to the sign')
    await step(page, 10).getByRole('button').click()
    assert.deepEqual(await step(page, 10).locator('.gone .text').allTextContents(), ['  daily', '  rotate 4'])
    assert.deepEqual(await step(page, 10).locator('.sign > [aria-hidden]').allTextContents(), [' ', '−', '−', '+', '+', ' '], 'told by sign, too')
    await page.getByText('3 hal sudah ada dan tetap seperti sekarang').waitFor()
    await page.getByRole('button', { name: 'Setujui rencana ini' }).click()
    await dialog(page)
      .getByText(/12 langkah dengan sidik/)
      .waitFor()
    await dialog(page).getByRole('button', { name: 'Setujui rencana ini' }).click()
    await page.locator('.toast', { hasText: 'Persetujuan tercatat' }).waitFor()
    assert.deepEqual(last(), { what: 'consent', about: NUMBER, given: { kind: 'consent', digest: DIGEST } })
    stage.change(planned({ revision: 2, change: { consent: { ...hand('Rini Marlina', now, 3), digest: DIGEST } } }))
    await page.getByText(/Disetujui Rini Marlina/).waitFor()
    await page.getByRole('button', { name: 'Terapkan' }).click()
    await dialog(page).getByRole('button', { name: 'Terapkan' }).click()
    await page.locator('.toast', { hasText: 'Penerapan dimulai' }).waitFor()
    assert.deepEqual(last(), { what: 'apply', about: NUMBER, given: { kind: 'apply', digest: DIGEST } })
    assert.deepEqual(complaints, [])
    await close()
  })

  it('say why a stale plan is not applied, and forget a word that was given to another', async () => {
    stage.change(planned({ change: { consent: { ...hand('Rini Marlina', now, 3), digest: 'b'.repeat(64) } } }))
    const { page, close } = await open(`changes/${NUMBER}`, {}, /status of 409/)
    await page.getByText('Rini Marlina menyetujui rencana lain').waitFor()
    stage.refuse(refused('conflict', { id: 'Rencana sudah usang: nginx disdik berubah.', en: 'The plan is stale.' }))
    await page.getByRole('button', { name: 'Terapkan' }).click()
    await dialog(page).getByRole('button', { name: 'Terapkan' }).click()
    await dialog(page).getByText('Rencana sudah usang: nginx disdik berubah.').waitFor()
    await close()
  })

  it('show each step as it happens, can be left and found again, and end in proofs with their facts', async () => {
    const at = now - 8_000
    const applying = (to: number, next: number | null, revision: number): ChangeView =>
      changeOf(NUMBER, now, {
        ...{ state: 'applying', may: ['stop'], done: to, revision, change: { applier: hand('Yoga Pratama', at) } },
        journal: [
          { at, kind: 'began', by: hand('Yoga Pratama', at) },
          ...did(at, 1, to, 500),
          ...(next === null ? [] : [{ at: at + to * 500, kind: 'starting' as const, step: next }]),
        ],
      })
    stage.change(applying(1, 2, 2))
    const { page, complaints, close } = await open(`changes/${NUMBER}`)
    await page.locator('.verdict', { hasText: 'Sedang diterapkan' }).getByText('1 dari 12 langkah').waitFor()
    await step(page, 2).getByText('sedang dikerjakan').waitFor()
    const before = await step(page, 2).elementHandle()
    stage.change(applying(4, 5, 3))
    await page.getByText('4 dari 12 langkah').waitFor()
    assert.ok(await step(page, 2).evaluate((is, was) => is === was, before), 'the same row, another state')
    assert.match((await step(page, 2).textContent()) ?? '', /selesai0,5 dtk|selesai0,4 dtk/)
    await page.goto(`${stage.url}changes`)
    stage.change(applying(8, 9, 4))
    await page.getByRole('link', { name: 'Situs baru disdik.babelprov.go.id' }).click()
    await page.getByText('8 dari 12 langkah').waitFor()
    const proofs = proofsOf('disdik', at + 7_000)
    stage.change(
      changeOf(NUMBER, now, {
        ...{ state: 'verified', may: ['undo', 'verify'], done: 12, revision: 5 },
        journal: [
          { at, kind: 'began', by: hand('Yoga Pratama', at) },
          ...did(at, 1, 12, 500),
          { at: at + 6_000, kind: 'applied' },
          ...proofs.map(proof => ({ at: proof.at, kind: 'proof' as const, proof })),
          { at: at + 7_500, kind: 'verified' },
        ],
        change: { applied: { ...hand('Yoga Pratama', at), endedAt: at + 6_000 }, proofs, verifiedAt: at + 7_500 },
      }),
    )
    await page.locator('.verdict').getByText('6 pemeriksaan berhasil; selesai dalam 7,5 dtk.').waitFor()
    const outside = page.locator('.proofspanel section', { hasText: 'Dilihat dari luar' })
    assert.equal(await outside.locator('li').count(), 4)
    await outside.getByText('https://disdik.babelprov.go.id menjawab 200').click()
    await outside.getByText('301 dari http').waitFor()
    // In words, a date as a date, nothing of what was not measured; a key that nobody knows keeps its name.
    const facts = (await outside.locator('details[open] dl').textContent()) ?? ''
    assert.match(facts, /^Kode jawaban200Alamat103\.10\.10\.5Berlaku sampaiJumat, 19 Februari 2027 11\.00 WIBredirect301 dari http$/)
    await outside.getByText('Kedua server nama menjawab').click()
    await outside.getByText('10.20.0.2: 103.10.10.5 (TTL 3600)').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('tell a failure in plain words, the way back from the last step, and what a person does where it broke', async () => {
    const at = now - 20_000
    const failure = {
      kind: 'refused',
      message: 'nginx says no',
      retry: false,
      words: { id: 'nginx menolak: [emerg] unknown directive', en: 'nginx says no' },
    } as const
    const journal: ChangeView['journal'] = [
      { at, kind: 'began', by: hand('Yoga Pratama', at) },
      ...did(at, 1, 3, 500),
      { at: at + 2_000, kind: 'starting', step: 4 },
      { at: at + 3_000, kind: 'failed', step: 4, failure },
      { at: at + 3_100, kind: 'undoing', step: 3 },
    ]
    stage.change(changeOf(NUMBER, now, { state: 'applying', revision: 2, journal, change: { applier: hand('Yoga', at) } }))
    const { page, complaints, close } = await open(`changes/${NUMBER}`)
    await page.locator('.verdict', { hasText: 'sedang dikembalikan' }).getByText('nginx menolak: [emerg] unknown directive').waitFor()
    await step(page, 3).getByText('sedang dibatalkan').waitFor()
    await step(page, 4).locator('.stepwhy', { hasText: 'nginx menolak' }).waitFor()
    const broke = { kind: 'unreachable', message: 'gone', retry: true, words: { id: 'Host web-1 tidak menjawab.', en: 'gone' } } as const
    stage.change(
      changeOf(NUMBER, now, {
        ...{
          state: 'undoFailed',
          revision: 3,
          may: ['undo'],
          journal: [...journal, { at: at + 9_000, kind: 'undoFailed', step: 3, failure: broke }],
        },
        change: { applier: hand('Yoga', at), endedAt: at + 9_000, why: failure },
        instructions: [
          { id: 'Masuk ke host web-1 sebagai root.', en: 'Log in to web-1 as root.' },
          { id: 'Hapus /srv/suar/disdik: sebelumnya tidak ada.', en: 'Remove it.' },
        ],
      }),
    )
    const alert = page.getByRole('alert')
    await alert.getByText('Pembatalan gagal: seseorang harus turun tangan').waitFor()
    assert.deepEqual(await alert.locator('.instructions li').allTextContents(), [
      'Masuk ke host web-1 sebagai root.',
      'Hapus /srv/suar/disdik: sebelumnya tidak ada.',
    ])
    await page.getByRole('button', { name: 'Batalkan kembali' }).click()
    await dialog(page).getByLabel('Alasan').fill('Host sudah hidup lagi')
    await dialog(page).getByRole('button', { name: 'Batalkan kembali' }).click()
    await dialog(page).waitFor({ state: 'detached' })
    assert.deepEqual(last()?.given, { kind: 'undo', reason: 'Host sudah hidup lagi' })
    assert.deepEqual(complaints, [])
    await close()
  })

  it('list websites by what is searched and filtered, live in place, and say what to do where there are none', async () => {
    const { page, complaints, close } = await open('websites')
    await page.getByText('Belum ada situs web').waitFor()
    await page.getByRole('link', { name: 'Siapkan host' }).waitFor()
    stage.site(siteOf('disdik', now))
    await page.getByRole('link', { name: 'disdik.babelprov.go.id' }).waitFor()
    const row = page.locator('tbody tr', { hasText: 'disdik' })
    await row.getByText('640 MiB dari 2 GiB').locator('visible=true').waitFor()
    const before = await row.elementHandle()
    stage.site(siteOf('disdik', now, { used: 2_000, up: false, revision: 2 }))
    await row.getByText('tidak menjawab').locator('visible=true').waitFor()
    assert.ok(await row.evaluate((is, was) => is === was, before))
    stage.site(siteOf('dinkes', now, { organisationName: 'Dinas Kesehatan', state: 'suspended' }))
    await page.getByRole('button', { name: /1 entri baru/ }).click()
    await page.getByRole('link', { name: 'dinkes.babelprov.go.id' }).waitFor()
    await page.getByRole('searchbox').fill('kesehatan')
    await page.waitForURL(/search=kesehatan/)
    await row.waitFor({ state: 'detached' })
    await page.getByLabel('Status').selectOption('live')
    await page.getByText('Tidak ada yang cocok').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('show an owner the own websites alone, and let a change be asked for', async () => {
    stage.signIn(viewer('requester'))
    stage.site(siteOf('disdik', now))
    stage.site(siteOf('dinkes', now, { organisation: 9 }))
    const { page, complaints, close } = await open('websites', { viewport: { width: 360, height: 780 } })
    await page.getByRole('heading', { name: 'Situs web saya' }).waitFor()
    await page.locator('tbody tr').first().waitFor()
    assert.equal(await page.locator('tbody tr').count(), 1)
    await page.getByText('640 MiB dari 2 GiB').locator('visible=true').waitFor()
    await page.getByRole('link', { name: 'disdik.babelprov.go.id' }).click()
    assert.equal(
      await page.getByRole('link', { name: 'Minta perubahan' }).getAttribute('href'),
      '/requests/new/hosting?kind=change&about=T-2026-0412&action=change',
    )
    assert.equal(await page.getByRole('button', { name: /Tangguhkan/ }).count(), 0)
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360)
    assert.deepEqual(complaints, [])
    await close()
    const other = await open('websites/dinkes', {}, /status of 404/)
    await other.page.getByText('Situs ini tidak ada').waitFor()
    await other.close()
  })

  it('turn what is asked of a website into a change, with what was found changed to its exact lines', async () => {
    const wanted = VHOST('disdik', '8.2')
    const drift: DriftItem = {
      kind: 'changed',
      resource: 'nginx',
      place: { kind: 'host', id: 'web-1' },
      name: 'disdik',
      wanted: { content: wanted },
      found: { kind: 'ours', state: { content: wanted.replace('32m', '512m') } },
    }
    stage.site(siteOf('disdik', now, { drift: 1, drifts: [drift], certificate: certificateOf('disdik', now, 61) }))
    const { page, complaints, close } = await open('websites/disdik')
    await page.locator('.driftlist summary').click()
    assert.deepEqual(await page.locator('.driftlist .put .text').allTextContents(), ['    client_max_body_size 512m;'])
    assert.equal(await page.locator('.driftlist .fold').count(), 2)
    await page.getByRole('button', { name: '17 baris tidak berubah' }).click()
    assert.equal(await page.locator('.driftlist .fold').count(), 1)
    await page.getByRole('button', { name: 'Perbaiki lewat rencana' }).click()
    await dialog(page).getByLabel('Alasan').fill('Diubah tanpa tiket')
    await dialog(page).getByRole('button', { name: 'Buat rencana' }).click()
    await page.waitForURL(/changes\/C-2026-0050$/)
    assert.deepEqual(last(), { what: 'repair', about: 'disdik', given: { purpose: 'repair', ticket: null, reason: 'Diubah tanpa tiket' } })
    await page.getByText('Belum ada rencana').waitFor()
    stage.change(changeOf('C-2026-0050', now, { revision: 2, plan: planOf(newSite('disdik').slice(8, 9), now) }))
    await step(page, 9).waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('let a website be written down from a ticket: what is open, what is wrong at its field, what was refused', async () => {
    stage.draft({
      ...{ ticket: 'T-2026-0412', organisation: 7, organisationName: 'Dinas Pendidikan', zones: ['babelprov.go.id'] },
      website: { name: 'ppdb', domains: ['ppdb.babelprov.go.id'], runtime: { kind: 'php', version: '8.2' }, quota: 2048 },
      open: [{ field: 'host', words: { id: 'Tiket tidak menyebut host: pilih salah satu.', en: 'Choose a host.' } }],
      hosts: [{ id: 'web-1', name: 'Server web-1', php: ['8.1', '8.2'] }],
    })
    const { page, complaints, close } = await open('websites/new?ticket=T-2026-0412', {}, /status of 4/)
    await page.getByText('1 hal masih harus diputuskan').waitFor()
    await page.getByLabel('Kuota (MiB)').fill('zwei')
    await page.getByText('Bilangan bulat 16 sampai 10000000.').waitFor()
    await page.getByRole('button', { name: 'Buat perubahan' }).click()
    await page.getByText('2 isian perlu diperbaiki').waitFor()
    assert.equal(
      await page.evaluate('document.activeElement?.closest(".field")?.querySelector("label")?.textContent'),
      'Host',
      'where the first mistake is',
    )
    await page.getByLabel('Host', { exact: true }).selectOption('web-1')
    await page.getByLabel('Kuota (MiB)').fill('4096')
    await page.getByLabel('Catatan DNS di zona kita').fill('ppdb.babelprov.go.id 103.10.10.5')
    stage.refuse({
      ok: false,
      failure: { kind: 'invalid', message: 'no', retry: false, errors: [{ field: 'website.name', reason: 'Nama ini sudah dipakai.' }] },
    })
    await page.getByRole('button', { name: 'Buat perubahan' }).click()
    await page.locator('.field.error', { hasText: 'Nama situs' }).getByText('Nama ini sudah dipakai.').waitFor()
    stage.refuse(null)
    await page.getByLabel('Nama situs').fill('ppdb2')
    await page.getByRole('button', { name: 'Buat perubahan' }).click()
    await page.waitForURL(/changes\/C-2026-/)
    const sent = last()?.given as {
      readonly organisation: number
      readonly ticket: string
      readonly website: { readonly name: string; readonly quota: number; readonly records: readonly object[] }
    }
    assert.deepEqual([sent.organisation, sent.ticket, sent.website.name, sent.website.quota], [7, 'T-2026-0412', 'ppdb2', 4096])
    assert.deepEqual(sent.website.records, [{ zone: 'babelprov.go.id', domain: 'ppdb.babelprov.go.id', address: '103.10.10.5', ttl: 3600 }])
    assert.deepEqual(complaints, [])
    await close()
  })

  it('lead through making a host ready: known, script, fingerprint typed by a person, ready', async () => {
    const { page, complaints, close } = await open('hosts')
    await page.getByText('Belum ada host').waitFor()
    await page.getByRole('button', { name: 'Tambah host' }).click()
    await dialog(page).getByLabel('Kode').fill('web-9')
    await dialog(page).getByLabel('Nama', { exact: true }).fill('Server web 9')
    await dialog(page).getByLabel('Alamat IP atau nama').fill('10.20.0.19')
    await dialog(page).getByRole('button', { name: 'Kenalkan' }).click()
    await page.waitForURL(/hosts\/web-9$/)
    await page.getByText('ssh root@10.20.0.19 sh -s < suar-host-web-9.sh').waitFor()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Unduh skrip' }).click()])
    assert.equal(file.suggestedFilename(), 'suar-host-web-9.sh')
    await page.getByRole('button', { name: /Sudah dijalankan/ }).click()
    stage.host(hostOf('web-9', now, { state: 'waiting', hostKey: null, shownKey: KEY, facts: null, drift: null, websites: 0 }))
    const trust = page.getByRole('button', { name: 'Setujui kunci ini' })
    await trust.waitFor()
    const typed = page.getByLabel('Sidik yang tampil di layar host')
    await typed.fill('SHA256:zzz')
    await page.getByText(/Tidak sama. Jangan lanjutkan/).waitFor()
    assert.ok(await trust.isDisabled())
    await typed.fill(KEY)
    await page.getByText('Sama persis', { exact: true }).waitFor()
    await trust.click()
    await page.locator('.toast', { hasText: 'Kunci disetujui' }).waitFor()
    assert.ok(stage.asked.some(({ what, given }) => what === 'trust' && given === KEY))
    stage.host(hostOf('web-9', now, { drift: null, revision: 3 }))
    await page.locator('.pill', { hasText: 'Siap' }).waitFor()
    await page.getByText('8.1, 8.2').waitFor()
    await page.getByText('systemd, nginx, MariaDB, PostgreSQL, nftables', { exact: true }).waitFor()
    await page.getByText('semua alamat, port 80 dan 443', { exact: true }).waitFor()
    stage.host(hostOf('web-9', now, { state: 'frozen', drift: null, revision: 4, trouble: { id: 'Tiga perubahan gagal.', en: 'Three failed.' } }))
    await page.getByRole('button', { name: 'Cairkan' }).click()
    await dialog(page).getByLabel('Alasan').fill('Disk penuh, sudah dibersihkan')
    await dialog(page).getByRole('button', { name: 'Cairkan' }).click()
    await page.locator('.toast', { hasText: 'Host dicairkan' }).waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('let records be searched and changed, each checked by its type, and put back as they were', async () => {
    const records = [
      recordOf('babelprov.go.id', 'MX', ['10 mail.babelprov.go.id.']),
      recordOf('disdik.babelprov.go.id', 'A', ['103.10.10.5'], 'disdik'),
      ...Array.from({ length: 60 }, (_, i) => recordOf(`h${i}.babelprov.go.id`, 'AAAA', [`2001:db8::${i}`])),
    ]
    stage.zone(zoneOf('babelprov.go.id'), records)
    const { page, complaints, close } = await open('zones')
    await page.getByRole('link', { name: 'babelprov.go.id' }).click()
    assert.equal((await page.locator('.records tbody tr').first().textContent())?.includes('MX'), true)
    await page.getByText('Halaman 1 dari 2').waitFor()
    await page.getByRole('searchbox').fill('disdik')
    await page.waitForURL(/search=disdik/)
    await page.getByRole('button', { name: /^disdik/ }).click()
    const box = dialog(page)
    await box.getByLabel('Isi').fill('103.10.10.5\nlima')
    await box.getByText('Baris 2 bukan alamat IPv4.').waitFor()
    await box.getByLabel('Isi').fill('103.10.10.6')
    await box.getByLabel('Alasan').fill('Pindah server')
    await box.getByRole('button', { name: 'Buat perubahan' }).click()
    await page.waitForURL(/changes\/C-/)
    assert.deepEqual(last()?.given, {
      changes: [
        {
          name: 'disdik.babelprov.go.id. A',
          before: { type: 'A', ttl: 3600, data: ['103.10.10.5'] },
          after: { type: 'A', ttl: 3600, data: ['103.10.10.6'] },
        },
      ],
      reason: 'Pindah server',
    })
    await page.goto(`${stage.url}zones/babelprov.go.id?part=history`)
    await page.locator('.zonehistory li', { hasText: '_dmarc' }).getByRole('button', { name: 'Kembalikan…' }).click()
    await dialog(page).getByLabel('Alasan').fill('Surat tertolak')
    await dialog(page).getByRole('button', { name: 'Kembalikan' }).click()
    await page.waitForURL(/changes\/C-/)
    assert.deepEqual(last(), { what: 'revert', about: 'babelprov.go.id', given: { id: 2, reason: 'Surat tertolak' } })
    stage.zone(
      zoneOf('babelprov.go.id', {
        servers: [
          { server: '10.20.0.2', serial: 8, reachable: true },
          { server: '10.20.0.3', serial: null, reachable: false },
        ],
        revision: 2,
      }),
    )
    await page.goto(`${stage.url}zones`)
    await page.getByText('10.20.0.3: tidak menjawab').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('show certificates by what ends first, with why one was not renewed, and take one in', async () => {
    stage.certificate(certificateOf('disdik', now, 61))
    stage.certificate(certificateOf('dinkes', now, 4, { trouble: { id: 'NXDOMAIN untuk dinkes.', en: 'NXDOMAIN' } }))
    stage.certificate(certificateOf('lpse', now, -2, { source: 'upload', renewAt: null }))
    const { page, complaints, close } = await open('certificates')
    await page.getByText('3 sertifikat · 2 berakhir dalam 30 hari').waitFor()
    assert.deepEqual(await page.locator('.panel h2').allTextContents(), ['Sudah berakhir', 'Dalam 7 hari', 'Lebih dari 30 hari'])
    await page.locator('.cert', { hasText: 'dinkes' }).getByText('NXDOMAIN untuk dinkes.').waitFor()
    assert.equal(await page.locator('.cert', { hasText: 'lpse' }).getByRole('button').count(), 0, 'what is uploaded is not renewed by us')
    stage.certificate(certificateOf('dinkes', now, 90))
    await page.locator('.cert', { hasText: 'NXDOMAIN' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Unggah sertifikat' }).click()
    await dialog(page).getByLabel('Situs').fill('lpse')
    const pem = (label: string) => ({
      name: 'x.pem',
      mimeType: 'text/plain',
      buffer: Buffer.from(`-----BEGIN ${label}-----\nMAo=\n-----END ${label}-----\n`),
    })
    await dialog(page).getByLabel('Sertifikat dan rantainya').setInputFiles(pem('CERTIFICATE'))
    await dialog(page).getByLabel('Kunci privat').setInputFiles(pem('PRIVATE KEY'))
    await dialog(page).getByRole('button', { name: 'Periksa dan buat perubahan' }).click()
    await page.waitForURL(/changes\/C-/)
    assert.equal(last()?.what, 'upload')
    assert.deepEqual(complaints, [])
    await close()
  })

  it('hand credentials over once: hidden until asked for, gone when left, told who opened them before', async () => {
    const offer = {
      what: { id: 'Kredensial basis data', en: 'Database credentials' },
      website: 'disdik',
      to: 'Dewi Saputri',
      madeAt: now,
      until: now + 86_400_000,
      openedAt: null,
    } as const
    stage.offer('tok-1', { ...offer, state: 'ready' })
    stage.offer('tok-2', { ...offer, state: 'foreign' })
    const { page, complaints, close } = await open('handover/tok-1')
    await page.getByRole('button', { name: 'Buka sekarang' }).click()
    await page.getByText('Ini satu-satunya kali ditunjukkan').waitFor()
    assert.equal(await page.getByText('r4h4s14-s3k4l1').count(), 0)
    await page.getByRole('button', { name: 'Tampilkan: Kata sandi' }).click()
    await page.getByText('r4h4s14-s3k4l1').waitFor()
    await page.getByRole('button', { name: 'Saya sudah menyimpannya' }).click()
    await page.getByText('Tersimpan pada Anda').waitFor()
    assert.equal(await page.getByText('r4h4s14-s3k4l1').count(), 0)
    await page.reload()
    await page.getByText(/^Sudah dibuka/).waitFor()
    await page.goto(`${stage.url}handover/tok-2`)
    await page.getByText('Ini untuk orang lain').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('stop everything by one switch, say so on every page of theirs, and go on by another', async () => {
    const { page, complaints, close } = await open('changes')
    await page.getByRole('button', { name: 'Hentikan semua' }).click()
    await dialog(page).getByLabel('Alasan').fill('Listrik sisi B dipindah')
    await dialog(page).getByRole('button', { name: 'Hentikan semua' }).click()
    const band = page.locator('.stopband')
    await band.getByText(/Penerapan dihentikan oleh Dewi Saputri/).waitFor()
    const other = await open('zones')
    await other.page.locator('.stopband').getByText('Listrik sisi B dipindah').waitFor()
    await page.goto(`${stage.url}hosts`)
    await band.getByText('Listrik sisi B dipindah').waitFor()
    await band.getByRole('button', { name: 'Lanjutkan penerapan' }).click()
    await dialog(page).getByLabel('Alasan').fill('Sudah selesai')
    await dialog(page).getByRole('button', { name: 'Lanjutkan penerapan' }).click()
    await band.waitFor({ state: 'detached' })
    await other.page.locator('.stopband').waitFor({ state: 'detached' })
    await other.close()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('are read by a screen reader, in light and dark, on a desk and a phone', async function () {
    this.timeout(150_000)
    const at = now - 20_000
    const failure = { kind: 'refused', message: 'no', retry: false } as const
    stage.change(planned({ may: ['consent', 'end'] }))
    stage.change(
      changeOf('C-2026-0044', now, {
        ...{
          state: 'undoFailed',
          may: ['undo'],
          instructions: [{ id: 'Masuk ke host.', en: 'Log in.' }],
          change: { applier: hand('Yoga', at), endedAt: at, why: failure },
        },
        journal: [
          { at, kind: 'began', by: hand('Yoga', at) },
          ...did(at, 1, 3),
          { at, kind: 'failed', step: 4, failure },
          { at, kind: 'undoFailed', step: 3, failure },
        ],
      }),
    )
    stage.site(siteOf('disdik', now, { drift: 1, certificate: certificateOf('disdik', now, 5) }))
    stage.site(siteOf('dinkes', now, { state: 'suspended', up: null, used: null }))
    stage.host(hostOf('web-1', now))
    stage.host(hostOf('web-4', now, { state: 'waiting', shownKey: KEY, hostKey: null, facts: null }))
    stage.drift({ kind: 'host', id: 'web-1' }, [])
    stage.zone(zoneOf('babelprov.go.id'), [recordOf('disdik.babelprov.go.id', 'A', ['103.10.10.5'], 'disdik')])
    stage.certificate(certificateOf('disdik', now, 5))
    stage.offer('tok-3', {
      what: { id: 'Kredensial', en: 'Credentials' },
      website: 'disdik',
      to: 'Dewi',
      madeAt: now,
      until: now + 1e8,
      state: 'ready',
      openedAt: null,
    })
    const paths = [
      'websites',
      'websites/disdik',
      'websites/new',
      'changes',
      `changes/${NUMBER}`,
      'changes/C-2026-0044',
      'hosts',
      'hosts/web-1',
      'hosts/web-4',
      'zones',
      'zones/babelprov.go.id',
      'zones/babelprov.go.id?part=history',
      'certificates',
      'handover/tok-3',
    ]
    for (const [width, colorScheme] of [
      [1440, 'light'],
      [360, 'dark'],
    ] as const) {
      const { page, complaints, close } = await open('websites', { viewport: { width, height: 800 }, colorScheme }, NO_REGISTERS)
      for (const path of paths) {
        await page.goto(`${stage.url}${path}`)
        await page.locator('.hostingpage').waitFor()
        await page.locator('.skeletons').first().waitFor({ state: 'detached' })
        const first = page.locator('.stephead, .driftlist summary').first()
        if ((await first.count()) > 0) await first.click()
        assert.deepEqual(await axe(page, colorScheme === 'light' ? 'all' : 'colours'), [], `${path} at ${width}`)
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, `${path} at ${width}`)
      }
      assert.deepEqual(complaints, [])
      await close()
    }
  })
})
