// The reader of a mailbox over real records, put together as the house does it.

import { openMailbox } from '../../../daemon/channels/imap.ts'
import type { Desk } from '../../../daemon/channels/incoming.ts'
import { openIntake } from '../../../daemon/channels/intake.ts'
import { openPost } from '../../../daemon/channels/post.ts'
import { openReader } from '../../../daemon/channels/reader.ts'
import type { ImapSettings } from '../../../daemon/channels/settings.ts'
import { openStatus } from '../../../daemon/channels/status.ts'
import { openTokens } from '../../../daemon/channels/token.ts'
import { heldNote } from '../../../daemon/domain/channel-trouble.ts'
import { type Books, must, quiet } from './desk.ts'
import { PASSWORD } from './dovecot.ts'

export const ADDRESS = 'layanan@dc.test'

export async function tokensOf(books: Books) {
  return openTokens({ key: must(await books.messages.key('mail')), address: ADDRESS, plus: true })
}

export async function watchMailbox(
  books: Books,
  desk: Desk,
  server: { readonly host: string; readonly port: number; readonly caFile: string },
  more: Partial<ImapSettings> & { perHour?: number } = {},
) {
  const { perHour = 1_000, ...settings } = more
  const status = openStatus('email', Date.now)
  const tokens = await tokensOf(books)
  const bounces: string[] = []
  const intake = openIntake({ book: books.messages, desk, clock: Date.now, perHour })
  const reader = openReader({ log: quiet })
  const post = openPost({
    read: reader.read,
    intake,
    desk,
    tokens,
    address: ADDRESS,
    vouches: settings.vouches,
    book: books.messages,
    bounced: async id => void bounces.push(id),
    clock: Date.now,
    log: quiet,
  })
  const mailbox = openMailbox({
    settings: { ...server, security: 'starttls', user: 'layanan', password: PASSWORD, mailbox: 'INBOX', ...settings },
    post,
    marks: books.messages,
    released: () => books.messages.inState('released'),
    gone: letter => books.messages.record({ ...letter, state: 'failed', note: heldNote({ code: 'gone' }) }),
    status,
    clock: Date.now,
    log: quiet,
    firstWait: 50,
  })
  return { mailbox, status, tokens, bounces }
}
