// The public keys that may log in as a website's account.
import { z } from 'zod'
import { PublicKey } from '../../daemon/domain/safe.ts'
import { hostThing } from '../host/thing.ts'

const Keys = z.strictObject({ keys: z.array(PublicKey).max(50) })

export default hostThing<z.output<typeof Keys>>({
  name: 'keys',
  words: { id: 'Kunci SFTP', en: 'SFTP keys' },
  state: Keys,
  danger: () => 'plain',
  says: (_before, after) => (after === null ? undefined : { id: `${after.keys.length} kunci`, en: `${after.keys.length} of them` }),
})
