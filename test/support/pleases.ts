// Whether a page pleases everybody who looks: in both themes, at a desk and on a phone.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { axe } from './axe.ts'

/** What reaches beyond the screen, when the page does. */
const WIDER = `document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1).slice(-5).map(one => one.outerHTML.slice(0, 200))`

/** In both themes and both widths: axe finds nothing, nothing is wider than the screen. */
export async function pleases(page: Page, what: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 1440, height: 900 }
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 360, height: 780 },
  ])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      const seen = `${what}, ${viewport.width}, ${colorScheme}`
      assert.deepEqual(await axe(page, colorScheme === 'light' ? 'all' : 'colours'), [], seen)
      assert.deepEqual(await page.evaluate(WIDER), [], `${seen} fits the screen`)
    }
  await page.setViewportSize(size)
  await page.emulateMedia({ colorScheme: 'light' })
}
