// Any SNMP message there can be, for the property tests of the wire.
import fc from 'fast-check'
import { type Message, PDU, type Pdu } from '../../collectors/wire/message.ts'
import { TYPE, type Varbind } from '../../collectors/wire/session.ts'

const arc = fc.oneof(
  fc.nat(127),
  fc.nat(20_000),
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32 - 1),
)
const rest = fc.array(arc, { maxLength: 20 })

export const oid: fc.Arbitrary<string> = fc
  .oneof(fc.tuple(fc.constantFrom(0, 1), fc.nat(39), rest), fc.tuple(fc.constant(2), arc, rest))
  .map(([first, second, more]) => [first, second, ...more].join('.'))

/** OIDs that every library knows how to carry: under iso.org, where all MIBs are. */
export const commonOid: fc.Arbitrary<string> = fc.array(arc, { minLength: 1, maxLength: 20 }).map(more => `1.3.${more.join('.')}`)

const unsigned32 = fc.oneof(
  fc.nat(300),
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(127, 128, 255, 256, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1),
)
const signed32 = fc.oneof(fc.integer({ min: -200, max: 200 }), fc.integer(), fc.constantFrom(-129, -128, -32_768, -32_769, -(2 ** 31), 2 ** 31 - 1))
const counter64 = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.constantFrom(0n, 127n, 128n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n),
)
const octets = fc.uint8Array({ maxLength: 300 })
const ip = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map(parts => parts.join('.'))

const integerValue = fc.record({ type: fc.constant<number>(TYPE.integer), value: signed32 })
export const value: fc.Arbitrary<{ type: number; value: Varbind['value'] }> = fc.oneof(
  integerValue,
  fc.record({ type: fc.constantFrom<number>(TYPE.counter32, TYPE.gauge32, TYPE.timeTicks), value: unsigned32 }),
  fc.record({ type: fc.constant<number>(TYPE.counter64), value: counter64 }),
  fc.record({ type: fc.constantFrom<number>(TYPE.octets, TYPE.opaque), value: octets }),
  fc.record({ type: fc.constant<number>(TYPE.oid), value: commonOid }),
  fc.record({ type: fc.constant<number>(TYPE.ipAddress), value: ip }),
  fc.record({ type: fc.constantFrom<number>(TYPE.null, TYPE.noSuchObject, TYPE.noSuchInstance, TYPE.endOfMibView), value: fc.constant(null) }),
)

export const varbinds = (name: fc.Arbitrary<string> = oid, content = value): fc.Arbitrary<Varbind[]> =>
  fc.array(
    fc.tuple(name, content).map(([named, held]) => ({ oid: named, ...held })),
    { maxLength: 12 },
  )

export const message = (list: fc.Arbitrary<Varbind[]> = varbinds()): fc.Arbitrary<Message> =>
  fc.record({
    version: fc.constantFrom(0, 1),
    community: fc.string({ maxLength: 40 }),
    pdu: fc.record<Pdu>({
      type: fc.constantFrom(...Object.values(PDU)),
      requestId: signed32,
      errorStatus: fc.nat(18),
      errorIndex: fc.nat(60),
      varbinds: list,
    }),
  })

/** A message with every type in it, for tests that go through its octets one by one. */
export const FULL: Message = {
  version: 1,
  community: 'public',
  pdu: {
    type: PDU.response,
    requestId: 0x1234_5678,
    errorStatus: 0,
    errorIndex: 0,
    varbinds: [
      { oid: '1.3.6.1.2.1.1.1.0', type: TYPE.octets, value: new Uint8Array(200).fill(65) },
      { oid: '1.3.6.1.2.1.1.2.0', type: TYPE.oid, value: '1.3.6.1.4.1.318.1.3.27' },
      { oid: '1.3.6.1.2.1.1.3.0', type: TYPE.timeTicks, value: 4_000_000_000 },
      { oid: '1.3.6.1.2.1.2.2.1.10.1', type: TYPE.counter32, value: 12 },
      { oid: '1.3.6.1.2.1.4.20.1.1.10.0.0.1', type: TYPE.ipAddress, value: '10.0.0.1' },
      { oid: '1.3.6.1.2.1.31.1.1.1.6.1', type: TYPE.counter64, value: 2n ** 60n },
      { oid: '1.3.6.1.2.1.33.1.2.7.0', type: TYPE.integer, value: -5 },
      { oid: '1.3.6.1.4.1.2021.10.1.6.1', type: TYPE.opaque, value: Uint8Array.of(0x9f, 0x78, 4, 0x3f, 0x80, 0, 0) },
      { oid: '1.3.6.1.4.1.318.1', type: TYPE.noSuchObject, value: null },
    ],
  },
}
