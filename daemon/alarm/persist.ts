// Puts changed alarms and notices into the records before anyone hears of them; keeps and retries them while the records fail.
import type { Alarm } from '../domain/alarm.ts'
import type { Instant, Log } from '../domain/call.ts'
import type { Text } from '../domain/point.ts'
import type { AlarmStore, Deed, Notice } from './outbox.ts'

export interface PersistOptions {
  readonly store: Pick<AlarmStore, 'commit'>
  readonly log: Log
  /** Called with what is in the records now. */
  readonly published: (alarms: readonly Alarm[]) => void
}

/** Notices kept while the records fail; alarms are kept whatever their number, since only the newest state of each counts. */
const MOST_NOTICES = 10_000
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 30_000

export function openPersist({ store, log, published }: PersistOptions) {
  let alarms = new Map<number, Alarm>()
  let notices: Notice[] = []
  let deeds: Deed[] = []
  let failures = 0
  let retryAt: Instant = 0
  let trouble: Text | null = null
  let running: Promise<boolean> | null = null

  const waits = (): boolean => alarms.size > 0 || notices.length > 0 || deeds.length > 0

  async function write(now: Instant): Promise<boolean> {
    while (waits()) {
      const change = { alarms: [...alarms.values()], notices, deeds }
      alarms = new Map()
      notices = []
      deeds = []
      try {
        await store.commit(change)
      } catch (error) {
        putBack(change)
        failures++
        retryAt = now + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures - 1, 10))
        const reason = error instanceof Error ? error.message : String(error)
        if (trouble === null) log.error({ error: reason, alarms: alarms.size }, 'alarms cannot be written and wait in memory')
        trouble = {
          en: `Alarms cannot be written: ${reason}. ${alarms.size} wait in memory and are not shown yet.`,
          id: `Alarm tidak dapat ditulis: ${reason}. ${alarms.size} menunggu di memori dan belum ditampilkan.`,
        }
        running = null
        return false
      }
      if (trouble !== null) log.info({}, 'alarms are written again')
      failures = 0
      trouble = null
      published(change.alarms)
    }
    // At once and not when the promise is heard of: what is added in between needs a new writer.
    running = null
    return true
  }

  /** What came meanwhile is newer. */
  function putBack(change: { readonly alarms: readonly Alarm[]; readonly notices: Notice[]; readonly deeds: Deed[] }): void {
    const newer = alarms
    alarms = new Map(change.alarms.map(alarm => [alarm.id, alarm]))
    for (const [id, alarm] of newer) alarms.set(id, alarm)
    deeds = [...change.deeds, ...deeds]
    notices = [...change.notices, ...notices]
    const over = notices.length - MOST_NOTICES
    if (over <= 0) return
    notices = notices.slice(over)
    log.error({ dropped: over }, 'notices were dropped: the records have failed for too long')
  }

  function flush(now: Instant): Promise<boolean> {
    if (running === null && !waits()) return Promise.resolve(true)
    running ??= write(now)
    return running
  }

  return {
    /** Queues; written soon, or with the next try while the records fail. */
    add(changed: readonly Alarm[], fresh: readonly Notice[], now: Instant, done: readonly Deed[] = []): void {
      for (const alarm of changed) alarms.set(alarm.id, alarm)
      notices.push(...fresh)
      deeds.push(...done)
      if (failures === 0 && (changed.length > 0 || fresh.length > 0)) void flush(now)
    },
    tick(now: Instant): void {
      // A clock set back must not make it wait for ever.
      if (failures > 0 && (now >= retryAt || retryAt - now > LONGEST_WAIT)) void flush(now)
    },
    /** True when everything is in the records. */
    flush,
    trouble: (): Text | null => trouble,
  }
}
