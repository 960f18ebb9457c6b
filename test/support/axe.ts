// axe on a page of ours. They hold no frames: asked in one go rather than frame by frame, with a page of its own to add up on, it takes half the time.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

export const axeOn = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode()
