// Raw values into readings, by tables of what devices send.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { numberOf, readNumber, readVarbind, textOf } from '../../collectors/profile/decode.ts'
import { TYPE, type Varbind } from '../../collectors/wire/session.ts'
import type { Decode } from '../../daemon/domain/point.ts'

const plain: Decode = { scale: 1, offset: 0, absent: [], counter: null, decoder: null }
const octets = (value: Uint8Array | string): Varbind => ({ oid: '1.3.6.1', type: TYPE.octets, value: Buffer.from(value as string) })

describe('decoding', () => {
  const numbers: readonly [raw: number, decode: Partial<Decode>, reads: number][] = [
    [2303, { scale: 0.1 }, 230.3],
    [70, { scale: 0.01 }, 0.7],
    [-56, { scale: 0.1 }, -5.6],
    [212, { scale: 5 / 9, offset: -160 / 9 }, 100],
    [65535, { absent: [65535] }, Number.NaN],
    [-1, { absent: [-1] }, Number.NaN],
    [2_147_483_647, {}, Number.NaN],
    [-2_147_483_648, {}, Number.NaN],
    [4_294_967_295, {}, Number.NaN],
    [4_294_967_295, { counter: 32, scale: 8 }, 4_294_967_295],
    [66, { mask: 0x60 }, 64],
    [0x8000_0001, { mask: 0x8000_0000 }, 0x8000_0000],
    [0xfff6, { decoder: 'int16', scale: 0.1 }, -1],
    [0xffff_fff6, { decoder: 'int32' }, -10],
    [93, { decoder: 'complement' }, 7],
    [500, { decoder: 'microwattDbm' }, -3.010299956639812],
    [0, { decoder: 'microwattDbm' }, Number.NaN],
    [-866_597_556, { range: [-100, 1500] }, Number.NaN],
  ]
  for (const [raw, decode, reads] of numbers)
    it(`${raw} with ${JSON.stringify(decode)} is ${reads}`, () => {
      const value = readNumber(raw, { ...plain, ...decode })
      assert.ok(Number.isNaN(reads) ? Number.isNaN(value) : Math.abs(value - reads) < 1e-9, String(value))
    })

  const texts: readonly [text: string, decode: Partial<Decode>, reads: number][] = [
    ['54.1', {}, 54.1],
    [' 23 ', {}, 23],
    ['-5', {}, -5],
    ['', {}, Number.NaN],
    ['n/a', {}, Number.NaN],
    ['Temp: 33.5 C', { decoder: 'numberInText' }, 33.5],
    ['PSU 1 current : 33.67A', { decoder: 'lastNumberInText' }, 33.67],
    ['01:02:03', { decoder: 'clock' }, 3723],
    ['Normal', { words: { normal: 1, alarm: 2 } }, 1],
    ['Broken', { words: { normal: 1, alarm: 2 } }, Number.NaN],
  ]
  for (const [text, decode, reads] of texts)
    it(`the text ${JSON.stringify(text)} with ${JSON.stringify(decode)} is ${reads}`, () => {
      assert.equal(readVarbind(octets(text), { ...plain, ...decode }), reads)
    })

  it('reads Opaque floats, Counter64 and no text for exceptions', () => {
    assert.equal(numberOf({ oid: '1.3', type: TYPE.opaque, value: Uint8Array.from([0x9f, 0x78, 4, 0x41, 0xbc, 0, 0]) }), 23.5)
    assert.equal(numberOf({ oid: '1.3', type: TYPE.counter64, value: 2n ** 40n }), 2 ** 40)
    assert.equal(textOf({ oid: '1.3', type: TYPE.noSuchInstance, value: null }), null)
  })

  it('makes text of any octets without throwing, and cuts NULs and blanks', () => {
    assert.equal(textOf(octets('Rack 3\0\0 ')), 'Rack 3')
    assert.equal(textOf(octets(Uint8Array.from([0x4b, 0xfc, 0x68, 0x6c]))), 'Kühl')
    assert.equal(textOf(octets(Uint8Array.from([0x00, 0x1b, 0x21]))), '00:1b:21')
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), bytes => typeof textOf({ oid: '1.3', type: TYPE.octets, value: bytes }) === 'string'))
  })
})
