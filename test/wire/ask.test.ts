// Prepared polls against devices that answer less, more, otherwise or not at all.
import assert from 'node:assert/strict'
import { type Answer, ask } from '../../collectors/wire/ask.ts'
import { encodeMessage } from '../../collectors/wire/message.ts'
import { TYPE, type Varbind } from '../../collectors/wire/session.ts'
import { openSocket, type Socket } from '../../collectors/wire/socket.ts'
import { type Ask, prepare, type Request } from '../../collectors/wire/template.ts'
import type { Target } from '../../daemon/domain/collector.ts'
import { type Agent, type AgentOptions, mib, openAgent } from './agent.ts'

const UPS = '1.3.6.1.2.1.33.1'
const SCALARS: Varbind[] = [
  { oid: `${UPS}.2.1.0`, type: TYPE.integer, value: 2 },
  { oid: `${UPS}.2.2.0`, type: TYPE.integer, value: -1 },
  { oid: `${UPS}.2.3.0`, type: TYPE.gauge32, value: 4_294_967_295 },
  { oid: `${UPS}.2.4.0`, type: TYPE.octets, value: new TextEncoder().encode('54.1') },
  { oid: `${UPS}.2.5.0`, type: TYPE.octets, value: new TextEncoder().encode('on battery') },
  { oid: `${UPS}.2.6.0`, type: TYPE.counter64, value: 2n ** 53n },
  { oid: `${UPS}.2.7.0`, type: TYPE.opaque, value: Uint8Array.of(0x9f, 0x78, 4, 0x42, 0x48, 0, 0) },
]
const COLUMNS = ['1.3.6.1.2.1.2.2.1.10', '1.3.6.1.2.1.2.2.1.16']
const rowsOf = (indexes: readonly number[]): Varbind[] =>
  COLUMNS.flatMap((column, c) => indexes.map(index => ({ oid: `${column}.${index}`, type: TYPE.counter32, value: 1000 * c + index })))

describe('a prepared poll', () => {
  let socket: Socket
  const agents: Agent[] = []
  before(async () => {
    socket = await openSocket({ address: '127.0.0.1', timeout: 1000, retries: 0 })
  })
  after(() => socket.close())
  afterEach(async () => {
    for (const agent of agents.splice(0)) await agent.close()
  })

  const device = async (rows: readonly Varbind[], asking: Ask, options: AgentOptions & { version?: '1' | '2c' } = {}) => {
    const agent = await openAgent(mib(rows), options)
    agents.push(agent)
    const target: Target = {
      address: { host: '127.0.0.1', port: agent.port },
      access: { via: 'snmp', version: options.version ?? '2c', community: 'public' },
    }
    return { agent, request: prepare(socket, target, asking) }
  }
  const run = (request: Request, offset = 0): Promise<{ values: number[]; tags: number[]; answer: Answer }> => {
    const values = new Float64Array(offset + request.size).fill(7777)
    const tags = new Uint8Array(offset + request.size).fill(0xee)
    return new Promise(tell =>
      ask(socket, request, values, tags, offset, answer => tell({ values: [...values], tags: [...tags], answer: { ...answer } })),
    )
  }

  it('puts every kind of number in its place', async () => {
    const { request } = await device(SCALARS, { pdu: 'get', oids: SCALARS.map(({ oid }) => oid) })
    const { values, tags, answer } = await run(request, 2)
    assert.equal(answer.status, 'ok')
    assert.deepEqual(values, [7777, 7777, 2, -1, 4_294_967_295, 54.1, Number.NaN, 2 ** 53, 50])
    assert.deepEqual(tags, [0xee, 0xee, 0x02, 0x02, 0x42, 0x04, 0x04, 0x46, 0x44])
  })

  it('is asked again and again with the same octets but the id', async () => {
    const { agent, request } = await device(SCALARS, { pdu: 'get', oids: [`${UPS}.2.1.0`] })
    for (let n = 0; n < 5; n++) assert.equal((await run(request)).answer.status, 'ok')
    assert.equal(new Set(agent.heard.map(({ pdu }) => pdu.requestId)).size, 5)
    assert.equal(new Set(agent.heard.map(message => JSON.stringify({ ...message, pdu: { ...message.pdu, requestId: 0 } }))).size, 1)
  })

  it('tells by its tag why there is no number', async () => {
    const { request } = await device(SCALARS, { pdu: 'get', oids: [`${UPS}.2.1.0`, `${UPS}.2.9.0`] })
    const { values, tags, answer } = await run(request)
    assert.equal(answer.status, 'ok')
    assert.deepEqual(values, [2, Number.NaN])
    assert.deepEqual(tags, [TYPE.integer, TYPE.noSuchInstance])
  })

  it('finds values that come in another order', async () => {
    const { request } = await device(
      SCALARS,
      { pdu: 'get', oids: [`${UPS}.2.1.0`, `${UPS}.2.2.0`, `${UPS}.2.4.0`] },
      {
        mood: (right, send) => send(encodeMessage({ ...right, pdu: { ...right.pdu, varbinds: right.pdu.varbinds.toReversed() } })),
      },
    )
    const { values, answer } = await run(request)
    assert.equal(answer.status, 'ok')
    assert.deepEqual(values, [2, -1, 54.1])
  })

  it('does not count one variable for two when it comes twice', async () => {
    const { request } = await device(
      SCALARS,
      { pdu: 'get', oids: [`${UPS}.2.1.0`, `${UPS}.2.2.0`] },
      {
        mood: (right, send) =>
          send(encodeMessage({ ...right, pdu: { ...right.pdu, varbinds: right.pdu.varbinds.slice(0, 1).concat(right.pdu.varbinds.slice(0, 1)) } })),
      },
    )
    const { values, answer } = await run(request)
    assert.deepEqual({ status: answer.status, missing: answer.missing, strange: answer.strange }, { status: 'short', missing: 1, strange: 1 })
    assert.deepEqual(values, [2, Number.NaN])
  })

  it('reads known rows of a table by GETBULK', async () => {
    const expect = [1, 2, 3].flatMap(row => COLUMNS.map(column => `${column}.${row}`))
    const { request } = await device(rowsOf([1, 2, 3, 4]), { pdu: 'bulk', oids: COLUMNS, maxRepetitions: 3, expect })
    const { values, answer } = await run(request)
    assert.equal(answer.status, 'ok')
    assert.deepEqual(values, [1, 1001, 2, 1002, 3, 1003])
  })

  it('never takes one row for another when a row has gone', async () => {
    const expect = [1, 2, 3].flatMap(row => COLUMNS.map(column => `${column}.${row}`))
    const { request } = await device(rowsOf([1, 3, 4]), { pdu: 'bulk', oids: COLUMNS, maxRepetitions: 3, expect })
    const { values, tags, answer } = await run(request)
    assert.deepEqual({ status: answer.status, missing: answer.missing, strange: answer.strange }, { status: 'short', missing: 2, strange: 2 })
    assert.deepEqual(values, [1, 1001, Number.NaN, Number.NaN, 3, 1003])
    assert.deepEqual(tags, [0x41, 0x41, 0, 0, 0x41, 0x41])
  })

  it('says how much is missing when the device cuts its answer', async () => {
    const expect = Array.from({ length: 30 }, (_, n) => COLUMNS.map(column => `${column}.${n + 1}`)).flat()
    const { request } = await device(
      rowsOf(Array.from({ length: 40 }, (_, n) => n + 1)),
      { pdu: 'bulk', oids: COLUMNS, maxRepetitions: 30, expect },
      { maxSize: 484 },
    )
    const { values, answer } = await run(request)
    const came = values.findIndex(Number.isNaN)
    assert.ok(came > 10 && came < 40, `${came} came`)
    assert.deepEqual({ status: answer.status, missing: answer.missing, strange: answer.strange }, { status: 'short', missing: 60 - came, strange: 0 })
    assert.ok(values.slice(came).every(Number.isNaN))
  })

  it('leaves out what a v1 device has not, in the same poll and in the next', async () => {
    const oids = [`${UPS}.2.1.0`, `${UPS}.9.1.0`, `${UPS}.2.2.0`, `${UPS}.9.2.0`]
    const { agent, request } = await device(SCALARS, { pdu: 'get', oids }, { version: '1' })
    const first = await run(request)
    assert.equal(first.answer.status, 'ok')
    assert.equal(first.answer.pdus, 3)
    assert.deepEqual(first.values, [2, Number.NaN, -1, Number.NaN])
    assert.deepEqual(first.tags, [TYPE.integer, TYPE.noSuchInstance, TYPE.integer, TYPE.noSuchInstance])
    const second = await run(request, 1)
    assert.equal(second.answer.pdus, 1)
    assert.deepEqual(second.values, [7777, 2, Number.NaN, -1, Number.NaN])
    assert.equal(agent.heard.length, 4)
  })

  it('asks a v1 device for the whole again from time to time, and finds what has come', async () => {
    const oids = [`${UPS}.2.1.0`, `${UPS}.2.2.0`]
    let both = false
    const { request } = await device(
      SCALARS,
      { pdu: 'get', oids },
      {
        version: '1',
        mood(right, send) {
          const lacks = !both && right.pdu.varbinds.length === 2
          send(encodeMessage(lacks ? { ...right, pdu: { ...right.pdu, errorStatus: 2, errorIndex: 2 } } : right))
        },
      },
    )
    assert.deepEqual((await run(request)).values, [2, Number.NaN])
    both = true
    let polls = 0
    while (Number.isNaN((await run(request)).values[1])) assert.ok(++polls < 100)
  })

  it('keeps the last variable of a v1 device as its question, even when that is absent too', async () => {
    const { request } = await device(SCALARS, { pdu: 'get', oids: [`${UPS}.9.1.0`, `${UPS}.9.2.0`] }, { version: '1' })
    for (let n = 0; n < 2; n++) {
      const { values, tags, answer } = await run(request)
      assert.equal(answer.status, 'ok')
      assert.deepEqual(values, [Number.NaN, Number.NaN])
      assert.deepEqual(tags, [TYPE.noSuchInstance, TYPE.noSuchInstance])
    }
  })

  it('reports error-statuses as they are, tooBig by name', async () => {
    const refusing = (errorStatus: number, errorIndex: number) => ({
      mood: (right: Parameters<NonNullable<AgentOptions['mood']>>[0], send: (bytes: Uint8Array) => void) =>
        send(encodeMessage({ ...right, pdu: { ...right.pdu, errorStatus, errorIndex } })),
    })
    const oids = [`${UPS}.2.1.0`, `${UPS}.2.2.0`]
    const big = await run((await device(SCALARS, { pdu: 'get', oids }, refusing(1, 0))).request)
    assert.equal(big.answer.status, 'tooBig')
    const denied = await run((await device(SCALARS, { pdu: 'get', oids }, refusing(16, 0))).request)
    assert.deepEqual({ status: denied.answer.status, errorStatus: denied.answer.errorStatus }, { status: 'error', errorStatus: 16 })
    assert.deepEqual(denied.answer.why, { code: 'refusedWith', error: 'authorizationError', at: null })
    // An index beyond the request names nothing that could be left out.
    const lost = await run((await device(SCALARS, { pdu: 'get', oids }, refusing(5, 9))).request)
    assert.deepEqual({ status: lost.answer.status, errorIndex: lost.answer.errorIndex }, { status: 'error', errorIndex: 9 })
  })

  it('calls garbage what is malformed behind a good head', async () => {
    const { request } = await device(
      SCALARS,
      { pdu: 'get', oids: [`${UPS}.2.1.0`] },
      {
        mood(right, send) {
          const bytes = encodeMessage(right)
          bytes[bytes.length - 2] = 9
          send(bytes)
        },
      },
    )
    assert.equal((await run(request)).answer.status, 'garbage')
  })

  it('is finished after the asking has returned, whatever happens', async () => {
    const { request } = await device(SCALARS, { pdu: 'get', oids: [`${UPS}.2.1.0`] })
    const closed = await openSocket({ address: '127.0.0.1' })
    await closed.close()
    let returned = false
    const inTime = new Promise<boolean>(tell => ask(closed, request, new Float64Array(1), null, 0, () => tell(returned)))
    returned = true
    assert.ok(await inTime)
  })

  it('is refused while it is still under way', async () => {
    const { request } = await device(SCALARS, { pdu: 'get', oids: [`${UPS}.2.1.0`] })
    const under = run(request)
    assert.throws(() => ask(socket, request, new Float64Array(1), null, 0, () => undefined), /still under way/)
    assert.equal((await under).answer.status, 'ok')
  })
})
