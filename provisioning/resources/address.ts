// An address taken from a pool, for a website or for a name alone; its own name is the address itself.
import { z } from 'zod'
import { readIp } from '../../daemon/domain/ip.ts'
import { DomainName, SiteName } from '../../daemon/domain/safe.ts'
import { bookThing } from '../site/book-thing.ts'

const address = z.string().refine(text => readIp(text) !== null, 'this is not an IP address')
const Address = z.union([
  z.strictObject({ address, website: SiteName }),
  /** For a name that is no website's. */
  z.strictObject({ address, website: z.null(), name: DomainName }),
])
type Address = z.output<typeof Address>

const holderOf = (taken: Address): string => (taken.website === null ? taken.name : taken.website)

export default bookThing<Address>({
  name: 'address',
  words: { id: 'Alamat IP', en: 'IP address' },
  state: Address,
  danger: () => 'plain',
  says: (_before, after) => (after === null ? undefined : { id: `untuk ${holderOf(after)}`, en: `for ${holderOf(after)}` }),
})
