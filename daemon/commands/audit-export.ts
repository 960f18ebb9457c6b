// `suar audit export`: the audit trail on standard output.
import { readOptions } from '../cli/options.ts'
import { reachTrail } from '../cli/trail.ts'
import type { Command } from '../command.ts'

const OPTIONS = { config: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, json: { type: 'boolean' } } as const

export default {
  name: 'audit export',
  summary: 'Write the audit trail to standard output',
  help: `Usage: suar audit export [--from DATE] [--to DATE] [--config FILE]

  --from DATE, --to DATE   2026-01-31 or 2026-01-31T07:00:00Z; the whole of the day for --to
  --json                   the same: the trail is always JSON Lines

Each line is an entry with its hash and the hash of the one before; the last line says how many there are and the
newest hash. The export itself is in the trail.
Exit codes: 0 done, 1 failed, 2 wrong use or settings.
`,
  async run(argv, io) {
    const read = readOptions('audit export', argv, OPTIONS, io, { min: 0, max: 0, what: '' })
    if (read === null) return 2
    const from = instantOf(read.values.from, false)
    const to = instantOf(read.values.to, true)
    if (from === null || to === null) {
      io.stderr.write('suar audit export: a date is written 2026-01-31 or 2026-01-31T07:00:00Z.\n')
      return 2
    }
    const trail = await reachTrail(read.values.config ?? null, io.env)
    if (!trail.ok) {
      io.stderr.write(`suar audit export: ${trail.failure.message}\n`)
      return trail.failure.kind === 'invalid' ? 2 : 1
    }
    try {
      const exported = await trail.value.export({ from, to }, line => void io.stdout.write(line))
      if (!exported.ok) io.stderr.write(`suar audit export: ${exported.failure.message}\n`)
      return exported.ok ? 0 : 1
    } finally {
      await trail.value.close()
    }
  },
} satisfies Command

/** Undefined when not given, null when it is no date. */
function instantOf(text: string | undefined, end: boolean): number | undefined | null {
  if (text === undefined) return undefined
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const at = day || /^\d{4}-\d{2}-\d{2}T/.test(text) ? new Date(text).getTime() : Number.NaN
  return Number.isNaN(at) ? null : day && end ? at + 86_400_000 - 1 : at
}
