// axe on a page of ours. They hold no frames: asked in one go rather than frame by frame, with a page of its own to add up on, it takes half the time.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

export const axeOn = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode()

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe complains of, a line each. `colours`: in another theme the same markup stands, and only its colours are looked at anew. */
export async function axe(page: Page, what: 'all' | 'colours' = 'all'): Promise<string[]> {
  const asked = axeOn(page)
  const { violations } = await (what === 'all' ? asked.withTags(TAGS) : asked.withRules(['color-contrast'])).analyze()
  return violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`)
}
