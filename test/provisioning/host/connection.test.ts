// How Suar speaks with a managed host: to the one whose key was approved alone, over few connections that are kept, and never longer than somebody waits.
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { type ManagedHost, openHost } from '../../../provisioning/host/hands.ts'
import { makeHostKeys } from '../../../provisioning/host/keys.ts'
import { type Adopted, adopt, asking, privateParts } from '../../support/host/adopt.ts'
import { canHost, startHost, type TestHost } from '../../support/host/start.ts'
import { asker, becomes, failureOf, patiently, sha256, standin, valued } from './support.ts'

describe('a managed host', () => {
  let host: TestHost
  let adopted: Adopted
  const opened: ManagedHost[] = []
  /** The same host, known by another key or at another port. */
  const known = (change: object) => {
    const managed = openHost({ ...adopted.place, ...change }, { keys: privateParts(adopted.keys), expected: standin, log: asking().log })
    opened.push(managed)
    return managed
  }
  const logged = async (pattern: string) => Number((await host.run(['grep', '-cE', pattern, '/var/log/auth.log'])).stdout)

  before(async function () {
    if (!canHost()) return this.skip()
    host = await startHost({ with: ['nginx'] })
    adopted = await adopt(host, { broker: standin })
  })
  after(async () => {
    for (const managed of opened) managed.close()
    adopted?.managed.close()
    await host?.stop()
  })

  it('says what it is and can', async () => {
    const facts = valued(await adopted.managed.greet(asking()))
    assert.deepEqual([facts.broker, facts.hostname, facts.php], ['0.0.1', host.name, ['8.2']])
    const hands = valued(await adopted.managed.hands(null, asking()))
    assert.deepEqual(hands.reach, { address: host.address, http: 80, https: 443, ssh: 22, hostKey: host.hostKey })
  })

  it('shows its key to whoever has none approved, and is told nothing', async () => {
    const accepted = await logged('Accepted publickey')
    const failure = failureOf(await known({ hostKey: null }).greet(asking()))
    assert.equal(failure.kind, 'hostKeyUnknown')
    assert.equal(failure.retry, false)
    assert.ok(failure.why?.code === 'hostKeyUnknown' && failure.why.shown === host.hostKey)
    assert.match(failure.words?.id ?? '', /Cocokkan dengan yang dicetak perintah pemasangan/)
    assert.equal(await logged('Accepted publickey'), accepted)
  })

  it('is not spoken with under another key, and not called again', async () => {
    const other = known({ hostKey: `SHA256:${'A'.repeat(43)}` })
    const failure = failureOf(await other.greet(asking()))
    assert.equal(failure.kind, 'hostKeyChanged')
    assert.ok(failure.why?.code === 'hostKeyChanged' && failure.why.shown === host.hostKey)
    const calls = await logged('Connection from')
    for (let time = 0; time < 5; time++) assert.equal(failureOf(await other.greet(asking())).kind, 'hostKeyChanged')
    assert.equal(await logged('Connection from'), calls)
    assert.equal(failureOf(await known({ hostKey: 'rubbish' }).greet(asking())).why?.code, 'pinUnreadable')
  })

  it('runs the broker as root with nothing of the caller’s, for as long as it is asked', async () => {
    const ask = asker(adopted.managed)
    const [uid, pid, environment] = valued(await ask('who')) as [number, number, Record<string, string>]
    assert.equal(uid, 0)
    assert.equal(environment['PATH'], '/usr/sbin:/usr/bin:/sbin:/bin')
    assert.deepEqual(
      Object.keys(environment).filter(name => /^(SSH_|LD_|PYTHON)/.test(name)),
      [],
    )
    const logins = await logged('Accepted publickey')
    for (let time = 0; time < 20; time++) assert.equal((valued(await ask('who')) as number[])[1], pid)
    assert.equal(await logged('Accepted publickey'), logins)
  })

  it('gets the lease of the change with whatever changes something, and not with what only looks', async () => {
    const hands = valued(await adopted.managed.hands('C-2026-0007', asking()))
    assert.equal((valued(await hands.ask('put', { kind: 'user' }, asking())) as { lease: string }).lease, 'C-2026-0007')
    assert.ok(!('lease' in (valued(await hands.ask('read', { kind: 'user' }, asking())) as object)))
    const looking = valued(await adopted.managed.hands(null, asking()))
    assert.ok(!('lease' in (valued(await looking.ask('put', {}, asking())) as object)))
  })

  it('gets contents before what names them, whatever they are', async () => {
    const ask = asker(adopted.managed)
    for (const content of ['', 'plain\n', 'ünïcödé 日本\n', 'x'.repeat(1024 * 1024), '$(reboot)`id`\n\u0000']) {
      assert.equal(valued(await ask('taken', { sha256: sha256(content) }, [content])), content)
      // Again is as good as once.
      assert.equal(valued(await ask('taken', { sha256: sha256(content) }, [content, content])), content)
    }
    const stat = await host.run(['stat', '-c', '%U %a', `/var/lib/suar-host/inbox/${sha256('plain\n')}`])
    assert.equal(stat.stdout, 'suar-inbox 0\n', 'not even its sender reads it again')
    assert.equal(failureOf(await ask('taken', { sha256: 'none' }, ['x'.repeat(1024 * 1024 + 1)])).kind, 'tooBig')
    assert.equal((await host.run(['sh', '-c', 'ls -A /var/lib/suar-host/inbox | grep "^[.]"'])).stdout, '')
  })

  it('is asked by many at once and never does more than a few things at a time', async () => {
    const ask = asker(adopted.managed)
    const answers = await Promise.all(Array.from({ length: 60 }, () => ask('who')))
    const brokers = new Set(answers.map(answer => (valued(answer) as number[])[1]))
    assert.ok(brokers.size >= 2 && brokers.size <= 4, `${brokers.size} brokers`)
  })

  it('tells refusals with the broker’s own sentence and whether trying again helps', async () => {
    const ask = asker(adopted.managed)
    const told = async (kind: string) => failureOf(await ask('refuse', { with: { kind, message: 'Do this.', detail: 'server words' } }))
    for (const [kind, as, retry] of [
      ['invalid', 'invalid', false],
      ['conflict', 'conflict', false],
      ['stale', 'stale', false],
      ['broken', 'refused', false],
      ['refused', 'refused', false],
      ['locked', 'busy', true],
      ['full', 'full', false],
      ['unsupported', 'notSupported', false],
      ['notFound', 'notFound', false],
      ['garbage', 'garbage', false],
    ] as const) {
      const failure = await told(kind)
      assert.deepEqual([failure.kind, failure.retry], [as, retry], kind)
      assert.match(failure.message, /^host-\d+: .*Do this\. — server words$/)
      assert.match(failure.words?.id ?? '', /Do this\. — server words$/)
    }
    assert.equal((await told('nonsense')).kind, 'garbage')
  })

  it('is not waited for longer than somebody waits, and answers the next at once', async () => {
    const ask = asker(adopted.managed)
    const began = Date.now()
    assert.equal(failureOf(await ask('slow', { seconds: 20 }, [], AbortSignal.timeout(200))).kind, 'timeout')
    const stop = new AbortController()
    const waiting = ask('slow', { seconds: 20 }, [], stop.signal)
    await pause(50)
    stop.abort()
    const failure = failureOf(await waiting)
    assert.deepEqual([failure.kind, failure.retry], ['cancelled', false])
    assert.equal(failureOf(await ask('who', {}, [], AbortSignal.abort())).kind, 'cancelled')
    // Also whoever stands in the queue behind others.
    const busy = Array.from({ length: 4 }, () => ask('slow', { seconds: 2 }))
    assert.equal(failureOf(await ask('who', {}, [], AbortSignal.timeout(200))).kind, 'timeout')
    assert.ok(Date.now() - began < 3000)
    await Promise.all(busy)
    valued(await ask('who'))
  })

  it('is cut off when it says too much, something else, or nothing more', async () => {
    const ask = asker(adopted.managed)
    assert.equal((valued(await ask('long', { bytes: 7_000_000 })) as string).length, 7_000_000)
    const much = failureOf(await ask('long', { bytes: 20_000_000 }))
    assert.deepEqual([much.kind, much.retry], ['tooBig', false])
    assert.match(much.message, /more than 8 MB/)
    assert.match(failureOf(await ask('prattle')).message, /something else: Welcome!/)
    // A broker that ends without an answer has not done what it was asked for.
    const ended = failureOf(await ask('end'))
    assert.deepEqual([ended.kind, ended.retry], ['unreachable', true])
    valued(await ask('who'))
  })

  it('is let go when nobody asks it, and not while somebody waits for an answer', async () => {
    const managed = openHost(adopted.place, { keys: privateParts(adopted.keys), expected: standin, log: asking().log, idle: 300 })
    opened.push(managed)
    const ask = asker(managed)
    assert.equal(valued(await ask('slow', { seconds: 1 })), 'late')
    const [, pid] = valued(await ask('who')) as [number, number]
    const there = async () => (await host.run(['test', '-d', `/proc/${pid}`])).code
    assert.equal(await there(), 0)
    await becomes(there, 1)
    valued(await ask('who'))
  })

  it('is called again after its connections broke in the middle of a request', async () => {
    const ask = asker(adopted.managed)
    valued(await ask('taken', { sha256: sha256('before') }, ['before']))
    const waiting = ask('slow', { seconds: 20 })
    await pause(100)
    await host.breakConnections()
    const failure = failureOf(await waiting)
    assert.deepEqual([failure.kind, failure.retry], ['unreachable', true])
    assert.equal(valued(await ask('taken', { sha256: sha256('after') }, ['after'])), 'after')
  })

  it('says that nobody listens there, or that nobody answers', async () => {
    const refused = failureOf(await known({ port: 2222 }).greet(asking()))
    assert.deepEqual([refused.kind, refused.retry], ['refused', true])
    const others = openHost(adopted.place, { keys: privateParts(makeHostKeys()), expected: standin, log: asking().log })
    opened.push(others)
    assert.equal(failureOf(await others.greet(asking())).kind, 'wrongCredential')
  })

  it('says that its broker is to be installed when there is none, or when sudo does not let it', async () => {
    for (const [breaking, mending] of [
      ['mv /usr/local/libexec/suar-broker /root/', 'mv /root/suar-broker /usr/local/libexec/'],
      ['mv /etc/sudoers.d/suar /root/', 'mv /root/suar /etc/sudoers.d/'],
    ] as const) {
      await host.install(`${breaking}\n`)
      const failure = failureOf(await adopted.managed.greet(asking()))
      assert.deepEqual([failure.kind, failure.why?.code], ['notSupported', 'noBroker'])
      assert.match(failure.message, /sudo: .*Run the host's install command/)
      await host.install(`${mending}\n`)
      valued(await adopted.managed.greet(asking()))
    }
  })

  it('is stopped at when its key changed, until somebody approved the new one', async () => {
    const hostKey = await host.changeHostKey()
    await host.breakConnections()
    assert.equal(failureOf(await patiently(() => asker(adopted.managed)('who'))).kind, 'hostKeyChanged')
    assert.equal(failureOf(await patiently(() => asker(adopted.managed)('taken', { sha256: sha256('x') }, ['x']))).kind, 'hostKeyChanged')
    valued(await known({ hostKey }).greet(asking()))
  })
})

describe('ten managed hosts', () => {
  before(function () {
    if (!canHost()) this.skip()
  })

  it('are spoken with at the same time, each with its own keys', async () => {
    const hosts = await Promise.all(Array.from({ length: 10 }, () => startHost({ with: ['nginx'] })))
    try {
      const adopted = await Promise.all(hosts.map(host => adopt(host, { broker: standin })))
      try {
        const told = await Promise.all(
          adopted.flatMap(({ managed }) =>
            Array.from({ length: 5 }, async (_, i) =>
              valued(await asker(managed)('taken', { sha256: sha256(`${managed.id}-${i}`) }, [`${managed.id}-${i}`])),
            ),
          ),
        )
        assert.deepEqual(
          told,
          hosts.flatMap(({ name }) => Array.from({ length: 5 }, (_, i) => `${name}-${i}`)),
        )
        // The key of one opens no other.
        const [first, second] = adopted
        const wrong = openHost(second!.place, { keys: privateParts(first!.keys), expected: standin, log: asking().log })
        assert.equal(failureOf(await wrong.greet(asking())).kind, 'wrongCredential')
        wrong.close()
      } finally {
        for (const { managed } of adopted) managed.close()
      }
    } finally {
      await Promise.all(hosts.map(host => host.stop()))
    }
  })
})
