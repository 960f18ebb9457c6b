// Debian's dovecot on a free loopback port, TLS by STARTTLS: a mailbox no test of ours has written.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'

const DOVECOT = '/usr/sbin/dovecot'
export const PASSWORD = 'kotak+surat/rahasia='

/** Dovecot drops to another user for its sessions, so only root can start it. */
export const hasDovecot = (): boolean => existsSync(DOVECOT) && process.getuid?.() === 0

export interface Dovecot {
  readonly host: 'localhost'
  readonly port: number
  readonly caFile: string
  /** A client that is logged in, for what the test does itself. */
  client(user: string): Promise<ImapFlow>
  /** Puts a letter into the user's INBOX. */
  put(user: string, letter: string | Buffer, flags?: readonly string[]): Promise<number>
  /** Flags by UID of a folder; null: no such folder. */
  flags(user: string, folder?: string): Promise<ReadonlyMap<number, ReadonlySet<string>> | null>
  /** Forgets how the letters were numbered: UIDVALIDITY and all UIDs are new. */
  renumber(user: string): void
  stop(): Promise<void>
  start(): Promise<void>
  log(): string
  close(): Promise<void>
}

export async function startDovecot(): Promise<Dovecot> {
  const folder = mkdtempSync(join(tmpdir(), 'suar-dovecot-'))
  chmodSync(folder, 0o755)
  const mail = join(folder, 'mail')
  for (const part of ['run', 'state']) mkdirSync(join(folder, part))
  mkdirSync(mail, { mode: 0o755 })
  execFileSync('chown', ['mail:mail', mail])
  const cert = join(folder, 'cert.pem')
  const key = join(folder, 'key.pem')
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-keyout',
      key,
      '-out',
      cert,
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost',
    ],
    { stdio: 'ignore' },
  )
  const port = await freePort()
  const config = join(folder, 'dovecot.conf')
  writeFileSync(
    config,
    `protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
ssl = required
ssl_cert = <${cert}
ssl_key = <${key}
disable_plaintext_auth = yes
first_valid_uid = 1
mail_location = maildir:${mail}/%n
mailbox_list_index = no
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=mail gid=mail home=${mail}/%n
}
`,
  )
  let child: ChildProcess | null = null

  async function start(): Promise<void> {
    child = spawn(DOVECOT, ['-F', '-c', config], { stdio: 'ignore' })
    for (const deadline = Date.now() + 15_000; !(await answers(port)); await pause(50))
      if (Date.now() > deadline) throw new Error(`dovecot does not answer: ${readFileSync(join(folder, 'log'), 'utf8')}`)
  }
  async function stop(): Promise<void> {
    const ending = child
    child = null
    if (ending === null || ending.exitCode !== null) return
    const ended = new Promise(resolve => ending.once('exit', resolve))
    ending.kill('SIGTERM')
    await ended
    for (const deadline = Date.now() + 15_000; (await answers(port)) && Date.now() < deadline; ) await pause(50)
  }
  const ca = readFileSync(cert)
  async function client(user: string): Promise<ImapFlow> {
    const made = new ImapFlow({
      host: 'localhost',
      port,
      secure: false,
      doSTARTTLS: true,
      auth: { user, pass: PASSWORD },
      tls: { ca, servername: 'localhost' },
      logger: false,
      disableAutoIdle: true,
    })
    made.on('error', () => undefined)
    await made.connect()
    return made
  }
  async function as<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const open = await client(user)
    try {
      return await work(open)
    } finally {
      await open.logout()
    }
  }

  await start()
  return {
    host: 'localhost',
    port,
    caFile: cert,
    client,
    put: (user, letter, flags = []) =>
      as(user, async open => {
        const put = await open.append('INBOX', letter, [...flags])
        return put === false ? 0 : (put.uid ?? 0)
      }),
    flags: (user, of = 'INBOX') =>
      as(user, async open => {
        if (!(await open.list()).some(({ path }) => path === of)) return null
        await open.mailboxOpen(of)
        if (open.mailbox === false || open.mailbox.exists === 0) return new Map()
        return new Map((await open.fetchAll('1:*', { flags: true })).map(({ uid, flags }) => [uid, flags ?? new Set<string>()]))
      }),
    renumber(user) {
      for (const file of ['dovecot-uidlist', 'dovecot-uidvalidity', 'dovecot.index', 'dovecot.index.log', 'dovecot.index.cache'])
        rmSync(join(mail, user, file), { force: true })
    },
    stop,
    start,
    log: () => readFileSync(join(folder, 'log'), 'utf8'),
    async close() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(listening => void server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  await new Promise(closed => server.close(closed))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
