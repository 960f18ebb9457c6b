// What the commands about accounts share: options in, one errand, its answer or its failure in one sentence.
import type { ParseArgsOptionsConfig } from 'node:util'
import type { Command, CommandIo } from '../command.ts'
import type { Outcome } from '../domain/outcome.ts'
import { type AccountReach, reachAccounts } from './accounts.ts'
import { readOptions } from './options.ts'

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

interface Errand<T> {
  readonly name: string
  readonly summary: string
  readonly help: string
  readonly options?: ParseArgsOptionsConfig
  readonly positionals: { readonly min: number; readonly max: number; readonly what: string }
  run(reach: AccountReach, positionals: readonly string[], values: Values, io: CommandIo): Promise<Outcome<T>>
  say(value: T, positionals: readonly string[]): string
}

export const accountCommand = <T>({ name, summary, help, options = {}, positionals, run, say }: Errand<T>): Command => ({
  name,
  summary,
  help,
  async run(argv, io) {
    const read = readOptions(name, argv, { config: { type: 'string' }, json: { type: 'boolean' }, ...options }, io, positionals)
    if (read === null) return 2
    const values = read.values as Values
    const reach = await reachAccounts(typeof values['config'] === 'string' ? values['config'] : null, io.env)
    if (!reach.ok) {
      io.stderr.write(`suar ${name}: ${reach.failure.message}\n`)
      return reach.failure.kind === 'invalid' ? 2 : 1
    }
    try {
      const answer = await run(reach.value, read.positionals, values, io)
      if (!answer.ok) {
        io.stderr.write(`suar ${name}: ${answer.failure.message}\n`)
        return answer.failure.kind === 'invalid' ? 2 : 1
      }
      io.stdout.write(values['json'] === true ? `${JSON.stringify(answer.value)}\n` : `${say(answer.value, read.positionals)}\n`)
      return 0
    } finally {
      await reach.value.close()
    }
  },
})

export const COMMON_HELP = `  --config FILE, --json

Speaks to the running daemon, or to its records when none runs.
Exit codes: 0 done, 1 failed, 2 wrong use or settings.
`
