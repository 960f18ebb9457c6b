// The book of open alarms: signals in, alarms out. One open alarm a key; one that comes back soon is the same alarm again.
import type { Acknowledgement, Alarm, AlarmNote, Condition, Severity } from '../domain/alarm.ts'
import type { Instant } from '../domain/call.ts'
import { REOPENED } from '../domain/words/note-words.ts'
import type { Explained } from './cause.ts'
import { rank } from './evaluate.ts'
import type { Signal } from './judge.ts'

export interface BookOptions {
  /** Milliseconds after clearing within which the same key opens the same alarm. */
  readonly reopen: number
  readonly nextId: number
}

/** Timelines of alarms that flap for weeks stay readable and small: after this many notes only those of people are added, and that it ended. */
const NOTES = 500

export function openBook({ reopen, nextId }: BookOptions) {
  let id = nextId
  const byId = new Map<number, Alarm>()
  const byKey = new Map<string, Alarm>()
  /** Cleared lately, by key. */
  const recent = new Map<string, Alarm>()
  let changed = new Set<number>()

  function write(alarm: Alarm, ...notes: readonly AlarmNote[]): Alarm {
    const room = alarm.notes.length < NOTES
    const isOver = alarm.notes.at(-1)?.kind === 'cleared'
    const kept = notes.filter(note => room || note.by !== null || (note.kind === 'cleared' && !isOver))
    const next = kept.length === 0 ? alarm : { ...alarm, notes: [...alarm.notes, ...kept] }
    byId.set(next.id, next)
    if (next.clearedAt === null) byKey.set(next.key, next)
    else retire(next)
    changed.add(next.id)
    return next
  }

  function retire(alarm: Alarm): void {
    const before = recent.get(alarm.key)
    if (before !== undefined && before.id !== alarm.id) byId.delete(before.id)
    recent.set(alarm.key, alarm)
  }

  const note = (at: Instant, kind: AlarmNote['kind'], text: string, by: string | null = null): AlarmNote => ({ at, kind, by, text })

  function raise(signal: Signal, severity: Severity, condition: Condition): void {
    const { key, device, point, at } = signal
    const was = recent.get(key)
    if (was?.clearedAt != null && at - was.clearedAt <= reopen) {
      recent.delete(key)
      const fresh = severity === was.severity ? [] : [note(at, 'severity', severity)]
      write({ ...was, severity, condition, clearedAt: null, cause: null, suppressed: false }, note(at, 'raised', REOPENED), ...fresh)
      return
    }
    const alarm: Alarm = {
      id: id++,
      key,
      device,
      point,
      severity,
      condition,
      raisedAt: at,
      clearedAt: null,
      acknowledged: null,
      cause: null,
      suppressed: false,
      notes: [],
    }
    write(alarm, note(at, 'raised', severity))
  }

  function clear(alarm: Alarm, at: Instant): void {
    byKey.delete(alarm.key)
    write({ ...alarm, clearedAt: at }, note(at, 'cleared', ''))
  }

  function change(alarm: Alarm, severity: Severity, condition: Condition, at: Instant): void {
    if (severity !== alarm.severity) write({ ...alarm, severity, condition }, note(at, 'severity', severity))
    else if (isNews(alarm.condition, condition)) write({ ...alarm, condition })
  }

  return {
    /** Takes alarms of an earlier run: open ones stand again, cleared ones may come back. */
    restore(alarms: readonly Alarm[]): void {
      for (const alarm of alarms) {
        byId.set(alarm.id, alarm)
        if (alarm.clearedAt === null) byKey.set(alarm.key, alarm)
        else recent.set(alarm.key, alarm)
        id = Math.max(id, alarm.id + 1)
      }
    },

    apply(signals: readonly Signal[]): void {
      for (const signal of signals) {
        const alarm = byKey.get(signal.key)
        const { severity, condition, at } = signal
        if (severity === null || condition === null) {
          if (alarm !== undefined) clear(alarm, at)
        } else if (alarm === undefined) raise(signal, severity, condition)
        else change(alarm, severity, condition, at)
      }
    },

    /** What explains what, after the open alarms changed. */
    explain(explained: ReadonlyMap<number, Explained>, at: Instant): void {
      for (const alarm of [...byKey.values()]) {
        const by = explained.get(alarm.id)
        const cause = by?.cause ?? null
        const suppressed = by?.suppressed ?? false
        if (cause === alarm.cause && suppressed === alarm.suppressed) continue
        const now = { ...alarm, cause, suppressed }
        // An alarm that is merely grouped otherwise needs no line in its timeline.
        if (cause === null) write(now, note(at, 'released', ''))
        else if (cause !== alarm.cause) write(now, note(at, 'suppressed', String(cause)))
        else write(now)
      }
    },

    /** Null when there is no such alarm, or it is over. */
    acknowledge(alarmId: number, by: string, comment: string, at: Instant): Alarm | null {
      const alarm = byId.get(alarmId)
      if (alarm === undefined || alarm.clearedAt !== null) return null
      const acknowledged: Acknowledgement = { by, at, comment }
      return write({ ...alarm, acknowledged }, note(at, 'acknowledged', comment, by))
    },

    comment(alarmId: number, by: string, text: string, at: Instant): Alarm | null {
      const alarm = byId.get(alarmId)
      return alarm === undefined ? null : write(alarm, note(at, 'comment', text, by))
    },

    /** A line in the timeline by Suar itself. */
    remark(alarmId: number, kind: 'notified' | 'notifyFailed', text: string, at: Instant): void {
      const alarm = byId.get(alarmId)
      if (alarm !== undefined) write(alarm, note(at, kind, text))
    },

    /** Open alarms of a key, or null. */
    standing: (key: string): Alarm | null => byKey.get(key) ?? null,
    one: (alarmId: number): Alarm | null => byId.get(alarmId) ?? null,
    open: (): readonly Alarm[] => [...byKey.values()],
    recent: (): readonly Alarm[] => [...recent.values()],

    /** Ids of what changed since it was asked last. */
    taken(): readonly Alarm[] {
      const alarms = [...changed].map(one => byId.get(one)).filter(alarm => alarm !== undefined)
      changed = new Set()
      return alarms
    },

    /** Forgets what cleared so long ago that it cannot come back; `keep` holds back what still has to be told. */
    forget(now: Instant, keep: (alarm: Alarm) => boolean): void {
      for (const [key, alarm] of recent) {
        if (alarm.clearedAt === null || now - alarm.clearedAt <= reopen || keep(alarm)) continue
        recent.delete(key)
        if (byId.get(alarm.id) === alarm && !changed.has(alarm.id)) byId.delete(alarm.id)
      }
    },
  }
}

/** A condition that says something else than before; figures that move are no news. */
function isNews(was: Condition, now: Condition): boolean {
  if (was.kind !== now.kind) return true
  if (was.kind === 'state' && now.kind === 'state') return was.name !== now.name || was.meaning !== now.meaning
  if (was.kind === 'down' && now.kind === 'down') return was.why !== now.why
  if (was.kind === 'system' && now.kind === 'system') return was.text.en !== now.text.en
  if ((was.kind === 'above' || was.kind === 'below') && (now.kind === 'above' || now.kind === 'below')) return was.limit !== now.limit
  return false
}

/** What recipients were told: the worst severity since it was raised, and whether its end. Notes say when it changed and when notices left. */
export function toldOf(alarm: Alarm): { readonly severity: Severity | null; readonly end: boolean } {
  let now: Severity | null = null
  let severity: Severity | null = null
  let over = false
  let end = false
  for (const { kind, text } of alarm.notes) {
    if (kind === 'cleared') over = true
    else if (kind === 'raised') {
      if (text !== REOPENED) now = text as Severity
      over = false
    } else if (kind === 'severity') now = text as Severity
    else if (kind === 'notified') {
      end = over
      if (over) severity = null
      else if (rank(now) > rank(severity)) severity = now
    }
  }
  return { severity, end }
}
