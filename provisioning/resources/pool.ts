// The PHP-FPM pool of a website; its version is the server’s it belongs to.
import { z } from 'zod'
import { hostThing } from '../host/thing.ts'

const Pool = z.strictObject({ version: z.string().regex(/^\d{1,2}\.\d{1,2}$/), content: z.string().max(1_048_576) })

export default hostThing<z.output<typeof Pool>>({
  name: 'pool',
  words: { id: 'Pool PHP', en: 'PHP pool' },
  state: Pool,
  danger: () => 'plain',
})
