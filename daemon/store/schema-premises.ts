// Tables of the premises: the place as people change it, visits, badges, doors. What they mean is said in the migrations that make them.

import type { Generated } from 'kysely'

export interface PremisesSchema {
  place_entries: { kind: string; id: string; document: string | null; revision: number; at: number; by: string }
  makes: { id: string; document: string }
  visits: {
    id: number
    number: string
    kind: string
    state: string
    organisation: number | null
    ticket: number | null
    site: string
    from_at: number
    until_at: number
    ended_at: number | null
    anonymised_at: number | null
    owed_by: number | null
    revision: number
    document: string
  }
  visit_events: { visit: number; seq: number; at: number; by: string; kind: string; detail: string }
  visit_codes: { hash: string; visit: number; visitor: number }
  visit_passes: {
    id: number
    visit: number
    visitor: number
    in_at: number
    in_by: string
    out_at: number | null
    out_by: string | null
    badge: string | null
  }
  visit_acts: { client: string; at: number; answer: string }
  visit_identities: { ticket: number; name: string; last: string; hash: string; at: number }
  badges: {
    id: number
    card: string
    kind: string
    state: string
    used_at: number | null
    reviewed_at: number | null
    revision: number
    document: string
  }
  visit_blocks: { id: number; at: number; gone_at: number | null; document: string }
  visit_freezes: { id: number; at: number; gone_at: number | null; document: string }
  badge_reviews: { id: number; at: number; gone_at: number | null; document: string }
  happenings: { id: Generated<number>; at: number; kind: string; device: string }
  door_events: {
    identity: string
    controller: string
    reader: string
    kind: string
    card: string | null
    leaving: number
    told_at: number
    received_at: number
    at: number
    via: string
  }
  door_openings: {
    id: number
    door_key: string
    door: string | null
    name: string
    opened_at: number
    closed_at: number | null
    card: string | null
    forced: number
    held_since: number | null
    tailgating: number
    bare: number
    kind: string
    explanation: string
    via: string
    skew: number | null
  }
  reservations: { id: number; ticket: string; rack: string; state: string; expires_at: number; revision: number; document: string }
  reserved_units: { rack: string; u: number; face: string; reservation: number }
  capacity_days: { site: string; day: number; used: number; total: number }
  neighbours: { device: number; document: string }
  care_assets: { id: Generated<number>; gone_at: number | null; document: string }
  care_plans: { id: Generated<number>; gone_at: number | null; document: string }
  care_orders: {
    id: Generated<number>
    plan: number | null
    turn: number | null
    state: string
    due_at: number
    from_at: number | null
    until_at: number | null
    revision: number
    document: string
  }
  care_meters: { id: string; document: string }
  care_files: { id: Generated<number>; work: number; sha256: string; document: string }
  place_notes: { id: Generated<number>; at: number; document: string }
  rooms_found: { visit: number; passed_at: number | null; document: string }
  stays: { id: number; ticket: string; organisation: number; state: string; until_at: number | null; revision: number; document: string }
}
