// What is backed up of a website, how often, and how long it is kept.
import { z } from 'zod'
import { DbName, HostId } from '../../daemon/domain/safe.ts'
import { bookThing } from '../site/book-thing.ts'

const Backup = z.strictObject({
  host: HostId,
  every: z.enum(['hourly', 'daily', 'weekly']),
  days: z.int().min(1).max(3650),
  paths: z.array(z.enum(['public', 'private'])).min(1),
  databases: z.array(z.strictObject({ engine: z.enum(['mariadb', 'postgresql']), name: DbName })).max(2),
})
type Backup = z.output<typeof Backup>

/** Nobody sees that there is one less: a second person should. */
const less = (before: Backup | null, after: Backup | null): boolean =>
  before !== null && (after === null || after.days < before.days || after.databases.length < before.databases.length)

export default bookThing<Backup>({
  name: 'backup',
  words: { id: 'Kebijakan cadangan', en: 'Backup policy' },
  state: Backup,
  danger: (before, after) => (less(before, after) ? 'privileged' : 'plain'),
  says: (_before, after) => (after === null ? undefined : { id: `disimpan ${after.days} hari`, en: `kept for ${after.days} days` }),
})
