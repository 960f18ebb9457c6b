// Debian's PowerDNS on loopback with a database of its own, and its API.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { freeDnsPort } from './named.ts'

const SCHEMA = '/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql'
const HERE = '127.0.0.1'

/** Whether it is on this machine; tests say so and skip when it is not. */
export const hasPdns = (): boolean => existsSync('/usr/sbin/pdns_server') && existsSync(SCHEMA)

export interface Pdns {
  /** `127.0.0.1:41234` */
  readonly server: string
  readonly url: string
  readonly apiKey: string
  /** By the API, as another tool would. */
  api(method: string, path: string, body?: object): Promise<Response>
  close(): Promise<void>
}

export async function startPdns(): Promise<Pdns> {
  const folder = await mkdtemp(join(tmpdir(), 'suar-pdns-'))
  const [port, web, apiKey] = [await freeDnsPort(), await freeDnsPort(), 'api-key-of-a-test']
  const file = join(folder, 'pdns.db')
  const database = new Database(file)
  database.exec(readFileSync(SCHEMA, 'utf8'))
  database.close()
  const settings = [
    'launch=gsqlite3',
    `gsqlite3-database=${file}`,
    `local-address=${HERE}`,
    `local-port=${port}`,
    `socket-dir=${folder}`,
    'api=yes',
    `api-key=${apiKey}`,
    'webserver=yes',
    `webserver-address=${HERE}`,
    `webserver-port=${web}`,
    'setuid=',
    'setgid=',
    'daemon=no',
    'guardian=no',
  ]
  await writeFile(join(folder, 'pdns.conf'), `${settings.join('\n')}\n`)
  let log = ''
  const child: ChildProcess = spawn('/usr/sbin/pdns_server', [`--config-dir=${folder}`], { stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      log += chunk.toString()
    })
  const url = `http://${HERE}:${web}`
  const api: Pdns['api'] = (method, path, body) =>
    fetch(`${url}/api/v1/servers/localhost${path}`, {
      method,
      headers: { 'X-API-Key': apiKey, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    }
    await rm(folder, { recursive: true, force: true })
  }
  for (const until = Date.now() + 15_000; ; ) {
    const up = await api('GET', '').then(
      ({ ok }) => ok,
      () => false,
    )
    if (up) return { server: `${HERE}:${port}`, url, apiKey, api, close }
    if (Date.now() > until || child.exitCode !== null) {
      await close()
      throw new Error(`pdns_server does not answer:\n${log}`)
    }
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
