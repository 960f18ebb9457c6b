// The whole daemon as a child process on free ports and a data folder of its own, started by the same front door that users use.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const bin = resolve(import.meta.dirname, '../../bin/suar.js')

export interface Daemon {
  readonly url: string
  readonly data: string
  readonly pid: number
  /** What it has logged so far, JSON lines. */
  log(): string
  /** SIGTERM; gives the exit code. */
  stop(): Promise<number | null>
  /** SIGKILL: as if the power had gone. */
  kill(): Promise<void>
}

/** A data folder that goes with the test. */
export const dataFolder = (): { readonly path: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), 'suar-data-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** As the commands on this machine are let in: with the key in the data folder. */
export const controlKey = ({ data }: Pick<Daemon, 'data'>): string => readFileSync(join(data, 'control.key'), 'utf8').trim()

let demonstrations = 0

/** Loopback addresses and a port that no other demonstration on this machine uses: by process, then one after the other. */
export const freshDemonstration = (): NodeJS.ProcessEnv => ({
  SUAR_DEMONSTRATION_ENABLED: 'true',
  SUAR_DEMONSTRATION_ADDRESS: `127.${64 + (process.pid % 128)}.${demonstrations++ * 32}.0`,
  SUAR_DEMONSTRATION_PORT: String(10_000 + (process.pid % 20_000)),
})

/** Without SUAR_* of the caller's own, so that a developer's settings do not reach into tests. */
const cleanEnv = (): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SUAR_')))

/** What is started when it is not this checkout: a Node and a front door. */
interface Installed {
  readonly node: string
  readonly bin: string
}

interface Starting {
  readonly data: string
  readonly env?: NodeJS.ProcessEnv
  readonly config?: string
  readonly cwd?: string
  readonly installed?: Installed
}

export async function startDaemon(options: Starting): Promise<Daemon> {
  const start = options.installed ?? { node: process.execPath, bin }
  const args = [start.bin, 'start', ...(options.config === undefined ? [] : ['--config', options.config])]
  const child = spawn(start.node, args, {
    cwd: options.cwd ?? options.data,
    env: { ...cleanEnv(), SUAR_DATA: options.data, SUAR_HTTP_PORT: '0', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const url = await address(child, () => said.join(''))
  return {
    url,
    data: options.data,
    pid: child.pid ?? 0,
    log: () => said.join(''),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      return child.exitCode
    },
    async kill() {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** Resolves with the address that it prints when it listens; rejects with what it said when it ends before. */
function address(child: ChildProcess, said: () => string): Promise<string> {
  return new Promise((done, fail) => {
    let printed = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const url = /http:\/\/\S+/.exec(printed)?.[0]
      if (url !== undefined) done(url)
    })
    child.once('exit', code => fail(new Error(`the daemon ended with ${code}: ${printed}${said()}`)))
    child.once('error', fail)
  })
}

/** Asks again and again until the answer is right; the deadline names what was awaited and the last answer. */
export async function until<T>(what: string, ask: () => Promise<T>, right: (answer: T) => boolean, ms = 30_000): Promise<T> {
  const deadline = Date.now() + ms
  for (;;) {
    const answer = await ask()
    if (right(answer)) return answer
    if (Date.now() > deadline)
      throw new Error(`${what} did not come within ${ms / 1000} s; the last answer was ${JSON.stringify(answer).slice(0, 2500)}`)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}
