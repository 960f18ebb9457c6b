// A database of PostgreSQL with its one user, of the same name.
import { z } from 'zod'
import { DbName } from '../../daemon/domain/safe.ts'
import { hostThing } from '../host/thing.ts'
import { credentialOf, isTakenOver, lookByLogin } from '../site/outside/database.ts'
import { postgresVerifier } from '../site/verifier.ts'

const Database = z.strictObject({ user: DbName, connections: z.int().min(1).max(500) })

export default hostThing<z.output<typeof Database>>({
  name: 'postgresql',
  words: { id: 'Basis data PostgreSQL', en: 'PostgreSQL database' },
  state: Database,
  names: DbName,
  danger: (_before, after) => (after === null ? 'destructive' : 'plain'),
  // The password of one that is taken over stands in its website's own files: it stays.
  besides: async (step, hands) => (isTakenOver(step) ? {} : { verifier: postgresVerifier(await hands.credentials.make(credentialOf(step))) }),
  look: (thing, host, hands, call) => lookByLogin(thing, 'postgresql', host, hands, call),
})
