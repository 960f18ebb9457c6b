// Care in a real browser, in the demonstration: an asset and its plan are entered, its work order comes by itself, a technician comes in for it, and the
// run test fails by the readings; work that nobody planned has its photograph, and a battery is tested by what its UPS reads.

import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { axeOn } from '../../support/axe.ts'
import { until } from '../../support/daemon.ts'
import { onPages } from '../../support/on-pages.ts'
import { textOfPdf } from '../../support/pdf-text.ts'

const DAY = 86_400_000
/** One point, as a camera would send it. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

onPages('care on the pages', ({ api, at, open }) => {
  it('goes from the register to the work, lets a technician in and judges the run test by what was read', async () => {
    await api.allUp()
    const { page, complaints, close } = await open()
    await page.goto(at('care?part=register'))
    await page.getByRole('heading', { name: 'Genset' }).waitFor()
    assert.deepEqual((await axeOn(page).analyze()).violations, [])

    // A second genset, watched by the same controller, with a weekly run from tomorrow on.
    await page.getByRole('button', { name: 'Tambah aset' }).click()
    await page.getByLabel('Jenis').selectOption({ label: 'Genset' })
    await page.getByLabel('Nama', { exact: true }).fill('Genset cadangan')
    await page.getByLabel('Ruang', { exact: true }).selectOption('power-room')
    await page.getByLabel('Perangkat terpantau').selectOption('genset')
    assert.deepEqual((await axeOn(page).analyze()).violations, [])
    await page.getByRole('button', { name: 'Simpan' }).click()
    await page.getByText('Genset cadangan', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Tambah rencana: Genset cadangan' }).click()
    await page.getByLabel('Pekerjaan', { exact: true }).fill('Uji jalan mingguan')
    await page.getByLabel('Satuan').selectOption('week')
    await page.getByLabel('Pertama kali').fill(new Date(Date.now() + DAY + 7 * 3_600_000).toISOString().slice(0, 10))
    await page.getByLabel('Daftar periksa').fill('Periksa oli\nPeriksa aki')
    // Weekly, or every 250 hours of its counter, whichever comes first.
    await page.getByLabel('Pencacah jam').selectOption({ index: 1 })
    await page.getByLabel('Setiap berapa jam').fill('250')
    assert.deepEqual((await axeOn(page).analyze()).violations, [])
    await page.getByRole('button', { name: 'Simpan' }).click()
    await page.getByText('setiap minggu atau 250 jam jalan', { exact: false }).waitFor()
    await page.getByRole('meter', { name: 'Jam yang sudah berjalan: Uji jalan mingguan' }).waitFor()
    assert.deepEqual(complaints, [])

    // Its work orders are in the list without anybody writing them.
    await page.getByRole('link', { name: 'Pekerjaan', exact: false }).first().click()
    await page.getByLabel('Cari nomor, pekerjaan, atau aset').fill('Uji jalan mingguan')
    await page
      .getByRole('link', { name: /Uji jalan mingguan/ })
      .first()
      .click()
    const order = page.getByRole('complementary', { name: 'Uji jalan mingguan' })
    await order.getByLabel('Nama teknisi').fill('Rudi Hartono')
    await order.getByLabel('Perusahaan').fill('CV Daya Mandiri')
    assert.deepEqual((await axeOn(page).analyze()).violations, [])
    await order.getByRole('button', { name: 'Mulai', exact: true }).click()

    // The technician is inside on a maintenance visit, and the page says so by itself.
    const visit = order.getByRole('link', { name: /^KJ-/ })
    await visit.waitFor()
    await order.getByRole('checkbox', { name: 'Periksa oli' }).check()
    await order.getByLabel('Catatan hasil').fill('Tidak mau hidup, tunggu teknisi pabrik.')
    await order.getByRole('button', { name: 'Selesaikan' }).click()
    await order.getByText('Genset tidak hidup selama pekerjaan ini.').waitFor()
    await order.getByText('Selesai · Tidak lolos').waitFor()
    const number = await visit.textContent()
    await visit.click()
    await page.getByText('Pemeliharaan', { exact: false }).first().waitFor()
    await page
      .getByText(number ?? '', { exact: false })
      .first()
      .waitFor()
    await page.getByRole('heading', { name: 'Ruang seperti semula' }).waitFor()
    await page.getByText(/Mode kunjungan:/).waitFor()

    // The timeline of the site tells of it.
    await page.goto(at('timeline?kinds=work'))
    await page.getByText(/Uji jalan mingguan selesai: tidak lolos/).waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('has work that nobody planned on every open page at once, with its photograph, and tests a battery by what its UPS reads', async () => {
    const { page, complaints, close } = await open()
    const other = await open()
    await other.page.goto(at('care?look=month'))
    await other.page.getByRole('button', { name: 'Bulan ini' }).waitFor()
    assert.deepEqual((await axeOn(other.page).analyze()).violations, [])

    await page.goto(at('care'))
    await page.getByRole('button', { name: 'Perintah kerja baru' }).click()
    const form = page.getByRole('dialog', { name: 'Perintah kerja tidak terencana' })
    await form.getByLabel('Aset', { exact: true }).selectOption({ label: 'UPS A · UPS' })
    await form.getByLabel('Pekerjaan', { exact: true }).fill('Baterai dicurigai lemah')
    await form.getByLabel('Kerusakan atau keluhan').fill('Sisa waktu turun sejak pekan lalu')
    await form.getByLabel('Tingkat mendesak').selectOption('high')
    await form.getByLabel('Uji dari pembacaan').selectOption('battery')
    assert.deepEqual((await axeOn(page).analyze()).violations, [])
    await form.getByRole('button', { name: 'Buat perintah kerja' }).click()
    const order = page.getByRole('complementary', { name: 'Baterai dicurigai lemah' })
    await order.getByText('Sisa waktu turun sejak pekan lalu').waitFor()
    await order.getByText('Tinggi').first().waitFor()
    // The month that somebody else looks at has it without being loaded again.
    await other.page.getByRole('link', { name: /Baterai dicurigai lemah/ }).waitFor()

    await order.getByLabel('Pilih berkas').setInputFiles({ name: 'label-baterai.png', mimeType: 'image/png', buffer: PNG })
    await order.getByRole('img', { name: 'label-baterai.png' }).waitFor()
    await order.getByLabel('Pilih berkas').setInputFiles({ name: 'pasang.exe', mimeType: 'image/png', buffer: PNG })
    await order.getByText(/tidak diterima/).waitFor()
    await order.getByRole('button', { name: 'Tutup' }).last().click()

    await order.getByRole('button', { name: 'Mulai', exact: true }).click()
    await order.getByRole('button', { name: 'Selesaikan' }).waitFor()
    const onBattery = async () => (await api.points('ups-a')).find(({ key }) => key === 'battery.onbattery.duration')?.reading?.value ?? 0
    assert.equal((await api.post('demo/utility-failed', { active: true })).status, 200)
    await until('the UPS on its battery', onBattery, seconds => seconds > 0, 60_000)
    assert.equal((await api.post('demo/utility-failed', { active: false })).status, 200)
    await until('the UPS on line again', onBattery, seconds => seconds === 0, 120_000)
    await order.getByRole('button', { name: 'Selesaikan' }).click()
    await order.getByText('Selesai · Lolos').waitFor()
    const test = order.getByRole('region', { name: 'Uji baterai menurut pembacaan' })
    await test.getByText(/% → .*% → .*%/).waitFor()
    await test.getByText('UPS tidak menyebut hasil uji ini').waitFor()
    assert.deepEqual((await axeOn(page).analyze()).violations, [])

    // The register prints as a log.
    const log = await page.request.get(at('api/v1/care/log?kind=ups'))
    assert.deepEqual([log.status(), log.headers()['content-type']], [200, 'application/pdf'])
    assert.match(textOfPdf(await log.body()), /BUKU PEMELIHARAAN UPS .*Baterai dicurigai lemah/)
    assert.deepEqual([complaints.filter(one => !one.includes('400')), other.complaints], [[], []])
    await other.close()
    await close()
  })

  it('fits a phone, in the dark, and exports its register', async () => {
    const { page, complaints, close } = await open({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
    for (const path of ['care', 'care?look=month', 'care?part=register', 'care?order=1']) {
      await page.goto(at(path))
      await page.getByRole('heading', { name: 'Perawatan' }).waitFor()
      await page.locator('.careasset, .carepage table, .careorder, .caremonth').first().waitFor()
      assert.ok(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth'), `${path} is wider than the phone`)
      assert.deepEqual((await axeOn(page).analyze()).violations, [], path)
    }
    const csv = await fetch(at('api/v1/care/export?table=assets'), { headers: { cookie: await cookieOf(page) } })
    assert.match(await csv.text(), /genset,Genset 60 kVA,.*1\.3\.2\.05\.02\.04\.001/)
    assert.deepEqual(complaints, [])
    await close()
  })
})

const cookieOf = async (page: Page): Promise<string> => (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
