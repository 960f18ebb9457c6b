// A list of tickets as CSV (RFC 4180): for spreadsheets, and safe in them.
import type { TicketHead } from '../../domain/ticket-view.ts'

const COLUMNS: readonly (readonly [string, (head: TicketHead, time: (at: number) => string) => string])[] = [
  ['number', head => head.number],
  ['kind', head => head.kind],
  ['service', head => head.serviceName.id],
  ['title', head => head.title],
  ['organisation', head => head.organisationName],
  ['requester', head => head.requester.name],
  ['channel', head => head.channel],
  ['status', head => head.status],
  ['step', head => head.step?.label.id ?? ''],
  ['turn', head => head.turn?.name || head.turn?.chair || ''],
  ['priority', head => head.priority],
  ['filed', (head, time) => (head.filedAt === null ? '' : time(head.filedAt))],
  ['due', (head, time) => (head.due === null ? '' : time(head.due))],
  ['ended', (head, time) => (head.endedAt === null ? '' : time(head.endedAt))],
  ['lateness', head => head.lateness],
]

/** A cell that begins like a formula is no formula: spreadsheets would run it. */
const cell = (text: string): string => {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

export function csvOf(heads: readonly TicketHead[], timezone: string): Uint8Array {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' })
  const time = (at: number) => format.format(at)
  const lines = [COLUMNS.map(([name]) => name).join(','), ...heads.map(head => COLUMNS.map(([, of]) => cell(of(head, time))).join(','))]
  // The mark at the front tells spreadsheets that it is UTF-8.
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8')
}
