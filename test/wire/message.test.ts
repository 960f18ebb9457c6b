// The codec against itself and against two that we did not write, in both directions.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import snmp from 'net-snmp'
import { encode, Packet, parse } from 'snmp-native'
import { decodeMessage, encodeMessage, type Message, opaqueNumber, PDU } from '../../collectors/wire/message.ts'
import { TYPE, type Varbind } from '../../collectors/wire/session.ts'
import { commonOid, FULL, message, value, varbinds } from './arbitraries.ts'

const read = (bytes: Uint8Array): Message => {
  const outcome = decodeMessage(bytes)
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.failure.message)
  return outcome.value
}

/** Octets as plain arrays, so that a Buffer equals the Uint8Array it is. */
const plain = (list: readonly Varbind[]) =>
  list.map(({ oid, type, value: held }) => ({ oid, type, value: held instanceof Uint8Array ? [...held] : held }))

const response = (list: readonly Varbind[], requestId: number): Buffer =>
  encodeMessage({ version: 1, community: 'public', pdu: { type: PDU.response, requestId, errorStatus: 0, errorIndex: 0, varbinds: list } })

/** Tag, length, content; octets as hex. Contents here are short. */
const tlv = (tag: number, ...parts: (Buffer | string)[]): Buffer => {
  const content = Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part.replaceAll(' ', ''), 'hex') : part)))
  return Buffer.concat([Buffer.of(tag, content.length), content])
}

/** An answer with one varbind of these octets. */
const answerOf = (varbind: string): Buffer => tlv(0x30, '020101 0400', tlv(PDU.response, '020101 020100 020100', tlv(0x30, tlv(0x30, varbind))))

describe('SNMP messages', () => {
  it('come back as they were written, whatever is in them', () => {
    fc.assert(
      fc.property(message(), written => {
        const back = read(encodeMessage(written))
        assert.deepEqual({ ...back.pdu, varbinds: plain(back.pdu.varbinds) }, { ...written.pdu, varbinds: plain(written.pdu.varbinds) })
        assert.equal(back.version, written.version)
        assert.equal(back.community, written.community)
      }),
      { numRuns: 2000 },
    )
  })

  it('are written in the shortest form: a GET of sysUpTime octet by octet', () => {
    const bytes = encodeMessage({
      version: 1,
      community: 'public',
      pdu: { type: PDU.get, requestId: 1, errorStatus: 0, errorIndex: 0, varbinds: [{ oid: '1.3.6.1.2.1.1.3.0', type: TYPE.null, value: null }] },
    })
    assert.equal(bytes.toString('hex'), '302602010104067075626c6963a019020101020100020100300e300c06082b060102010103000500')
  })

  it('are read by snmp-native as we wrote them', () => {
    // It reads Counter64 as a double, Opaque as nothing, and OIDs beyond 1.3 wrongly: what it can do is compared.
    const readable = value.filter(({ type }) => type !== TYPE.opaque && type !== TYPE.counter64)
    fc.assert(
      fc.property(varbinds(commonOid, readable), fc.integer({ min: 1, max: 2 ** 31 - 1 }), (list, id) => {
        fc.pre(list.length > 0)
        const packet = parse(response(list, id))
        assert.equal(packet.pdu.reqid, id)
        const theirs = packet.pdu.varbinds.map(({ oid, type, value: held, valueRaw }) => {
          if (type === TYPE.octets) return { oid: oid.join('.'), type, value: [...(valueRaw ?? [])] }
          if (type >= TYPE.noSuchObject) return { oid: oid.join('.'), type, value: null }
          return { oid: oid.join('.'), type, value: Array.isArray(held) ? held.join('.') : held }
        })
        assert.deepEqual(theirs, plain(list))
      }),
      { numRuns: 500 },
    )
  })

  it('of snmp-native are read by us', () => {
    // It writes negative powers of 256 too short (-128 comes out as 128): those are left out.
    const writable = value.filter(
      ({ type, value: held }) => type !== TYPE.opaque && type !== TYPE.counter64 && !(typeof held === 'number' && held < 0),
    )
    fc.assert(
      fc.property(varbinds(commonOid, writable), list => {
        const packet = new Packet()
        packet.pdu.varbinds = list.map(({ oid, type, value: held }) => ({
          oid: oid.split('.').map(Number),
          type,
          value:
            held instanceof Uint8Array
              ? Buffer.from(held)
              : type === TYPE.oid
                ? String(held).split('.').map(Number)
                : (held as string | number | null),
        }))
        const back = read(encode(packet))
        // Exceptions it writes as NULL when they carry no value.
        const expected = plain(list).map(varbind => (varbind.value === null ? { ...varbind, type: TYPE.null } : varbind))
        assert.deepEqual(plain(back.pdu.varbinds), expected)
      }),
      { numRuns: 500 },
    )
  })

  it('go through net-snmp and back: its request is read by us, our answer by it', async () => {
    const samples = fc.sample(
      varbinds(commonOid).filter(list => list.length > 0),
      200,
    )
    for (const list of samples) {
      let request: Message | null = null
      const heard = await new Promise<readonly { oid: string; type?: number | undefined; value?: unknown }[]>((tell, fail) => {
        let listener: (bytes: Buffer) => void = () => fail(new Error('nobody listens'))
        const socket = {
          ref: () => undefined,
          unref: () => undefined,
          close: () => undefined,
          on: (event: string, each: (bytes: Buffer) => void) => {
            if (event === 'message') listener = each
          },
          send: (bytes: Buffer, _o: number, _l: number, _p: number, _a: string, sent: (error: null) => void) => {
            request = read(bytes)
            sent(null)
            listener(response(list, request.pdu.requestId))
          },
        }
        const session = snmp.createSession('127.0.0.1', 'public', { version: snmp.Version2c, dgramModule: { createSocket: () => socket } })
        session.on('error', fail)
        session.get(
          list.map(({ oid }) => oid),
          (error, answered) => (error === null ? tell(answered ?? []) : fail(error)),
        )
      })
      const asked = request as Message | null
      assert.deepEqual(
        asked?.pdu.varbinds.map(({ oid }) => oid),
        list.map(({ oid }) => oid),
      )
      const theirs = heard.map(({ oid, type = 0, value: held }) => {
        if (!Buffer.isBuffer(held)) return { oid, type, value: held }
        return { oid, type, value: type === TYPE.counter64 ? BigInt(`0x${held.toString('hex')}`) : [...held] }
      })
      assert.deepEqual(theirs, plain(list))
    }
  })

  it('of careless agents are understood: large counters without the leading zero, empty OIDs, padding after the end', () => {
    assert.deepEqual(read(answerOf('06022b06 4104ffffffff')).pdu.varbinds, [{ oid: '1.3.6', type: TYPE.counter32, value: 0xffff_ffff }])
    assert.deepEqual(read(answerOf('06022b06 4608ffffffffffffffff')).pdu.varbinds, [{ oid: '1.3.6', type: TYPE.counter64, value: 2n ** 64n - 1n }])
    assert.deepEqual(read(answerOf('0600 0600')).pdu.varbinds, [{ oid: '0.0', type: TYPE.oid, value: '0.0' }])
    assert.equal(read(Buffer.concat([encodeMessage(FULL), Buffer.alloc(7)])).pdu.varbinds.length, FULL.pdu.varbinds.length)
  })

  it('are refused for indefinite lengths, lengths beyond the end, padded arcs and other versions, and it is said where', () => {
    const refused = (bytes: Buffer) => {
      const outcome = decodeMessage(bytes)
      return outcome.ok ? 'accepted' : outcome.failure.message
    }
    const good = encodeMessage(FULL)
    assert.match(refused(Buffer.concat([Buffer.of(0x30, 0x80), good.subarray(4)])), /indefinite length at octet 2/)
    assert.match(refused(good.subarray(0, good.length - 1)), /beyond the end at octet 4/)
    assert.match(refused(tlv(0x30, '020103')), /version 3/)
    assert.match(refused(Buffer.alloc(0)), /cut short at octet 0/)
    assert.match(refused(answerOf('0602 8001 0500')), /malformed OID/)
    assert.match(refused(answerOf('06022b06 0200')), /no or too many octets/)
    assert.match(refused(answerOf('06022b06 4003 0a0000')), /IpAddress of 3 octets/)
    assert.match(refused(answerOf('06022b06 0500 0500')), /left over/)
  })

  it('throws at what no SNMP type can carry, for that is a bug of the caller', () => {
    const write = (varbind: Varbind) => () => response([varbind], 1)
    assert.throws(write({ oid: '1', type: TYPE.null, value: null }), RangeError)
    assert.throws(write({ oid: '1.3.6', type: TYPE.integer, value: 0.5 }), RangeError)
    assert.throws(write({ oid: '1.3.6', type: TYPE.counter64, value: 2n ** 64n }), RangeError)
    assert.throws(write({ oid: '1.3.6', type: TYPE.ipAddress, value: '10.0.0.256' }), RangeError)
    assert.throws(write({ oid: '1.3.6', type: TYPE.oid, value: 'iso' }), RangeError)
  })

  it('unwraps floats from Opaque', () => {
    assert.equal(opaqueNumber(Uint8Array.of(0x9f, 0x78, 4, 0x42, 0x48, 0, 0)), 50)
    assert.equal(opaqueNumber(Uint8Array.of(0x9f, 0x79, 8, 0x40, 0x49, 0, 0, 0, 0, 0, 0)), 50)
    assert.equal(opaqueNumber(Uint8Array.of(0x9f, 0x78, 4, 0x42, 0x48)), null)
    assert.equal(opaqueNumber(Uint8Array.of(1, 2, 3)), null)
  })
})
