// Object identifiers: text, octets, order.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { arcs, compareOids, decodeOid, encodeOid, isBelow } from '../../collectors/wire/oid.ts'
import { oid } from './arbitraries.ts'

describe('OIDs', () => {
  it('come back from octets as they went', () => {
    fc.assert(
      fc.property(oid, text => {
        const octets = encodeOid(text)
        assert.ok(octets !== null)
        assert.equal(decodeOid(octets, 0, octets.length), text)
      }),
      { numRuns: 5000 },
    )
  })

  it('are the octets of X.690 and of RFC 2578', () => {
    const hex = (text: string) => Buffer.from(encodeOid(text) ?? []).toString('hex')
    assert.equal(hex('2.999.3'), '883703')
    assert.equal(hex('1.3.6.1.4.1.4294967295'), '2b060104018fffffff7f')
    assert.equal(hex('0.0'), '00')
    assert.equal(hex('2.4294967295'), '908080804f')
  })

  it('are refused where SNMP has none', () => {
    for (const text of ['', '1', '.1.3', '1.3.', '1..3', '1.40', '3.1', '1.3.4294967296', '1.3.06', '1.3.-1', '1.3.x', ' 1.3', 'iso.org']) {
      assert.equal(encodeOid(text), null, text)
      assert.equal(arcs(text), null, text)
    }
  })

  it('are refused as octets when an arc is padded, unfinished or too large', () => {
    for (const hex of ['2b80', '2b8001', '2bff', '2b9080808000', '2b90808080808000']) {
      const octets = Buffer.from(hex, 'hex')
      assert.equal(decodeOid(octets, 0, octets.length), null, hex)
    }
  })

  it('are ordered arc by arc, as agents walk', () => {
    fc.assert(
      fc.property(oid, oid, (a, b) => {
        const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)]
        const at = x.findIndex((arc, n) => arc !== y[n])
        const expected = a === b ? 0 : at < 0 ? -1 : at >= y.length ? 1 : Math.sign((x[at] ?? 0) - (y[at] ?? 0))
        assert.equal(Math.sign(compareOids(a, b)), expected)
        assert.equal(Math.sign(compareOids(b, a)), expected === 0 ? 0 : -expected)
      }),
      { numRuns: 5000 },
    )
    assert.deepEqual(['1.3.10', '1.3.9', '1.3', '1.3.9.1'].toSorted(compareOids), ['1.3', '1.3.9', '1.3.9.1', '1.3.10'])
  })

  it('lie below a root only at an arc', () => {
    assert.ok(isBelow('1.3.6.1', '1.3.6'))
    assert.ok(!isBelow('1.3.6', '1.3.6'))
    assert.ok(!isBelow('1.3.61', '1.3.6'))
  })
})
