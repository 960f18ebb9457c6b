// Numbers read in place from every type that can hold one.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { signedAt, unsignedAt } from '../../collectors/wire/ber.ts'
import { numberAt } from '../../collectors/wire/numbers.ts'
import { TYPE } from '../../collectors/wire/session.ts'

const text = (written: string): number => {
  const bytes = Buffer.from(`xx${written}9`, 'latin1')
  return numberAt(bytes, TYPE.octets, 2, bytes.length - 3)
}

describe('numbers in answers', () => {
  it('written as text are read', () => {
    const table: [string, number][] = [
      ['54.1', 54.1],
      [' 23 ', 23],
      ['-5', -5],
      ['+7', 7],
      ['0', 0],
      ['-0.5', -0.5],
      ['.5', 0.5],
      ['5.', 5],
      ['230.4\0', 230.4],
      ['\t12\r\n', 12],
      ['00012', 12],
      ['123456789012345678', Number('123456789012345678')],
      ['0.1000000000000000000000000001', 0.1],
    ]
    for (const [written, value] of table) assert.equal(text(written), value, JSON.stringify(written))
  })

  it('are not seen where there are none', () => {
    for (const written of ['', ' ', '-', '.', '-.', '1.2.3', '1e5', '0x10', '12 V', 'n/a', '--5', '1 2', '1,5', 'NaN', 'Infinity', '\0']) {
      assert.ok(Number.isNaN(text(written)), JSON.stringify(written))
    }
    for (const type of [TYPE.null, TYPE.oid, TYPE.ipAddress, TYPE.noSuchObject, TYPE.noSuchInstance, TYPE.endOfMibView]) {
      assert.ok(Number.isNaN(numberAt(Uint8Array.of(1, 2, 3, 4), type, 0, 4)))
    }
  })

  it('of any text are what the language itself reads', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e15, max: 1e15 }), fc.nat(8), (value, digits) => {
        const written = value.toFixed(digits)
        assert.equal(text(written), Number(written))
      }),
      { numRuns: 3000 },
    )
  })

  it('of 64 bits are the nearest doubles', () => {
    const octets = (value: bigint): Uint8Array => Uint8Array.from({ length: 8 }, (_, k) => Number((value >> BigInt(56 - 8 * k)) & 0xffn))
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), value => {
        assert.equal(unsignedAt(octets(value), 0, 8), Number(value))
        assert.equal(signedAt(octets(BigInt.asUintN(64, value - 2n ** 63n)), 0, 8), Number(value - 2n ** 63n))
      }),
      { numRuns: 3000 },
    )
    assert.equal(unsignedAt(Uint8Array.of(0, 255, 255, 255, 255, 255, 255, 255, 255), 0, 9), 2 ** 64)
  })

  it('in Opaque are floats and doubles', () => {
    assert.equal(numberAt(Uint8Array.of(0x9f, 0x78, 4, 0xc2, 0x48, 0, 0), TYPE.opaque, 0, 7), -50)
    assert.equal(numberAt(Uint8Array.of(0x9f, 0x79, 8, 0x40, 0x49, 0, 0, 0, 0, 0, 0), TYPE.opaque, 0, 11), 50)
    assert.ok(Number.isNaN(numberAt(Uint8Array.of(0x9f, 0x78, 8, 0xc2, 0x48, 0, 0), TYPE.opaque, 0, 7)))
    assert.ok(Number.isNaN(numberAt(Uint8Array.of(0x9f, 0x78, 4, 0xc2, 0x48), TYPE.opaque, 0, 5)))
  })

  it('are never infinite: neither a float of a broken sensor nor a text of hundreds of digits', () => {
    assert.ok(Number.isNaN(numberAt(Uint8Array.of(0x9f, 0x78, 4, 0x7f, 0x80, 0, 0), TYPE.opaque, 0, 7)))
    assert.ok(Number.isNaN(numberAt(Uint8Array.of(0x9f, 0x79, 8, 0xff, 0xf0, 0, 0, 0, 0, 0, 0), TYPE.opaque, 0, 11)))
    for (const text of ['9'.repeat(400), `-${'9'.repeat(400)}`]) assert.ok(Number.isNaN(numberAt(Buffer.from(text), TYPE.octets, 0, text.length)))
  })
})
