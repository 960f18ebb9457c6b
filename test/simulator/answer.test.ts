// How an agent answers: errors where the RFCs have errors, never more than a frame holds, walks that go forward.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { answer, LARGEST, makeTable, type Table } from '../../collectors/simulator/answer.ts'
import { mibOf } from '../../collectors/simulator/mibs/index.ts'
import { decodeMessage, encodeMessage, type Message, PDU } from '../../collectors/wire/message.ts'
import { compareOids } from '../../collectors/wire/oid.ts'
import { TYPE, type Varbind } from '../../collectors/wire/session.ts'
import { calm, plan, tell } from './story.ts'

const tables = new Map([...plan.devices].map(([id, { device }]) => [id, makeTable(mibOf(plan, device))]))
const tableOf = (id: string): Table => tables.get(id) ?? assert.fail(id)

const SYS_DESCR = '1.3.6.1.2.1.1.1.0'
const UPS_CHARGE = '1.3.6.1.4.1.318.1.1.1.2.3.1.0'
const HC_IN = '1.3.6.1.2.1.31.1.1.1.6'

interface Asked {
  readonly type: number
  readonly oids: readonly string[]
  readonly version?: number
  readonly community?: string
  readonly first?: number
  readonly second?: number
}

const request = ({ type, oids, version = 1, community = 'public', first = 0, second = 0 }: Asked): Buffer =>
  encodeMessage({
    version,
    community,
    pdu: { type, requestId: 77, errorStatus: first, errorIndex: second, varbinds: oids.map(oid => ({ oid, type: TYPE.null, value: null })) },
  })

function ask(table: Table, asked: Asked, world = calm): Message {
  const datagram = answer(table, world, 'public', request(asked))
  assert.ok(datagram !== null, 'it answers')
  assert.ok(datagram.length <= LARGEST, `${datagram.length} octets`)
  const read = decodeMessage(datagram)
  assert.ok(read.ok)
  assert.equal(read.value.pdu.requestId, 77)
  return read.value
}

/** GETNEXT by GETNEXT. */
function chain(table: Table, from: string, steps: number): Varbind[] {
  const out: Varbind[] = []
  let oid = from
  for (let k = 0; k < steps; k++) {
    const [varbind] = ask(table, { type: PDU.getNext, oids: [oid] }).pdu.varbinds
    assert.ok(varbind !== undefined)
    out.push(varbind)
    if (varbind.type === TYPE.endOfMibView) break
    oid = varbind.oid
  }
  return out
}

describe('an agent asked', () => {
  it('tells missing objects from missing instances', () => {
    const { pdu } = ask(tableOf('ups-a'), { type: PDU.get, oids: [SYS_DESCR, '1.3.6.1.2.1.1.1.5', '1.3.6.1.9.9.0'] })
    assert.deepEqual(
      pdu.varbinds.map(({ type }) => type),
      [TYPE.octets, TYPE.noSuchInstance, TYPE.noSuchObject],
    )
  })

  it('in v1 has one error for the first missing name, and no 64-bit counters', () => {
    const missing = ask(tableOf('ups-a'), { type: PDU.get, version: 0, oids: [SYS_DESCR, '1.3.6.1.9.9.0'] })
    assert.deepEqual([missing.pdu.errorStatus, missing.pdu.errorIndex], [2, 2])
    const wide = ask(tableOf('sw-a3'), { type: PDU.get, version: 0, oids: [`${HC_IN}.10101`] })
    assert.equal(wide.pdu.errorStatus, 2)
    const [after] = ask(tableOf('sw-a3'), { type: PDU.getNext, version: 0, oids: [HC_IN] }).pdu.varbinds
    assert.notEqual(after?.type, TYPE.counter64)
    const [end] = ask(tableOf('sw-a3'), { type: PDU.getNext, oids: ['2.5'] }).pdu.varbinds
    assert.equal(end?.type, TYPE.endOfMibView)
  })

  it('is silent to another community, to garbage and to answers', () => {
    const table = tableOf('ups-a')
    assert.equal(answer(table, calm, 'public', request({ type: PDU.get, oids: [SYS_DESCR], community: 'private' })), null)
    assert.equal(answer(table, calm, 'public', request({ type: PDU.response, oids: [SYS_DESCR] })), null)
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), bytes => answer(table, calm, 'public', bytes) === null))
  })

  it('says tooBig rather than more than a frame, and refuses to be written', () => {
    const many = ask(tableOf('ups-a'), { type: PDU.get, oids: Array.from({ length: 12 }, () => SYS_DESCR) })
    assert.deepEqual([many.pdu.errorStatus, many.pdu.varbinds.length], [1, 0])
    assert.equal(ask(tableOf('ups-a'), { type: PDU.set, oids: [SYS_DESCR] }).pdu.errorStatus, 17)
  })

  it('reads values off the world of the moment', () => {
    const charge = (world: typeof calm) => ask(tableOf('ups-a'), { type: PDU.get, oids: [UPS_CHARGE] }, world).pdu.varbinds[0]?.value
    assert.equal(charge(calm), 1000)
    const later = charge(tell().breaks('utility-failed', 'genset-refuses').after(300).world)
    assert.ok(typeof later === 'number' && later > 500 && later < 850, `${later}`)
  })
})

describe('every agent', () => {
  it('serves names in order, values that can be encoded, and a system group', () => {
    for (const [id, table] of tables) {
      for (let k = 1; k < table.sorted.length; k++)
        assert.ok(compareOids(table.sorted[k - 1]?.oid ?? '', table.sorted[k]?.oid ?? '') < 0, `${id} ${table.sorted[k]?.oid}`)
      assert.equal(
        ask(table, { type: PDU.get, oids: [SYS_DESCR, '1.3.6.1.2.1.1.2.0', '1.3.6.1.2.1.1.3.0'] }).pdu.varbinds.filter(({ value }) => value === null)
          .length,
        0,
        id,
      )
      for (const world of [calm, tell().breaks('utility-failed', 'sensor-silent', 'crac-1-stopped').after(30).world])
        for (const variable of table.sorted) {
          const value = variable.read(world)
          if (value === undefined) continue
          encodeMessage({
            version: 1,
            community: '',
            pdu: { type: PDU.response, requestId: 1, errorStatus: 0, errorIndex: 0, varbinds: [{ oid: variable.oid, type: variable.type, value }] },
          })
        }
    }
  })

  it('walks by GETBULK as it walks by GETNEXT', () => {
    for (const id of ['ups-a', 'env-1', 'crac-2', 'door-d3', 'genset']) {
      const table = tableOf(id)
      const single = chain(table, '0.0', 5000)
      const bulk: Varbind[] = []
      for (let oid = '0.0'; bulk.at(-1)?.type !== TYPE.endOfMibView; oid = bulk.at(-1)?.oid ?? '') {
        const found = ask(table, { type: PDU.getBulk, oids: [oid], second: 25 }).pdu.varbinds
        assert.ok(found.length > 0)
        const end = found.findIndex(({ type }) => type === TYPE.endOfMibView)
        bulk.push(...(end < 0 ? found : found.slice(0, end + 1)))
      }
      assert.deepEqual(bulk, single, id)
    }
  })

  it('fills GETBULK row by row, whatever columns and repetitions are asked', () => {
    const table = tableOf('sw-b3')
    const names = table.sorted.map(({ object }) => object)
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 6 }),
        fc.nat(3),
        fc.integer({ min: 0, max: 60 }),
        (oids, first, second) => {
          const found = ask(table, { type: PDU.getBulk, oids, first, second }).pdu.varbinds
          const single = Math.min(first, oids.length)
          const columns = oids.slice(single)
          const chains = columns.map(oid => chain(table, oid, second))
          const expected = [...oids.slice(0, single).flatMap(oid => chain(table, oid, 1))]
          for (let row = 0; row < second && columns.length > 0; row++)
            for (const column of chains) expected.push(column[row] ?? { oid: column.at(-1)?.oid ?? '', type: TYPE.endOfMibView, value: null })
          assert.deepEqual(found, expected.slice(0, found.length))
          assert.ok(found.length > 0 || second === 0)
        },
      ),
      { numRuns: 60 },
    )
  })
})
