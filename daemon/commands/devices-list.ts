// `suar devices list`: what is watched.
import { readOptions, table } from '../cli/options.ts'
import { reach } from '../cli/reach.ts'
import type { Command } from '../command.ts'

export default {
  name: 'devices list',
  summary: 'List the devices that are watched',
  help: `Usage: suar devices list [SEARCH] [--config FILE] [--json]

Lists id, name, kind, address, state and model; with SEARCH only those that contain it.

Exit codes: 0 done, 1 failed, 2 wrong use or settings.
`,
  async run(argv, io) {
    const read = readOptions('devices list', argv, { config: { type: 'string' }, json: { type: 'boolean' } }, io, { min: 0, max: 1, what: 'SEARCH' })
    if (read === null) return 2
    const devices = await reach(read.values.config ?? null, io.env)
    if (!devices.ok) {
      io.stderr.write(`suar devices list: ${devices.failure.message}\n`)
      return devices.failure.kind === 'invalid' ? 2 : 1
    }
    try {
      const rows = await devices.value.list()
      if (!rows.ok) {
        io.stderr.write(`suar devices list: ${rows.failure.message}\n`)
        return 1
      }
      const search = (read.positionals[0] ?? '').toLowerCase()
      const found = rows.value.filter(row => Object.values(row).join(' ').toLowerCase().includes(search))
      if (read.values.json === true) io.stdout.write(`${JSON.stringify(found)}\n`)
      else if (found.length === 0) io.stdout.write('No devices. "suar devices add --help" says how to add one.\n')
      else
        io.stdout.write(
          `${table(
            ['ID', 'NAME', 'KIND', 'ADDRESS', 'STATE', 'MODEL'],
            found.map(row => [row.id, row.name, row.kind, row.address, row.status, row.model]),
          )}\n`,
        )
      return 0
    } finally {
      await devices.value.close()
    }
  },
} satisfies Command
