// The shelf while it is in use: what is broken on it is told, and a good change is taken without a restart.
import { type FSWatcher, watch } from 'node:fs'
import { type Mistake, sayMistake } from '../../daemon/domain/document.ts'
import { openShelf, type Profiles, type Shelf } from './shelf.ts'

export interface Watched {
  /** As of now; of use until the next wait. */
  current(): Profiles
  close(): void
}

export interface Told {
  /** Each mistake once, as soon as it is found. */
  mistakes(mistakes: readonly Mistake[]): void
  /** A change in the folders was taken, or refused because of the mistakes told. */
  changed(taken: boolean): void
}

/** Editors write a file in several steps: read once they are done. */
const SETTLE = 200

/**
 * Profiles nobody has taken yet may be broken all the same. They are read one by one once starting is over,
 * with gaps that leave the thread to its polls. Milliseconds.
 */
const IDLE = { first: 10_000, next: 500 }

/** Opens the folders and looks again whenever one changes. A change with a mistake in it is refused: the shelf before stays in use. */
export async function watchProfiles(folders: readonly string[], told: Told, idle = IDLE): Promise<Watched> {
  let shelf = await openShelf(folders)
  const broken = new Map<string, readonly Mistake[]>()
  const heard = new Set<string>()
  let closed = false

  const tell = (mistakes: readonly Mistake[]) => {
    const news = mistakes.filter(mistake => !heard.has(sayMistake(mistake)))
    for (const mistake of news) heard.add(sayMistake(mistake))
    if (news.length > 0) told.mistakes(news)
  }
  const take = (from: Shelf, name: string) => {
    const taken = from.take(name)
    if (taken.ok) broken.delete(name)
    else {
      const parts = from.heads.find(head => head.name === name)?.extends ?? []
      broken.set(name, taken.mistakes)
      tell([...parts.flatMap(part => mistakesOf(from, part)), ...taken.mistakes])
    }
    return taken
  }

  let unseen = [...shelf.names]
  let checking: NodeJS.Timeout | null = null
  const checkLater = (after: number) => {
    checking = setTimeout(() => {
      const name = unseen.shift()
      if (name === undefined) return
      take(shelf, name)
      checkLater(idle.next)
    }, after).unref()
  }
  tell(shelf.unread)
  for (const name of shelf.names) if (!shelf.heads.some(head => head.name === name)) take(shelf, name)
  checkLater(idle.first)

  const look = async () => {
    const next = await openShelf(folders, shelf)
    if (closed || (next.changed.length + next.unread.length === 0 && next.names.length === shelf.names.length)) return
    // Told again, though it was told before: somebody is at it. What was broken before and still is, is no reason to refuse.
    heard.clear()
    const was = new Set(broken.keys())
    const bad = next.changed.filter(name => !next.take(name).ok)
    const blind = next.unread.filter(({ file }) => !shelf.unread.some(before => before.file === file))
    const taken = blind.length === 0 && bad.every(name => was.has(name))
    tell([...next.unread, ...bad.flatMap(name => mistakesOf(next, name))])
    if (taken) {
      shelf = next
      for (const name of next.changed) take(next, name)
      unseen = unseen.filter(name => next.names.includes(name))
    }
    told.changed(taken)
  }
  let reading = Promise.resolve()
  let settling: NodeJS.Timeout | null = null
  const again = () => {
    if (settling !== null) clearTimeout(settling)
    settling = setTimeout(() => {
      reading = reading.then(look)
    }, SETTLE)
  }
  const watchers: FSWatcher[] = []
  for (const folder of folders) {
    try {
      const watcher = watch(folder, again)
      watcher.on('error', () => watcher.close())
      watchers.push(watcher.unref())
    } catch {
      // The folder is not there: told among what could not be read.
    }
  }
  return {
    current: () => ({ heads: shelf.heads, take: name => take(shelf, name) }),
    close() {
      closed = true
      for (const timer of [settling, checking]) if (timer !== null) clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}

function mistakesOf(shelf: Shelf, name: string): readonly Mistake[] {
  const taken = shelf.take(name)
  return taken.ok ? [] : taken.mistakes
}
