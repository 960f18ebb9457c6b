// How much a website may keep on disk, where the file system counts it.
import { z } from 'zod'
import { hostThing } from '../host/thing.ts'

const Quota = z.strictObject({ mib: z.int().min(16).max(10_000_000) })

export default hostThing<z.output<typeof Quota>>({
  name: 'quota',
  words: { id: 'Kuota disk', en: 'Disk quota' },
  state: Quota,
  danger: () => 'plain',
  says: (_before, after) => (after === null ? undefined : { id: `${after.mib} MiB`, en: `${after.mib} MiB` }),
})
