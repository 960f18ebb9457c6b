// The codec against everything a hostile server may send: it says null, it never throws and never runs away.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { ask, decode, encode } from '../../../provisioning/dns/message.ts'
import { isWithin, nameOf, nameWire, parentOf, readName, zoneOf } from '../../../provisioning/dns/name.ts'
import { dataOf, readData, writeData } from '../../../provisioning/dns/rdata.ts'
import { wordsOf } from '../../../provisioning/dns/strings.ts'
import { sign, type TsigKey } from '../../../provisioning/dns/tsig.ts'
import { isNewer, TYPE } from '../../../provisioning/dns/types.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')

/** As dig +noedns got it from BIND: a question, an answer whose names point back. */
const ANSWER = hex(`1a2b 8500 0001 0002 0000 0000
  03777777 076578616d706c65 04746573 7400 0001 0001
  c00c 0005 0001 0000012c 0006 03776562 c010
  c02e 0001 0001 0000012c 0004 0a000001`)

describe('names of DNS', () => {
  it('have one text, however they were written', () => {
    const table: readonly (readonly [string, string | null])[] = [
      ['WWW.Example.go.id', 'www.example.go.id.'],
      ['www.example.go.id.', 'www.example.go.id.'],
      ['.', '.'],
      ['*.example.go.id', '*.example.go.id.'],
      ['my\\032printer.example', 'my\\032printer.example.'],
      ['a\\.b.example', 'a\\.b.example.'],
      ['\\065\\066.example', 'ab.example.'],
      ['', null],
      ['a..b', null],
      ['.a', null],
      ['a b', null],
      ['a\nb', null],
      ['ü.example', null],
      ['a\\256.example', null],
      ['a\\', null],
      [`${'a'.repeat(64)}.id`, null],
      [
        `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`,
        `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}.`,
      ],
      [`${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(62)}`, null],
    ]
    for (const [text, name] of table) assert.equal(nameOf(text), name, JSON.stringify(text))
  })

  it('lie in a zone by whole labels only', () => {
    assert.ok(isWithin('www.example.id.', 'example.id.'))
    assert.ok(isWithin('example.id.', 'example.id.'))
    assert.ok(!isWithin('badexample.id.', 'example.id.'))
    assert.ok(!isWithin('bad\\.example.id.', 'example.id.'), 'a dot within a label parts nothing')
    assert.ok(isWithin('bad\\\\.example.id.', 'example.id.'), 'a backslash within a label escapes nothing')
    assert.equal(parentOf('a\\.b.example.id.'), 'example.id.')
    assert.equal(parentOf('id.'), '.')
    assert.equal(parentOf('.'), null)
    assert.equal(zoneOf('www.sub.example.id', ['example.id', 'sub.example.id', 'id.other']), 'sub.example.id')
    assert.equal(zoneOf('www.example.com', ['example.id']), null)
  })

  it('are the same after a way over the wire, whatever octets are in them', () => {
    const label = fc.uint8Array({ minLength: 1, maxLength: 63 })
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 3 }), labels => {
        const wire = Uint8Array.from([...labels.flatMap(one => [one.length, ...one]), 0])
        const text = readName(wire, 0)?.name
        assert.ok(text !== undefined)
        assert.equal(nameOf(text), text)
        assert.equal(readName(nameWire(text)!, 0)?.name, text)
      }),
    )
  })

  it('that point at themselves, forward or in a ring are none', () => {
    assert.equal(readName(hex('c000'), 0), null)
    assert.equal(readName(hex('c002 c000'), 0), null)
    assert.equal(readName(hex('c002 c000'), 2), null)
    assert.equal(readName(hex('0161 c000'), 0), null)
    assert.equal(readName(hex('8041'), 0), null)
    assert.equal(readName(hex('0361'), 0), null)
    // A long staircase of pointers, each one step further back, is given up.
    const stairs = Buffer.concat([hex('00'), ...Array.from({ length: 5000 }, (_, i) => hex((0xc000 | (i === 0 ? 0 : 2 * i - 1)).toString(16)))])
    assert.equal(readName(stairs, 9999), null)
    assert.equal(readName(stairs, 99)?.name, '.')
  })
})

describe('messages of DNS', () => {
  it('are read with names that point back', () => {
    const message = decode(ANSWER)
    assert.ok(message)
    assert.equal(message.authoritative, true)
    assert.deepEqual(message.questions, [{ name: 'www.example.test.', type: 1, class: 1 }])
    assert.deepEqual(
      message.answers.map(({ name, ttl, text }) => [name, ttl, text]),
      [
        ['www.example.test.', 300, 'web.example.test.'],
        ['web.example.test.', 300, '10.0.0.1'],
      ],
    )
  })

  it('cut off anywhere, or with something behind, are malformed', () => {
    for (let length = 0; length < ANSWER.length; length++) assert.equal(decode(ANSWER.subarray(0, length)), null, `${length} octets`)
    assert.equal(decode(Buffer.concat([ANSWER, hex('00')])), null)
  })

  it('of any octets never throw and are done at once', () => {
    const began = performance.now()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), bytes => void decode(bytes)),
      { numRuns: 5000 },
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(ANSWER.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), changes => {
        const bytes = Buffer.from(ANSWER)
        for (const [at, octet] of changes) bytes[at] = octet
        for (const { text, data } of decode(bytes)?.answers ?? []) assert.ok(text === null || data.length > 0)
      }),
      { numRuns: 5000 },
    )
    assert.ok(performance.now() - began < 10_000)
  })

  it('that promise 65,535 records with names that all point to the longest one take no time', () => {
    const name = Buffer.concat([...Array.from({ length: 3 }, () => Buffer.concat([hex('3f'), Buffer.alloc(63, 0x61)])), hex('00')])
    const record = hex('c00c 0002 0001 00000000 0002 c00c')
    const bytes = Buffer.concat([hex('0000 8400 0001 ffff 0000 0000'), name, hex('0002 0001'), ...Array.from({ length: 4600 }, () => record)])
    const began = performance.now()
    assert.equal(decode(bytes), null)
    assert.ok(performance.now() - began < 2000, `${performance.now() - began} ms`)
  })

  it('with a signature anywhere but at the end are malformed', () => {
    const key: TsigKey = { name: 'k.', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 1) }
    const { bytes } = sign(encode({ id: 1, opcode: 0, questions: [ask('example.', TYPE.A)] }), key, 1_700_000_000)
    assert.ok(decode(bytes)?.tsig)
    const behind = Buffer.concat([bytes, hex('00 0029 04d0 00000000 0000')])
    behind.writeUInt16BE(2, 10)
    assert.equal(decode(behind), null)
  })
})

describe('data of records', () => {
  it('has one text, however it was typed', () => {
    const table: readonly (readonly [string, string, string | null])[] = [
      ['A', '10.0.0.1', '10.0.0.1'],
      ['A', '10.0.0.256', null],
      ['A', '010.0.0.1', null],
      ['AAAA', '2001:DB8:0:0::1', '2001:db8::1'],
      ['AAAA', '10.0.0.1', null],
      ['CNAME', 'WEB.example.id', 'web.example.id.'],
      ['MX', '10  Mail.example.id.', '10 mail.example.id.'],
      ['MX', 'mail.example.id.', null],
      ['MX', '65536 mail.example.id.', null],
      ['SRV', '0 5 443 www.example.id', '0 5 443 www.example.id.'],
      ['TXT', 'v=spf1 -all', '"v=spf1" "-all"'],
      ['TXT', '"v=spf1 -all"', '"v=spf1 -all"'],
      ['TXT', '"a\\"b\\\\c"', '"a\\"b\\\\c"'],
      ['TXT', '"é"', '"\\195\\169"'],
      ['TXT', '"a\nb"', null],
      ['TXT', '"a', null],
      ['TXT', 'a"b"', null],
      ['TXT', `"${'a'.repeat(256)}"`, null],
      ['CAA', '0 ISSUE letsencrypt.org', '0 issue "letsencrypt.org"'],
      ['CAA', '0 issue', null],
      ['SSHFP', '4 2 ABCD EF', '4 2 abcdef'],
      ['SSHFP', '4 2', null],
      ['TLSA', '3 1 1 AB', '3 1 1 ab'],
      ['DS', '60485 5 1 2BB183AF', '60485 5 1 2bb183af'],
      ['TYPE65', '\\# 3 0A0B0C', '\\# 3 0a0b0c'],
      ['TYPE65', '\\# 4 0a0b0c', null],
      ['TYPE65', '1 . alpn=h2', null],
    ]
    for (const [type, typed, text] of table) assert.equal(dataOf(type, typed), text, `${type} ${typed}`)
  })

  it('of any octets is null or a text that gives the same octets again', () => {
    const types = [TYPE.A, TYPE.AAAA, TYPE.CNAME, TYPE.MX, TYPE.TXT, TYPE.SRV, TYPE.CAA, TYPE.SSHFP, TYPE.TLSA, TYPE.DS, 65]
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.uint8Array({ maxLength: 80 }), (type, octets) => {
        const text = readData(type, octets, 0, octets.length)
        if (text === null) return
        const again = writeData(type, text)
        assert.ok(again, `${type} ${text}`)
        assert.equal(readData(type, again, 0, again.length), text)
      }),
      { numRuns: 3000 },
    )
  })

  it('of any text never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => void wordsOf(text)),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(
        fc.constantFrom('A', 'AAAA', 'MX', 'TXT', 'SRV', 'CAA', 'DS', 'TYPE9'),
        fc.string({ unit: 'binary' }),
        (type, text) => void dataOf(type, text),
      ),
    )
  })
})

describe('serial numbers', () => {
  it('count round (RFC 1982)', () => {
    assert.ok(isNewer(2, 1))
    assert.ok(!isNewer(1, 2))
    assert.ok(!isNewer(7, 7))
    assert.ok(isNewer(0, 4_294_967_295))
    assert.ok(isNewer(2_147_483_647, 0))
    assert.ok(!isNewer(2_147_483_648, 0) && !isNewer(0, 2_147_483_648), 'half a round apart is neither')
  })
})
