// `suar catalogue check`: is the service catalogue in order; ours, and a site's own laid over it.
import { existsSync } from 'node:fs'
import { readOptions } from '../cli/options.ts'
import type { Command } from '../command.ts'
import { readCatalogue } from '../desk/catalogue-read.ts'
import { sayMistake } from '../domain/document.ts'

export default {
  name: 'catalogue check',
  summary: "Check the service catalogue: Suar's own and the folders named",
  help: `Usage: suar catalogue check [DIR…] [--json]

Reads Suar's own catalogue with the folders DIR laid over it, the last one on top, and prints
every mistake as
  file:line: key: reason. Remedy.
A folder holds a file for each service, files with shared parts whose names begin with "_", and
agency.yaml with the agency's own words.

Exit codes: 0 in order, 1 mistakes found, 2 wrong use.
`,
  async run(argv, io) {
    const read = readOptions('catalogue check', argv, { json: { type: 'boolean' } } as const, io, { min: 0, max: 50, what: 'DIR' })
    if (read === null) return 2
    const missing = read.positionals.find(folder => !existsSync(folder))
    if (missing !== undefined) {
      io.stderr.write(`suar catalogue check: there is no folder ${missing}. See "suar catalogue check --help".\n`)
      return 2
    }
    const { services, mistakes, files } = await readCatalogue(read.positionals)
    const ok = mistakes.length === 0
    if (read.values.json === true) io.stdout.write(`${JSON.stringify({ ok, files, services: services.map(({ key }) => key), mistakes })}\n`)
    else {
      for (const mistake of mistakes) io.stdout.write(`${sayMistake(mistake)}\n`)
      if (ok) io.stdout.write(`${services.length} services, all in order.\n`)
    }
    return ok ? 0 : 1
  },
} satisfies Command
