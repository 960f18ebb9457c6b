// Front door: finds the command, turns signals into a stop, and ends with its exit code.
import { fileURLToPath } from 'node:url'
import type { Command, CommandIo } from './command.ts'
import { openShelf } from './shelf.ts'

const isCommand = (value: unknown): value is Command => typeof value === 'object' && value !== null && 'run' in value && 'help' in value
const opened = await openShelf(fileURLToPath(new URL('./commands/', import.meta.url)), isCommand)
if (!opened.ok) throw new Error(opened.failure.message)
const shelf = opened.value

async function load(name: string): Promise<Command> {
  const command = await shelf.take(name)
  if (!command.ok) throw new Error(command.failure.message)
  return command.value
}

async function overview(): Promise<string> {
  const commands = await Promise.all(shelf.names.map(load))
  const width = Math.max(...commands.map(command => command.name.length))
  const rows = commands.toSorted((a, b) => a.name.localeCompare(b.name)).map(command => `  ${command.name.padEnd(width)}  ${command.summary}`)
  return `suar – operations daemon of a data centre\n\nUsage: suar <command> [options]\n\n${rows.join('\n')}\n\n"suar <command> --help" says more. Settings: suar.yaml, see suar.example.yaml.\n`
}

async function main(argv: readonly string[], io: CommandIo): Promise<number> {
  const [first, second] = argv
  if (first === undefined || first === '--help' || first === 'help' || first === '-h') {
    io.stdout.write(await overview())
    return first === undefined ? 2 : 0
  }
  const two = `${first}-${second}`
  const name = shelf.names.includes(two) ? two : first
  if (!shelf.names.includes(name)) {
    io.stderr.write(`suar: there is no command "${first}". "suar --help" lists them.\n`)
    return 2
  }
  const command = await load(name)
  const rest = argv.slice(name === two ? 2 : 1)
  if (rest.includes('--help') || rest.includes('-h')) {
    io.stdout.write(command.help)
    return 0
  }
  return await command.run(rest, io)
}

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second one means: now.
    if (stop.signal.aborted) process.exit(130)
    stop.abort(signal)
  })
}
// A closed pipe (`suar … | head`) is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const code = await main(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr, env: process.env, signal: stop.signal })
process.exitCode = code
// Who was told to stop waits for nothing that may still hang: a name server that does not answer holds a thread for half a minute.
if (stop.signal.aborted) process.exit(code)
