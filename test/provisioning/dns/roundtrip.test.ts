// Every type against named itself: what is written is what dig prints and what we read, and a zone of 5,000 records comes over whole.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { dataOf } from '../../../provisioning/dns/rdata.ts'
import { type RrsetType, rrsetOf } from '../../../provisioning/dns/rrset.ts'
import type { RrsetState } from '../../../provisioning/dns/state.ts'
import { TSIG_ALGORITHMS } from '../../../provisioning/dns/tsig.ts'
import { startDnsCable } from '../../support/dns-cable.ts'
import { freeDnsPort, hasNamed, type NamedPair, startNamed } from '../../support/named.ts'
import { bad, call, good, rrset, zoneOn } from './ground.ts'

const ZONE = 'round.go.id'
const LARGE = 5000

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/)
const host = fc.array(label, { minLength: 2, maxLength: 4 }).map(labels => `${labels.join('.')}.`)
const number = (most: number) => fc.integer({ min: 0, max: most })
const hex = (octets: number) => fc.uint8Array({ minLength: octets, maxLength: octets }).map(bytes => Buffer.from(bytes).toString('hex'))
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 })
const DATA: Readonly<Record<Exclude<RrsetType, 'CNAME' | 'NS' | 'DS'>, fc.Arbitrary<string>>> &
  Readonly<Record<'CNAME' | 'NS' | 'DS', fc.Arbitrary<string>>> = {
  A: fc.ipV4(),
  AAAA: fc.ipV6(),
  CNAME: host,
  MX: fc.tuple(number(65_535), host).map(words => words.join(' ')),
  TXT: text,
  SRV: fc.tuple(number(65_535), number(65_535), number(65_535), host).map(words => words.join(' ')),
  CAA: fc
    .tuple(fc.constantFrom('0', '128'), fc.constantFrom('issue', 'issuewild'), fc.stringMatching(/^[a-z]{1,20}\.id(; [a-z]{1,9}=[a-z0-9]{1,9})?$/))
    .map(([flags, tag, value]) => `${flags} ${tag} "${value}"`),
  PTR: host,
  NS: host,
  SSHFP: fc.oneof(
    hex(32).map(print => `4 2 ${print}`),
    hex(20).map(print => `1 1 ${print}`),
  ),
  TLSA: fc.tuple(number(3), number(1), hex(32)).map(([usage, selector, data]) => `${usage} ${selector} 1 ${data}`),
  DS: fc.tuple(number(65_535), fc.constantFrom(8, 13, 15), hex(32)).map(([tag, algorithm, digest]) => `${tag} ${algorithm} 2 ${digest}`),
}

/** What dig prints of a transfer, read by nobody of ours but for the spelling of numbers and names. */
const digested = (printed: string): Map<string, RrsetState> => {
  const sets = new Map<string, { type: string; ttl: number; data: string[] }>()
  for (const line of printed.split('\n')) {
    const [, owner = '', ttl = '', type = '', data = ''] = /^(\S+)\s+(\d+)\s+IN\s+(\S+)\s+(.*)$/.exec(line) ?? []
    if (owner === '' || type === 'SOA') continue
    const key = `${owner.toLowerCase()} ${type}`
    const set = sets.get(key) ?? { type, ttl: Number(ttl), data: [] }
    set.data.push(dataOf(type, data) ?? `not read: ${data}`)
    sets.set(key, set)
  }
  return new Map([...sets].map(([key, { type, ttl, data }]) => [key, rrset(type, ttl, ...data)]))
}

describe('records over the wire', () => {
  let pair: NamedPair
  before(async function () {
    if (!hasNamed()) return this.skip()
    const many = Array.from({ length: LARGE }, (_, i) => `h${i} A 10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`).join('\n')
    pair = await startNamed([{ name: ZONE }, { name: 'large.go.id', records: many }], 'hmac-sha512')
  })
  after(() => pair?.close())

  it('are what dig reads and what we read, of every type', async () => {
    const zone = zoneOn(pair, ZONE)
    const base = good(await zone.list(call()))!
    let round = 0
    const wishes = fc.record(
      Object.fromEntries(Object.entries(DATA).map(([type, one]) => [type, fc.array(one, { minLength: 1, maxLength: type === 'CNAME' ? 1 : 3 })])),
    )
    await fc.assert(
      fc.asyncProperty(wishes, number(604_800), async (data, ttl) => {
        round++
        const wanted = new Map<string, RrsetState>()
        for (const [type, given] of Object.entries(data)) {
          // Alone at their names: a CNAME must be, and below a delegation nothing else is seen.
          const typed = rrsetOf(
            { owner: `${type.toLowerCase() === 'ds' ? 'ns' : type.toLowerCase()}-${round}.${ZONE}`, type, ttl, data: given },
            ZONE,
          )
          if (typed.ok) wanted.set(typed.value.name, typed.value.state)
        }
        assert.ok(wanted.size >= 10, [...wanted.keys()].join())
        good(
          await zone.swap(
            [...wanted].map(([name, after]) => ({ name, before: null, after })),
            call(),
          ),
        )
        const expected = new Map([...base, ...wanted])
        const printed = digested(
          await pair.dig(pair.primary, '-y', `${pair.key.algorithm}:${pair.key.name}:${pair.key.secret}`, ZONE, 'AXFR', '+noall', '+answer'),
        )
        assert.deepEqual(new Map([...printed].sort()), new Map([...expected].sort()))
        assert.deepEqual(new Map([...good(await zone.list(call()))!].sort()), new Map([...expected].sort()))
        assert.deepEqual(good(await zone.read([...wanted.keys()], call())), wanted)
        good(
          await zone.swap(
            [...wanted].map(([name, before]) => ({ name, before, after: null })),
            call(),
          ),
        )
      }),
      { numRuns: 25 },
    )
    assert.deepEqual(good(await zone.list(call())), base)
  })

  it('are signed with each algorithm', async () => {
    // The pair of this story signs by the longest.
    for (const algorithm of TSIG_ALGORITHMS.filter(one => one !== pair.key.algorithm)) {
      const other = await startNamed([{ name: 'signed.go.id' }], algorithm)
      try {
        const zone = zoneOn(other, 'signed.go.id')
        good(await zone.put('a.signed.go.id. A', null, rrset('A', 300, '127.0.0.1'), call()))
        assert.ok(good(await zone.list(call()))?.has('a.signed.go.id. A'))
      } finally {
        await other.close()
      }
    }
  })

  it('come over in a transfer of 5,000, over many signed messages', async () => {
    const began = performance.now()
    const all = good(await zoneOn(pair, 'large.go.id').list(call()))!
    const took = performance.now() - began
    assert.equal(all.size, LARGE + 2)
    assert.deepEqual(all.get('h4999.large.go.id. A'), rrset('A', 300, '10.0.19.135'))
    assert.ok(took < 3000, `${Math.round(took)} ms`)
    const names = Array.from({ length: 500 }, (_, i) => `h${i * 10}.large.go.id. A`)
    const read = good(await zoneOn(pair, 'large.go.id').read([...names, 'none.large.go.id. A'], call()))
    assert.equal([...read.values()].filter(state => state !== null).length, 500)
  })

  it('too long for a datagram are asked for by TCP', async () => {
    const zone = zoneOn(pair, ZONE)
    const name = `long.${ZONE}. TXT`
    const state = good(
      rrsetOf({ owner: `long.${ZONE}`, type: 'TXT', ttl: 300, data: Array.from({ length: 9 }, (_, i) => `${i}`.repeat(250)) }, ZONE),
    ).state
    good(await zone.put(name, null, state, call()))
    for (const { state: said } of (await zone.answers(name, call())).slice(0, 1)) assert.deepEqual(good(said), state)
  })

  it('are not believed of a transfer that was tampered with half way, or cut off', async () => {
    const [address = '', port = ''] = pair.primary.split(':')
    /** Each over a cable of its own: what is left of one transfer must not count as the next one's. */
    const listed = async (change: (message: Buffer, no: number) => Buffer | null) => {
      const cable = await startDnsCable({ address: '127.0.0.1', port: await freeDnsPort() }, { address, port: Number(port) })
      let no = 0
      cable.answer = message => change(message, ++no)
      try {
        const all = await zoneOn(pair, 'large.go.id', { servers: [cable.at] }).list(call())
        return { all, messages: no }
      } finally {
        await cable.close()
      }
    }
    const whole = await listed(message => message)
    assert.equal(good(whole.all)?.size, LARGE + 2)
    assert.ok(whole.messages > 3, `${whole.messages} messages`)
    const flipped = (message: Buffer) => {
      message[Math.floor(message.length / 2)]! ^= 1
      return message
    }
    for (const at of [1, 2, whole.messages]) {
      const { all } = await listed((message, no) => (no === at ? flipped(message) : message))
      assert.equal(bad(all).kind, 'garbage', `message ${at} of ${whole.messages}`)
    }
    const cut = await listed((message, no) => (no === 2 ? null : message))
    assert.equal(bad(cut.all).retry, true)
    // The first message twice, and each other one too late: nothing is altered in any of them.
    let held: Buffer | null = null
    const late = await listed(message => {
      const instead = held ?? message
      held = message
      return instead
    })
    assert.equal(bad(late.all).kind, 'garbage')
  })
})
