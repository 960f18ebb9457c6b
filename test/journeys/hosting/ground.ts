// What J6 stands on: a host of its own, two name servers, an authority for certificates, and the demonstration with settings that know them.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeKeyPair } from '../../../provisioning/host/keys.ts'
import { settingsOf } from '../../support/host/adopt.ts'
import { canHost, startHost, type TestHost } from '../../support/host/start.ts'
import { hasNamed, type NamedPair, startNamed } from '../../support/named.ts'
import { hasPebble, type Pebble, startPebble } from '../../support/pebble.ts'

export const ZONE = 'babelprov.go.id'
/** What this machine needs for it; said when something is missing. */
export const canPlay = (): boolean => canHost() && hasNamed() && hasPebble()

export interface Ground {
  readonly host: TestHost
  readonly named: NamedPair
  readonly pebble: Pebble
  /** The settings file of a daemon that knows them. */
  readonly settings: string
  /** The requester's own SFTP key; the private part never leaves him. */
  readonly sftp: { readonly publicKey: string; readonly privateKey: string }
  /** As a browser of the world asks, at the host's address: nothing but the authority's root is trusted. */
  visit(domain: string, path?: string): Promise<{ readonly status: number; readonly body: string; readonly issuer: string }>
  close(): Promise<void>
}

export async function openGround(): Promise<Ground> {
  await using doors = new AsyncDisposableStack()
  const host = doors.adopt(await startHost({ with: ['nginx', 'php', 'mariadb'] }), host => host.stop())
  await host.install(`mkdir -p /etc/suar-host\ncat >/etc/suar-host/broker.json <<'END'\n${JSON.stringify(settingsOf(host))}\nEND\n`)
  const named = doors.adopt(await startNamed([{ name: ZONE, records: 'www IN A 127.0.0.10\nmail IN A 127.0.0.11\n@ IN MX 10 mail' }]), named =>
    named.close(),
  )
  const pebble = doors.adopt(await startPebble({ dns: named.primary, httpPort: host.ports.http }), pebble => pebble.stop())
  const folder = mkdtempSync(join(tmpdir(), 'suar-j6-'))
  doors.defer(() => rmSync(folder, { recursive: true, force: true }))
  const root = join(folder, 'root.pem')
  writeFileSync(root, pebble.root)
  const { acme, ...tls } = {
    roots: [root],
    acme: { directory: pebble.directory, email: 'noc@babelprov.go.id', ca: pebble.ca, look: { servers: [named.primary], port: host.ports.http } },
  }
  const kept = doors.move()
  return {
    ...{ host, named, pebble },
    settings: JSON.stringify({ provisioning: { tls: { ...tls, acme } } }),
    sftp: makeKeyPair('hj-mariana'),
    visit: (domain, path = '/') =>
      new Promise((resolve, reject) => {
        const asked = request(
          { host: host.address, port: host.ports.https, servername: domain, path, headers: { host: domain }, ca: pebble.root, agent: false },
          response => {
            let body = ''
            response.setEncoding('utf8').on('data', (part: string) => {
              body += part
            })
            const { issuer } = (response.socket as import('node:tls').TLSSocket).getPeerCertificate()
            response.on('end', () => resolve({ status: response.statusCode ?? 0, body, issuer: String(issuer.CN) }))
          },
        )
        asked.on('error', reject)
        asked.end()
      }),
    close: () => kept.disposeAsync(),
  }
}
