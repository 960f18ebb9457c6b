// An address taken from a pool for a website; the name is the address itself.
import { z } from 'zod'
import { readIp } from '../../daemon/domain/ip.ts'
import { SiteName } from '../../daemon/domain/safe.ts'
import { bookThing } from '../site/book-thing.ts'

const Address = z.strictObject({ address: z.string().refine(text => readIp(text) !== null, 'this is not an IP address'), website: SiteName })

export default bookThing<z.output<typeof Address>>({
  name: 'address',
  words: { id: 'Alamat IP', en: 'IP address' },
  state: Address,
  danger: () => 'plain',
  says: (_before, after) => (after === null ? undefined : { id: `untuk ${after.website}`, en: `for ${after.website}` }),
})
