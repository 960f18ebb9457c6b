// A story that is told on the pages of the demonstration: a daemon of its own, and a browser that looks at it.
import type { Browser } from 'playwright-core'
import { type Asking, asking } from './asking.ts'
import { chromiumPath, openBrowser, openPage } from './browser.ts'
import { type Daemon, dataFolder, freshDemonstration, startDaemon } from './daemon.ts'

export interface Stage {
  readonly api: Asking
  /** Where a page is. */
  at(path: string): string
  /** Somebody signed in, with a page of their own. */
  open(options?: Parameters<typeof openPage>[1]): ReturnType<typeof openPage>
}

/** Left out where there is no browser. */
export function onPages(story: string, tell: (stage: Stage) => void): void {
  const path = chromiumPath()
  const told = path === null ? describe.skip : describe
  told(story, function () {
    this.timeout(300_000)
    const data = dataFolder()
    let daemon: Daemon
    let browser: Browser

    before(async () => {
      daemon = await startDaemon({ data: data.path, env: freshDemonstration() })
      browser = await openBrowser(path ?? '')
    })
    after(async () => {
      await browser.close()
      await daemon.stop()
      data.remove()
    })
    tell({
      api: asking(() => daemon),
      at: page => `${daemon.url}${page}`,
      open: (options = {}) => openPage(browser, options, /^$/, daemon),
    })
  })
}
