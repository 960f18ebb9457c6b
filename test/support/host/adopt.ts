// A test's host made a managed one, as an administrator does it: the install script run as root, its key approved; and how it is reached then.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Call } from '../../../daemon/domain/call.ts'
import { HostId } from '../../../daemon/domain/safe.ts'
import { type BrokerSource, brokerSource } from '../../../provisioning/host/broker-source.ts'
import type { HostPlace } from '../../../provisioning/host/connection.ts'
import { type ManagedHost, openHost } from '../../../provisioning/host/hands.ts'
import { installScript } from '../../../provisioning/host/install.ts'
import { type HostKeys, makeHostKeys } from '../../../provisioning/host/keys.ts'
import type { TestHost } from './start.ts'

export interface Adopted {
  readonly id: HostId
  readonly keys: HostKeys
  readonly place: HostPlace
  /** What the administrator ran. */
  readonly script: string
  /** What it said. */
  readonly said: string
  readonly managed: ManagedHost
  [Symbol.dispose](): void
}

const silent: Call['log'] = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => silent }
/** Of a test that only asks. */
export const asking = (): Call => ({ signal: AbortSignal.timeout(60_000), log: silent })

/** What is different on a test's host from one in a rack: its addresses, and its packet filter, which is not this machine's. */
export const settingsOf = ({ address, ports }: TestHost): object => ({
  listen: { address, http: ports.http, https: ports.https },
  firewall: { nft: ['/usr/bin/nsenter', '--net=/run/suar-test/net', '/usr/sbin/nft'] },
  postgresql: { address },
})

export async function adopt(host: TestHost, given: { readonly broker?: BrokerSource; readonly id?: string } = {}): Promise<Adopted> {
  const broker = given.broker ?? brokerSource()
  const id = HostId.parse(given.id ?? host.name)
  const keys = makeHostKeys()
  const { address, ports, hostKey } = host
  const place = { id, address, port: ports.ssh, hostKey }
  const script = installScript(
    {
      id,
      keys: { broker: keys.broker.publicKey, inbox: keys.inbox.publicKey },
      listen: { address, http: ports.http, https: ports.https },
    },
    broker,
  )
  await host.install(`mkdir -p /etc/suar-host\ncat >/etc/suar-host/broker.json <<'END'\n${JSON.stringify(settingsOf(host))}\nEND\n`)
  const said = await host.install(script)
  const managed = openHost(place, { keys: privateParts(keys), expected: broker, log: silent })
  return { id, keys, place, script, said, managed, [Symbol.dispose]: () => managed.close() }
}

export const privateParts = ({ broker, inbox }: HostKeys) => ({ broker: broker.privateKey, inbox: inbox.privateKey })

/** A file of the host's own, read from here. */
export const fileOf = ({ root }: TestHost, path: string): string => readFileSync(join(root, path), 'utf8')
