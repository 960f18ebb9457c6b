// The door to the desk: the same message brought twice at once, or by two programs, is one ticket.
import assert from 'node:assert/strict'
import { enclose } from '../../daemon/channels/enclosure.ts'
import type { Incoming } from '../../daemon/channels/incoming.ts'
import { openIntake } from '../../daemon/channels/intake.ts'
import { failed } from '../../daemon/domain/outcome.ts'
import { must, openBooks, openDesk } from './support/desk.ts'
import { tempFolder } from './support/folder.ts'

const incoming = async (externalId: string): Promise<Incoming> => ({
  channel: 'email',
  source: 'imap',
  externalId,
  from: { address: 'ratna@bkd.test', name: 'Ratna', person: null },
  to: [],
  subject: externalId,
  text: '',
  fullText: '',
  receivedAt: Date.now(),
  messageId: null,
  thread: { ticketNumber: null, proof: null, inReplyTo: null, references: [] },
  attachments: [],
  leftOut: [],
  automatic: false,
  verified: null,
  raw: await enclose('a.eml', Buffer.from('x')),
})

describe('the intake', () => {
  it('makes one ticket of a message that comes twice, and knows it from the first', async () => {
    const books = await openBooks(tempFolder())
    const desk = openDesk(books)
    const intake = openIntake({ book: books.messages, desk, clock: Date.now, perHour: 10 })
    const one = await incoming('a')
    const first = must(await intake.take(one))
    const again = must(await intake.take(one))
    assert.deepEqual(
      [first, again],
      [
        { what: 'delivered', ticket: 'T-2026-0001', created: true, before: false },
        { what: 'delivered', ticket: 'T-2026-0001', created: false, before: true },
      ],
    )
    assert.deepEqual(await desk.tickets(), ['a'])
    await books.close()
  })

  it('is not misled by a desk that says the message was taken meanwhile', async () => {
    const books = await openBooks(tempFolder())
    const desk = openDesk(books)
    const racing = {
      deliver: async (one: Incoming) => {
        must(await desk.deliver(one))
        return failed('conflict', 'This message became a ticket already.')
      },
    }
    const taken = must(await openIntake({ book: books.messages, desk: racing, clock: Date.now, perHour: 10 }).take(await incoming('a')))
    assert.deepEqual(taken, { what: 'delivered', ticket: 'T-2026-0001', created: false, before: true })
    assert.equal(await books.messages.countIn('failed'), 0)
    await books.close()
  })

  it('keeps what the desk will never take for a person, who may let it through', async () => {
    const books = await openBooks(tempFolder())
    const desk = openDesk(books)
    const intake = openIntake({ book: books.messages, desk, clock: Date.now, perHour: 10 })
    desk.refuse = failed('notFound', 'The catalogue has no service.')
    const one = await incoming('a')
    assert.equal(must(await intake.take(one, '1:2')).what, 'failed')
    desk.refuse = null
    // Brought again it stays where it is, until a person says so.
    assert.equal(must(await intake.take(one, '1:2')).what, 'failed')
    const [kept] = await books.messages.inState('failed')
    assert.ok((await books.messages.release(kept?.id ?? 0)).ok)
    assert.equal(must(await intake.take(one, '1:2')).what, 'delivered')
    await books.close()
  })
})
