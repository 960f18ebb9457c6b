// The one script an administrator runs as root on a host to make it a managed one, or to take that back. Constants and checked values only.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readIp } from '../../daemon/domain/ip.ts'
import { HostId } from '../../daemon/domain/safe.ts'
import type { BrokerSource } from './broker-source.ts'

const OurKey = z.string().regex(/^ssh-ed25519 [A-Za-z0-9+/]{68} suar (broker|inbox)$/, 'this is not a key that Suar made for a host')
const address = z.string().refine(text => readIp(text) !== null, 'this is not an IP address')
const port = z.int().min(1).max(65_535)

export const InstallWish = z.strictObject({
  id: HostId,
  /** Lines of authorized_keys: `makeHostKeys`. */
  keys: z.strictObject({ broker: OurKey, inbox: OurKey }),
  /** Addresses that may use them; empty: from everywhere. */
  from: z.array(address).max(20).default([]),
  /** Where the host's web server listens; `*`: on every address. A host that was told otherwise before keeps that. */
  listen: z.strictObject({ address: z.union([z.literal('*'), address]), http: port, https: port }).default({ address: '*', http: 80, https: 443 }),
})
export type InstallWish = z.input<typeof InstallWish>

const END = 'SUAR_END_OF_THE_BROKER'

/** For `sh -s` as root; `-- --remove` takes it back. Throws when something in it is not what it should be: nothing of that comes from a stranger unchecked. */
export function installScript(wish: InstallWish, broker: BrokerSource): string {
  const { id, keys, from, listen } = InstallWish.parse(wish)
  if (broker.text.split('\n').includes(END) || !broker.text.endsWith('\n')) throw new Error('the broker cannot be carried in a script')
  const values: Readonly<Record<string, string>> = {
    ID: id,
    BROKER_KEY: keys.broker,
    INBOX_KEY: keys.inbox,
    BROKER_SHA256: broker.sha256,
    LISTEN: listen.address,
    HTTP: String(listen.http),
    HTTPS: String(listen.https),
    // Within double quotes of the shell.
    FROM: from.length === 0 ? '' : `from=\\"${from.join(',')}\\",`,
    BROKER: broker.text.slice(0, -1),
  }
  const template = readFileSync(join(import.meta.dirname, 'install.sh'), 'utf8')
  return template.replaceAll(/@([A-Z0-9_]+)@/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`install.sh asks for ${name}, which nobody gives`)
    return value
  })
}
