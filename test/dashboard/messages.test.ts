// What the desk's channels bring, in a real browser on the real desk and a real bot: a chat is bound, a flood is held, an officer lets it through.
import assert from 'node:assert/strict'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openNotices } from '../../daemon/notices.ts'
import { until } from '../channels/support/desk.ts'
import { type FakeTelegram, startTelegram, TOKEN } from '../channels/support/telegram.ts'
import { axe } from '../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type DeskStage, openDeskStage } from '../support/desk-stage.ts'

const LOOKS: readonly BrowserContextOptions[] = [
  { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
]
/** The stage has no account, organisations or saved views: asking is answered, and noted by the browser, as "not there". */
const NOT_STAGED = /status of 404/
const CHAT = 4711
/** When the bot's people write. */
const SENT = 1_795_000_000_000

async function look(page: Page): Promise<string[]> {
  const found = await axe(page)
  const [wide = 0, seen = 0] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]')
  return [...found, ...(wide > seen ? [`${wide} px wide on ${seen}`] : [])]
}

const letter = (n: number, state: 'held' | 'failed') => ({
  source: 'imap',
  externalId: `letter-${n}`,
  sender: `robot-${n}@vendor.example`,
  subject: n === 2 ? '' : `Laporan otomatis nomor ${n}`,
  at: Date.UTC(2026, 10, 20, 1, n),
  state,
  ticket: null,
  messageId: null,
  place: null,
  note: state === 'held' ? `more than 30 messages within an hour from robot-${n}@vendor.example` : 'The catalogue has no service.',
})

describe('the messages of the desk in a browser', function () {
  this.timeout(90_000)
  let browser: Browser
  const closers: (() => Promise<void>)[] = []

  before(async function () {
    const path = chromiumPath()
    if (path === null) return this.skip()
    browser = await openBrowser(path)
  })
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })
  after(() => browser?.close())

  async function withTelegram(): Promise<{ desk: DeskStage; telegram: FakeTelegram }> {
    const telegram = await startTelegram()
    closers.push(telegram.close)
    const desk = await openDeskStage({ now: SENT, channels: { telegram: { token: TOKEN, bot: 'layanan_bot', perHour: 1, api: telegram.api } } })
    closers.push(desk.close)
    return { desk, telegram }
  }
  async function without(): Promise<DeskStage> {
    const desk = await openDeskStage()
    closers.push(desk.close)
    return desk
  }
  const held = (desk: DeskStage) => desk.house.records.messages.inState('held')

  it('holds the second request of one sender, and takes it after an officer’s word', async () => {
    const { desk, telegram } = await withTelegram()
    const { messages } = desk.house.records
    const { code } = await messages.newCode((await desk.house.as('pemohon')).person)
    telegram.say(CHAT, `/start ${code}`)
    for (const text of ['Mohon subdomain baru', 'Satu lagi, mohon kolokasi']) {
      telegram.say(CHAT, text)
      await until('asked what for', () => telegram.sent.filter(({ buttons }) => buttons.includes('new')).length > 0)
      await until('heard', async () => (await messages.waiting('telegram', String(CHAT))).length > 0)
      const before = telegram.sent.length
      telegram.press(CHAT, 'new')
      await until('answered', () => telegram.sent.length > before && telegram.pending() === 0)
      await until('worked', async () => (await held(desk)).length > 0 || (await messages.waiting('telegram', String(CHAT))).length === 0)
    }
    await until('held', async () => (await held(desk)).length === 1)

    await desk.sit('petugas')
    const { page, complaints, close } = await openPage(browser, {}, NOT_STAGED)
    await page.goto(`${desk.url}tickets`)
    await page.getByRole('link', { name: /^Tertahan\s*1$/ }).click()
    await page.getByText('Lebih dari 1 pesan dari pengirim ini dalam satu jam').last().waitFor()
    assert.equal(new URL(page.url()).search, '?view=held')
    await page.getByRole('button', { name: /^Teruskan pesan/ }).click()
    await page.getByRole('button', { name: 'Batal' }).click()
    assert.equal((await held(desk)).length, 1)
    const loads: string[] = []
    page.on('request', request => {
      if (/desk\/held$/.test(request.url())) loads.push(request.url())
    })
    await page.getByRole('button', { name: /^Teruskan pesan/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Teruskan' }).click()
    await page.getByText('Pesan diteruskan').waitFor()
    await page.getByText('Tidak ada pesan tertahan').first().waitFor()
    assert.deepEqual([await held(desk), loads], [[], []])
    const trail = await desk.house.records.audit.page({ size: 5, action: 'message.release' })
    assert.deepEqual(
      trail.map(({ actor }) => actor),
      [(await desk.house.as('petugas')).name],
    )
    await until('its writer told', () => telegram.sent.filter(({ text }) => /Diterima sebagai D-\d+/.test(text)).length === 2)
    // Taken now: what it still lacks is asked, so it stands among the drafts; its writer presses nothing.
    await page.getByRole('link', { name: /^Draf/ }).click()
    await page.getByText('Mohon subdomain baru').first().waitFor()
    await page.getByText('Satu lagi, mohon kolokasi').first().waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  it('says on the ticket which chats of the desk do not lead to the requester, until one is bound', async () => {
    const { desk } = await withTelegram()
    const { reach } = openNotices({ carriers: () => ['email', 'telegram'], base: () => desk.url, zone: 'Asia/Jakarta', language: 'id' })
    Object.assign(desk.house.sources.notices, { reach })
    const number = await desk.house.filed('domain')
    await desk.sit('petugas')
    const { page, complaints, close } = await openPage(browser, {}, NOT_STAGED)
    await page.goto(`${desk.url}tickets/${number}`)
    await page.locator('.facts').getByText('Tidak dapat dihubungi lewat Telegram: pemohon belum menghubungkan obrolannya').waitFor()
    const { messages } = desk.house.records
    const { code } = await messages.newCode((await desk.house.as('pemohon')).person)
    assert.ok((await messages.bindChat(code, 'telegram', String(CHAT))).ok)
    await page.reload()
    await page.locator('.facts').getByText('surel').waitFor()
    assert.equal(await page.getByText('Tidak dapat dihubungi').count(), 0)
    await desk.sit('pemohon')
    await page.goto(`${desk.url}tickets/${number}`)
    await page.locator('.facts').waitFor()
    assert.equal(await page.getByText('Kabar ke pemohon').count(), 0, 'the requester is not told what the desk knows')
    assert.deepEqual(complaints, [])
    await close()
  })

  it('tells who was quicker, keeps the list when it fails, and lets only officers through', async () => {
    const desk = await without()
    const { messages } = desk.house.records
    for (const one of [letter(1, 'held'), letter(2, 'failed')]) await messages.record(one)
    await desk.sit('petugas')
    const { page, close } = await openPage(browser, {}, /status of (404|503)|ERR_FAILED/)
    await page.goto(`${desk.url}tickets?view=held`)
    const first = (await held(desk))[0]
    assert.ok(first !== undefined)
    await page.getByRole('button', { name: /Laporan otomatis nomor 1/ }).click()
    await page.route('**/api/v1/desk/held/*/release', route => route.abort(), { times: 1 })
    await page.getByRole('dialog').getByRole('button', { name: 'Teruskan' }).click()
    await page.getByRole('dialog').getByRole('alert').waitFor()
    await messages.release(first.id)
    await page.getByRole('dialog').getByRole('button', { name: 'Teruskan' }).click()
    await page.getByText('Sudah diteruskan orang lain').waitFor()
    await page.getByText('Laporan otomatis nomor 1').waitFor({ state: 'detached' })
    await page.getByText('(tanpa perihal)').waitFor()
    await desk.sit('auditor')
    await page.reload()
    await page.getByText('Yang meneruskan pesan adalah petugas meja layanan.').waitFor()
    assert.equal(await page.getByRole('button', { name: /^Teruskan/ }).count(), 0)
    await desk.sit('noc')
    await page.reload()
    await page.getByText('Anda tidak melihat pesan tertahan').waitFor()
    await close()
  })

  it('has no tab where there is no channel and nothing is held', async () => {
    const desk = await without()
    await desk.sit('petugas')
    const { page, close } = await openPage(browser, {}, NOT_STAGED)
    const asked = page.waitForResponse(/desk\/held$/)
    await page.goto(`${desk.url}tickets`)
    await asked
    await page.getByRole('link', { name: /^Kotak masuk/ }).waitFor()
    assert.equal(await page.getByRole('link', { name: /^Tertahan/ }).count(), 0)
    await page.goto(`${desk.url}tickets?view=held`)
    await page.getByText('Tidak ada yang hilang.').waitFor()
    await close()
  })

  it('binds one’s own chat by the bot’s link, and unbinds it', async () => {
    const { desk, telegram } = await withTelegram()
    const { person } = await desk.sit('pemohon')
    const { page, close } = await openPage(browser, {}, NOT_STAGED)
    await page.clock.install()
    await page.goto(`${desk.url}account`)
    await page.getByRole('button', { name: 'Hubungkan Telegram' }).click()
    await page.getByRole('img', { name: 'Kode QR menuju bot' }).waitFor()
    assert.deepEqual(await look(page), [])
    const link = await page.getByRole('link', { name: 'Buka di Telegram' }).getAttribute('href')
    const [, code] = /^https:\/\/t\.me\/layanan_bot\?start=([\w-]+)$/.exec(link ?? '') ?? []
    assert.ok(code !== undefined)
    await page.getByRole('button', { name: 'Sudah saya tekan' }).click()
    await page.getByText('Obrolan itu belum terhubung.').waitFor()
    telegram.say(CHAT, `/start ${code}`)
    await until('bound', async () => (await desk.house.records.messages.personOf('telegram', String(CHAT))) === person)
    await page.getByRole('button', { name: 'Sudah saya tekan' }).click()
    await page.getByText('Obrolan terhubung').waitFor()
    await page.getByRole('button', { name: `Putuskan: Telegram ${CHAT}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Putuskan' }).click()
    await page.getByText('Obrolan diputuskan').waitFor()
    assert.deepEqual(await desk.house.records.messages.chatsOf(person), [])
    // A link lives a quarter of an hour; the page says when it is over and makes another.
    await page.getByRole('button', { name: 'Hubungkan Telegram' }).click()
    await page.getByText('Berlaku satu kali').waitFor()
    await page.clock.fastForward(16 * 60_000)
    await page.getByRole('button', { name: 'Buat tautan baru' }).click()
    await page.getByText('Berlaku satu kali').waitFor()
    await close()
  })

  it('shuts nobody out, wide and light, narrow and dark', async () => {
    const { desk } = await withTelegram()
    for (let n = 1; n <= 4; n++) await desk.house.records.messages.record(letter(n, n === 2 ? 'failed' : 'held'))
    const found: string[] = []
    for (const options of LOOKS) {
      const { page, close } = await openPage(browser, options, NOT_STAGED)
      await desk.sit('petugas')
      await page.goto(`${desk.url}tickets?view=held`)
      await page.getByText('Laporan otomatis nomor 3').waitFor()
      found.push(...(await look(page)).map(one => `held ${one}`))
      await page.getByRole('button', { name: /Laporan otomatis nomor 3/ }).click()
      await page.getByRole('dialog').waitFor()
      found.push(...(await look(page)).map(one => `release ${one}`))
      await desk.sit('admin')
      await page.goto(`${desk.url}admin`)
      await page.getByText('Telegram masuk').waitFor()
      await page.getByText('Telegram keluar').waitFor()
      found.push(...(await look(page)).map(one => `channels ${one}`))
      await close()
    }
    assert.deepEqual(found, [])
  })
})
