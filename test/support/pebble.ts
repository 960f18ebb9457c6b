// Debian's Pebble, an ACME authority for tests that is stricter than real ones, with a DNS of its own, on a loopback address of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as http from 'node:http'
import * as https from 'node:https'
import { createServer, type Server } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type Made, Pki } from './pki.ts'

export interface Pebble {
  /** `127.104.N.1`: nobody else's while it lives. */
  readonly address: string
  /** URL of its directory. */
  readonly directory: string
  /** PEM file that proves the directory. */
  readonly ca: string
  /** PEM: what its certificates stand on. */
  readonly root: string
  /** Where it looks for answers to HTTP-01. */
  readonly httpPort: number
  /** `127.104.N.1:8053`: its DNS, in which every name has that address. */
  readonly dns: string
  readonly pki: Pki
  /** Which proves what is shown at its address. */
  readonly authority: Made
  /** Its own answers of DNS from now on. */
  setAddress(domain: string, address: string): Promise<void>
  stop(): Promise<void>
}

export interface PebbleOptions {
  /** `PEBBLE_…`. By default it neither sleeps nor refuses nonces. */
  readonly env?: Readonly<Record<string, string>>
  /** A DNS server of the test's instead: `127.0.0.1:5353`. */
  readonly dns?: string
  readonly httpPort?: number
}

export const hasPebble = (): boolean => existsSync('/usr/bin/pebble') && existsSync('/usr/bin/pebble-challtestsrv')

const START = 15_000

export async function startPebble({ env = {}, dns, httpPort = 5002 }: PebbleOptions = {}): Promise<Pebble> {
  const { address, claim } = await ownAddress()
  const pki = new Pki()
  const ca = pki.authority('Pebble Test')
  const server = pki.make({ addresses: [address], by: ca })
  const config = pki.file(
    'pebble.json',
    JSON.stringify({
      pebble: {
        listenAddress: `${address}:14000`,
        managementListenAddress: `${address}:15000`,
        certificate: server.files.certificate,
        privateKey: server.files.key,
        httpPort,
        tlsPort: 5001,
        ocspResponderURL: '',
        externalAccountBindingRequired: env['EAB'] !== undefined,
        externalAccountMACKeys: env['EAB'] === undefined ? {} : { 'kid-1': env['EAB'] },
      },
    }),
  )
  const children: ChildProcess[] = []
  let said = ''
  const start = (program: string, argv: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const child = spawn(program, argv, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...more } })
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-20_000)
      })
    child.on('error', error => {
      said += String(error)
    })
    children.push(child)
  }
  const own = `${address}:8053`
  const nothing = ['-http01', '', '-https01', '', '-tlsalpn01', '']
  start('/usr/bin/pebble-challtestsrv', ['-management', `${address}:8055`, ...nothing, '-dns01', own, '-defaultIPv4', address, '-defaultIPv6', ''])
  start('/usr/bin/pebble', ['-config', config, '-dnsserver', dns ?? own], {
    PEBBLE_VA_NOSLEEP: '1',
    PEBBLE_WFE_NONCEREJECT: '0',
    PEBBLE_AUTHZREUSE: '0',
    ...env,
  })

  const stop = async () => {
    for (const child of children) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const gone = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    }
    claim.close()
    pki[Symbol.dispose]()
  }
  const directory = `https://${address}:14000/dir`
  for (const until = Date.now() + START; ; await pause(50)) {
    const up = await Promise.all([fetched(directory, ca.certificate), posted(`http://${address}:8055/clear-a`, { host: 'none.' })]).catch(() => null)
    if (up !== null) break
    if (Date.now() > until || children.some(({ exitCode }) => exitCode !== null)) {
      await stop()
      throw new Error(`Pebble does not start:\n${said}`)
    }
  }
  return {
    ...{ address, directory, httpPort, pki, stop },
    ca: ca.files.certificate,
    authority: ca,
    root: await fetched(`https://${address}:15000/roots/0`, ca.certificate),
    dns: own,
    setAddress: (domain, to) => posted(`http://${address}:8055/add-a`, { host: `${domain}.`, addresses: [to] }),
  }
}

const fetched = (url: string, ca: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const request = https.get(url, { ca, agent: false }, response => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve(text))
    })
    request.on('error', reject)
  })

const posted = (url: string, body: object): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent: false }, response => {
      response.resume().on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${url}: ${response.statusCode}`))))
    })
    request.on('error', reject)
    request.end(JSON.stringify(body))
  })

async function ownAddress(): Promise<{ readonly address: string; readonly claim: Server }> {
  const first = Math.floor(Math.random() * 254)
  for (let tried = 0; tried < 254; tried++) {
    const address = `127.104.${((first + tried) % 254) + 1}.1`
    const claim = createServer()
    const free = await new Promise<boolean>(resolve => {
      claim.once('error', () => resolve(false))
      claim.listen(1024, address, () => resolve(true))
    })
    if (!free) continue
    claim.unref()
    return { address, claim }
  }
  throw new Error('every address of 127.104.0.0/16 for Pebble is taken')
}
