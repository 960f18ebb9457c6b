// `suar start`: runs the daemon until it is told to stop.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readOptions } from '../cli/options.ts'
import type { Command } from '../command.ts'
import { readConfig } from '../config.ts'
import { sayMistake } from '../domain/document.ts'
import { openHouse } from '../house.ts'
import { openLog } from '../log.ts'

const compiled = import.meta.url.endsWith('.js')
const dashboard = fileURLToPath(new URL(compiled ? '../../dashboard/' : '../../dist/dashboard/', import.meta.url))
const manifest = new URL(compiled ? '../../../package.json' : '../../package.json', import.meta.url)

export default {
  name: 'start',
  summary: 'Run the daemon; without settings, the demonstration',
  help: `Usage: suar start [--config FILE]

Runs until SIGTERM or Ctrl-C. Settings come from suar.yaml in this folder or from --config
(SUAR_CONFIG); without any the demonstration data centre runs on http://127.0.0.1:8080 with its
data under ./data. The log goes to standard error as JSON lines.

Exit codes: 0 stopped as told, 1 cannot run (data folder taken, port taken, disk full …), 2 wrong
use or settings, 78 Node too old.
`,
  async run(argv, io) {
    const read = readOptions('start', argv, { config: { type: 'string' } }, io, { min: 0, max: 0, what: '' })
    if (read === null) return 2
    const configured = readConfig(read.values.config ?? io.env['SUAR_CONFIG'] ?? null, io.env)
    if (!configured.ok) {
      for (const mistake of configured.mistakes) io.stderr.write(`${sayMistake(mistake)}\n`)
      return 2
    }
    const { config } = configured
    const log = openLog(config.log.level)
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
    const opened = await openHouse({ config, env: io.env, clock: Date.now, log, version, dashboard })
    if (!opened.ok) {
      io.stderr.write(`suar: ${opened.failure.message}\n`)
      return opened.failure.kind === 'invalid' ? 2 : 1
    }
    const house = opened.value
    io.stdout.write(`Suar ${version} is at ${house.url}\n`)
    if (house.setup !== null) io.stdout.write(`There is no account yet. This link makes the first, once, within a day:\n${house.setup}\n`)
    if (config.demonstration.enabled)
      io.stdout.write('This is the demonstration. Ctrl-C ends it; "suar check" and suar.example.yaml lead to a site of your own.\n')
    try {
      if (!io.signal.aborted) await new Promise<void>(stop => io.signal.addEventListener('abort', () => stop(), { once: true }))
      log.info({ signal: String(io.signal.reason) }, 'stopping')
    } finally {
      await house.close()
    }
    return 0
  },
} satisfies Command
