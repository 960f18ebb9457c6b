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
}

export type Db = Kysely<Schema>
export type Trx = Transaction<Schema>
