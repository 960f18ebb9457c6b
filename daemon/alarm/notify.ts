// Who is told what, and when: causes only, once they stood long enough to be sure of, to those who want their severity.
import { createHash } from 'node:crypto'
import type { Alarm, Severity } from '../domain/alarm.ts'
import type { Instant } from '../domain/call.ts'
import type { Meaning } from '../domain/state.ts'
import { type NameBook, namesOf } from '../domain/words/alarm-names.ts'
import { alarmDetail, alarmNumber, alarmTitle } from '../domain/words/alarm-words.ts'
import type { Lang } from '../domain/words/lang.ts'
import { toldOf } from './book.ts'
import { rank } from './evaluate.ts'
import type { Message, Notice } from './outbox.ts'
import { meaningOf } from './power.ts'
import { SETTLING } from './settling.ts'

export interface Recipient {
  readonly channel: string
  readonly to: string
  readonly severities: readonly Severity[]
  /** Wants to know of the end too. */
  readonly cleared: boolean
  readonly language: Lang
}

/** Milliseconds. */
export interface Patience {
  /** About one poll: a cause may still show. */
  readonly settle: number
  /** After its cause ended, before a consequence is told for itself. */
  readonly released: number
  /** Heat stays longer than what made it. */
  readonly releasedHeat: number
  /** Before an end is told: it may come back. */
  readonly ended: number
}

export const PATIENCE: Patience = { settle: 12_000, released: 120_000, releasedHeat: 600_000, ended: 60_000 }

/** Nothing explains these, so nothing is waited for. */
const AT_ONCE: ReadonlySet<Meaning> = new Set(['utilityFailed', 'fire', 'smoke', 'leak', 'doorForced'])
/** Told even as consequences, because they ask for something else to be done than their cause does. */
const URGENT: ReadonlySet<Meaning> = new Set(['batteryLow', 'discharged', 'startFailed', 'outputOff'])

export type Due =
  | { readonly what: 'raised' | 'severity'; readonly alarm: Alarm; readonly severities: readonly Severity[] }
  | { readonly what: 'cleared'; readonly alarm: Alarm; readonly severities: readonly Severity[] }

/** Decides what is due to be told. What was told is read from the timelines; only what waits is kept here. */
export function openNotifier(patience: Patience = PATIENCE) {
  const waiting = new Map<number, Instant>()
  const told = new WeakMap<Alarm, ReturnType<typeof toldOf>>()
  /** Told to nobody because nobody wanted it; no note remembers that. */
  const passed = new Map<number, Severity | 'cleared'>()

  const toldBefore = (alarm: Alarm): ReturnType<typeof toldOf> => {
    const known = told.get(alarm) ?? toldOf(alarm)
    told.set(alarm, known)
    return known
  }

  function patienceFor(alarm: Alarm, severity: Severity | null): number {
    const meaning = meaningOf(alarm)
    if (severity !== null || (meaning !== null && AT_ONCE.has(meaning))) return 0
    const released = alarm.notes.findLast(note => note.kind === 'released' || note.kind === 'raised')?.kind === 'released'
    if (!released) return patience.settle
    if (alarm.condition.kind === 'above') return patience.releasedHeat
    // A silence is released with the end of its cause, all else had its time to settle before.
    const settled = alarm.condition.kind === 'down' || alarm.condition.kind === 'stale' ? 0 : SETTLING
    return Math.max(patience.settle, patience.released - settled)
  }

  return {
    due(open: readonly Alarm[], recent: readonly Alarm[], now: Instant): readonly Due[] {
      const due: Due[] = []
      const isOpen = new Set(open.map(alarm => alarm.id))
      // A cause that has just ended may still explain.
      const byId = new Map([...recent, ...open].map(alarm => [alarm.id, alarm]))
      for (const alarm of open) {
        const { severity } = toldBefore(alarm)
        const before = passed.get(alarm.id)
        const known = before !== undefined && before !== 'cleared' && rank(before) > rank(severity) ? before : severity
        if (rank(alarm.severity) <= rank(known) || !stands(alarm, byId)) {
          waiting.delete(alarm.id)
          continue
        }
        const at = waiting.get(alarm.id) ?? now + patienceFor(alarm, known)
        waiting.set(alarm.id, at)
        // A due time further off than any patience is left from before the clock was set back.
        if (now < at && at - now <= patience.releasedHeat) continue
        waiting.delete(alarm.id)
        passed.set(alarm.id, alarm.severity)
        due.push({ what: known === null ? 'raised' : 'severity', alarm, severities: [alarm.severity] })
      }
      for (const alarm of recent) {
        waiting.delete(alarm.id)
        const { severity, end } = toldBefore(alarm)
        if (end || severity === null || alarm.clearedAt === null || passed.get(alarm.id) === 'cleared') continue
        if (now - alarm.clearedAt < patience.ended) continue
        passed.set(alarm.id, 'cleared')
        due.push({ what: 'cleared', alarm, severities: severitiesUpTo(severity) })
      }
      for (const id of passed.keys()) if (!byId.has(id)) passed.delete(id)
      for (const id of waiting.keys()) if (!isOpen.has(id)) waiting.delete(id)
      return due
    },

    /** True while the end of a cleared alarm is still to be told. */
    owes(alarm: Alarm): boolean {
      const { severity, end } = toldBefore(alarm)
      return severity !== null && !end && passed.get(alarm.id) !== 'cleared'
    },
  }
}

/** Whoever was told of any severity of it is told of its end. */
const severitiesUpTo = (severity: Severity): readonly Severity[] =>
  (['unknown', 'warning', 'critical'] as const).filter(one => rank(one) <= rank(severity))

/** A cause, or a consequence that is graver than all that explains it or asks for something else to be done. */
function stands(alarm: Alarm, byId: ReadonlyMap<number, Alarm>): boolean {
  if (alarm.suppressed) return false
  if (alarm.cause === null) return true
  const meaning = meaningOf(alarm)
  if (meaning !== null && URGENT.has(meaning)) return true
  let worst = 0
  for (let id: number | null = alarm.cause; id !== null; id = byId.get(id)?.cause ?? null)
    worst = Math.max(worst, rank(byId.get(id)?.severity ?? 'critical'))
  return rank(alarm.severity) > worst
}

/** One notice for each recipient who wants it. Ids depend on the event alone, so that the same one is never queued twice. */
export function noticesFor(due: Due, recipients: readonly Recipient[], book: NameBook, now: Instant): readonly Notice[] {
  const { alarm, what } = due
  const wanted = recipients.filter(
    ({ severities, cleared }) => (what !== 'cleared' || cleared) && due.severities.some(one => severities.includes(one)),
  )
  return wanted.map(({ channel, to, language }) => {
    const at =
      what === 'cleared'
        ? (alarm.clearedAt ?? now)
        : (alarm.notes.findLast(note => note.kind === 'severity' || note.kind === 'raised')?.at ?? alarm.raisedAt)
    const names = namesOf(alarm, book, language)
    const payload: Message = {
      what,
      alarm: alarm.id,
      number: alarmNumber(alarm, names.zone),
      severity: alarm.severity,
      title: alarmTitle(alarm, names, language),
      detail: alarmDetail(alarm, names, language),
      device: alarm.device,
      point: alarm.point?.key ?? null,
      site: book.layout.site.name,
      at,
      raisedAt: alarm.raisedAt,
      clearedAt: alarm.clearedAt,
      lang: language,
      zone: names.zone,
    }
    const digest = createHash('sha256')
      .update(JSON.stringify([alarm.id, what, alarm.severity, at, channel, to]))
      .digest('hex')
      .slice(0, 16)
    return { id: `al${alarm.id}-${what}-${digest}`, channel, to, dueAt: now, payload }
  })
}
