// What goes out: a template filled with words, to one recipient by one channel. And what the courier wants of a durable outbox.
import { z } from 'zod'
import type { Call, Instant } from '../domain/call.ts'
import type { Outcome } from '../domain/outcome.ts'
import { LANGS } from '../domain/words/lang.ts'

export const CARRIERS = ['email', 'telegram', 'whatsapp'] as const
export type CarrierName = (typeof CARRIERS)[number]

/** Survives JSON: it lies in the outbox. */
export const Outgoing = z.object({
  /** Name of a file of `templates/`. */
  template: z.string(),
  /** For its `{placeholders}`. */
  values: z.record(z.string(), z.string()),
  language: z.enum(LANGS),
  ticket: z.string().nullable(),
  /** Of the recipient, for a letter's head. */
  name: z.string().default(''),
  /** The letter it answers, and those before. */
  inReplyTo: z.string().nullable().default(null),
  references: z.array(z.string()).max(100).default([]),
})
export type Outgoing = z.infer<typeof Outgoing>

/** A message with its address: `id` is the same for every try. */
export interface Dispatch {
  readonly id: string
  readonly to: string
  readonly message: Outgoing
  readonly createdAt: Instant
}

export interface Carrier {
  readonly name: CarrierName
  /**
   * Sends once. Failures: `timeout`, `refused`, `unreachable`, `busy` (try again), `wrongCredential`, `garbage`, `invalid` (this recipient or
   * message will never be taken). Obeys the call's stop; no failure holds a secret. `remoteId`: as the other side calls it from now on.
   */
  send(dispatch: Dispatch, call: Call): Promise<Outcome<{ readonly remoteId: string | null }>>
}

interface Queued {
  readonly id: string
  readonly channel: string
  readonly to: string
  readonly ticket: string | null
  /** Read back from the records, so not to be trusted blindly. */
  readonly payload: unknown
  readonly createdAt: Instant
  readonly tries: number
}

export interface Mailings {
  /** Those whose time has come; the oldest of every recipient before the second of any. */
  due(now: Instant, limit?: number): Promise<readonly Queued[]>
  sent(id: string, remoteId: string | null): Promise<void>
  /** Not sent this time; due again at `at`. */
  again(id: string, at: Instant, error: string): Promise<void>
  /** Given up. */
  failed(id: string, error: string): Promise<void>
}
