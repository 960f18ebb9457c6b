// A zone made on a host's own BIND by the broker, and records written into it from here by the key it was given.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { State, Wanted } from '../../../daemon/domain/change.ts'
import { openZone } from '../../../provisioning/dns/zones.ts'
import { canHost } from '../../support/host/start.ts'
import { freeDnsPort, hasNamed } from '../../support/named.ts'
import { openStage, type Stage } from '../resources/stage.ts'
import { call, good, rrset } from './ground.ts'

const ZONE = 'baru.go.id'
const secret = randomBytes(32).toString('base64')

describe('a zone on a managed host', () => {
  let stage: Stage
  let port: number
  before(async function () {
    if (!canHost() || !hasNamed()) return this.skip()
    stage = await openStage(['bind'])
    port = await freeDnsPort()
    // named listens on addresses that it finds on an interface; of the loopback network that is one.
    await stage.host.install(
      `cat >>/etc/bind/named.conf <<'END'\nkey "suar-key" { algorithm hmac-sha256; secret "${secret}"; };\nEND\nsed -i 's/listen-on port 53 {[^}]*}/listen-on port ${port} { 127.0.0.1; }/' /etc/bind/named.conf\nrndc -c /etc/bind/rndc.conf reconfig\n`,
    )
  })
  after(() => stage?.close())

  const zone = (state: State | null): Wanted => ({ resource: 'zone', place: { kind: 'host', id: stage.adopted.id }, name: ZONE, state })
  const beginning = { primary: `ns1.${ZONE}`, mail: `hostmaster.${ZONE}`, servers: ['ns1.example.go.id'], transfer: [], key: 'suar-key' }

  it('is made, takes records by its key, hands them out to it alone, and comes back with them after it was removed', async () => {
    const { number, plan } = (await stage.carry([zone(beginning)])) as Awaited<ReturnType<Stage['carry']>> & { plan: { danger: string } }
    assert.equal((await stage.book.find(number))?.change.state, 'verified')
    assert.equal(plan.danger, 'privileged')

    const servers = [`127.0.0.1:${port}`]
    const key = { name: 'suar-key', algorithm: 'hmac-sha256', secret } as const
    const hands = good(openZone({ kind: 'bind', name: ZONE, servers, rights: [], key }, { ours: async () => new Set() }))
    const [name, state] = [`www.${ZONE}. A`, rrset('A', 300, '127.0.0.5')]
    good(await hands.put(name, null, state, call()))
    assert.deepEqual(good(await hands.list(call()))?.get(name), state)
    assert.deepEqual((await hands.look(call())).dnssec, 'unsigned')
    const wrong = good(
      openZone(
        { kind: 'bind', name: ZONE, servers, rights: [], key: { ...key, secret: randomBytes(32).toString('base64') } },
        { ours: async () => new Set() },
      ),
    )
    assert.ok(!(await wrong.list(call())).ok)

    const removed = await stage.carry([zone(null)])
    assert.equal(removed.state, 'verified', JSON.stringify(removed))
    assert.ok(!(await hands.read([name], call())).ok, 'nobody serves it any more')
    const { ended } = good(await stage.engine.undo(removed.number, { account: 1, name: 'officer 1', at: 0 }, 'removed too early'))
    assert.equal((await ended).state, 'undone')
    assert.deepEqual(good(await hands.read([name], call())).get(name), state)
  })
})
