// The ways in which doors are told of: signed pushes, syslog from named addresses, controllers that push their log, tables. Real sockets.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { DoorEvent } from '../../daemon/domain/opening.ts'
import { done, failed } from '../../daemon/domain/outcome.ts'
import { openClocks } from '../../daemon/doors/clocks.ts'
import { readTable } from '../../daemon/doors/csv.ts'
import { openFrom } from '../../daemon/doors/from.ts'
import { readPush } from '../../daemon/doors/push.ts'
import { DoorSettings } from '../../daemon/doors/settings.ts'
import { listenToSyslog, readSyslog } from '../../daemon/doors/syslog.ts'
import { listenToZkteco, readRealTimeLog } from '../../daemon/doors/zkteco.ts'
import { SILENT } from '../../daemon/log.ts'

const NOW = Date.UTC(2026, 10, 20, 7, 5)
const SECRET = 'rahasia-yang-cukup-panjang'
const { controllers } = DoorSettings.parse({
  controllers: {
    gateway: { via: 'push', secret: SECRET },
    inside: { via: 'push', secret: SECRET, from: ['10.0.0.0/8'] },
    panel: {
      via: 'syslog',
      from: ['127.0.0.1'],
      expression: 'ACCESS (?<event>[A-Z ]+) door=(?<door>\\w+)(?: card=(?<card>\\d+))?(?: seq=(?<sequence>\\d+))?',
      events: { GRANTED: 'granted', DENIED: 'denied', 'DOOR OPEN': 'opened', 'DOOR CLOSED': 'closed' },
    },
    c3: { via: 'zkteco', serial: 'CJDE204660123', from: ['127.0.0.1'] },
    lemari: { via: 'csv' },
  },
})
const short = (events: readonly DoorEvent[]) =>
  events.filter(({ kind }) => kind !== 'alive').map(({ reader, kind, card, told }) => [reader, kind, card, told - NOW])

describe('doors that are told of by push', () => {
  const push = (body: unknown, given: { signature?: string; name?: string; address?: string } = {}) => {
    const octets = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
    const signature = given.signature ?? `sha256=${createHmac('sha256', SECRET).update(octets).digest('hex')}`
    return readPush(controllers, { name: given.name ?? 'gateway', body: octets, signature, address: given.address ?? '10.1.2.3', received: NOW })
  }

  it('are taken with a signature over the very octets, and a heartbeat tells nothing else', () => {
    const read = push({
      events: [
        { door: '1', event: 'granted', card: '77', at: '2026-11-20T14:04:58+07:00' },
        { door: '1', event: 'opened', at: NOW - 1000 },
      ],
    })
    assert.ok(read.ok)
    assert.deepEqual(short(read.value), [
      ['1', 'granted', '77', -2000],
      ['1', 'opened', null, -1000],
    ])
    const beat = push({})
    assert.ok(beat.ok)
    assert.deepEqual(
      beat.value.map(({ kind }) => kind),
      ['alive'],
    )
  })

  it('are refused with the reason', () => {
    const why = (outcome: ReturnType<typeof push>) => (outcome.ok ? 'taken' : `${outcome.failure.kind}: ${outcome.failure.message}`)
    assert.match(why(push({}, { signature: 'sha256=00' })), /^forbidden/)
    assert.match(why(push({ events: [] }, { signature: `sha256=${createHmac('sha256', SECRET).update('{}').digest('hex')}` })), /^forbidden/)
    assert.match(why(push({}, { name: 'panel' })), /^notFound/)
    assert.match(why(push({}, { name: 'constructor' })), /^notFound/)
    assert.match(why(push({}, { name: 'inside', address: '192.0.2.1' })), /^forbidden/)
    assert.match(why(push('{')), /^invalid: The body is not JSON/)
    assert.match(why(push({ events: [{ door: '1', event: 'exploded' }] })), /^invalid: events\.0\.event/)
    assert.match(why(push({ events: [{ door: '', event: 'opened' }] })), /^invalid: events\.0\.door/)
  })
})

describe('doors that are told of by syslog', () => {
  it('are heard from named addresses only, by the words of the device', async () => {
    const heard: DoorEvent[] = []
    let more: (() => void) | null = null
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.2')
    await once(socket, 'listening')
    const probe = createSocket('udp4')
    probe.bind(0, '127.0.0.1')
    await once(probe, 'listening')
    const port = 20_000 + (process.pid % 20_000)
    const listening = await listenToSyslog(
      { host: '127.0.0.1', port },
      {
        read: readSyslog(controllers),
        hear: events => {
          heard.push(...events)
          more?.()
        },
        clock: () => NOW,
        log: SILENT,
      },
    )
    assert.ok(listening.ok, listening.ok ? '' : listening.failure.message)
    const say = (from: typeof socket, line: string) => new Promise(resolve => from.send(line, port, '127.0.0.1', resolve))
    await say(socket, '<134>1 2026-11-20T14:04:50+07:00 panel acs - - - ACCESS GRANTED door=1 card=666')
    await say(probe, '<134>1 2026-11-20T14:04:50+07:00 panel acs - - - ACCESS GRANTED door=1 card=0042 seq=9')
    await say(probe, '<134>Nov 20 14:04:51 panel ACCESS DOOR OPEN door=1')
    await say(probe, '<134>Nov 20 14:04:51 panel link up')
    await say(probe, `<134>Nov 20 14:04:51 panel ${'A'.repeat(60_000)} ACCESS DOOR CLOSED door=1`)
    await new Promise<void>(resolve => {
      more = () => heard.filter(({ kind }) => kind === 'alive').length >= 4 && resolve()
      more()
    })
    assert.deepEqual(short(heard), [
      ['1', 'granted', '0042', -10_000],
      ['1', 'opened', null, 0],
    ])
    await listening.value.close()
    socket.close()
    probe.close()
  })
})

describe('controllers that push their log', () => {
  const LINE = 'time=2026-11-20 14:04:55\tpin=12\tcardno=3456789\teventaddr=1\tevent=0\tinoutstatus=0\tverifytype=4\tindex=21'

  it('are read line by line, in their own wall time', () => {
    const log = [
      LINE,
      'time=2026-11-20 14:04:57\tpin=0\tcardno=0\teventaddr=1\tevent=200\tinoutstatus=2\tverifytype=200\tindex=22',
      'time=2026-11-20 14:04:58\tpin=0\tcardno=999\teventaddr=2\tevent=27\tinoutstatus=0\tverifytype=4\tindex=23',
      'time=2026-11-20 14:04:59\tpin=0\tcardno=0\teventaddr=1\tevent=202\tinoutstatus=2\tverifytype=200\tindex=24',
      'time=2026-11-20 14:05:00\tpin=0\tcardno=0\teventaddr=1\tevent=102\tinoutstatus=2\tverifytype=200\tindex=25',
      'time=2026-13-40 14:05:00\teventaddr=1\tevent=200',
      'garbage',
      'time=2026-11-20 14:05:00\teventaddr=1\tevent=206',
    ].join('\r\n')
    const { events, unread } = readRealTimeLog(log, { controller: 'c3', timezone: 'Asia/Jakarta', received: NOW })
    assert.deepEqual(short(events), [
      ['1', 'granted', '3456789', -5000],
      ['1', 'opened', null, -3000],
      ['2', 'denied', '999', -2000],
      ['1', 'forced', null, 0],
    ])
    assert.equal(unread, 2)
  })

  it('are known by serial number and address, and told to come again when nothing could be written', async () => {
    let works = true
    const heard: DoorEvent[] = []
    const listening = await listenToZkteco(
      { host: '127.0.0.1', port: 0 },
      {
        controllers,
        timezone: () => 'Asia/Jakarta',
        hear: async events => {
          if (!works) return failed('full', 'The disk is full.')
          heard.push(...events)
          return done(events.length)
        },
        clock: () => NOW,
        log: SILENT,
      },
    )
    assert.ok(listening.ok)
    const at = `http://127.0.0.1:${listening.value.port}/iclock`
    const post = async (path: string, body: string) => {
      const response = await fetch(`${at}${path}`, { method: 'POST', body })
      return [response.status, await response.text()]
    }
    assert.match(await (await fetch(`${at}/cdata?SN=CJDE204660123&options=all&pushver=3.1.2&DeviceType=acc`)).text(), /^registry=ok\n/)
    assert.deepEqual(await post('/registry?SN=CJDE204660123', 'DeviceType=acc,~DeviceName=C3-200'), [200, 'RegistryCode=CJDE204660123'])
    assert.deepEqual(await post('/cdata?SN=CJDE204660123&table=rtlog', LINE), [200, 'OK'])
    assert.deepEqual(short(heard), [['1', 'granted', '3456789', -5000]])
    assert.equal(await (await fetch(`${at}/getrequest?SN=CJDE204660123`)).text(), 'OK', 'it is never told to do anything')
    works = false
    assert.equal((await post('/cdata?SN=CJDE204660123&table=rtlog', LINE))[0], 503)
    assert.equal((await post('/cdata?SN=STRANGER0001&table=rtlog', LINE))[0], 403)
    assert.equal((await post('/cdata?SN=CJDE204660123&table=rtlog', 'x'.repeat(1_200_000)))[0], 413)
    await listening.value.close()
  })
})

describe('tables of door events', () => {
  const read = (text: string) => readTable(text, { controller: 'lemari', timezone: 'Asia/Jakarta', received: NOW })

  it('are read with the names and dates that people write', () => {
    const table = read(
      'Waktu;Pintu;Kejadian;Kartu\n20/11/2026 14.04;1;Akses diterima;0042\n2026-11-20 14:04:30;1;dibuka;\n2026-11-20T14:05:00+07:00;1;tutup;\n',
    )
    assert.ok(table.ok, table.ok ? '' : table.failure.message)
    assert.deepEqual(short(table.value), [
      ['1', 'granted', '0042', -60_000],
      ['1', 'opened', null, -30_000],
      ['1', 'closed', null, 0],
    ])
  })

  it('are taken whole or not at all, every mistake by its line', () => {
    const table = read(
      'time,door,event\n31/02/2026 10.00,1,opened\n2026-11-20 10:00,,opened\n2026-11-20 10:00,1,meledak\n2030-01-01 00:00,1,opened\n',
    )
    assert.ok(!table.ok)
    assert.deepEqual(
      table.failure.errors?.map(({ field }) => field),
      ['2.time', '3.door', '4.event', '5.time'],
    )
    const headless = read('a,b\n1,2\n')
    assert.match(headless.ok ? '' : headless.failure.message, /Columns are missing: time, door, event/)
  })
})

describe('addresses that may tell', () => {
  it('are named one by one or as networks, IPv6 too', () => {
    const is = openFrom(['10.20.0.0/16', '192.0.2.7', '2001:db8::/32'])
    for (const yes of ['10.20.255.1', '::ffff:10.20.1.1', '192.0.2.7', '2001:db8:1::5']) assert.equal(is(yes), true, yes)
    for (const no of ['10.21.0.1', '192.0.2.8', '2001:db9::1', '', 'name', undefined]) assert.equal(is(no), false, String(no))
  })
})

describe("controllers' clocks", () => {
  it('tell late news from a clock that is behind, and know at once one that is ahead', () => {
    const late = openClocks()
    assert.deepEqual(late.reckon('c', NOW - 3_600_000, NOW), { at: NOW - 3_600_000, skew: null }, 'one late event is late')
    assert.deepEqual(late.reckon('c', NOW - 1_800_000, NOW + 1000), { at: NOW - 1_800_000, skew: null })
    const ahead = openClocks()
    assert.deepEqual(ahead.reckon('c', NOW + 120_000, NOW), { at: NOW, skew: -120_000 })
    assert.deepEqual(ahead.reckon('c', NOW + 130_000, NOW + 10_400), { at: NOW + 10_000, skew: -120_000 })
    const behind = openClocks()
    for (const seconds of [0, 20, 40]) behind.reckon('c', NOW + seconds * 1000 - 600_000, NOW + seconds * 1000 + 300)
    assert.equal(behind.skew('c'), 600_300, 'the same lag three times over a while is the clock')
    assert.equal(behind.reckon('c', NOW + 60_000 - 600_000, NOW + 60_900).at, NOW + 60_300)
    const burst = openClocks()
    for (const minutes of [50, 40, 30, 20, 10]) burst.reckon('c', NOW - minutes * 60_000, NOW)
    assert.equal(burst.skew('c'), null, 'what was kept and told at once is late, each by its own')
  })
})
