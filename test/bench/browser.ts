// What a page does on the screen: the first paint of the wall, a thousand readings a second, and from reading to pixel.
import type { Page } from 'playwright-core'
import { chromiumPath, openBrowser, openPage } from '../support/browser.ts'
import { openStage } from '../support/stage.ts'
import type { Bench, Figure } from './run.ts'

/** Collects the time between animation frames until asked. */
const WATCH_FRAMES = `(() => {
  window.frameGaps = []
  let last = performance.now()
  const next = now => { window.frameGaps.push(now - last); last = now; requestAnimationFrame(next) }
  requestAnimationFrame(next)
})()`

/** Milliseconds from a reading told to the daemon's stream until its text stands on the page. */
async function toPixel(page: Page, tell: (value: number) => void): Promise<number> {
  const value = 20 + Math.floor(Math.random() * 60)
  // `void`: evaluate would wait for a promise that it is given.
  await page.evaluate(`void (window.seen = new Promise(resolve => {
    const text = document.querySelector('.nd.k-ups .second .fig span')
    const look = () => text.textContent === '${value}' && resolve(Date.now())
    new MutationObserver(look).observe(text, { characterData: true, childList: true, subtree: true })
    look()
  }))`)
  const told = Date.now()
  tell(value)
  return (await page.evaluate<number>('window.seen')) - told
}

async function measure(path: string): Promise<readonly Figure[]> {
  const stage = await openStage()
  const browser = await openBrowser(path)
  const { page, close } = await openPage(browser, { viewport: { width: 1920, height: 1080 } })
  try {
    await page.goto(`${stage.url}wall`)
    await page.locator('.nd.k-ups .big').first().waitFor()
    const drawn = await page.evaluate<number>('performance.now()')
    const paint = await page.evaluate<number>(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1`)

    const latencies: number[] = []
    for (let i = 0; i < 30; i++) latencies.push(await toPixel(page, value => stage.set([['ups-a', 'output.load', value]])))
    latencies.sort((a, b) => a - b)

    await page.evaluate(WATCH_FRAMES)
    const share = Math.ceil(1000 / stage.points.length)
    const beat = setInterval(() => {
      for (let i = 0; i < share; i++) stage.beat()
    }, 1000 / 5)
    await new Promise(resolve => setTimeout(resolve, 5000))
    clearInterval(beat)
    const longest = await page.evaluate<number>('Math.max(...window.frameGaps)')
    return [
      { name: 'first contentful paint of the wall', value: paint, unit: 'ms', goal: 1500 },
      { name: 'wall drawn with its values', value: drawn, unit: 'ms', goal: 1500 },
      { name: 'reading to pixel, p95 of 30', value: latencies[28] ?? Number.NaN, unit: 'ms', goal: 500 },
      { name: `longest frame at ${share * stage.points.length * 5} readings/s`, value: longest, unit: 'ms', goal: 100 },
    ]
  } finally {
    await close()
    await browser.close()
    await stage.close()
  }
}

const bench: Bench = {
  name: 'browser',
  run: async () => {
    const path = chromiumPath()
    return path === null ? [] : measure(path)
  },
}
export default bench
