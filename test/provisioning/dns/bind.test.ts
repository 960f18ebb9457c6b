// A zone on a real BIND, primary and secondary: what we write is what dig reads, and nobody's change is written over.
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { decode } from '../../../provisioning/dns/message.ts'
import { request } from '../../../provisioning/dns/query.ts'
import { endpointOf } from '../../../provisioning/dns/server.ts'
import { untilAllAnswer } from '../../../provisioning/dns/settle.ts'
import { verifier } from '../../../provisioning/dns/tsig.ts'
import { OPCODE, TYPE } from '../../../provisioning/dns/types.ts'
import { converse } from '../../../provisioning/dns/wire.ts'
import { type DnsCable, startDnsCable } from '../../support/dns-cable.ts'
import { freeDnsPort, hasNamed, type NamedPair, startNamed } from '../../support/named.ts'
import { bad, call, good, rrset, zoneOn } from './ground.ts'

const ZONE = 'example.go.id'
const RECORDS = `www A 127.0.0.10
*.wild A 127.0.0.20
alias CNAME www
sub NS ns.sub
ns.sub A 127.0.0.53
`

describe('a zone on BIND', () => {
  let pair: NamedPair
  let cable: DnsCable
  before(async function () {
    if (!hasNamed()) return this.skip()
    pair = await startNamed([
      { name: ZONE, records: RECORDS },
      { name: 'poor.go.id', policy: 'grant suar-key zonesub A AAAA TXT;' },
      { name: 'signed.go.id', more: 'dnssec-policy default; inline-signing yes;' },
    ])
    const [address = '', port = ''] = pair.primary.split(':')
    cable = await startDnsCable({ address: '127.0.0.1', port: await freeDnsPort() }, { address, port: Number(port) })
  })
  after(async () => {
    await cable?.close()
    await pair?.close()
  })
  afterEach(() => {
    cable.mend()
    cable.delay = 0
    cable.answer = message => message
    pair.cable.mend()
  })

  it('takes a record, which dig then reads at both servers, changes it, removes it', async () => {
    const zone = zoneOn(pair, ZONE)
    const name = `new.${ZONE}. A`
    const one = rrset('A', 120, '127.0.0.99')
    const two = rrset('A', 60, '127.0.0.98', '127.0.0.97')
    assert.equal(good(await zone.read([name], call())).get(name), null)

    good(await zone.put(name, null, one, call()))
    assert.deepEqual(good(await zone.read([name], call())).get(name), one)
    const settled = await untilAllAnswer(zone, name, one, call())
    assert.deepEqual(
      settled.map(({ right }) => right),
      [true, true],
    )
    for (const server of [pair.primary, pair.secondary]) assert.equal(await pair.dig(server, `new.${ZONE}`, '+short'), '127.0.0.99')

    good(await zone.put(name, one, two, call()))
    assert.match(await pair.dig(pair.primary, `new.${ZONE}`, '+noall', '+answer'), /\b60\s+IN\s+A\s+127\.0\.0\.9[78]/)
    good(await zone.put(name, two, null, call()))
    assert.equal(await pair.dig(pair.primary, `new.${ZONE}`, '+short'), '')
  })

  it('done twice is done once', async () => {
    const zone = zoneOn(pair, ZONE)
    const name = `twice.${ZONE}. A`
    const state = rrset('A', 300, '127.0.0.5')
    good(await zone.put(name, null, state, call()))
    const { servers } = await zone.look(call())
    good(await zone.put(name, null, state, call()))
    assert.deepEqual((await zone.look(call())).servers[0]?.serial, servers[0]?.serial, 'nothing was written the second time')
  })

  it('refuses a stale plan: what somebody changed by hand stays', async () => {
    const zone = zoneOn(pair, ZONE)
    const name = `www.${ZONE}. A`
    const seen = rrset('A', 300, '127.0.0.10')
    await pair.nsupdate(ZONE, [`update delete www.${ZONE} A`, `update add www.${ZONE} 300 A 127.0.0.11`])
    const failure = bad(await zone.put(name, seen, rrset('A', 300, '127.0.0.12'), call()))
    assert.equal(failure.kind, 'conflict')
    assert.match(failure.message, /127\.0\.0\.11/)
    assert.match(failure.words?.id ?? '', /diubah orang lain/)
    assert.equal(await pair.dig(pair.primary, `www.${ZONE}`, '+short'), '127.0.0.11')
    assert.equal(bad(await zone.put(name, null, seen, call())).kind, 'conflict')
    assert.equal(bad(await zone.put(name, rrset('A', 299, '127.0.0.11'), seen, call())).kind, 'conflict', 'a changed TTL is a change too')
  })

  it('lets one of two officers win, who both saw the same', async () => {
    const name = `race.${ZONE}. TXT`
    const seen = rrset('TXT', 300, '"0"')
    good(await zoneOn(pair, ZONE).put(name, null, seen, call()))
    for (let round = 0; round < 10; round++) {
      const before = good(await zoneOn(pair, ZONE).read([name], call())).get(name) ?? null
      const ways = ['a', 'b'].map(who => rrset('TXT', 300, `"${who}${round}"`))
      const both = await Promise.all(ways.map(after => zoneOn(pair, ZONE).put(name, before, after, call())))
      assert.equal(both.filter(({ ok }) => ok).length, 1, `round ${round}`)
      const won = ways[both.findIndex(({ ok }) => ok)]
      assert.deepEqual(good(await zoneOn(pair, ZONE).read([name], call())).get(name), won)
      assert.equal(bad(both.find(({ ok }) => !ok)!).kind, 'conflict')
    }
  })

  it('changes several in one transaction, or none of them', async () => {
    const zone = zoneOn(pair, ZONE)
    const [one, two] = [`many1.${ZONE}. A`, `many2.${ZONE}. A`]
    const state = rrset('A', 300, '127.0.0.6')
    good(await zone.put(two, null, state, call()))
    const serial = (await zone.look(call())).servers[0]!.serial!
    const failure = bad(
      await zone.swap(
        [
          { name: one, before: null, after: state },
          { name: two, before: rrset('A', 300, '127.0.0.7'), after: null },
        ],
        call(),
      ),
    )
    assert.equal(failure.kind, 'conflict')
    assert.equal(good(await zone.read([one], call())).get(one), null)
    assert.equal((await zone.look(call())).servers[0]!.serial, serial)

    good(
      await zone.swap(
        [
          { name: one, before: null, after: state },
          { name: two, before: state, after: null },
        ],
        call(),
      ),
    )
    assert.equal((await zone.look(call())).servers[0]!.serial, serial + 1, 'one step of the serial: one transaction')
  })

  it('makes a CNAME of an address and an address of a CNAME at once, and puts neither beside the other', async () => {
    const zone = zoneOn(pair, ZONE)
    const [a, cname] = [`turn.${ZONE}. A`, `turn.${ZONE}. CNAME`]
    const [address, target] = [rrset('A', 300, '127.0.0.8'), rrset('CNAME', 300, `www.${ZONE}.`)]
    good(await zone.put(a, null, address, call()))
    const beside = bad(await zone.put(cname, null, target, call()))
    assert.equal(beside.kind, 'conflict')
    assert.match(beside.message, /CNAME cannot stand beside/)
    assert.deepEqual(good(await zone.read([a, cname], call())), new Map([...[[a, address] as const], ...[[cname, null] as const]]))

    good(
      await zone.swap(
        [
          { name: cname, before: null, after: target },
          { name: a, before: address, after: null },
        ],
        call(),
      ),
    )
    assert.equal(await pair.dig(pair.primary, `turn.${ZONE}`, 'CNAME', '+short'), `www.${ZONE}.`)
    assert.equal(good(await zone.read([a], call())).get(a), null, 'what a CNAME leads to is not at the name itself')
  })

  it('tells a record from a wildcard that answers for it, and reads what stands below a delegation', async () => {
    const zone = zoneOn(pair, ZONE)
    const [under, glue, cut] = [`any.wild.${ZONE}. A`, `ns.sub.${ZONE}. A`, `sub.${ZONE}. NS`]
    const found = good(await zone.read([under, glue, cut], call()))
    assert.equal(found.get(under), null)
    assert.deepEqual(found.get(glue), rrset('A', 300, '127.0.0.53'))
    assert.deepEqual(found.get(cut), rrset('NS', 300, `ns.sub.${ZONE}.`))

    // The same address as the wildcard's, and yet its own: made and taken away again.
    const own = rrset('A', 300, '127.0.0.20')
    good(await zone.put(under, null, own, call()))
    assert.deepEqual(good(await zone.read([under], call())).get(under), own)
    good(await zone.put(under, own, null, call()))
    const gone = await untilAllAnswer(zone, under, null, call())
    assert.ok(
      gone.every(({ right }) => right),
      'the wildcard answers again, as it should',
    )
  })

  it('keeps the name servers of the zone changeable: new ones first, old ones after', async () => {
    const zone = zoneOn(pair, ZONE)
    const name = `${ZONE}. NS`
    const before = good(await zone.read([name], call())).get(name)!
    const after = rrset('NS', 300, `ns2.${ZONE}.`, `ns3.${ZONE}.`)
    const homeless = bad(await zone.put(name, before, after, call()))
    assert.equal(homeless.kind, 'forbidden', 'BIND wants their addresses first')
    for (const host of ['ns2', 'ns3']) good(await zone.put(`${host}.${ZONE}. A`, null, rrset('A', 300, '127.0.0.1'), call()))
    good(await zone.put(name, before, after, call()))
    assert.deepEqual(good(await zone.read([name], call())).get(name), after)
    good(await zone.put(name, after, before, call()))
    const none = bad(await zone.put(name, before, null, call()))
    assert.equal(none.kind, 'conflict', 'the last one stays, whatever the server says')
    assert.deepEqual(good(await zone.read([name], call())).get(name), before)
  })

  it('takes a newline in a TXT record as an octet of it, never as a line of its own', async () => {
    const zone = zoneOn(pair, ZONE)
    const name = `injected.${ZONE}. TXT`
    const raw = await zone.put(name, null, rrset('TXT', 300, `"a\nupdate delete www.${ZONE} A"`), call())
    assert.equal(bad(raw).kind, 'invalid')
    good(await zone.put(name, null, rrset('TXT', 300, `"a\\010update delete www.${ZONE} A"`), call()))
    assert.equal(await pair.dig(pair.primary, `injected.${ZONE}`, 'TXT', '+short'), `"a\\010update delete www.${ZONE} A"`)
    assert.notEqual(await pair.dig(pair.primary, `www.${ZONE}`, '+short'), '')
  })

  it('hands out the whole of it to the key, and to nobody else', async () => {
    const all = good(await zoneOn(pair, ZONE).list(call()))
    assert.ok(all)
    assert.deepEqual(all.get(`alias.${ZONE}. CNAME`), rrset('CNAME', 300, `www.${ZONE}.`))
    assert.deepEqual(all.get(`*.wild.${ZONE}. A`), rrset('A', 300, '127.0.0.20'))
    assert.ok(![...all.keys()].some(name => name.endsWith(' SOA')))
    assert.equal(good(await zoneOn(pair, ZONE, { key: pair.poorKey }).list(call())), null)
  })

  it('says which right is missing, of a key that may not and of one that is unknown or wrong', async () => {
    const name = `mx.poor.go.id. MX`
    const mail = rrset('MX', 300, '10 mail.poor.go.id.')
    assert.equal(bad(await zoneOn(pair, 'poor.go.id').put(name, null, mail, call())).kind, 'forbidden')
    assert.equal(
      bad(await zoneOn(pair, ZONE, { key: pair.poorKey }).put(`x.${ZONE}. A`, null, rrset('A', 300, '127.0.0.1'), call())).kind,
      'forbidden',
    )
    const keys = [
      { ...pair.key, name: 'nobody-knows' },
      { ...pair.key, secret: Buffer.alloc(32, 9).toString('base64') },
      { ...pair.key, algorithm: 'hmac-sha512' as const },
    ]
    for (const key of keys) {
      const zone = zoneOn(pair, ZONE, { key })
      for (const failure of [
        bad(await zone.read([`www.${ZONE}. A`], call())),
        bad(await zone.put(`x.${ZONE}. A`, null, rrset('A', 60, '127.0.0.1'), call())),
      ]) {
        assert.equal(failure.kind, 'wrongCredential', failure.message)
        assert.ok(!failure.message.includes(key.secret))
      }
    }
  })

  it('believes no answer whose signature is not right, by one bit', async () => {
    const outgoing = { opcode: OPCODE.QUERY, questions: [{ name: `${ZONE}.`, type: TYPE.SOA, class: 1 }] }
    const key = { ...pair.key, name: `${pair.key.name}.`, secret: Buffer.from(pair.key.secret, 'base64') }
    const asked = request(outgoing, key)
    const talk = converse(good(await endpointOf(pair.primary)), call().signal)
    talk.send(asked.bytes)
    const answer = good(await talk.next(5000))
    talk.close()
    const mac = decode(asked.bytes)!.tsig!.rr.data.subarray(-6 - 32, -6)
    const now = Math.floor(Date.now() / 1000)
    const take = (bytes: Buffer, at = now) => {
      const message = decode(bytes)
      return message !== null && verifier(key, mac, () => at).take(bytes, message).ok
    }
    assert.ok(take(answer))
    for (let at = 0; at < answer.length; at++)
      for (const bit of [1, 128]) {
        const other = Buffer.from(answer)
        other[at]! ^= bit
        // The number of the message is put right from the signature (RFC 8945, 5.3.2), which whoever asked has compared before; case counts for nothing.
        if (at < 2 || (decode(other)?.tsig?.rr.name === decode(answer)?.tsig?.rr.name && take(other) && sameButCase(other, answer))) continue
        assert.ok(!take(other), `octet ${at} of ${answer.length}, bit ${bit}`)
      }
    assert.ok(!take(answer, now + 400) && !take(answer, now - 400), 'an answer of another time')
  })

  it('does not take a forged answer for the change having been made', async () => {
    const zone = zoneOn(pair, ZONE, { servers: [cable.at, pair.secondary] })
    const name = `forged.${ZONE}. A`
    let updates = 0
    cable.answer = (message, over) => {
      // The first UPDATE only looks, the second one writes.
      if (over === 'tcp' && ++updates === 2) message[message.length - 10]! ^= 1
      return message
    }
    const failure = bad(await zone.put(name, null, rrset('A', 300, '127.0.0.1'), call()))
    assert.equal(failure.kind, 'garbage')
    assert.equal(failure.retry, false)
    assert.equal(updates, 2)
    // An answer without any signature is worth as little.
    cable.answer = (message, over) => {
      const { tsig } = decode(message) ?? {}
      if (over === 'udp' || !tsig) return message
      const bare = Buffer.from(message.subarray(0, tsig.at))
      bare.writeUInt16BE(0, 10)
      return bare
    }
    assert.equal(bad(await zone.put(name, null, rrset('A', 300, '127.0.0.1'), call())).kind, 'garbage')
  })

  it('passes over forged datagrams and takes the right answer behind them', async () => {
    const zone = zoneOn(pair, ZONE, { servers: [cable.at] })
    let forged = 0
    cable.answer = (message, over) => {
      if (over === 'udp' && forged++ === 0) message[message.length - 10]! ^= 1
      return message
    }
    assert.ok(good(await zone.read([`alias.${ZONE}. CNAME`], call())).get(`alias.${ZONE}. CNAME`))
    assert.equal(forged, 2, 'asked again')
  })

  it('bears a server that is slow, and says of one that is gone that it is', async () => {
    const zone = zoneOn(pair, ZONE, { servers: [cable.at] })
    cable.delay = 900
    assert.ok(good(await zone.read([`alias.${ZONE}. CNAME`], call())).get(`alias.${ZONE}. CNAME`))
    cable.delay = 0
    cable.cut()
    const gone = bad(await zone.put(`gone.${ZONE}. A`, null, rrset('A', 300, '127.0.0.1'), call()))
    assert.equal(gone.kind, 'timeout')
    assert.equal(gone.retry, true)
    const refused = bad(await zoneOn(pair, ZONE, { servers: [`127.0.0.1:${await freeDnsPort()}`] }).read([`www.${ZONE}. A`], call()))
    assert.equal(refused.kind, 'refused')
    const began = performance.now()
    const stopped = await zone.read([`www.${ZONE}. A`], call(100))
    assert.equal(bad(stopped).kind, 'cancelled')
    assert.ok(performance.now() - began < 1000)
  })

  it('a change whose answer got lost is found made when it is done again', async () => {
    const zone = zoneOn(pair, ZONE, { servers: [cable.at] })
    const name = `lost.${ZONE}. A`
    const state = rrset('A', 300, '127.0.0.44')
    let lost = 0
    cable.answer = message => {
      const update = decode(message)?.opcode === OPCODE.UPDATE && decode(message)?.rcode === 0
      // The first UPDATE only looks, the second one writes.
      return update && ++lost === 2 ? null : message
    }
    assert.equal(bad(await zone.put(name, null, state, call())).retry, true)
    assert.equal(await pair.dig(pair.primary, `lost.${ZONE}`, '+short'), '127.0.0.44')
    good(await zone.put(name, null, state, call()))
  })

  it('waits for a secondary that is cut off, tells which one it is, and is content once it came along', async () => {
    const zone = zoneOn(pair, ZONE, { patience: 800 })
    const name = `half.${ZONE}. A`
    const state = rrset('A', 300, '127.0.0.45')
    pair.cable.cut()
    good(await zone.put(name, null, state, call()))
    const half = await untilAllAnswer(zone, name, state, call())
    assert.deepEqual(
      half.map(({ server, right }) => [server, right]),
      [
        [pair.primary, true],
        [pair.secondary, false],
      ],
    )
    const look = await zone.look(call())
    assert.ok(look.servers[0]!.serial! > look.servers[1]!.serial!)
    const patient = untilAllAnswer(zoneOn(pair, ZONE, { patience: 30_000 }), name, state, call(40_000))
    await pause(300)
    pair.cable.mend()
    await pair.rndc('secondary', 'refresh', ZONE)
    assert.ok((await patient).every(({ right }) => right))
  })

  it('tells a signed zone from one that is not, and writes in it without touching what is the server’s own', async () => {
    assert.equal((await zoneOn(pair, ZONE).look(call())).dnssec, 'unsigned')
    const zone = zoneOn(pair, 'signed.go.id', { servers: [pair.primary] })
    for (const until = Date.now() + 15_000; (await zone.look(call())).dnssec !== 'signed'; await pause(100))
      assert.ok(Date.now() < until, 'not signed in time')
    const [name, state] = ['www.signed.go.id. A', rrset('A', 300, '127.0.0.5')]
    good(await zone.put(name, null, state, call()))
    good(await zone.put(name, state, rrset('A', 60, '127.0.0.6'), call()))
    assert.deepEqual([...good(await zone.list(call()))!.keys()].sort(), ['ns1.signed.go.id. A', 'signed.go.id. NS', name])
    assert.match(await pair.dig(pair.primary, 'www.signed.go.id', '+dnssec'), /RRSIG\tA/)
    assert.deepEqual((await zoneOn(pair, ZONE, { servers: [`127.0.0.1:${await freeDnsPort()}`] }).look(call())).dnssec, 'unknown')
  })

  it('stays in its own zone', async () => {
    const zone = zoneOn(pair, ZONE)
    assert.equal(bad(await zone.put('www.poor.go.id. A', null, rrset('A', 300, '127.0.0.1'), call())).kind, 'invalid')
    assert.equal(bad(await zone.read(['badexample.go.id. A'], call())).kind, 'invalid')
    assert.equal(bad(await zone.read([`www.${ZONE}\n. A`], call())).kind, 'invalid')
    assert.equal(bad(await zoneOn(pair, 'unserved.go.id').put('www.unserved.go.id. A', null, rrset('A', 60, '127.0.0.1'), call())).kind, 'forbidden')
  })
})

/** Names are compared without case, also where they are signed: such a bit changes nothing that is meant. */
const sameButCase = (a: Buffer, b: Buffer): boolean => a.toString('latin1').toLowerCase() === b.toString('latin1').toLowerCase()
