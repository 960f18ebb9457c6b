// The account of a website on its host: SFTP only, in its own folder.
import { z } from 'zod'
import { hostThing } from '../host/thing.ts'
import { lookBySftp } from '../site/outside/sftp.ts'

const User = z.strictObject({
  groups: z.tuple([z.literal('suar-sftp')]),
  /** Within the chroot. */
  home: z.literal('/'),
  shell: z.literal('/usr/sbin/nologin'),
  comment: z.string().regex(/^Suar [a-z0-9-]{2,31}$/),
  /** Neither keys nor timed programs get in: the website is suspended. */
  locked: z.boolean(),
})

export default hostThing<z.output<typeof User>>({
  name: 'user',
  words: { id: 'Akun SFTP', en: 'SFTP account' },
  state: User,
  danger: (_before, after) => (after === null ? 'destructive' : 'plain'),
  says: (before, after) =>
    before === null || after === null || before.locked === after.locked
      ? undefined
      : after.locked
        ? { id: 'ditutup', en: 'closed' }
        : { id: 'dibuka kembali', en: 'opened again' },
  look: (thing, host, hands, call) => lookBySftp(thing, !thing.state.locked, host, hands, call),
})
