// Tables of hosting and domains. What they mean is said in the migration that makes them.
import type { Generated } from 'kysely'

export interface HostingSchema {
  hosts: { id: string; keys: string; revision: number; document: string }
  websites: {
    name: string
    organisation: number
    host: string
    state: string
    made_at: number
    removed_at: number | null
    grace_until: number | null
    used: number | null
    database_used: number | null
    measured_at: number | null
    revision: number
    document: string
  }
  changes: {
    id: number
    number: string
    state: string
    website: string | null
    ticket: string | null
    at: number
    revision: number
    touched: number
    done: number
    document: string
  }
  change_journal: { change: number; seq: number; at: number; document: string }
  change_websites: { change: string; website: string; before: string | null; after: string | null }
  change_places: { place: string; change: string }
  change_failures: { place: string; failures: number }
  holdings: {
    place: string
    resource: string
    name: string
    website: string | null
    organisation: number | null
    change: string
    document: string
  }
  drifts: { place: string; at: number; document: string }
  book_things: { resource: string; name: string; document: string }
  zones: { name: string; secret: string; revision: number; document: string }
  zone_history: {
    id: Generated<number>
    zone: string
    name: string
    before: string | null
    after: string | null
    at: number
    by: string
    change: string | null
  }
  certificates: { id: Generated<number>; website: string; fingerprint: string; state: string; key: string; at: number; document: string }
  certificate_notes: { name: string; sealed: string }
  domain_terms: { ticket: string; organisation: number; until: string; told: number | null; names: string }
  credentials: { name: string; sealed: string }
  handovers: {
    id: Generated<number>
    hash: string
    website: string
    person: number
    until: number
    opened_at: number | null
    document: string
  }
}
