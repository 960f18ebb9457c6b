// A real browser for the pages: headless Chromium, nothing outside this machine, and a list of everything it complained about.
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { controlKey, type Daemon } from './daemon.ts'

const PATHS = [process.env['SUAR_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where Chromium is on this machine; null when there is none, and browser tests are then left out. */
export const chromiumPath = (): string | null => PATHS.find((path): path is string => path !== undefined && existsSync(path)) ?? null

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const openBrowser = (executablePath: string): Promise<Browser> => chromium.launch({ executablePath, args: ARGS })

export interface Watched {
  readonly page: Page
  /** Errors of the console (policy violations among them), uncaught ones, and requests to other hosts. */
  readonly complaints: string[]
  close(): Promise<void>
}

/** A page in a fresh profile. `expected`: complaints that belong to the story, such as a refused connection while the daemon is away. `daemon`: one to be signed in to. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
  expected: RegExp = /^$/,
  daemon: Pick<Daemon, 'url' | 'data'> | null = null,
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...options })
  if (daemon !== null) await context.addCookies([{ name: 'suar-session', value: controlKey(daemon), url: daemon.url }])
  const page = await context.newPage()
  const complaints: string[] = []
  const complain = (text: string, about = ''): void => {
    if (!expected.test(text)) complaints.push(about === '' ? text : `${text} (${about})`)
  }
  page.on('console', message => {
    if (message.type() === 'error') complain(message.text(), message.location().url)
  })
  page.on('pageerror', error => complain(error.stack ?? error.message))
  page.on('request', request => {
    const { hostname, protocol } = new URL(request.url())
    if (hostname !== '127.0.0.1' && protocol !== 'data:' && protocol !== 'blob:') complain(`asks ${request.url()}`)
  })
  return { page, complaints, close: () => context.close() }
}
