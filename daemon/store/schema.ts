// The tables of the records, as Kysely sees them. What they mean is said in the migrations that make them.
import type { Kysely, Transaction } from 'kysely'
import type { HostingSchema } from './schema-hosting.ts'
import type { PremisesSchema } from './schema-premises.ts'

export interface Schema extends PremisesSchema, HostingSchema {
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
  layouts: { version: number; saved_at: number; saved_by: string; document: string; told: string }
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
  calendars: { key: string; version: number; since: number; by: string; reason: string; document: string }
  audit: { seq: number; at: number; actor: string; action: string; subject: string; detail: string; previous: string; hash: string }
  organisations: {
    id: number
    name: string
    short: string
    kind: string
    address: string
    phone: string
    email: string
    gone_at: number | null
    search: string
  }
  persons: {
    id: number
    name: string
    nip: string | null
    position: string
    echelon: string
    rank: string
    organisation: number
    unit: string
    email: string
    mobile: string
    extension: string
    skills: string
    gone_at: number | null
    search: string
  }
  offices: {
    id: number
    person: number
    role: string
    organisation: number | null
    position: string | null
    kind: string
    from_at: number | null
    until_at: number | null
    decree: string
    gone_at: number | null
    search: string
  }
  teams: {
    id: number
    name: string
    decree: string
    from_at: number | null
    until_at: number | null
    members: string
    gone_at: number | null
    search: string
  }
  applications: {
    id: number
    name: string
    organisation: number
    responsible: string
    backup: string
    phase: string
    note: string
    gone_at: number | null
    search: string
  }
  outages: {
    id: number
    services: string
    from_at: number
    until_at: number | null
    planned: number
    reason: string
    by: string
    gone_at: number | null
  }
  accounts: {
    id: number
    person: number
    login: string
    password: string | null
    must_change: number
    totp: string | null
    totp_step: number
    language: string
    created_at: number
    signed_in_at: number | null
    gone_at: number | null
    search: string
  }
  sessions: {
    id: number
    hash: string
    account: number
    kind: string
    created_at: number
    seen_at: number
    until_at: number
    proven_at: number
    address: string
    agent: string
  }
  tokens: {
    id: number
    hash: string
    account: number
    name: string
    scopes: string
    created_at: number
    expires_at: number | null
    used_at: number | null
  }
  passkeys: {
    id: number
    account: number
    credential: string
    public_key: string
    counter: number
    transports: string
    name: string
    created_at: number
    used_at: number | null
  }
  recovery_codes: { hash: string; account: number; used_at: number | null }
  links: { hash: string; kind: string; account: number | null; expires_at: number }
  tries: { key: string; count: number; last_at: number; until_at: number }
  identities: { issuer: string; subject: string; account: number }
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
  service_versions: { key: string; version: number; hash: string; since: number; document: string }
  numbers: { pattern: string; year: number; last: number }
  tickets: {
    id: number
    number: string | null
    service: string
    organisation: number
    requester: number | null
    created_by: number | null
    about: number | null
    application: number | null
    status: string
    open: number
    chair: string | null
    holder: number | null
    shared: number
    assignee: number | null
    priority: number
    changed_at: number
    filed_at: number | null
    ended_at: number | null
    due: number | null
    soon_at: number | null
    late_at: number | null
    breach_at: number | null
    check_at: number | null
    seq: number
    frame: string
    head: string
    draft: string | null
  }
  ticket_events: { ticket: number; seq: number; at: number; actor: string; fact: string }
  ticket_watchers: { ticket: number; person: number }
  ticket_claims: { service: string; claim: string; ticket: number }
  ticket_slots: { service: string; day: string; taken: number }
  attachments: {
    id: number
    ticket: number
    name: string
    type: string
    size: number
    sha256: string
    slot: string | null
    visibility: string
    at: number
    by: string
    scan: string
  }
  saved_views: { id: number; account: number; name: string; query: string }
  reply_templates: { id: number; name: string; text: string; by: string }
  documents: {
    id: number
    ticket: number
    kind: string
    title: string
    number: string | null
    state: string
    at: number
    sha256: string
    pages: number
    code: string
    signatures: string
    history: string
    reason: string | null
  }
  agenda: {
    year: number
    direction: string
    no: number
    at: number
    ticket: number | null
    ticket_number: string | null
    letter: string
    sender: string
    receiver: string
    subject: string
  }
}

export type Db = Kysely<Schema>
export type Trx = Transaction<Schema>
