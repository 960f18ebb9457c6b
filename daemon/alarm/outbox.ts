// What the delivery wants of a durable outbox, and what lies in it. The store implements it.
import type { Alarm, Severity } from '../domain/alarm.ts'
import type { Instant } from '../domain/call.ts'
import type { Lang } from '../domain/words/lang.ts'

/** What a message says; everything already in words of the reader, so that a channel only has to carry it. */
export interface Message {
  readonly what: 'raised' | 'severity' | 'cleared' | 'test'
  /** Running number of the alarm, and as people know it (`AL-2026-1183`); null in a test. */
  readonly alarm: number | null
  readonly number: string | null
  readonly severity: Severity | null
  readonly title: string
  readonly detail: string
  readonly device: string | null
  readonly point: string | null
  readonly site: string
  /** When it happened. */
  readonly at: Instant
  readonly raisedAt: Instant
  readonly clearedAt: Instant | null
  readonly lang: Lang
  readonly zone: string
}

/** A message on its way. `id` is stable over all tries, so that a receiver recognises a duplicate. */
export interface Notice {
  readonly id: string
  /** Name of the channel in the settings. */
  readonly channel: string
  readonly to: string
  readonly dueAt: Instant
  readonly payload: Message
}

export interface QueuedNotice extends Omit<Notice, 'payload'> {
  /** Read back from the records, so not to be trusted blindly. */
  readonly payload: unknown
  readonly createdAt: Instant
  /** Tries so far. */
  readonly tries: number
}

export interface Outbox {
  /** Notices whose time has come, of every channel those longest due first, at most `each`. */
  due(now: Instant, each?: number): Promise<readonly QueuedNotice[]>
  sent(id: string): Promise<void>
  /** Not sent this time; due again at `at`. */
  again(id: string, at: Instant, error: string): Promise<void>
  /** Given up. */
  failed(id: string, error: string): Promise<void>
}

/** What a person did to an alarm, for the audit trail. */
export interface Deed {
  readonly at: Instant
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly detail: object
}

/** What the alarms want of the records. */
export interface AlarmStore {
  /** Alarms that are open, for the start. */
  open(): Promise<readonly Alarm[]>
  /** Alarms cleared since, for re-opening and for notices that were not sent yet. */
  clearedSince(at: Instant): Promise<readonly Alarm[]>
  /** The first number not used by any alarm. */
  nextId(): Promise<number>
  /** Alarms as they are now, new notices and what the trail says of who did it, in one transaction. */
  commit(change: { readonly alarms: readonly Alarm[]; readonly notices: readonly Notice[]; readonly deeds: readonly Deed[] }): Promise<void>
}
