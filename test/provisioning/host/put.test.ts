// The broker itself, asked from afar: things put on hosts through SSH, while the connection breaks, and on ten hosts at once.
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { Json } from '../../../daemon/domain/json.ts'
import { digestOf } from '../../../provisioning/engine/digest.ts'
import { brokerSource } from '../../../provisioning/host/broker-source.ts'
import { openHost } from '../../../provisioning/host/hands.ts'
import { type Adopted, adopt, asking, fileOf, privateParts } from '../../support/host/adopt.ts'
import { canHost, startHost, type TestHost } from '../../support/host/start.ts'
import { startTcpProxy } from '../../support/tcp-proxy.ts'
import { type Thing, thingOf } from '../broker/support.ts'
import { PHP } from '../site/websites.ts'
import { asker, failureOf, patiently, sha256, valued } from './support.ts'

type State = Thing['state'] | null

/** From one state to another, as a step of a change does it: what has a content is sent ahead. */
const putting =
  ({ managed }: Adopted) =>
  ({ kind, name }: Pick<Thing, 'kind' | 'name'>, before: State, after: State, step: number) => {
    const content = typeof after?.['content'] === 'string' ? after['content'] : null
    const body = {
      kind,
      name,
      before: before === null ? null : digestOf(before),
      after: content === null ? after : { ...after, content: { inbox: sha256(content) } },
      keep: `c-2026-0001-${step}`,
    }
    return asker(managed)('put', body as { readonly [key: string]: Json }, content === null ? [] : [content])
  }
const reading = async ({ managed }: Adopted, { kind, name }: Thing) =>
  (valued(await patiently(() => asker(managed)('read', { kind, names: [name] }))) as { readonly [name: string]: { readonly state: State } })[name]!
    .state
const taking = async ({ managed }: Adopted) => valued(await asker(managed)('lock', { lease: 'C-2026-0001', seconds: 3600 }))

/** Until the broker has written down that it changes something. */
async function begun(host: TestHost): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!fileOf(host, '/var/lib/suar-host/holdings.json').includes('"begun"')) {
    assert.ok(Date.now() < deadline, 'the broker began nothing')
    await pause(1)
  }
}

describe('things put on managed hosts', () => {
  before(function () {
    if (!canHost()) this.skip()
  })

  it('are there as they were wanted, with a lease and not without', async () => {
    await using host = await startHost({ with: ['nginx', 'php'] })
    using adopted = await adopt(host)
    const put = putting(adopted)
    const things = ['user', 'tree', 'pool'].map(kind => thingOf(host, kind, { runtime: PHP }))
    const without = failureOf(await put(things[0]!, null, things[0]!.state, 1))
    assert.deepEqual([without.kind, without.retry], ['busy', true])
    await taking(adopted)
    for (const [step, thing] of things.entries()) {
      valued(await put(thing, null, thing.state, step + 1))
      assert.deepEqual(await reading(adopted, thing), thing.state)
      assert.equal(failureOf(await put(thing, { other: true }, { ...thing.state, content: '' }, step + 10)).retry, false)
    }
    assert.equal((await host.run(['test', '-S', '/run/php/suar-dinkes.sock'])).code, 0)
    // What was sent ahead and never asked for goes within the hour; what another is sending just now stays.
    const inbox = '/var/lib/suar-host/inbox'
    await host.install(`cd ${inbox}\nrunuser -u suar-inbox -- touch -d '2 hours ago' forgotten .half\nrunuser -u suar-inbox -- touch now\n`)
    const [user] = things
    valued(await put(user!, user!.state, user!.state, 9))
    assert.equal((await host.run(['ls', '-A', inbox])).stdout, 'now\n')
    // Another change is told to wait.
    const other = valued(await adopted.managed.hands('C-2026-0002', asking()))
    assert.equal(
      failureOf(await other.ask('put', { kind: 'user', name: 'dinkes', before: null, after: null, keep: 'c-2026-0002-1' }, asking())).kind,
      'busy',
    )
  })

  it('are whole when the connection broke in the middle of it, and the same is said again', async () => {
    await using host = await startHost({ with: ['nginx', 'php'] })
    using adopted = await adopt(host)
    const network = await startTcpProxy(`http://${host.address}:22/`)
    const place = { ...adopted.place, address: '127.0.0.1', port: Number(new URL(network.url).port) }
    const managed = openHost(place, { keys: privateParts(adopted.keys), expected: brokerSource(), log: asking().log })
    try {
      const through = { ...adopted, managed }
      await taking(through)
      const put = putting(through)
      for (const [step, kind] of ['user', 'tree'].entries()) {
        const thing = thingOf(host, kind, { runtime: PHP })
        valued(await put(thing, null, thing.state, step + 1))
      }
      const pool = (children: number) => thingOf(host, 'pool', { runtime: { ...PHP, children } })
      valued(await put(pool(1), null, pool(1).state, 3))
      let broken = 0
      for (let time = 1; time <= 8; time++) {
        const [from, to] = [pool(time), pool(time + 1)]
        const cut = begun(host)
          .then(() => pause((time - 1) * 10))
          .then(() => {
            network.cut()
            network.mend()
          })
        const first = await put(to, from.state, to.state, 100 + time)
        if (!first.ok) {
          broken++
          assert.deepEqual([first.failure.kind, first.failure.retry], ['unreachable', true], first.failure.message)
        }
        await cut
        valued(await patiently(() => put(to, from.state, to.state, 100 + time)))
        assert.deepEqual(await reading(through, to), to.state)
      }
      assert.ok(broken >= 4, `only ${broken} were cut off`)
    } finally {
      managed.close()
      await network.close()
    }
    assert.equal((await host.run(['php-fpm8.2', '-t'])).code, 0)
    assert.equal((await host.run(['sh', '-c', 'ls -A /etc/php/8.2/fpm/pool.d'])).stdout, 'suar-dinkes.conf\nwww.conf\n')
  })

  it('go out of service with a host that is given back, and their files stay', async () => {
    await using host = await startHost({ with: ['nginx', 'php'] })
    using adopted = await adopt(host)
    await taking(adopted)
    const given = {
      runtime: PHP,
      openings: [{ protocol: 'tcp', port: 8443, from: '10.0.0.0/8' }],
      cron: [{ time: '5 * * * *', interpreter: 'php', file: 'public/job.php' }],
    }
    const things = ['user', 'tree', 'pool', 'cron', 'logrotate', 'firewall'].map(kind => thingOf(host, kind, given))
    for (const [step, thing] of things.entries()) valued(await putting(adopted)(thing, null, thing.state, step + 1))
    const table = ['nsenter', '--net=/run/suar-test/net', 'nft', 'list', 'table', 'inet', 'suar']
    assert.match((await host.run(table)).stdout, /8443/)
    await assert.rejects(host.install(adopted.script, '--remove'), /Websites still live here: dinkes/)
    const said = await host.install(adopted.script, '--remove', '--with-websites')
    assert.match(said, /took the pools, jobs and programs of dinkes out of service/)
    assert.notEqual((await host.run(table)).code, 0)
    const left = (await host.run(['find', '/etc', '-name', '*suar*'])).stdout
    assert.equal(left, '')
    const kept = (await host.run(['find', '/var/lib/suar-host/kept', '-type', 'f', '-printf', '%P\\n'])).stdout
    for (const path of ['etc/cron.d/suar-dinkes', 'etc/logrotate.d/suar-dinkes', 'etc/php/8.2/fpm/pool.d/suar-dinkes.conf'])
      assert.ok(kept.includes(path), kept)
    assert.equal((await host.run(['test', '-d', '/srv/suar/dinkes/public'])).code, 0)
    assert.match((await host.run(['getent', 'passwd', 'dinkes'])).stdout, /^dinkes:/)
  })

  it('do not get in each other’s way on ten hosts', async () => {
    const hosts: TestHost[] = await Promise.all(Array.from({ length: 10 }, () => startHost({ with: ['nginx', 'php'] })))
    const adopted: Adopted[] = []
    try {
      adopted.push(...(await Promise.all(hosts.map(host => adopt(host)))))
      await Promise.all(
        adopted.map(async (one, i) => {
          await taking(one)
          for (let site = 0; site < 3; site++)
            for (const [k, kind] of ['user', 'tree', 'pool'].entries()) {
              const thing = thingOf(hosts[i]!, kind, { name: `site-${i}-${site}`, runtime: PHP })
              valued(await putting(one)(thing, null, thing.state, site * 10 + k))
            }
        }),
      )
      for (const [i, host] of hosts.entries()) {
        const there = (await host.run(['ls', '/srv/suar'])).stdout.trim().split('\n')
        assert.deepEqual(
          there,
          [0, 1, 2].map(site => `site-${i}-${site}`),
        )
      }
    } finally {
      for (const one of adopted) one.managed.close()
      await Promise.all(hosts.map(host => host.stop()))
    }
  })
})
