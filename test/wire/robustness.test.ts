// Whatever octets arrive, the decoders neither throw nor hang nor look beyond the datagram, and what is cut short is never taken for whole.
import assert from 'node:assert/strict'
import { readValues } from '../../collectors/wire/decode.ts'
import { newHead, readHead } from '../../collectors/wire/head.ts'
import { openHosts } from '../../collectors/wire/hosts.ts'
import { decodeMessage, encodeMessage } from '../../collectors/wire/message.ts'
import { encodeOid } from '../../collectors/wire/oid.ts'
import { prepare } from '../../collectors/wire/template.ts'
import { readEnvelope } from '../../collectors/wire/usm.ts'
import { FULL } from './arbitraries.ts'

const CASES = 100_000

const good = encodeMessage(FULL)
const oids = FULL.pdu.varbinds.map(({ oid }) => oid)
const target = { address: { host: '127.0.0.1', port: 161 }, access: { via: 'snmp', version: '2c', community: 'public' } } as const
const request = prepare({ timeout: 1000, retries: 0, hosts: openHosts() }, target, { pdu: 'get', oids })

const head = newHead()
const got = { missing: 0, strange: 0 }
const values = new Float64Array(oids.length)
const tags = new Uint8Array(oids.length)

/** The poller's way of reading: true when it is taken for an answer. */
const readHot = (bytes: Buffer): boolean => readHead(head, bytes) && head.version !== 3 && readValues(head, request, values, tags, 0, got)

/** xorshift32: the same octets in every run, and quick. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** A datagram in the middle of other octets: reading beyond its ends would meet these instead of nothing. */
function amid(bytes: Uint8Array, filler: number): Buffer {
  const field = Buffer.alloc(bytes.length + 64, filler)
  field.set(bytes, 32)
  return field.subarray(32, 32 + bytes.length)
}

const everything = (bytes: Buffer): string => {
  values.fill(0)
  const message = decodeMessage(bytes)
  return JSON.stringify([message, readHot(bytes), [...values].map(String), readEnvelope(bytes)], (_, held) =>
    typeof held === 'bigint' ? `${held}` : held,
  )
}

describe('strange octets', () => {
  it('of the good message are read whole, first of all', () => {
    assert.ok(decodeMessage(good).ok)
    assert.ok(readHot(good))
    assert.deepEqual(got, { missing: 0, strange: 0 })
    assert.equal(values[2], 4_000_000_000)
    assert.equal(values[7], 1)
  })

  it('cut anywhere are refused by both decoders', () => {
    for (let length = 0; length < good.length; length++) {
      const cut = good.subarray(0, length)
      assert.equal(decodeMessage(cut).ok, false, `${length} octets`)
      assert.equal(readHot(cut), false, `${length} octets`)
    }
  })

  it('that reach out of their list into the padding behind it are refused by both decoders', () => {
    const last = oids.at(-1) ?? ''
    const name = Buffer.from(encodeOid(last) ?? [])
    const bytes = Buffer.concat([good, Buffer.alloc(20)])
    const at = bytes.indexOf(Buffer.concat([Buffer.of(0x06, name.length), name]))
    // The last varbind and its value five octets longer than the list that holds them.
    bytes[at - 1] = (bytes[at - 1] ?? 0) + 5
    bytes[at + 3 + name.length] = 5
    assert.equal(decodeMessage(bytes).ok, false)
    assert.equal(readHot(bytes), false)
  })

  it('at random are read without a throw and without a look beyond', () => {
    const dice = chance(0x5eed)
    for (let n = 0; n < CASES; n++) {
      const bytes = new Uint8Array(dice(80)).map(() => dice(256))
      // Half of them begin like a message, to get further in.
      if (n % 2 === 0) bytes.set(good.subarray(0, Math.min(bytes.length, 4 + dice(40))))
      const here = decodeMessage(amid(bytes, 0x30))
      const there = decodeMessage(amid(bytes, 0x02))
      assert.equal(here.ok, there.ok)
      assert.equal(readHot(amid(bytes, 0x30)), readHot(amid(bytes, 0x02)))
      readEnvelope(bytes)
    }
  })

  it('with bits turned over are read without a throw, and the same whatever lies around them', () => {
    const dice = chance(0xf11b)
    for (let n = 0; n < CASES; n++) {
      const bytes = Buffer.from(good)
      for (let flips = 1 + dice(4); flips > 0; flips--) {
        const at = dice(bytes.length)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << dice(8))
      }
      // All of it is compared for some, as that is slow; whether it was accepted for all.
      if (n % 20 === 0) assert.equal(everything(amid(bytes, 0x30)), everything(amid(bytes, 0xff)))
      else assert.equal(readHot(amid(bytes, 0x30)), readHot(amid(bytes, 0xff)))
      decodeMessage(bytes)
    }
  })

  it('that are accepted by the poller are values of the OIDs asked, never of others', () => {
    const dice = chance(0xbeef)
    const truth = new Float64Array(values.length)
    readHot(good)
    truth.set(values)
    let strangers = 0
    const asked = oids.map((_, n) => Buffer.from(request.expected.subarray(request.starts[n], request.starts[n + 1])))
    const isAsked = (name: Buffer) => asked.some(each => each.equals(name))
    for (let n = 0; n < 20_000; n++) {
      const bytes = Buffer.from(good)
      // An OID is bent, and only that: its value must not come under the right name.
      const which = dice(oids.length)
      const start = request.starts[which] ?? 0
      const name = Buffer.from(request.expected.subarray(start, request.starts[which + 1]))
      const begin = bytes.indexOf(Buffer.concat([Buffer.of(0x06, name.length), name]))
      const at = begin + 4 + dice(name.length - 2)
      bytes[at] = ((bytes[at] ?? 0) ^ (1 << dice(7))) & 0xff
      // Bent into another of those asked: then that one is answered, as far as anybody can tell.
      if (isAsked(bytes.subarray(begin + 2, begin + 2 + name.length))) continue
      values.fill(-1)
      if (!readHot(bytes)) continue
      assert.equal(got.missing, 1)
      assert.equal(got.strange, 1)
      assert.ok(Number.isNaN(values[which]))
      assert.equal(tags[which], 0)
      strangers++
      for (let k = 0; k < values.length; k++) if (k !== which) assert.ok(Object.is(values[k], truth[k]), `value ${k}`)
    }
    assert.ok(strangers > 10_000)
  })
})
