// Debian's sshd on a free loopback port, for tests: a throwaway user with key and password when we are root, ourselves with a key when not.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

const SSHD = '/usr/sbin/sshd'
const HOST = '127.0.0.1'

/** Whether sshd is on this machine; tests say so and skip when it is not. */
export const hasSshd = (): boolean => existsSync(SSHD)

export interface Sshd {
  readonly host: string
  readonly port: number
  readonly user: string
  /** null when we are not root: only root can check a password. */
  readonly password: string | null
  readonly keyFile: string
  /** As `ssh-keygen -lf` prints it. */
  hostKey(): string
  /** Makes another host key and restarts. */
  changeHostKey(): Promise<void>
  /** What the key may do from the next login on, in the words of authorized_keys; '' for everything. */
  restrict(options: string): Promise<void>
  /** Ends the sessions that are open, not the server. */
  breakConnections(): void
  stop(): Promise<void>
  start(): Promise<void>
  /** Lines of its log that match. */
  logged(pattern: RegExp): number
  close(): Promise<void>
}

export async function startSshd(): Promise<Sshd> {
  const folder = await mkdtemp(join(tmpdir(), 'sshd-'))
  await chmod(folder, 0o755)
  const root = process.getuid?.() === 0
  const user = root ? `suart${randomBytes(3).toString('hex')}` : userInfo().username
  const password = root ? randomBytes(12).toString('hex') : null
  if (root) {
    await mkdir('/run/sshd', { recursive: true })
    execFileSync('useradd', ['-M', '-d', folder, '-s', '/bin/sh', user])
    execFileSync('chpasswd', { input: `${user}:${password}\n` })
  }
  const keyFile = join(folder, 'client')
  const keygen = (file: string) => execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
  const hostKeyFile = join(folder, 'hostkey')
  keygen(keyFile)
  keygen(hostKeyFile)
  const publicKey = await readFile(`${keyFile}.pub`, 'utf8')
  const authorized = join(folder, 'authorized')
  await writeFile(authorized, publicKey)

  const port = await freePort()
  const config = join(folder, 'sshd_config')
  await writeFile(
    config,
    [
      `Port ${port}`,
      `ListenAddress ${HOST}`,
      `HostKey ${hostKeyFile}`,
      'PidFile none',
      `AuthorizedKeysFile ${authorized}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication yes',
      'KbdInteractiveAuthentication no',
      'LogLevel VERBOSE',
      '',
    ].join('\n'),
  )

  let daemon: ChildProcess | null = null
  let log = ''

  const start = async () => {
    const child = spawn(SSHD, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] })
    daemon = child
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString()
    })
    const deadline = Date.now() + 10_000
    while (!(await answers(port))) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`sshd did not start: ${log}`)
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }
  const stop = async () => {
    const child = daemon
    daemon = null
    if (child === null || child.exitCode !== null) return
    breakConnections(child)
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }

  await start()
  return {
    host: HOST,
    port,
    user,
    password,
    keyFile,
    hostKey: () => /SHA256:\S+/.exec(execFileSync('ssh-keygen', ['-lf', `${hostKeyFile}.pub`], { encoding: 'utf8' }))?.[0] ?? '',
    async changeHostKey() {
      await stop()
      await rm(hostKeyFile)
      await rm(`${hostKeyFile}.pub`)
      keygen(hostKeyFile)
      await start()
    },
    restrict: options => writeFile(authorized, options === '' ? publicKey : `${options} ${publicKey}`),
    breakConnections: () => {
      if (daemon !== null) breakConnections(daemon)
    },
    stop,
    start,
    logged: pattern => log.split('\n').filter(line => pattern.test(line)).length,
    async close() {
      await stop()
      // A session's last process may outlive its connection by a moment; the user can go only after it.
      if (root) execFileSync('userdel', ['--force', user], { stdio: 'ignore' })
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The processes sshd started for its sessions and everything below them, from the top: so nobody is left to say a proper goodbye. */
function breakConnections({ pid }: ChildProcess): void {
  const below = (of: number): number[] => {
    try {
      const children = readFileSync(`/proc/${of}/task/${of}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
      return children.flatMap(child => [child, ...below(child)])
    } catch {
      return [] // ended meanwhile
    }
  }
  for (const each of pid === undefined ? [] : below(pid)) {
    try {
      process.kill(each, 'SIGKILL')
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
}

/** A port nobody has now. sshd takes no port 0. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, HOST)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
