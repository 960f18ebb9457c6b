// A chart as CSV (RFC 4180), for spreadsheets: one row a time, three columns a series.

import { align } from './align.ts'
import type { Track } from './track.ts'

export interface Column {
  readonly label: string
  readonly unit: string
  readonly track: Track
}

/** A text that begins like a formula is one to a spreadsheet; a leading apostrophe keeps it a text. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Times are ISO 8601 in UTC, decimals a point: a file is for machines, whatever language the page speaks. */
export function csvOf(columns: readonly Column[]): string {
  const { at, columns: cells } = align(columns.map(column => column.track))
  const head = [
    'time',
    ...columns.flatMap(({ label, unit }) => ['mean', 'min', 'max'].map(what => `${label} ${what}${unit === '' || unit === '1' ? '' : ` (${unit})`}`)),
  ]
  const lines = [head.map(quoted).join(',')]
  for (const [row, time] of at.entries()) {
    const values = cells.map(column => column[row])
    if (values.every(value => value == null)) continue
    lines.push([new Date(time).toISOString(), ...values.map(value => (value == null ? '' : String(value)))].join(','))
  }
  return `${lines.join('\r\n')}\r\n`
}
