// `suar devices remove`: stop watching a device. Its history and its numbers stay.
import { readOptions } from '../cli/options.ts'
import { reach } from '../cli/reach.ts'
import type { Command } from '../command.ts'

export default {
  name: 'devices remove',
  summary: 'Stop watching a device; its history stays',
  help: `Usage: suar devices remove ID [--config FILE] [--json]

Stops polling the device. What was read of it stays; added again under the same id it goes on.
A device that the site's file names is removed there.

Exit codes: 0 done, 1 failed, 2 wrong use or settings.
`,
  async run(argv, io) {
    const read = readOptions('devices remove', argv, { config: { type: 'string' }, json: { type: 'boolean' } }, io, { min: 1, max: 1, what: 'ID' })
    if (read === null) return 2
    const devices = await reach(read.values.config ?? null, io.env)
    if (!devices.ok) {
      io.stderr.write(`suar devices remove: ${devices.failure.message}\n`)
      return devices.failure.kind === 'invalid' ? 2 : 1
    }
    try {
      const id = read.positionals[0] ?? ''
      const removed = await devices.value.remove(id)
      if (read.values.json === true) io.stdout.write(`${JSON.stringify(removed.ok ? { ok: true, id } : removed)}\n`)
      if (!removed.ok) io.stderr.write(`suar devices remove: ${removed.failure.message}\n`)
      else if (read.values.json !== true) io.stdout.write(`${id} is no longer watched.\n`)
      return removed.ok ? 0 : 1
    } finally {
      await devices.value.close()
    }
  },
} satisfies Command
