// Timed programs of a website.
import { z } from 'zod'
import { hostThing } from '../host/thing.ts'

const Cron = z.strictObject({ content: z.string().max(1_048_576) })

export default hostThing<z.output<typeof Cron>>({
  name: 'cron',
  words: { id: 'Jadwal cron', en: 'Cron table' },
  state: Cron,
  danger: () => 'plain',
})
