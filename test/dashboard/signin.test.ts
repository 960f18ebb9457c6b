// Signing in, in a real browser with the real sign-in: the first account, passwords, second factors, passkeys, links, roles and their rails.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type House, openHouse } from '../support/reception.ts'

/** Chromium tells of refused sign-ins itself; and of lines the daemon cut. */
const REFUSED = /status of 4\d\d|WebSocket|status of 503/

const PASSWORD = 'lampu-suar-di-ujung-tanjung'

/** RFC 6238 with SHA-1 and 30 seconds, six digits: what the app on the phone shows. */
function codeOf(base32: string, at: number): string {
  const bits = [...base32.replaceAll(' ', '')].map(char => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)?.map(byte => Number.parseInt(byte, 2)) ?? [])
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  return String((mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

const signOut = async (page: Page): Promise<void> => {
  await page.locator('.prefs-open').first().click()
  await page.locator('.prefs .menu').getByRole('button', { name: 'Keluar' }).click()
}
const typePassword = async (page: Page, login: string, password: string): Promise<void> => {
  await page.getByLabel('Nama pengguna').fill(login)
  await page.getByLabel('Kata sandi', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Masuk', exact: true }).click()
}

describe('signing in, in a browser', function () {
  this.timeout(60_000)
  let browser: Browser
  let house: House

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
  })
  afterEach(() => house?.close())
  after(() => browser?.close())

  it('makes the first account by the one-time link, and says everything that is wrong at once', async () => {
    house = await openHouse({ people: false })
    const { page, complaints, close } = await openPage(browser, {}, new RegExp(`${REFUSED.source}|^asks http://localhost`))
    await page.goto(house.url)
    await page.getByRole('heading', { name: 'Suar belum punya akun' }).waitFor()
    const link = await house.reception.setupLink()
    assert.ok(link !== null)
    await page.goto(link)
    await page.getByLabel('Kata sandi baru', { exact: true }).fill('pendek')
    await page.getByRole('button', { name: 'Buat akun' }).click()
    await page.getByText('Kurang 4 huruf lagi.').waitFor()
    assert.equal(await page.getByText('Wajib diisi.').count(), 3)
    await page.getByLabel('Nama Anda').fill('Siti Rahma')
    await page.getByLabel('Nama instansi').fill('Dinas Komunikasi dan Informatika')
    await page.getByLabel('Nama pengguna').fill('Siti.Rahma')
    await page.getByLabel('Kata sandi baru', { exact: true }).fill(PASSWORD)
    await page.getByLabel('Ulangi kata sandi baru', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Buat akun' }).click()
    await page.waitForURL(/\/wall$/)

    await page.goto(link)
    await page.getByRole('heading', { name: 'Tautan ini tidak berlaku lagi' }).waitFor()

    await page.goto(`${house.url}account`)
    await signOut(page)
    await typePassword(page, 'siti.rahma', 'bukan-kata-sandinya')
    await page.getByText('Nama pengguna atau kata sandi salah').waitFor()
    assert.equal(await page.getByLabel('Nama pengguna').inputValue(), 'siti.rahma', 'what was typed stays')
    await typePassword(page, 'siti.rahma', PASSWORD)
    await page.waitForURL(/\/wall$/)
    assert.deepEqual(complaints, [])
    await close()
  })

  it('enrols an authenticator, keeps recovery codes, and asks for one of them at the next sign-in', async () => {
    house = await openHouse({ people: true })
    const { page, complaints, close } = await openPage(browser, {}, new RegExp(`${REFUSED.source}|^asks http://localhost`))
    await page.goto(`${house.url}account`)
    await page.getByRole('button', { name: /Rizky Ramadhan/ }).click()
    await page.getByRole('heading', { name: 'Akun saya' }).waitFor()
    await page.getByRole('button', { name: 'Buat kata sandi' }).click()
    await page.getByLabel('Kata sandi baru', { exact: true }).fill(PASSWORD)
    await page.getByLabel('Ulangi kata sandi baru', { exact: true }).fill(PASSWORD)
    await page.locator('.signinform').getByRole('button', { name: 'Buat kata sandi' }).click()
    await page.locator('.toast').getByText('Kata sandi diganti').waitFor()

    await page.getByRole('button', { name: 'Pasang', exact: true }).click()
    await page.getByRole('img', { name: /Kode QR/ }).waitFor()
    const secret = await page.locator('.secret').innerText()
    await page.getByLabel('Kode', { exact: true }).fill('000000')
    await page.getByRole('button', { name: 'Pasang langkah kedua' }).click()
    await page.getByText('Kode salah atau sudah dipakai').waitFor()
    await page.getByLabel('Kode', { exact: true }).fill(codeOf(secret, Date.now()))
    await page.getByRole('button', { name: 'Pasang langkah kedua' }).click()
    await page.getByRole('heading', { name: 'Simpan kode pemulihan' }).waitFor()
    const codes = await page.locator('.recovery li').allInnerTexts()
    assert.equal(codes.length, 10)
    await page.getByRole('button', { name: 'Sudah saya simpan' }).click()
    await page.getByText('10 kode pemulihan tersisa').waitFor()

    await signOut(page)
    await page.getByRole('button', { name: 'Masuk dengan kata sandi' }).click()
    await typePassword(page, 'petugas', PASSWORD)
    await page.getByRole('heading', { name: 'Satu langkah lagi' }).waitFor()
    await page.getByRole('button', { name: 'Pakai kode pemulihan' }).click()
    await page.getByLabel('Kode', { exact: true }).fill(codes[3] ?? '')
    await page.getByRole('button', { name: 'Lanjut' }).click()
    await page.goto(`${house.url}account`)
    await page.getByText('9 kode pemulihan tersisa').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('makes a passkey on the device, and signs in with nothing else', async () => {
    house = await openHouse({ people: true })
    const { page, complaints, close } = await openPage(browser, {}, new RegExp(`${REFUSED.source}|^asks http://localhost`))
    const device = await page.context().newCDPSession(page)
    await device.send('WebAuthn.enable')
    await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.goto(`${house.url}account`)
    await page.getByRole('button', { name: /Joko Susilo/ }).click()
    await page.getByRole('button', { name: 'Tambah kunci sandi' }).click()
    await page.getByLabel('Nama kunci').fill('Laptop ruang NOC')
    await page.locator('.inlineform').getByRole('button', { name: 'Tambah kunci sandi' }).click()
    await page.getByRole('button', { name: 'Sudah saya simpan' }).click()
    await page.locator('.doorlist').getByText('Laptop ruang NOC').waitFor()
    await signOut(page)
    await page.getByRole('button', { name: 'Masuk dengan kata sandi' }).click()
    await page.getByRole('button', { name: 'Masuk dengan kunci sandi' }).click()
    await page.waitForURL(/\/(wall|alarms)$/)
    assert.deepEqual(complaints, [])
    await close()
  })

  it('says for how long tries are paused, and an admin opens it at once', async () => {
    house = await openHouse({ people: true })
    const { page, complaints, close } = await openPage(browser, {}, REFUSED)
    await page.goto(house.stage.url)
    await page.getByRole('button', { name: 'Masuk dengan kata sandi' }).click()
    for (let tries = 0; tries < 12 && !(await page.getByText(/Coba lagi dalam/).isVisible()); tries++) {
      const [answer] = await Promise.all([page.waitForResponse(/\/session$/), typePassword(page, 'noc', `salah-sekali-${tries}`)])
      await answer.finished()
      await page.locator('.errorbox').waitFor()
    }
    await page.getByText('Percobaan dihentikan sementara').waitFor()
    const admin = await openPage(browser, {}, REFUSED)
    await admin.page.goto(`${house.stage.url}admin/accounts?search=noc`)
    await admin.page.getByRole('button', { name: /Yoga Pratama/ }).click()
    await admin.page.locator('.table tr', { hasText: 'Joko Susilo' }).click()
    await admin.page.getByRole('button', { name: 'Buka kunci' }).click()
    await admin.page.locator('.table tr', { hasText: 'Joko Susilo' }).getByText('Belum masuk').waitFor()
    assert.deepEqual([...complaints, ...admin.complaints], [])
    await admin.close()
    await close()
  })

  it('gives a forgotten password back by a link of the admin, and ends what was open with the old one', async () => {
    house = await openHouse({ people: true })
    const admin = await openPage(browser, {}, REFUSED)
    const officer = await openPage(browser, {}, REFUSED)
    const url = house.stage.url
    await officer.page.goto(`${url}account`)
    await officer.page.getByRole('button', { name: /Rizky Ramadhan/ }).click()
    await officer.page.getByRole('heading', { name: 'Akun saya' }).waitFor()
    await admin.page.goto(`${url}admin/accounts?search=petugas`)
    await admin.page.getByRole('button', { name: /Yoga Pratama/ }).click()
    await admin.page.locator('.table tr', { hasText: 'Rizky Ramadhan' }).click()
    await admin.page.getByRole('button', { name: 'Tautan kata sandi baru' }).click()
    await admin.page.getByRole('button', { name: 'Buat tautan' }).click()
    const link = await admin.page.locator('.secretbox').innerText()
    await officer.page.getByRole('heading', { name: 'Sesi berakhir' }).waitFor()

    await officer.page.goto(link.replace('localhost', '127.0.0.1'))
    await officer.page.getByText('Untuk petugas. Tautan ini berlaku sekali.').waitFor()
    await officer.page.getByLabel('Kata sandi baru', { exact: true }).fill(PASSWORD)
    await officer.page.getByLabel('Ulangi kata sandi baru', { exact: true }).fill(PASSWORD)
    await officer.page.getByRole('button', { name: 'Simpan kata sandi' }).click()
    await officer.page.waitForURL(/\/wall$/)
    assert.deepEqual([...admin.complaints, ...officer.complaints], [])
    await admin.close()
    await officer.close()
  })

  it('shows each role its own house, and says so where it has no business', async () => {
    house = await openHouse({ people: true })
    const url = house.stage.url
    const rail = async (name: RegExp): Promise<readonly string[]> => {
      const { page, close } = await openPage(browser, {}, REFUSED)
      await page.goto(`${url}account`)
      await page.getByRole('button', { name }).click()
      await page.locator('.rail nav a').first().waitFor()
      const names = await page.locator('.rail nav a .word').allInnerTexts()
      await close()
      return names
    }
    const watch = [
      ...['Papan pantau', 'Denah', 'Rak', 'Rantai daya', 'Kapasitas', 'Perangkat'],
      ...['Alarm', 'Kunjungan', 'Penitipan', 'Pintu', 'Perawatan'],
    ]
    assert.deepEqual(await rail(/Mariana Lestari/), ['Beranda', 'Rak saya', 'Kunjungan', 'Permohonan saya', 'Ajukan layanan', 'Situs web saya'])
    assert.deepEqual(await rail(/Joko Susilo/), [
      ...watch,
      'Tiket',
      'Katalog layanan',
      'Hosting dan domain',
      'Kalender layanan',
      'Orang',
      'Administrasi',
    ])
    assert.deepEqual(await rail(/Surya Wibawa/), [
      ...watch,
      'Tiket',
      'Katalog layanan',
      'Hosting dan domain',
      'Kalender layanan',
      'Buku agenda',
      'Orang',
      'Administrasi',
    ])
    assert.deepEqual(await rail(/Hendra Gunawan/), [
      ...watch,
      'Tiket',
      'Katalog layanan',
      'Hosting dan domain',
      'Kalender layanan',
      'Buku agenda',
      'Orang',
      'Jejak audit',
      'Administrasi',
    ])
    assert.ok((await rail(/Yoga Pratama/)).includes('Akun'))

    const { page, complaints, close } = await openPage(browser)
    const frames: string[] = []
    page.on('websocket', socket => socket.on('framereceived', ({ payload }) => frames.push(String(payload))))
    await page.goto(`${url}alarms`)
    await page.getByRole('button', { name: /Mariana Lestari/ }).click()
    await page.getByText('Halaman ini bukan untuk peran Anda').waitFor()
    // The whole vocabulary of the hardware stays away: of a requester's line only its opening is heard.
    await page.locator('.live:not(.stale)').waitFor()
    assert.equal(frames.filter(frame => frame.includes('"frame"')).length, 0)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('audit')
    await page.getByText('Tidak ada yang cocok').waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })
})
