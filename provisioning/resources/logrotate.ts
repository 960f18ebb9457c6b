// Rotation of a website’s logs.
import { z } from 'zod'
import { hostThing } from '../host/thing.ts'

const Rotation = z.strictObject({ content: z.string().max(1_048_576) })

export default hostThing<z.output<typeof Rotation>>({
  name: 'logrotate',
  words: { id: 'Rotasi log', en: 'Log rotation' },
  state: Rotation,
  danger: () => 'plain',
})
