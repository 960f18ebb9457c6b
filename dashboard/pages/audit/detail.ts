// Entries of the trail on the page: what one holds as one line, whether it fits what is asked for, and how new ones join the list. Pure.
import type { AuditRow } from '../../../daemon/http/contract.ts'

/** `{ address: '127.0.0.1', by: 'password' }` → `address 127.0.0.1 · by password`. */
export function oneLine(detail: unknown): string {
  if (detail === null || detail === undefined) return ''
  if (typeof detail !== 'object') return String(detail)
  return Object.entries(detail)
    .map(([key, value]) => `${key} ${typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)}`)
    .join(' · ')
}

/** As the daemon is asked; '' or null for what is not asked for. */
export interface Asked {
  readonly search: string
  readonly actor: string
  readonly action: string
  readonly from: number | null
  readonly to: number | null
}

/** Whether the daemon would have put the entry into the answer. */
function fits(row: AuditRow, { search, actor, action, from, to }: Asked): boolean {
  if (actor !== '' && row.actor !== actor) return false
  if (action !== '' && row.action !== action && !row.action.startsWith(`${action}.`)) return false
  if ((from !== null && row.at < from) || (to !== null && row.at > to)) return false
  const text = `${row.actor} ${row.action} ${row.subject} ${JSON.stringify(row.detail)}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}

/** Entries that came since the list was loaded, newest first: `seen` is the newest there was then, whether it fitted or not. */
export const freshOf = (live: readonly AuditRow[], seen: number, asked: Asked): readonly AuditRow[] =>
  live.filter(row => row.seq > seen && fits(row, asked))
