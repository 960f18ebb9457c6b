// Another build of the pages than the one this tab runs: its files have other names, and what this tab has not loaded yet is gone.
import { type ReadonlySignal, signal } from '@preact/signals'
import { toast } from './parts/overlay.tsx'
import { t } from './words/index.ts'

/** What the tab remembers over its reloading: for which build, when, and whether it has been told. */
const MARK = 'suar.upgrade'
/** Two builds behind one address (while many machines are upgraded in turn) must not send a tab to and fro, ms. */
const REST = 30_000

const entryOf = (root: ParentNode): string | null => root.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null
const mine = entryOf(document)

const newer = signal<string | null>(null)
/** The daemon serves other pages than these, as a failed part has shown. */
export const replaced: ReadonlySignal<string | null> = newer

/** The front page says which build is served; a daemon that is away or in trouble is no upgrade. */
async function lookAtFront(): Promise<void> {
  try {
    const answer = await fetch('/', { cache: 'no-store' })
    if (!answer.ok) return
    const theirs = entryOf(new DOMParser().parseFromString(await answer.text(), 'text/html'))
    if (theirs !== null && theirs !== mine) newer.value = theirs
  } catch {
    // Not heard: what failed is told by whoever asked for it.
  }
}

/** Loads a part of the pages. When it is not there, it is known before this rejects whether `replaced`. */
export async function bring<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    await lookAtFront()
    throw error
  }
}

/** Loads the tab anew, at most once for a build; false when that was tried, or nothing can be remembered. What forms hold is kept in this browser. */
export function reloadOnce(): boolean {
  const entry = newer.peek()
  if (entry === null) return false
  try {
    const [was, at] = (sessionStorage.getItem(MARK) ?? '').split(' ')
    if (was === entry || Date.now() - Number(at ?? 0) < REST) return false
    sessionStorage.setItem(MARK, `${entry} ${Date.now()}`)
  } catch {
    return false
  }
  location.reload()
  return true
}

/** Call once, at the start: says why the tab was loaded anew. */
export function startUpgrade(): void {
  try {
    const [entry, at] = (sessionStorage.getItem(MARK) ?? '').split(' ')
    if (entry === undefined || entry !== mine) return
    sessionStorage.setItem(MARK, `- ${at}`)
    toast('done', t.peek().shell.upgraded, t.peek().shell.upgradedHint)
  } catch {
    // Nothing is remembered, so nothing was loaded anew.
  }
}
