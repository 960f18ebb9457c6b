// The heat of the aisles in a real browser: the colour at a sensor is that of its reading, changes with it, and is told in words too.
import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { axeOn } from '../support/axe.ts'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { openStage, type Stage } from '../support/stage.ts'

/** Pixels of the plan for one metre, and how far its view reaches beyond the rooms. */
const [PX, MARGIN] = [78, 14]

/** Colours of the field around a place of the floor, m; strokes and edges among them. */
const coloursAt = (page: Page, x: number, y: number): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const canvas = document.querySelector('canvas.heatfield')
    const svg = document.querySelector('svg.floorplan')
    const scale = canvas.width / svg.viewBox.baseVal.width
    const at = n => Math.round((n * ${PX} + ${MARGIN}) * scale)
    const { data } = canvas.getContext('2d').getImageData(at(${x}) - 3, at(${y}) + 1, 7, 5)
    return [...new Set(Array.from({ length: data.length / 4 }, (_, i) => [...data.subarray(4 * i, 4 * i + 4)].join(' ')))]
  })()`)

describe('the heat between the racks, in a browser', function () {
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

  const inlets = (temperature: number): void =>
    stage.set([
      ...[1, 2, 3, 4, 5, 6].map(n => ['env-1', `sensor.rack-a${n}-top.temperature`, temperature] as const),
      ...[1, 2, 3, 4, 5, 6].map(n => ['env-2', `sensor.rack-b${n}-top.temperature`, temperature] as const),
      ['env-1', 'sensor.rack-a4-mid.temperature', temperature - 2],
      ['env-1', 'sensor.rack-a4-bottom.temperature', temperature - 4],
    ])

  it('has at a sensor the colour of its reading, and another when the reading is another, without a reload', async () => {
    inlets(23)
    const { page, complaints, close } = await openPage(browser, { viewport: { width: 1440, height: 900 }, colorScheme: 'light' })
    await page.goto(`${stage.url}floor`)
    const until = async (x: number, y: number, colour: string): Promise<void> => {
      const deadline = Date.now() + 15_000
      for (;;) {
        const found = (await page.locator('canvas.heatfield').count()) === 0 ? [] : await coloursAt(page, x, y)
        if (found.includes(colour)) return
        assert.ok(Date.now() < deadline, `${colour} at ${x}, ${y}: ${found.join(' | ')}`)
        await page.evaluate('new Promise(requestAnimationFrame)')
      }
    }
    // 22 °C is #dbdad7 and 24 °C #d6ccbd: 23 °C lies half-way.
    await until(2, 2.6, '216 211 202 255')
    stage.set([['env-1', 'sensor.rack-a1-top.temperature', 29]])
    await until(2, 2.6, '245 165 36 255')
    stage.set([['env-1', 'sensor.rack-a1-top.temperature', 33]])
    await until(2, 2.6, '200 32 44 255')
    // Behind row B there is no sensor, and no colour.
    assert.deepEqual(await coloursAt(page, 3.5, 5.8), ['0 0 0 0'])
    const plan = page.locator('svg.floorplan')
    const box = await plan.boundingBox()
    assert.ok(box)
    const view = (await plan.getAttribute('viewBox'))?.split(' ').map(Number) ?? []
    const scale = Math.min(box.width / view[2]!, box.height / view[3]!)
    const left = box.x + (box.width - view[2]! * scale) / 2
    const top = box.y + (box.height - view[3]! * scale) / 2
    await page.mouse.move(left + (2 * PX + MARGIN) * scale, top + (2.62 * PX + MARGIN) * scale)
    await page.getByText(/Di penunjuk: 3[23],\d\s°C, sisi depan rak/).waitFor()
    await page.getByRole('button', { name: 'Daya', exact: true }).click()
    await page.locator('canvas.heatfield').waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
    await close()
  })

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1440, 360])
      it(`is usable by everybody, ${colorScheme}, ${width} px`, async () => {
        inlets(30)
        const { page, complaints, close } = await openPage(browser, { viewport: { width, height: 900 }, colorScheme })
        await page.goto(`${stage.url}floor`)
        await page.locator('canvas.heatfield').waitFor()
        const { violations } = await axeOn(page).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
          [],
        )
        assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'))
        assert.deepEqual(complaints, [])
        await close()
      })
})
