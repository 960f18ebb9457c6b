// A thousand devices, one in twenty dead: all found, the living read on time, the dead told of, and the pages still quick.
import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import { addressOf, isDead } from '../support/agents.ts'
import { asking } from '../support/asking.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { type Daemon, dataFolder, startDaemon, until } from '../support/daemon.ts'

const DEVICES = 1000
const DEAD_EVERY = 20
const DEAD = DEVICES / DEAD_EVERY
/** Octets of the whole daemon; 370 MB were measured with 8,500 points. */
const MEMORY = 500_000_000

const nameOf = (n: number): string => `UPS ${String(n).padStart(4, '0')}`

describe('a thousand devices', function () {
  this.timeout(180_000)
  const data = dataFolder()
  let agents: ChildProcess | undefined
  let daemon: Daemon
  let browser: Browser | undefined
  const api = asking(() => daemon)
  const figure = async (name: string): Promise<number> => {
    const text = await (await fetch(`${daemon.url}metrics`)).text()
    const value = new RegExp(`^${name}(?:\\{[^}]*\\})? ([\\d.e+]+)$`, 'm').exec(text)?.[1]
    assert.ok(value !== undefined, name)
    return Number(value)
  }
  const count = async (status: string): Promise<number> => (await api.get<{ total: number }>(`devices?size=1&status=${status}`)).total

  before(async () => {
    agents = fork(resolve(import.meta.dirname, '../support/agents.ts'))
    agents.send({ devices: DEVICES, deadEvery: DEAD_EVERY })
    const [port] = (await once(agents, 'message')) as [number]
    const lines = Array.from(
      { length: DEVICES },
      (_, n) =>
        `  - { id: ups-${n}, name: ${nameOf(n)}, kind: ups, address: { host: ${addressOf(n)}, port: ${port} }, access: { via: snmp, version: 2c, community: public } }`,
    )
    writeFileSync(join(data.path, 'site.yaml'), `site: { id: many, name: Many }\ndevices:\n${lines.join('\n')}\n`)
    writeFileSync(join(data.path, 'suar.yaml'), 'site: site.yaml\nsnmp: { timeout: 0.5s, retries: 1 }\n')
    daemon = await startDaemon({ data: data.path })
  })
  after(async () => {
    await browser?.close()
    await daemon?.stop()
    agents?.disconnect()
    data.remove()
  })

  it('are found, read on time and told of when they are dead', async () => {
    const from = Date.now()
    // One more: the machine itself.
    await until(
      'all that live',
      () => count('up'),
      up => up === DEVICES - DEAD + 1,
      60_000,
    )
    const found = Date.now() - from
    await until(
      'all that are dead',
      () => count('down'),
      down => down === DEAD,
      120_000,
    )
    const told = Date.now() - from
    const down = (await api.get<{ items: readonly { id: string }[] }>('devices?size=500&status=down')).items
    assert.deepEqual(
      down.map(({ id }) => id).toSorted(),
      Array.from({ length: DEVICES }, (_, n) => n)
        .filter(n => isDead(n, { deadEvery: DEAD_EVERY }))
        .map(n => `ups-${n}`)
        .toSorted(),
    )
    assert.equal((await api.alarms()).filter(({ condition }) => condition.kind === 'down').length, DEAD)
    assert.equal(await count('up'), DEVICES - DEAD + 1)
    assert.equal(await figure('suar_poll_late_total'), 0)
    const memory = await figure('process_resident_memory_bytes')
    assert.ok(memory < MEMORY, `${memory} octets`)
    const { fresh, points, pollsPerSecond, lag, troubles } = await api.health()
    assert.deepEqual(troubles, [])
    assert.ok(fresh > points * 0.99, `${fresh} of ${points} points are fresh`)
    process.stdout.write(
      `      found in ${(found / 1000).toFixed(1)} s, the dead told in ${(told / 1000).toFixed(1)} s; ${pollsPerSecond} polls/s, lag p95 ${lag} ms, ${(memory / 1e6).toFixed(0)} MB\n`,
    )
  })

  it('are searched and paged in the browser', async function () {
    const path = chromiumPath()
    if (path === null) {
      process.stdout.write('      Chromium is missing: this part needs a browser.\n')
      return this.skip()
    }
    browser = await openBrowser(path)
    const { page, complaints } = await openPage(browser, {}, /^$/, daemon)
    await page.goto(`${daemon.url}devices`)
    const rows = page.locator('tbody tr')
    await page.getByText(nameOf(1), { exact: true }).waitFor()
    assert.equal(await rows.count(), 100)
    await page.getByRole('searchbox').fill('ups 0777')
    await page.getByText(nameOf(777), { exact: true }).waitFor()
    await until(
      'one row',
      () => rows.count(),
      n => n === 1,
    )
    await page.goto(`${daemon.url}devices?page=10`)
    await page.getByText(nameOf(950), { exact: true }).waitFor()
    await page.goto(`${daemon.url}devices?status=down`)
    await page.getByText(nameOf(19), { exact: true }).waitFor()
    await until(
      'the dead ones',
      () => rows.count(),
      n => n === DEAD,
    )

    await page.goto(`${daemon.url}wall`)
    await page.getByText('Many').first().waitFor()
    const paint = await page.evaluate<number>(
      `new Promise(told => new PerformanceObserver(list => told(list.getEntries()[0].startTime)).observe({ type: 'paint', buffered: true }))`,
    )
    process.stdout.write(`      first paint of the wall: ${paint.toFixed(0)} ms\n`)
    assert.deepEqual(complaints, [])
  })
})
