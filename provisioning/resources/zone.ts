// A zone on a host's own BIND, made while it runs: its beginning and who may fetch it. Its records are things of their own.

import { isIP } from 'node:net'
import { z } from 'zod'
import { DomainName } from '../../daemon/domain/safe.ts'
import { hostThing } from '../host/thing.ts'

/** Of a zone, also a reverse one: `20.10.in-addr.arpa`. */
const name = z
  .string()
  .regex(/^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'labels with dots between, in small letters')

const Zone = z.strictObject({
  /** The name server that is written to. */
  primary: DomainName,
  /** Mailbox of who looks after it, a dot where the @ is: `hostmaster.example.go.id`. */
  mail: DomainName,
  servers: z.array(DomainName).min(1).max(13),
  /** Addresses of those servers whose names stand in the zone itself. */
  glue: z
    .array(z.strictObject({ server: DomainName, address: z.string().refine(text => isIP(text) !== 0, 'this is not an IP address') }))
    .max(26)
    .exactOptional(),
  /** Secondaries: who may fetch the zone, and is told when it changes. */
  transfer: z.array(z.string().refine(text => isIP(text) !== 0, 'this is not an IP address')).max(13),
  /** Name of the TSIG key that may change its records; BIND knows its secret already. */
  key: z.string().regex(/^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/, 'small letters, digits, dots, hyphens and underscores'),
})

export default hostThing<z.output<typeof Zone>>({
  name: 'zone',
  words: { id: 'Zona DNS', en: 'DNS zone' },
  state: Zone,
  names: name,
  danger: (_before, after) => (after === null ? 'destructive' : 'privileged'),
  says: (_before, after) => (after === null ? undefined : { id: `dengan ${after.servers.join(', ')}`, en: `with ${after.servers.join(', ')}` }),
})
