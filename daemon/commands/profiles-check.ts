// `suar profiles check`: are the device profiles in order; ours, and a site's own laid over them.
import { existsSync } from 'node:fs'
import { OWN_PROFILES, readProfiles } from '../../collectors/profile/shelf.ts'
import { readOptions } from '../cli/options.ts'
import type { Command } from '../command.ts'
import { sayMistake } from '../domain/document.ts'

export default {
  name: 'profiles check',
  summary: "Check the device profiles: Suar's own and the folders named",
  help: `Usage: suar profiles check [DIR…] [--json]

Reads Suar's own profiles with the folders DIR laid over them, the last one on top, and prints
every mistake as
  file:line: key: reason. Remedy.

Exit codes: 0 in order, 1 mistakes found, 2 wrong use.
`,
  async run(argv, io) {
    const read = readOptions('profiles check', argv, { json: { type: 'boolean' } } as const, io, { min: 0, max: 50, what: 'DIR' })
    if (read === null) return 2
    const missing = read.positionals.find(folder => !existsSync(folder))
    if (missing !== undefined) {
      io.stderr.write(`suar profiles check: there is no folder ${missing}. See "suar profiles check --help".\n`)
      return 2
    }
    const shelf = await readProfiles([OWN_PROFILES, ...read.positionals])
    const ok = shelf.mistakes.length === 0
    if (read.values.json === true)
      io.stdout.write(`${JSON.stringify({ ok, files: shelf.files, profiles: shelf.profiles.map(one => one.name), mistakes: shelf.mistakes })}\n`)
    else {
      for (const mistake of shelf.mistakes) io.stdout.write(`${sayMistake(mistake)}\n`)
      if (ok) io.stdout.write(`${shelf.files} profiles, all in order.\n`)
    }
    return ok ? 0 : 1
  },
} satisfies Command
