// `suar audit verify`: whether the audit trail is whole.
import { readOptions } from '../cli/options.ts'
import { reachTrail } from '../cli/trail.ts'
import type { Command } from '../command.ts'

export default {
  name: 'audit verify',
  summary: 'Prove that the audit trail is whole and unchanged',
  help: `Usage: suar audit verify [--config FILE] [--json]

Walks the chain of hashes from its first entry (or from where it was pruned) to the newest, and compares it with the
anchors that were written once a day beside the records and into the log.

Exit codes: 0 whole, 1 not whole (the first entry that does not fit is named) or failed, 2 wrong use or settings.
`,
  async run(argv, io) {
    const read = readOptions('audit verify', argv, { config: { type: 'string' }, json: { type: 'boolean' } }, io, { min: 0, max: 0, what: '' })
    if (read === null) return 2
    const trail = await reachTrail(read.values.config ?? null, io.env)
    if (!trail.ok) {
      io.stderr.write(`suar audit verify: ${trail.failure.message}\n`)
      return trail.failure.kind === 'invalid' ? 2 : 1
    }
    try {
      const verified = await trail.value.verify()
      if (read.values.json === true)
        io.stdout.write(`${JSON.stringify(verified.ok ? { ok: true, ...verified.value } : { ok: false, reason: verified.failure.message })}\n`)
      else if (verified.ok) {
        const { entries, first, head } = verified.value
        io.stdout.write(`The audit trail is whole: ${entries} entries from number ${first}, newest hash ${head}.\n`)
      }
      if (!verified.ok) io.stderr.write(`suar audit verify: ${verified.failure.message}\n`)
      return verified.ok ? 0 : 1
    } finally {
      await trail.value.close()
    }
  },
} satisfies Command
