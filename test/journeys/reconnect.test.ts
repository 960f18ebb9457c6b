// Open pages while the network is cut, the daemon hangs, or dies and is started anew: they say since when, and catch up without a reload.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { asking } from '../support/asking.ts'
import { chromiumPath, openBrowser, openPage, type Watched } from '../support/browser.ts'
import { type Daemon, dataFolder, startDaemon } from '../support/daemon.ts'
import { CHARGE, OUTPUT_SOURCE, SOURCE, startUps, type Turned } from '../support/made-ups.ts'
import type { RecordingAgent } from '../support/recording-agent.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'

const BAND = /Sambungan putus sejak \d\d[.:]\d\d/

describe('pages that lose the daemon', function () {
  this.timeout(150_000)
  const data = dataFolder()
  const turned: Turned = new Map()
  let agent: RecordingAgent | undefined
  let daemon: Daemon | undefined
  let proxy: TcpProxy | undefined
  let browser: Browser | undefined
  let device: Watched
  let alarms: Watched
  const api = asking(() => daemon)
  const network = (): TcpProxy => {
    assert.ok(proxy)
    return proxy
  }

  before(async function () {
    const path = chromiumPath()
    if (path === null) {
      process.stdout.write('      Chromium is missing: this journey needs a browser.\n')
      return this.skip()
    }
    agent = await startUps(turned)
    writeFileSync(
      join(data.path, 'site.yaml'),
      `site: { id: one, name: One }\ndevices:\n  - { id: ups-1, name: UPS 1, kind: ups, address: { host: 127.0.0.1, port: ${agent.port} }, access: { via: snmp, version: 2c, community: public } }\n`,
    )
    writeFileSync(join(data.path, 'suar.yaml'), 'site: site.yaml\n')
    daemon = await startDaemon({ data: data.path })
    await api.allUp()
    proxy = await startTcpProxy(daemon.url)
    browser = await openBrowser(path)
    const expected = /ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_SOCKET|WebSocket connection/
    device = await openPage(browser, {}, expected, daemon)
    alarms = await openPage(browser, {}, expected, daemon)
    await device.page.goto(`${proxy.url}devices/ups-1`)
    await alarms.page.goto(`${proxy.url}alarms`)
    for (const { page } of [device, alarms]) {
      await page.locator('.live:not(.stale)').first().waitFor()
      await page.evaluate('window.unbroken = true')
    }
    await figure(97)
    await alarms.page.getByText('Tidak ada alarm').first().waitFor()
  })
  after(async () => {
    await browser?.close()
    await proxy?.close()
    await daemon?.stop()
    await agent?.close()
    data.remove()
  })

  const figure = (value: number): Promise<void> =>
    device.page
      .locator('main')
      .getByText(new RegExp(`^${value}(,0)?( %)?$`))
      .first()
      .waitFor()
  const onBattery = (page: Page) =>
    page
      .locator('.al')
      .getByText(/UPS 1.*baterai/i)
      .first()
  const lost = (): Promise<unknown> => Promise.all([device, alarms].map(({ page }) => page.getByText(BAND).first().waitFor({ timeout: 60_000 })))
  const found = (): Promise<unknown> =>
    Promise.all([device, alarms].map(({ page }) => page.getByText(BAND).first().waitFor({ state: 'detached', timeout: 60_000 })))
  /** What the UPS says is read by the daemon, while pages may be blind. */
  const turn = async (charge: number, source: number): Promise<void> => {
    turned.set(CHARGE, charge)
    turned.set(OUTPUT_SOURCE, source)
    await api.post('devices/ups-1/poll', {})
  }
  const unbroken = async (): Promise<void> => {
    for (const { page, complaints } of [device, alarms]) {
      assert.equal(await page.evaluate<boolean>('window.unbroken === true'), true, 'no page was loaded anew')
      assert.deepEqual(complaints, [])
    }
  }

  it('because the network is cut, miss nothing that happened meanwhile', async () => {
    network().cut()
    await lost()
    await turn(62, SOURCE.battery)
    await api.alarm('UPS 1 on battery', alarm => alarm.key === 'ups-1/output.state/state')
    await figure(97)
    network().mend()
    await found()
    await figure(62)
    await onBattery(alarms.page).waitFor()
    await unbroken()
  })

  it('because it was killed, follow the one that is started after it', async () => {
    await daemon?.kill()
    await lost()
    daemon = await startDaemon({ data: data.path })
    network().mend(daemon.url)
    await turn(88, SOURCE.normal)
    await api.quiet('UPS 1 on battery', alarm => alarm.device === 'ups-1')
    await found()
    await figure(88)
    await alarms.page.getByText('Tidak ada alarm').first().waitFor()
    await unbroken()
  })

  it('because it hangs, say so, and go on when it goes on', async () => {
    const pid = daemon?.pid ?? 0
    process.kill(pid, 'SIGSTOP')
    try {
      await lost()
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    await turn(71, SOURCE.battery)
    await found()
    await figure(71)
    await onBattery(alarms.page).waitFor()
    await unbroken()
  })
})
