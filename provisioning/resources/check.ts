// The lasting look at a website from outside: whether it answers, and until when its certificate holds. Born with the website.
import { z } from 'zod'
import { DomainName, HostId } from '../../daemon/domain/safe.ts'
import { bookThing } from '../site/book-thing.ts'

const Check = z.strictObject({
  host: HostId,
  domains: z.array(DomainName).min(1).max(50),
  /** `suspended`: 503 is what it should say. */
  expect: z.enum(['live', 'suspended']),
})

export default bookThing<z.output<typeof Check>>({
  name: 'check',
  words: { id: 'Pemantauan situs', en: 'Website monitoring' },
  state: Check,
  danger: () => 'plain',
})
