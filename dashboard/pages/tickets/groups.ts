// How the inbox is grouped: what is past its limit, what presses, what is due today, the rest. And what a step key is about. Pure.
import type { TicketHead } from '../../../daemon/domain/ticket-view.ts'

export type RowGroup = 'breached' | 'soon' | 'today' | 'later' | 'waiting' | 'ended'

/** `tomorrow`: when the site's present day is over. */
export function groupOf(head: Pick<TicketHead, 'endedAt' | 'status' | 'stepDue' | 'due' | 'lateness'>, now: number, tomorrow: number): RowGroup {
  if (head.endedAt !== null) return 'ended'
  if (head.status === 'paused' || head.status === 'returned' || head.status === 'draft') return 'waiting'
  const due = head.stepDue ?? head.due
  if (head.lateness === 'breached' || head.lateness === 'late' || (due !== null && due < now)) return 'breached'
  if (head.lateness === 'soon') return 'soon'
  return due !== null && due < tomorrow ? 'today' : 'later'
}

const ORDER: readonly RowGroup[] = ['breached', 'soon', 'today', 'later', 'waiting', 'ended']

export interface Grouped<Row> {
  readonly row: Row
  readonly group: RowGroup
}

/** By group, then by what runs out first. Goes by how things stood at `at`: a list that is being read does not shift under the reader. */
export function grouped<Row extends { readonly asked: TicketHead }>(rows: readonly Row[], at: number, tomorrow: number): readonly Grouped<Row>[] {
  const dueOf = ({ asked }: Row): number => asked.stepDue ?? asked.due ?? Number.POSITIVE_INFINITY
  return rows
    .map(row => ({ row, group: groupOf(row.asked, at, tomorrow) }))
    .sort((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group) || dueOf(a.row) - dueOf(b.row))
}

const KINDS = ['submit', 'verify', 'dispose', 'order', 'work', 'report', 'minutes', 'archive'] as const
export type StepWord = (typeof KINDS)[number]

/** `dispose-kadis` → `dispose`; null of a step the site named otherwise. */
export const kindOfStep = (key: string): StepWord | null => KINDS.find(kind => key === kind || key.startsWith(`${kind}-`)) ?? null
