// The tables of the records, as Kysely sees them. What they mean is said in the migrations that make them.
import type { Kysely, Transaction } from 'kysely'

export interface Schema {
  migrations: { version: number; name: string; applied_at: number }
  devices: {
    no: number
    id: string
    definition: string
    access: string
    identity: string | null
    source: string
    added_at: number
    removed_at: number | null
  }
  points: { no: number; device: number; key: string; definition: string; gone_at: number | null }
  layouts: { version: number; saved_at: number; saved_by: string; document: string }
  settings: { key: string; value: string }
  key_checks: { name: string; sealed: string }
  alarms: {
    id: number
    key: string
    device: string | null
    point_no: number | null
    point_key: string | null
    severity: string
    condition: string
    raised_at: number
    cleared_at: number | null
    acknowledged: string | null
    cause: number | null
    suppressed: number
    search: string
  }
  alarm_notes: { alarm: number; seq: number; at: number; kind: string; by: string | null; text: string }
  outbox: {
    id: string
    channel: string
    recipient: string
    payload: string
    created_at: number
    due_at: number
    tries: number
    state: string
    last_error: string | null
  }
  audit: { seq: number; at: number; actor: string; action: string; subject: string; detail: string; previous: string; hash: string }
  messages_in: {
    id: number
    source: string
    external_id: string
    sender: string
    subject: string
    at: number
    state: string
    ticket: string | null
    message_id: string | null
    place: string | null
    note: string
  }
  messages_out: {
    id: string
    channel: string
    recipient: string
    ticket: string | null
    payload: string
    created_at: number
    due_at: number
    tries: number
    state: string
    remote_id: string | null
    last_error: string | null
  }
  messages_waiting: { id: number; source: string; external_id: string; address: string; payload: string; at: number }
  channel_marks: { name: string; value: string }
  chats: { source: string; address: string; person: number; bound_at: number }
  chat_codes: { hash: string; person: number; expires_at: number }
}

export type Db = Kysely<Schema>
export type Trx = Transaction<Schema>
