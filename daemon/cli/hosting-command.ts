// What the commands about hosting share: options in, the running daemon asked, its answer or its refusal in one sentence.
import type { ParseArgsOptionsConfig } from 'node:util'
import type { Command, CommandIo } from '../command.ts'
import { readConfig } from '../config.ts'
import { sayMistake } from '../domain/document.ts'
import { done, type Failure, failed, type Outcome } from '../domain/outcome.ts'
import { type Asking, askDaemon } from './ask.ts'
import { readOptions } from './options.ts'

export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

/** What a command found, and whether that is as it should be. */
export interface Told {
  /** For --json. */
  readonly value: unknown
  readonly text: string
  /** False: exit code 1. */
  readonly ok?: boolean
}

interface Errand {
  readonly name: string
  readonly summary: string
  readonly help: string
  readonly options?: ParseArgsOptionsConfig
  readonly positionals: { readonly min: number; readonly max: number; readonly what: string }
  run(asking: Asking, positionals: readonly string[], values: Values, io: CommandIo): Promise<Outcome<Told>>
}

/** A host is connected to, compared, or planned for meanwhile, ms. */
const LIMIT = 150_000

const exitOf = ({ kind }: Failure): number => (kind === 'invalid' ? 2 : kind === 'unreachable' ? 3 : 1)

export const hostingCommand = ({ name, summary, help, options = {}, positionals, run }: Errand): Command => ({
  name,
  summary,
  help,
  async run(argv, io) {
    const read = readOptions(name, argv, { config: { type: 'string' }, json: { type: 'boolean' }, ...options }, io, positionals)
    if (read === null) return 2
    const values = read.values as Values
    const refuse = (failure: Failure): number => {
      io.stderr.write(`suar ${name}: ${failure.message}\n`)
      return exitOf(failure)
    }
    const configured = readConfig(typeof values['config'] === 'string' ? values['config'] : (io.env['SUAR_CONFIG'] ?? null), io.env)
    if (!configured.ok) return refuse(failed('invalid', configured.mistakes.map(sayMistake).join('\n')).failure)
    const told = await run(askDaemon(configured.config, io.env, LIMIT), read.positionals, values, io)
    if (!told.ok) return refuse(told.failure)
    io.stdout.write(values['json'] === true ? `${JSON.stringify(told.value.value)}\n` : `${told.value.text}\n`)
    return told.value.ok === false ? 1 : 0
  },
})

export const textIn = (values: Values, name: string): string | null => {
  const value = values[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** `--reason`, which stands in the trail. */
export function reasonIn(values: Values): Outcome<string> {
  const reason = textIn(values, 'reason')
  return reason === null ? failed('invalid', '--reason is missing: say why, in a few words.') : done(reason)
}

export const COMMON_HELP = `  --config FILE, --json

Speaks to the running daemon: with the key of its data folder, or with an API token in SUAR_TOKEN (then in the name of
whose token it is).
`
