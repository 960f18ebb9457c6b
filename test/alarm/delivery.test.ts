// Notices on their way: through dead servers, refused mailboxes and restarts, at least once and recognisably the same.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ChannelEntry, type OpenChannel, openChannels } from '../../daemon/alarm/channel.ts'
import email from '../../daemon/alarm/channels/email.ts'
import webhook from '../../daemon/alarm/channels/webhook.ts'
import { backOff, openDelivery } from '../../daemon/alarm/delivery.ts'
import { testMessage } from '../../daemon/alarm/letter.ts'
import type { Recipient } from '../../daemon/alarm/notify.ts'
import { done, failed } from '../../daemon/domain/outcome.ts'
import { openRecords } from '../../daemon/store/records.ts'
import { until } from '../support/daemon.ts'
import { memoryRecords, openRoom, START } from './support/room.ts'
import { deadPort, openMailServer, openSilentServer, openWebServer } from './support/servers.ts'
import { silentLog } from './support/site.ts'

const shelf = new Map<string, ChannelEntry>([
  ['email', email as ChannelEntry],
  ['webhook', webhook as ChannelEntry],
])
const to = (channel: string, address: string): Recipient => ({
  channel,
  to: address,
  severities: ['critical', 'warning', 'unknown'],
  cleared: true,
  language: 'id',
})

function channels(configured: Parameters<typeof openChannels>[0]): ReadonlyMap<string, OpenChannel> {
  const opened = openChannels(configured, shelf)
  return opened.ok ? opened.value : assert.fail(opened.failure.message)
}

const mail = (port: number) => ({ via: 'email', host: '127.0.0.1', port, security: 'none', from: 'suar@dc.test' })
const hook = (url: string) => ({ via: 'webhook', url, secret: 'kunci-yang-sangat-rahasia' })

/** Turns the clock second by second, giving what is under way the time to end. */
async function pass(room: Awaited<ReturnType<typeof openRoom>>, seconds: number, step = 10) {
  for (let i = 0; i < seconds; i += step) {
    await room.poll(step)
    await room.alarms.idle()
  }
}

describe('delivery', () => {
  it('is held up by no dead mail server, and reaches it when it is back', async () => {
    const port = await deadPort()
    const web = await openWebServer(() => ({ status: 200 }))
    const room = await openRoom({
      channels: channels({ mail: mail(port), team: hook(web.url) }),
      settings: { recipients: [to('mail', 'ops@dc.test'), to('team', '/hook')] },
    })
    room.read('crac-1', 'unit.state', 2)
    await pass(room, 120)
    assert.deepEqual(web.asked.map(({ body }) => (JSON.parse(body) as { title: string }).title).slice(0, 1), ['CRAC 1 berhenti'])
    const trouble = room.find('suar/-/delivery.mail')
    assert.equal(
      trouble?.condition.kind === 'system' ? trouble.condition.text.id : '',
      `Kabar lewat mail tidak terkirim: mail server: connect ECONNREFUSED 127.0.0.1:${port}`,
    )
    assert.ok(
      web.asked.some(({ body }) => body.includes('Kabar lewat mail tidak terkirim')),
      'and the other channel says so',
    )

    const server = await openMailServer({}, port)
    await pass(room, 400)
    const subjects = server.letters.map(({ text }) => /^Subject: (.*)\r$/m.exec(text)?.[1])
    assert.ok(subjects.includes('[Kritis] CRAC 1 berhenti, DC Demo'), subjects.join())
    assert.equal(room.find('suar/-/delivery.mail'), null)
    const ids = server.letters.map(({ text }) => /^Message-ID: (.*)\r$/m.exec(text)?.[1])
    assert.equal(new Set(ids).size, ids.length, 'each once')
    await room.close()
    await server.close()
    await web.close()
  })

  it('is held up by no slow channel, however much waits there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'suar-outbox-'))
    const slow = await openSilentServer()
    const web = await openWebServer(() => ({ status: 200 }))
    const opened = await openRecords({ folder, log: silentLog, clock: () => START, environmentKey: undefined })
    assert.ok(opened.ok)
    const { outbox } = opened.value
    const payload = testMessage('id', { name: 'DC Demo', timezone: 'Asia/Jakarta' }, START)
    await outbox.add(Array.from({ length: 1200 }, (_, n) => ({ id: `slow-${n}`, channel: 'slow', to: '/x', payload, dueAt: START - 5000 + n })))
    await outbox.add([{ id: 'urgent', channel: 'team', to: '/hook', payload, dueAt: START }])
    const delivery = openDelivery({
      channels: channels({ slow: hook(`http://127.0.0.1:${slow.port}/x`), team: hook(web.url) }),
      outbox,
      log: silentLog,
      trouble: () => undefined,
      gaveUp: () => undefined,
    })
    try {
      await delivery.tick(START)
      await until(
        'the urgent one',
        async () => web.asked.length,
        n => n === 1,
        5000,
      )
      await until(
        'its end in the outbox',
        () => outbox.counts(),
        ({ sent, queued }) => sent === 1 && queued === 1200,
        5000,
      )
    } finally {
      await delivery.close()
      await opened.value.close()
      await slow.close()
      await web.close()
      rmSync(folder, { recursive: true })
    }
  })

  it('gives up one mailbox that is refused, and serves the others', async () => {
    const server = await openMailServer({
      onRcptTo: ({ address }, _, callback) =>
        address.startsWith('gone') ? callback(Object.assign(new Error('no such mailbox'), { responseCode: 550 })) : callback(),
    })
    const records = memoryRecords()
    const room = await openRoom({
      records,
      channels: channels({ mail: mail(server.port) }),
      settings: { recipients: [to('mail', 'gone@dc.test'), to('mail', 'ops@dc.test')] },
    })
    room.read('crac-1', 'unit.state', 2)
    await pass(room, 30)
    assert.deepEqual(
      server.letters.filter(({ text }) => text.includes('CRAC 1')).map(letter => letter.to),
      [['ops@dc.test']],
    )
    assert.ok(records.states().includes('failed'))
    const alarm = room.find('crac-1/unit.state/state')
    assert.match(alarm?.notes.find(({ kind }) => kind === 'notifyFailed')?.text ?? '', /gone@dc\.test.*no such mailbox/)
    await room.close()
    await server.close()
  })

  it('waits longer each time, with chance, and gives up after a day with an alarm', async () => {
    assert.deepEqual(
      [0, 1, 2, 30].map(tries => backOff(tries, 0.5)),
      [5_000, 10_000, 20_000, 900_000],
    )
    assert.deepEqual(
      [0, 1].map(random => backOff(0, random)),
      [3_750, 6_250],
    )
    const tries: number[] = []
    const dead: OpenChannel = {
      name: 'mail',
      via: 'email',
      send: ({ message }) => {
        if (message.alarm === 1) tries.push(room.now)
        return Promise.resolve(failed('unreachable', 'no route'))
      },
    }
    const records = memoryRecords()
    const room = await openRoom({ records, channels: new Map([['mail', dead]]), settings: { recipients: [to('mail', 'ops@dc.test')] } })
    room.read('crac-1', 'unit.state', 2)
    await room.polls(2)
    const begin = tries[0] ?? assert.fail('never tried')
    for (let i = 0; i < 100; i++) {
      room.jump(895)
      await room.poll(5)
      await room.alarms.idle()
    }
    assert.ok(tries.length > 50 && tries.length < 150, `${tries.length} tries`)
    assert.ok((tries.at(-1) ?? 0) - begin >= 86_400_000 && (tries.at(-1) ?? 0) - begin < 86_400_000 + 1_000_000)
    assert.ok(records.states().includes('failed'))
    assert.match(room.find('crac-1/unit.state/state')?.notes.find(({ kind }) => kind === 'notifyFailed')?.text ?? '', /no route/)
    assert.ok(room.find('suar/-/delivery.mail'))
    await room.close()
  })

  it('does not keep others waiting behind a channel that hangs', async () => {
    let asked = 0
    const hanging: OpenChannel = {
      name: 'slow',
      via: 'webhook',
      send: (_, { signal }) => {
        asked++
        return new Promise(resolve => signal.addEventListener('abort', () => resolve(failed('timeout', 'stopped'))))
      },
    }
    const sent: string[] = []
    const good: OpenChannel = { name: 'good', via: 'webhook', send: ({ message }) => Promise.resolve(done(void sent.push(message.title))) }
    const room = await openRoom({
      channels: new Map([
        ['slow', hanging],
        ['good', good],
      ]),
      settings: { recipients: [...Array.from({ length: 9 }, (_, i) => to('slow', `/${i}`)), to('good', '/')] },
    })
    room.read('crac-1', 'unit.state', 2)
    await room.polls(3)
    assert.deepEqual(sent, ['CRAC 1 berhenti'])
    assert.equal(asked, 4, 'a few at a time')
    await room.close()
  })

  it('tests a channel on request', async () => {
    const server = await openMailServer()
    const room = await openRoom({
      channels: channels({ mail: mail(server.port), dead: mail(await deadPort()) }),
      settings: { recipients: [to('mail', 'ops@dc.test')] },
    })
    assert.ok((await room.alarms.test('mail')).ok)
    assert.match(server.letters[0]?.text ?? '', /^Subject: \[Suar\] Pesan uji, DC Demo\r$/m)
    const kinds = await Promise.all([room.alarms.test('dead', 'ops@dc.test'), room.alarms.test('dead'), room.alarms.test('sms')])
    assert.deepEqual(
      kinds.map(outcome => (outcome.ok ? '' : outcome.failure.kind)),
      ['refused', 'invalid', 'notFound'],
    )
    await room.close()
    await server.close()
  })
})

describe('a restart in the middle of a delivery', () => {
  it('loses no notice and repeats one under the same id, with the real records', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'suar-alarm-'))
    const open = async (now: number) => {
      const records = await openRecords({ folder, log: silentLog, clock: () => now, environmentKey: undefined })
      return records.ok ? records.value : assert.fail(records.failure.message)
    }
    const settings = { recipients: [to('team', '/hook')] }
    const sentIds: (string | undefined)[] = []
    const web = await openWebServer(({ headers }) => {
      sentIds.push(headers['idempotency-key'] as string | undefined)
      // The first one is heard but never answered.
      return sentIds.length === 1 ? null : { status: 200 }
    })

    const first = await open(START)
    const before = await openRoom({
      records: { ...memoryRecords(), store: first.alarms, outbox: first.outbox },
      channels: channels({ team: hook(web.url) }),
      settings,
    })
    before.read('crac-1', 'unit.state', 2)
    await before.polls(2)
    const deadline = Date.now() + 5_000
    while (sentIds.length === 0 && Date.now() < deadline) await new Promise(resolve => setImmediate(resolve))
    await before.close()
    await first.close()

    const second = await open(START + 60_000)
    assert.equal((await second.outbox.counts()).queued, 1)
    const after = await openRoom({
      records: { ...memoryRecords(), store: second.alarms, outbox: second.outbox },
      channels: channels({ team: hook(web.url) }),
      settings,
      now: START + 60_000,
      before: room => room.read('crac-1', 'unit.state', 2),
    })
    await after.polls(1)
    await after.alarms.idle()
    assert.equal(sentIds.length, 2)
    assert.equal(sentIds[0], sentIds[1])
    assert.deepEqual(await second.outbox.counts(), { queued: 0, sent: 1, failed: 0 })
    assert.deepEqual(
      after.open().map(({ id, key }) => [id, key]),
      [[1, 'crac-1/unit.state/state']],
    )
    await after.close()
    await second.close()
    await web.close()
    rmSync(folder, { recursive: true })
  })
})
