// A whole managed host for a test: this machine's own system under a layer in memory, in namespaces of its own, with sshd and what servers it is to have,
// on a loopback address of its own. Nothing of it touches this machine's files, and nothing is left of it when it stops, or when the test is killed.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { SERVICES, type ServiceName } from './services.ts'

export type { ServiceName }

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface TestHost {
  readonly name: string
  /** `127.102.N.1`: nobody else's while the host lives. */
  readonly address: string
  readonly ports: { readonly ssh: number; readonly http: number; readonly https: number }
  /** Where its files are seen from here. An absolute link within leads out of it: read such a file by `run(['cat', …])`. */
  readonly root: string
  /** What differs from this machine's own files: overlayfs' upper layer. */
  readonly upper: string
  /** Process number of its first process, as seen from here. */
  readonly pid: number
  /** As ssh-keygen prints it. */
  readonly hostKey: string
  /** As root on the host; without a shell. Rejects only when it could not be run. */
  run(argv: readonly string[], options?: { readonly input?: string; readonly timeout?: number }): Promise<Ran>
  /** By root's /bin/sh, the script on its standard input as an administrator gives it. Rejects unless it ends well. */
  install(script: string, ...argv: string[]): Promise<string>
  /** Starts servers that it was not started with but has. */
  start(...services: ServiceName[]): Promise<void>
  /** Another key from the next connection on; as ssh-keygen prints it. */
  changeHostKey(): Promise<string>
  /** Ends the SSH sessions that are open, without a goodbye. */
  breakConnections(): Promise<void>
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export interface HostOptions {
  /** Which servers run. */
  readonly with?: readonly ServiceName[]
  /** Which are there and started later, by `start`: databases take a second. */
  readonly later?: readonly ServiceName[]
  /** Room for everything that is written on it, as mount(8) takes it. */
  readonly size?: string
}

const HERE = import.meta.dirname
const START = 10_000

/** Whether hosts can be made here: as root, on Linux with what is needed; tests say so and skip otherwise. */
export const canHost = (): boolean =>
  process.getuid?.() === 0 && ['/usr/sbin/sshd', '/usr/bin/unshare', '/usr/bin/nsenter', '/usr/bin/setpriv', '/usr/bin/python3'].every(existsSync)

export async function startHost({ with: running = [], later = [], size = '1g' }: HostOptions = {}): Promise<TestHost> {
  const { number, claim } = await ownAddress()
  const address = `127.102.${number}.1`
  const name = `host-${number}`
  const has = new Set<ServiceName>([...running, ...later])
  const hidden = Object.entries(SERVICES).flatMap(([service, { hidden }]) => (has.has(service as ServiceName) ? [] : hidden))
  const init = readFileSync(join(HERE, 'init.py'), 'utf8')
  const unshare = ['unshare', '--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child']
  // It dies with whoever started it: its standard input ends, and the kernel tells it of its parent's death.
  const outer = spawn('setpriv', ['--pdeathsig', 'KILL', ...unshare, 'sh', join(HERE, 'prepare.sh'), name, address, size, init, ...hidden], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let pid = 0
  try {
    pid = await ready(outer)
    const host = handle(outer, claim, { name, address, pid })
    await host.install(SSH(address))
    await host.start(...running)
    return { ...host, hostKey: await keyOf(host) }
  } catch (error) {
    await end(outer, pid, claim)
    throw error
  }
}

type Made = Omit<TestHost, 'hostKey'>

function handle(outer: ChildProcess, claim: Server, { name, address, pid }: { name: string; address: string; pid: number }): Made {
  const run: TestHost['run'] = (argv, { input = '', timeout = 60_000 } = {}) =>
    new Promise((resolve, reject) => {
      const enter = ['--target', String(pid), '--mount', '--pid', '--ipc', '--uts', '--root', '--wd']
      const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LANG: 'C.UTF-8' }
      const child = execFile('/usr/bin/nsenter', [...enter, ...argv], { env, timeout, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== 'number') reject(new Error(`${argv[0]} on ${name} was not run to its end: ${error.message}`))
        else resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
      })
      // It may end without having read what it was given.
      child.stdin?.on('error', () => child.stdin?.destroy())
      child.stdin?.end(input)
    })

  const install: TestHost['install'] = async (script, ...argv) => {
    const { code, stdout, stderr } = await run(['sh', '-s', '--', ...argv], { input: script })
    if (code !== 0) throw new Error(`the script ended with ${code}: ${stderr}${stdout}`)
    return stdout
  }

  const stop = () => end(outer, pid, claim)
  return {
    name,
    address,
    ports: { ssh: 22, http: 80, https: 443 },
    root: `/proc/${pid}/root`,
    upper: `/proc/${pid}/root/run/suar-test/upper`,
    pid,
    run,
    install,
    async start(...services) {
      // What stays behind in the background must not hold our pipe.
      const script = (service: ServiceName) =>
        `exec >>/var/log/start-${service}.log 2>&1 </dev/null\nset -ex\nA=${address}\n${SERVICES[service].start}\n`
      await Promise.all(
        services.map(async service => {
          const { code } = await run(['sh', '-c', script(service)])
          if (code !== 0) throw new Error(`${service} did not start: ${(await run(['cat', `/var/log/start-${service}.log`])).stdout}`)
        }),
      )
    },
    async changeHostKey() {
      // It writes its file anew when it listens again.
      await install(`rm /etc/ssh/ssh_host_ed25519_key*
        ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key
        pid=$(cat /run/sshd.pid)
        rm /run/sshd.pid
        kill -HUP "$pid"
        until [ -s /run/sshd.pid ]; do sleep 0.02; done\n`)
      return await keyOf({ run })
    },
    async breakConnections() {
      // From the top, so that nobody is left to say goodbye.
      await run(['sh', '-c', 'for p in $(pgrep -P "$(cat /run/sshd.pid)"); do kill -STOP $p; pkill -KILL -P $p; kill -KILL $p; done'])
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

const SSH = (address: string) => `set -e
rm -f /etc/ssh/ssh_host_*
ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key
printf 'ListenAddress %s\\nHostKey /etc/ssh/ssh_host_ed25519_key\\nLogLevel VERBOSE\\n' ${address} >/etc/ssh/sshd_config.d/00-test.conf
/usr/sbin/sshd
`

const keyOf = async ({ run }: Pick<TestHost, 'run'>): Promise<string> => {
  const { stdout } = await run(['ssh-keygen', '-lf', '/etc/ssh/ssh_host_ed25519_key.pub'])
  return /SHA256:\S+/.exec(stdout)?.[0] ?? ''
}

/** The process number of the host's first process, once it says that it is there. */
function ready(outer: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let told = ''
    const timer = setTimeout(() => reject(new Error(`the host was not ready in ${START} ms: ${told}`)), START)
    outer.stderr?.on('data', (chunk: Buffer) => {
      told += chunk.toString()
    })
    outer.once('error', reject)
    outer.once('exit', code => reject(new Error(`the host ended with ${code}: ${told}`)))
    outer.stdout?.once('data', () => {
      clearTimeout(timer)
      resolve(Number(readFileSync(`/proc/${outer.pid}/task/${outer.pid}/children`, 'utf8').trim()))
    })
  })
}

/** The kernel ends everything in the host with its first process, and takes its mounts and files away with the last. */
async function end(outer: ChildProcess, pid: number, claim: Server): Promise<void> {
  if (outer.exitCode === null && outer.signalCode === null) {
    const gone = once(outer, 'exit')
    if (pid > 0) process.kill(pid, 'SIGKILL')
    else outer.kill('SIGKILL')
    await gone
  }
  claim.close()
}

/** A number nobody has now: held by listening on the address's first port for as long as this process lives. */
async function ownAddress(): Promise<{ number: number; claim: Server }> {
  const first = Math.floor(Math.random() * 254)
  for (let tried = 0; tried < 254; tried++) {
    const number = ((first + tried) % 254) + 1
    const claim = createServer()
    const taken = await new Promise<boolean>(resolve => {
      claim.once('error', () => resolve(true))
      claim.listen(1, `127.102.${number}.1`, () => resolve(false))
    })
    if (taken) continue
    claim.unref()
    return { number, claim }
  }
  throw new Error('every address of 127.102.0.0/16 for tests is taken')
}
