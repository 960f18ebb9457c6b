// The routes about messages over real records: what is held is seen and let through, and a chat is bound and unbound by its own person only.
import assert from 'node:assert/strict'
import { heldWhy } from '../../daemon/domain/channel-trouble.ts'
import type { Viewer } from '../../daemon/domain/people.ts'
import { messageRoutes } from '../../daemon/http/routes/messages.ts'
import { viewer } from '../support/viewers.ts'
import { must, openBooks } from './support/desk.ts'
import { tempFolder } from './support/folder.ts'
import { openHooks } from './support/hooks.ts'

describe('the routes about messages', () => {
  it('show what is held to staff, let officers release it, and keep chats apart', async () => {
    const books = await openBooks(tempFolder())
    const { messages } = books
    const released: string[] = []
    let who: Viewer | null = viewer('officer')
    const front = await openHooks(
      messageRoutes({
        status: () => [{ name: 'email in', connectedSince: 1, lastIn: null, lastOut: null, trouble: null }],
        held: async () => (await messages.inState('held')).map(one => ({ ...one, why: heldWhy(one.note) })),
        release: async (id, { name }) => {
          released.push(name)
          return messages.release(id)
        },
        bot: () => 'layanan_bot',
        newCode: messages.newCode,
        chatsOf: messages.chatsOf,
        unbind: messages.unbind,
      }),
      async () => who,
    )
    const ask = async (method: string, path: string) => {
      const response = await fetch(`${front.url}api/v1${path}`, {
        method,
        ...(method === 'POST' ? { headers: { 'content-type': 'application/json' }, body: '{}' } : {}),
      })
      return { status: response.status, body: (await response.json()) as { items?: { id: number; sender: string }[]; link?: string; code?: string } }
    }
    await messages.record({
      source: 'imap',
      externalId: 'x',
      sender: 'robot@bkd.test',
      subject: 's',
      at: 1,
      state: 'held',
      ticket: null,
      messageId: null,
      place: '1:2',
      note: 'too many',
    })
    const { items = [] } = (await ask('GET', '/desk/held')).body
    assert.deepEqual(
      items.map(({ sender }) => sender),
      ['robot@bkd.test'],
    )
    const path = `/desk/held/${items[0]?.id}/release`
    for (const role of ['requester', 'auditor'] as const) {
      who = viewer(role)
      assert.equal((await ask('POST', path)).status, 403)
    }
    who = viewer('officer')
    assert.equal((await ask('POST', path)).status, 200)
    assert.equal((await ask('POST', path)).status, 404)
    assert.deepEqual(released, ['officer', 'officer'])
    assert.equal((await messages.inState('released')).length, 1)
    who = viewer('requester')
    assert.equal((await ask('GET', '/desk/held')).status, 403)
    assert.equal((await ask('GET', '/desk/channels')).status, 403)

    const { link = '', code = '' } = (await ask('POST', '/account/chats/telegram')).body
    assert.equal(link, `https://t.me/layanan_bot?start=${code}`)
    // Telegram takes these signs and no others, up to 64.
    assert.match(code, /^[A-Za-z0-9_-]{1,64}$/)
    must(await messages.bindChat(code, 'telegram', '4711'))
    assert.equal((await messages.bindChat(code, 'telegram', '99')).ok, false)
    assert.equal((await ask('GET', '/account/chats')).body.items?.length, 1)
    who = viewer('officer')
    assert.equal((await ask('DELETE', '/account/chats/telegram/4711')).status, 404)
    who = viewer('requester')
    assert.equal((await ask('DELETE', '/account/chats/telegram/4711')).status, 200)
    assert.equal(await messages.personOf('telegram', '4711'), null)
    who = null
    assert.equal((await ask('POST', '/account/chats/telegram')).status, 401)
    await front.close()
    await books.close()
  })

  it('forget a code that is too old', async () => {
    let now = Date.UTC(2026, 10, 20)
    const books = await openBooks(tempFolder(), () => now)
    const { code, expiresAt } = await books.messages.newCode(7)
    now = expiresAt + 1
    assert.equal((await books.messages.bindChat(code, 'telegram', '1')).ok, false)
    await books.close()
  })
})
