// A zone on a real PowerDNS through its API: the same promises as on BIND, kept by reading before and after.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createPowerDnsZone } from '../../../provisioning/dns/powerdns.ts'
import { untilAllAnswer } from '../../../provisioning/dns/settle.ts'
import { openZone } from '../../../provisioning/dns/zones.ts'
import { hasPdns, type Pdns, startPdns } from '../../support/pdns.ts'
import { bad, call, good, rrset } from './ground.ts'

const ZONE = 'dinas.go.id'

describe('a zone on PowerDNS', () => {
  let pdns: Pdns
  const open = (more: { readonly url?: string; readonly apiKey?: string; readonly name?: string } = {}) =>
    good(
      openZone(
        { kind: 'powerdns', name: ZONE, servers: [pdns.server], rights: [], url: pdns.url, apiKey: pdns.apiKey, ...more },
        { ours: async () => new Set(), patience: 5000 },
      ),
    )

  before(async function () {
    if (!hasPdns()) return this.skip()
    pdns = await startPdns()
    good(await createPowerDnsZone(`${ZONE}.`, pdns, { kind: 'Native', nameservers: [`ns1.${ZONE}.`] }, call()))
  })
  after(() => pdns?.close())

  it('is made once', async () => {
    const again = await createPowerDnsZone(`${ZONE}.`, pdns, { kind: 'Native', nameservers: [`ns1.${ZONE}.`] }, call())
    assert.equal(bad(again).kind, 'conflict')
  })

  it('takes a record, which its server then answers, changes it, removes it', async () => {
    const zone = open()
    const name = `www.${ZONE}. A`
    const [one, two] = [rrset('A', 120, '127.0.0.7'), rrset('A', 60, '127.0.0.8', '127.0.0.9')]
    const serial = (await zone.look(call())).servers[0]!.serial!
    good(await zone.put(name, null, one, call()))
    assert.ok((await untilAllAnswer(zone, name, one, call())).every(({ right }) => right))
    assert.ok((await zone.look(call())).servers[0]!.serial! > serial)
    good(await zone.put(name, one, two, call()))
    assert.deepEqual(good(await zone.read([name], call())).get(name), two)
    good(await zone.put(name, one, two, call()))
    good(await zone.put(name, two, null, call()))
    assert.equal(good(await zone.read([name], call())).get(name), null)
    assert.ok((await untilAllAnswer(zone, name, null, call())).every(({ right }) => right))
  })

  it('keeps every type as it is written, in one text', async () => {
    const zone = open()
    const states = [
      rrset('AAAA', 300, '2001:db8::1'),
      rrset('MX', 300, `10 mail.${ZONE}.`),
      rrset('TXT', 300, `"v=spf1 -all"`, `"quote \\" back \\\\ \\195\\169" "${'a'.repeat(255)}"`),
      rrset('SRV', 300, `0 5 443 www.${ZONE}.`),
      rrset('CAA', 300, '0 issue "letsencrypt.org; validationmethods=dns-01"'),
      rrset('PTR', 300, `www.${ZONE}.`),
      rrset('SSHFP', 300, `4 2 ${'ab'.repeat(32)}`),
      rrset('TLSA', 300, `3 1 1 ${'cd'.repeat(32)}`),
    ]
    for (const state of states) good(await zone.put(`types.${ZONE}. ${state.type}`, null, state, call()))
    const all = good(await zone.list(call()))
    for (const state of states) {
      const name = `types.${ZONE}. ${state.type}`
      assert.deepEqual(all?.get(name), state)
      const [answer] = await zone.answers(name, call())
      assert.deepEqual(good(answer!.state), state)
    }
  })

  it('refuses what somebody changed by hand, and what has records that are switched off', async () => {
    const zone = open()
    const name = `hand.${ZONE}. A`
    const patch = (records: readonly object[]) =>
      pdns.api('PATCH', `/zones/${ZONE}.`, { rrsets: [{ name: `hand.${ZONE}.`, type: 'A', ttl: 300, changetype: 'REPLACE', records }] })
    assert.equal((await patch([{ content: '127.0.0.2' }])).status, 204)
    assert.equal(bad(await zone.put(name, null, rrset('A', 300, '127.0.0.1'), call())).kind, 'conflict')
    assert.equal((await patch([{ content: '127.0.0.2' }, { content: '127.0.0.3', disabled: true }])).status, 204)
    const seen = rrset('A', 300, '127.0.0.2')
    assert.deepEqual(good(await zone.read([name], call())).get(name), seen)
    const off = bad(await zone.put(name, seen, null, call()))
    assert.match(off.words?.id ?? '', /dimatikan/)
    assert.deepEqual(good(await zone.read([name], call())).get(name), seen)
  })

  it('says what the server says when it refuses: a CNAME beside other data', async () => {
    const zone = open()
    good(await zone.put(`both.${ZONE}. A`, null, rrset('A', 300, '127.0.0.1'), call()))
    const failure = bad(await zone.put(`both.${ZONE}. CNAME`, null, rrset('CNAME', 300, `www.${ZONE}.`), call()))
    assert.equal(failure.kind, 'invalid')
    assert.match(failure.message, /CNAME|conflict/i)
  })

  it('keeps its key to itself: in no message, to no other address, over no open line', async () => {
    const wrong = bad(await open({ apiKey: 'a-wrong-key' }).read([`www.${ZONE}. A`], call()))
    assert.equal(wrong.kind, 'wrongCredential')
    assert.ok(!wrong.message.includes('a-wrong-key'))
    assert.equal(bad(await open({ url: 'http://192.0.2.1:8081' }).list(call())).kind, 'invalid')
    const seen: (string | undefined)[] = []
    const elsewhere = createServer((request, response) => {
      seen.push(request.headers['x-api-key'] as string | undefined)
      response.writeHead(302, { location: `${pdns.url}/api/v1/servers/localhost/zones` }).end()
    }).listen(0, '127.0.0.1')
    await new Promise(resolve => elsewhere.once('listening', resolve))
    const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
    assert.equal(bad(await open({ url }).list(call())).kind, 'unreachable')
    assert.equal(seen.length, 1)
    elsewhere.close()
    assert.equal(bad(await open({ name: 'unknown.go.id' }).list(call())).kind, 'notFound')
  })
})
