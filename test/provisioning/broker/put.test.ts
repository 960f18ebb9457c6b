// How the broker changes a host: compared and swapped, tested by the server itself, put back when it does not take it, and never over what others made.
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { selfSigned } from '../../support/certificate.ts'
import { canHost, type TestHost } from '../../support/host/start.ts'
import { differencesOf } from '../host/support.ts'
import {
  brokerHost,
  digestOf,
  keepId,
  LEASE,
  must,
  put,
  readOf,
  type State,
  sendAhead,
  settle,
  stateOf,
  type Talk,
  type Thing,
  take,
  talk,
  thingOf,
} from './support.ts'

const CONF = '/etc/nginx/suar.d/dinkes.conf'
const PHP = { runtime: { kind: 'php', version: '8.2' } }
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGZ1bGwgb2YgemVyb3MgYW5kIG9uZXMgYW5kIG1vcmUg dinas@example'

describe('the broker', function () {
  this.timeout(60_000)
  let host: TestHost
  let broker: Talk
  before(async function () {
    if (!canHost()) this.skip()
    host = await brokerHost({ with: ['nginx', 'php'] })
    broker = await talk(host)
    await take(broker)
    await settle(broker, host, 'dinkes', 'dispora')
  })
  after(async () => {
    await broker?.end()
    await host?.stop()
  })
  const run = async (...argv: string[]) => (await host.run(argv)).stdout
  const sh = (script: string) => run('sh', '-c', script)

  async function certify(name: string, domain = `${name}.example.go.id`) {
    const { certificate, key } = selfSigned(domain)
    const [chain, secret] = [certificate, key].map(pem => pem.replaceAll('\r', '')) as [string, string]
    const state = { fingerprint: new X509Certificate(chain).fingerprint256.replaceAll(':', '').toLowerCase() }
    const more = { chain: await sendAhead(host, chain), key: await sendAhead(host, secret) }
    return { thing: { kind: 'tls', name, more }, state, chain, secret }
  }

  describe('puts a certificate', () => {
    it('with its key, both at once, and nothing of it stays in the inbox', async () => {
      const { thing, state, secret } = await certify('dinkes')
      assert.deepEqual(await must(broker, thing, state), { state, kept: null })
      assert.equal(await run('cat', '/etc/suar-host/tls/dinkes/key.pem'), secret)
      assert.equal(await run('stat', '-L', '-c', '%a %U', '/etc/suar-host/tls/dinkes/key.pem', '/etc/suar-host/tls'), '600 root\n700 root\n')
      assert.equal(await run('ls', '-A', '/var/lib/suar-host/inbox'), '')
    })

    it('and refuses one whose key is another’s, or whose leaf is not the one that was said', async () => {
      const [one, other] = [await certify('dinkes'), await certify('dispora')]
      const files = differencesOf(host)
      const mixed = await put(broker, { ...one.thing, more: { chain: one.thing.more.chain, key: other.thing.more.key } }, one.state)
      assert.ok(!mixed.ok && mixed.kind === 'invalid' && /does not belong/.test(mixed.message))
      const again = await certify('dinkes')
      const said = await put(broker, again.thing, one.state)
      assert.ok(!said.ok && said.kind === 'invalid' && /fingerprint/.test(said.message))
      const now = differencesOf(host)
      for (const path of now.keys()) if (!path.startsWith('/var/lib/suar-host/inbox/')) assert.equal(files.get(path), now.get(path), path)
      await sh('rm -f /var/lib/suar-host/inbox/*')
    })

    it('and brings the one before back', async () => {
      const was = await stateOf(broker, 'tls', 'dinkes')
      const { thing, state } = await certify('dinkes')
      const { kept } = await must(broker, thing, state)
      assert.ok(kept !== null)
      assert.deepEqual((await must(broker, { kind: 'tls', name: 'dinkes' }, was, { keep: kept, restore: kept })).state, was)
      assert.equal(await sh('ls -dA /etc/suar-host/tls/.dinkes.* | wc -l'), '1\n')
    })
  })

  describe('puts a virtual host', () => {
    it('that nginx then serves, and is idle when it is so already', async () => {
      const pool = thingOf(host, 'pool', PHP)
      await must(broker, pool, pool.state)
      await host.install(
        'echo \'<?php echo get_current_user(), posix_geteuid() > 19999 ? " ok" : " no";\' >/srv/suar/dinkes/public/index.php\nchown dinkes:www-data /srv/suar/dinkes/public/index.php\n',
      )
      const { kind, name, state } = thingOf(host, 'nginx', PHP)
      const keep = keepId()
      const told = await put(broker, { kind, name }, state, { keep })
      assert.deepEqual(told.ok && told.value, { state, kept: null })
      const page = () => run('curl', '-sk', '--resolve', `dinkes.example.go.id:443:${host.address}`, 'https://dinkes.example.go.id/')
      assert.match(await page(), /dinkes ok/)
      const before = differencesOf(host)
      const again = await put(broker, { kind, name }, state, { keep, before: null })
      assert.deepEqual(again.ok && again.value, { state, kept: null })
      assert.deepEqual(differencesOf(host), before)
      assert.equal(await run('stat', '-c', '%a %U:%G', CONF), '640 root:root\n')
    })

    const changed = () => thingOf(host, 'nginx', { ...PHP, domains: ['dinkes.example.go.id', 'www.dinkes.example.go.id'] })

    it('and refuses when it is no longer as it was', async () => {
      const { kind, name, state } = changed()
      const before = differencesOf(host)
      const told = await put(broker, { kind, name }, state, { before: digestOf({ content: 'was otherwise\n' }) })
      assert.ok(!told.ok && told.kind === 'stale' && /plan anew/.test(told.message))
      const gone = await put(broker, { kind, name }, null, { before: digestOf(state) })
      assert.ok(!gone.ok && gone.kind === 'stale')
      assert.deepEqual(differencesOf(host), before)
    })

    it('and touches nothing on a host that is broken already', async () => {
      const { kind, name, state } = changed()
      await sh('echo "servr {" >/etc/nginx/conf.d/zz-admin.conf')
      const before = differencesOf(host)
      const told = await put(broker, { kind, name }, state)
      assert.ok(!told.ok && told.kind === 'broken', JSON.stringify(told))
      assert.match(told.detail, /zz-admin\.conf/)
      assert.deepEqual(differencesOf(host), before)
      await sh('rm /etc/nginx/conf.d/zz-admin.conf')
    })

    it('and puts the old one back when nginx does not take the new, with its own words', async () => {
      const { kind, name, state } = changed()
      const before = differencesOf(host)
      // Every line of it is one that it may have; together they are none for nginx.
      const content = String(state['content'])
        .replace('        index', '        index')
        .replace(/^ {4}root .*\n/m, line => line + line)
      assert.notEqual(content, state['content'])
      const told = await put(broker, { kind, name }, { content })
      assert.ok(!told.ok && told.kind === 'refused', JSON.stringify(told))
      assert.match(told.detail, /"root" directive is duplicate/)
      const now = new Map([...differencesOf(host)].filter(([path]) => !path.startsWith('/var/lib/suar-host/kept')))
      assert.deepEqual(now, new Map([...before].filter(([path]) => !path.startsWith('/var/lib/suar-host/kept'))))
      assert.match((await host.run(['nginx', '-t'])).stderr, /successful/)
    })

    it('and does not let one website take a name of another', async () => {
      await must(broker, (await certify('dispora')).thing, (await certify('dispora')).state).catch(() => undefined)
      const { thing, state } = await certify('dispora')
      await must(broker, thing, state)
      const other = thingOf(host, 'nginx', { name: 'dispora', domains: ['dispora.example.go.id', 'dinkes.example.go.id'] })
      const told = await put(broker, other, other.state)
      assert.ok(!told.ok && told.kind === 'conflict' && /dinkes\.example\.go\.id/.test(told.message), JSON.stringify(told))
    })

    it('and keeps what it replaced, so that it comes back by its id', async () => {
      const { kind, name, state } = changed()
      const was = await stateOf(broker, kind, name)
      const keep = keepId()
      assert.equal((await must(broker, { kind, name }, state, { keep })).kept, keep)
      // The same step again, as after a cut: the first one that was put aside stays.
      assert.equal((await must(broker, { kind, name }, state, { keep, before: digestOf(was) })).kept, keep)
      const undone = await must(broker, { kind, name }, was, { before: digestOf(state), keep, restore: keep })
      assert.deepEqual(undone.state, was)
      // And once more: it is as before already.
      assert.ok((await put(broker, { kind, name }, was, { before: digestOf(state), keep, restore: keep })).ok)
      assert.equal(await sh("stat -c '%a %U' /var/lib/suar-host/kept /var/lib/suar-host/kept/*| sort -u"), '700 root\n')
    })
  })

  describe('leaves alone what others made', () => {
    it('a file without its mark, until it is taken over; and gives it back as it was', async () => {
      const hand = '# by hand\nserver {\n\tlisten 127.0.0.9:81;\n\tserver_name lama.example;\n\troot /var/www/lama;\n}\n'
      await host.install(`cat >/etc/nginx/suar.d/lama.conf <<'END'\n${hand}END\n`)
      await settle(broker, host, 'lama')
      const found = await readOf(broker, 'nginx', 'lama')
      assert.deepEqual(found, { mark: false, state: { content: hand } })
      const wanted = thingOf(host, 'nginx', { name: 'lama', domains: ['lama.example'] })
      const thing = { kind: 'nginx', name: 'lama' }
      for (const after of [wanted.state, null, found.state]) {
        const told = await put(broker, thing, after)
        assert.ok(!told.ok && (told.kind === 'conflict' || (told.kind === 'invalid' && after === found.state)), JSON.stringify(told))
      }
      assert.equal(await run('cat', '/etc/nginx/suar.d/lama.conf'), hand)
      // As it is: only marked.
      assert.deepEqual(await must(broker, thing, found.state, { adopt: true }), { state: found.state, kept: null })
      assert.equal((await readOf(broker, 'nginx', 'lama')).mark, true)
      const { thing: tls, state } = await certify('lama', 'lama.example')
      await must(broker, tls, state)
      const { kept } = await must(broker, thing, wanted.state)
      assert.deepEqual((await must(broker, thing, found.state, { keep: kept!, restore: kept! })).state, found.state)
      assert.equal(await run('cat', '/etc/nginx/suar.d/lama.conf'), hand)
    })

    it('an account of the same name', async () => {
      await sh('useradd --shell /bin/bash --comment "Budi, by hand" budi')
      const found = await readOf(broker, 'user', 'budi')
      assert.ok(!found.mark && found.state?.['shell'] === '/bin/bash')
      const wanted = thingOf(host, 'user', { name: 'budi' })
      for (const [after, before] of [
        [wanted.state, null],
        [wanted.state, digestOf(found.state)],
        [null, digestOf(found.state)],
      ] as const) {
        const told = await put(broker, wanted, after, { before })
        assert.ok(!told.ok && told.kind === 'conflict', JSON.stringify(told))
      }
      assert.match(await run('getent', 'passwd', 'budi'), /by hand:.*\/bin\/bash/)
      // Taken over with change, and given back.
      const { kept, state } = await must(broker, wanted, wanted.state, { adopt: true })
      assert.deepEqual(state, { ...wanted.state, ...('uid' in found.state! ? { uid: found.state['uid']! } : {}) })
      const back = await put(broker, wanted, found.state, { before: digestOf(state), keep: kept!, restore: kept! })
      assert.ok(back.ok, JSON.stringify(back))
      assert.deepEqual(await readOf(broker, 'user', 'budi'), found)
    })

    it('a group of the same name', async () => {
      await sh('groupadd proyek')
      const wanted = thingOf(host, 'user', { name: 'proyek' })
      const told = await put(broker, wanted, wanted.state)
      assert.ok(!told.ok && told.kind === 'conflict' && /group proyek/.test(told.message))
      assert.deepEqual(await readOf(broker, 'user', 'proyek'), { mark: false, state: null })
    })

    it('accounts of the system, whatever is said of them', async () => {
      for (const name of ['root', 'www-data', 'sshd', 'suar-hand', 'postgres'])
        assert.equal((await broker.refused('read', { kind: 'user', names: [name] })).kind, 'invalid')
      await sh('useradd --system layanan')
      for (const [verb, body] of [
        ['confined', { site: 'layanan', other: 'dinkes' }],
        ['archive', { site: 'layanan', keep: keepId(), lease: LEASE }],
      ] as const)
        assert.ok(['conflict', 'notFound'].includes((await broker.refused(verb, body)).kind))
    })
  })

  describe('makes and removes an account', () => {
    const thing = () => thingOf(host, 'user', { name: 'bkd' })

    it('that may do nothing but SFTP, from the range of websites', async () => {
      assert.deepEqual((await must(broker, thing(), thing().state)).state, thing().state)
      const [, password, uid, , , home, shell] = (await run('getent', 'passwd', 'bkd')).trim().split(':')
      assert.ok(Number(uid) >= 20_000 && Number(uid) <= 59_999)
      assert.deepEqual([password, home, shell], ['x', '/', '/usr/sbin/nologin'])
      assert.match(await sh('getent shadow bkd'), /^bkd:\*:/)
      const { state } = thingOf(host, 'keys', { name: 'bkd', keys: [KEY] })
      assert.deepEqual((await must(broker, { kind: 'keys', name: 'bkd' }, state)).state, state)
      assert.equal(await run('stat', '-c', '%a %U:%G', '/etc/suar-host/keys/bkd'), '640 root:bkd\n')
    })

    it('closes it and ends what runs as it, and opens it again', async () => {
      await sh('setpriv --reuid bkd --regid bkd --init-groups sleep 1000 >/dev/null 2>&1 &')
      const locked = { ...thing().state, locked: true }
      assert.deepEqual((await must(broker, thing(), locked)).state, locked)
      assert.equal(await sh('pgrep -u bkd | wc -l'), '0\n')
      assert.deepEqual((await must(broker, thing(), thing().state)).state, thing().state)
      assert.match(await sh('getent shadow bkd'), /:\*:\d*:\d*:\d*:\d*:\d*::$/m)
    })

    it('removes it though it is busy, and makes it again with the same number, for its files', async () => {
      const uid = await run('id', '-u', 'bkd')
      await sh('setpriv --reuid bkd --regid bkd --init-groups sleep 1000 >/dev/null 2>&1 &')
      const { kept } = await must(broker, thing(), null)
      assert.equal((await host.run(['id', 'bkd'])).code, 1)
      assert.equal((await host.run(['getent', 'group', 'bkd'])).code, 2)
      await settle(broker, host, 'bkpsdm')
      await must(broker, thing(), thing().state, { before: null, keep: kept!, restore: kept! })
      assert.equal(await run('id', '-u', 'bkd'), uid)
    })

    it('moves its folders aside whole, and back', async () => {
      const tree = thingOf(host, 'tree', { name: 'bkd' })
      await must(broker, tree, tree.state)
      await sh('echo data >/srv/suar/bkd/private/data; chown bkd: /srv/suar/bkd/private/data')
      const { kept } = await must(broker, tree, null)
      assert.equal((await host.run(['test', '-e', '/srv/suar/bkd'])).code, 1)
      assert.equal((await host.run(['setpriv', '--reuid', 'bkd', '--clear-groups', 'ls', `/srv/suar/.kept/${kept}`])).code, 2)
      assert.deepEqual((await must(broker, tree, tree.state, { before: null, keep: kept!, restore: kept! })).state, tree.state)
      assert.equal(await run('cat', '/srv/suar/bkd/private/data'), 'data\n')
    })

    it('forgets for good only when it is asked to', async () => {
      const tree = thingOf(host, 'tree', { name: 'bkd' })
      const { kept } = await must(broker, tree, null)
      await sh(`mkdir /root/precious; touch /root/precious/x; ln -s /root/precious /srv/suar/.kept/${kept}/public/link`)
      await broker.value('purge', { kept: kept!, lease: LEASE })
      assert.equal((await host.run(['ls', `/srv/suar/.kept/${kept}`])).code, 2)
      assert.equal((await host.run(['ls', `/var/lib/suar-host/kept/${kept}`])).code, 2)
      assert.equal(await run('ls', '/root/precious'), 'x\n')
    })
  })

  describe('works for one change at a time', () => {
    it('refuses who has no lease, and whose lease has ended', async () => {
      const { kind, name, state } = thingOf(host, 'keys', { name: 'dinkes' })
      const other = await put(broker, { kind, name }, state, { lease: 'C-2026-0002' })
      assert.ok(!other.ok && other.kind === 'locked' && other.message.includes(LEASE))
      await using second = await talk(host)
      assert.equal((await second.refused('lock', { lease: 'C-2026-0002', seconds: 60 })).kind, 'locked')
      await second.value('unlock', { lease: 'C-2026-0002' })
      assert.equal((await second.refused('lock', { lease: 'C-2026-0002', seconds: 60 })).kind, 'locked')
      await broker.value('unlock', { lease: LEASE })
      const none = await put(broker, { kind, name }, state)
      assert.ok(!none.ok && none.kind === 'locked')
      await second.value('lock', { lease: 'C-2026-0002', seconds: 1 })
      assert.equal((await broker.refused('lock', { lease: LEASE, seconds: 60 })).kind, 'locked')
      const until = Date.now() + 10_000
      while (!(await broker.ask('lock', { lease: LEASE, seconds: 3600 })).ok) assert.ok(Date.now() < until, 'the lease of another never ended')
    })

    it('lets two brokers with the same lease work one after the other', async () => {
      const brokers = await Promise.all(Array.from({ length: 6 }, () => talk(host)))
      const thing = thingOf(host, 'keys', { name: 'dinkes' })
      const was = await stateOf(broker, 'keys', 'dinkes')
      const told = await Promise.all(brokers.map((one, i) => put(one, thing, { keys: [`${KEY}${i}`] }, { before: digestOf(was) })))
      assert.equal(told.filter(one => one.ok).length, 1, JSON.stringify(told))
      assert.ok(told.every(one => one.ok || one.kind === 'stale'))
      const many = await Promise.all(brokers.map((one, i) => put(one, { kind: 'keys', name: ['dispora', 'bkpsdm'][i % 2]! }, { keys: [KEY] })))
      assert.ok(many.every(one => one.ok || one.kind === 'stale'))
      assert.deepEqual((await readOf(broker, 'keys', 'dispora')).mark && (await readOf(broker, 'keys', 'bkpsdm')).mark, true)
      await Promise.all(brokers.map(one => one.end()))
    })
  })

  describe('besides', () => {
    let cron: Thing
    it('puts, tests and rotates by cron and logrotate', async () => {
      cron = thingOf(host, 'cron', {
        ...PHP,
        cron: [{ time: '*/5 * * * *', interpreter: 'php', file: 'public/artisan', arguments: ['schedule:run'] }],
      })
      assert.deepEqual((await must(broker, cron, cron.state)).state, cron.state)
      const logs = thingOf(host, 'logrotate', PHP)
      assert.deepEqual((await must(broker, logs, logs.state)).state, logs.state)
      assert.match((await host.run(['logrotate', '-d', '/etc/logrotate.conf'])).stderr, /\/srv\/suar\/dinkes\/log/)
    })

    it('says what stands that others changed: mode, owner, marks', async () => {
      await sh(
        'chmod 777 /srv/suar/dinkes/private; chown dispora /srv/suar/dinkes/tmp; chmod 666 /etc/suar-host/keys/dinkes; chmod 777 /etc/cron.d/suar-dinkes',
      )
      const folders = (await stateOf(broker, 'tree', 'dinkes'))!['folders'] as Record<string, State>
      assert.deepEqual(
        [folders['private'], folders['tmp']],
        [
          { mode: '0777', group: 'dinkes' },
          { mode: '0700', group: 'dinkes', owner: 'dispora' },
        ],
      )
      for (const kind of ['keys', 'cron']) assert.ok(Object.keys((await stateOf(broker, kind, 'dinkes'))!).length > 1, kind)
      const tree = thingOf(host, 'tree')
      assert.deepEqual((await must(broker, tree, tree.state)).state, tree.state)
      for (const [kind, wanted] of [
        ['keys', { keys: [] }],
        ['cron', cron.state],
      ] as const)
        assert.deepEqual((await must(broker, { kind, name: 'dinkes' }, wanted)).state, wanted)
      assert.equal(await run('stat', '-c', '%a %U', '/srv/suar/dinkes/private', '/srv/suar/dinkes/tmp'), '700 dinkes\n700 dinkes\n')
    })

    it('tells usage and packs a last backup that is whole', async () => {
      await sh(
        'head -c 3000000 /dev/urandom >/srv/suar/dispora/private/blob; chown dispora: /srv/suar/dispora/private/blob; ln /srv/suar/dispora/private/blob /srv/suar/dispora/private/same; ln -s /etc/ssh /srv/suar/dispora/public/all',
      )
      assert.deepEqual(await broker.value('usage', { sites: ['dispora', 'nobody-here'] }), {
        dispora: { disk: 3, database: null, quota: null },
        'nobody-here': { disk: null, database: null, quota: null },
      })
      const keep = keepId()
      const packed = await broker.value<{ kept: string; files: { name: string; sha256: string }[] }>('archive', {
        site: 'dispora',
        keep,
        lease: LEASE,
      })
      assert.deepEqual(
        packed.files.map(({ name }) => name),
        ['tree.tar.gz'],
      )
      assert.equal((await run('sha256sum', `/var/lib/suar-host/kept/${keep}/tree.tar.gz`)).split(' ')[0], packed.files[0]!.sha256)
      const list = await run('tar', '-tvzf', `/var/lib/suar-host/kept/${keep}/tree.tar.gz`)
      assert.match(list, /public\/all -> \/etc\/ssh\n/)
      assert.match(list, / 3000000 .*private\/(blob|same)\n/)
      assert.doesNotMatch(list, /sshd_config/)
      assert.deepEqual(await broker.value('archive', { site: 'dispora', keep, lease: LEASE }), packed)
    })

    it('answers challenges and lets a probe in for some minutes', async () => {
      const [token, text] = ['abcdefghijklmnopqrst', 'abcdefghijklmnopqrst.0123456789abcdefghij']
      await broker.value('challenge', { site: 'dinkes', token, text, lease: LEASE })
      const ask = () => run('curl', '-s', '-H', 'Host: nobody.example', `http://${host.address}/.well-known/acme-challenge/${token}`)
      assert.equal(await ask(), text)
      await broker.value('challenge', { site: 'dinkes', token, text: null, lease: LEASE })
      assert.match(await ask(), /404/)
      await broker.value('probe-key', { site: 'dinkes', key: KEY, minutes: 5, lease: LEASE })
      assert.match(await run('cat', '/run/suar-host/probe-keys/dinkes'), /^restrict,expiry-time="\d{14}" ssh-ed25519 \S+ dinas@example\n$/)
      await broker.value('probe-key', { site: 'dinkes', key: null, minutes: 1, lease: LEASE })
      assert.equal(await run('ls', '/run/suar-host/probe-keys'), '')
    })

    it('sees whether a website is closed against its neighbour', async () => {
      const confined = () => broker.value('confined', { site: 'dispora', other: 'dinkes' })
      assert.deepEqual(await confined(), { reached: [] })
      await sh(
        'chmod 755 /srv/suar/dinkes/private; touch /srv/suar/dinkes/public/page; chmod 644 /etc/nginx/suar.d/dinkes.conf; chmod 666 /run/php/suar-dinkes.sock',
      )
      assert.deepEqual(await confined(), { reached: ['/srv/suar/dinkes/private', CONF, '/run/php/suar-dinkes.sock'] })
      await sh('chmod 700 /srv/suar/dinkes/private; chmod 640 /etc/nginx/suar.d/dinkes.conf; chmod 660 /run/php/suar-dinkes.sock')
    })

    it('opens the firewall for a website, and only that', async () => {
      const openings = [
        { protocol: 'tcp', port: 5432, from: '10.20.0.0/16' },
        { protocol: 'udp', port: 514, from: 'any' },
        { protocol: 'tcp', port: 3306, from: '2001:db8::7' },
      ]
      const thing = { kind: 'firewall', name: 'dinkes' }
      assert.deepEqual(await must(broker, thing, { openings }), { state: { openings }, kept: null })
      await must(broker, { kind: 'firewall', name: 'dispora' }, { openings: openings.slice(0, 1) })
      const nft = (...words: string[]) => run('nsenter', '--net=/run/suar-test/net', 'nft', ...words)
      assert.match(await nft('list', 'set', 'inet', 'suar', 'dinkes.4'), /tcp \. 5432 \. 10\.20\.0\.0\/16/)
      await nft('add', 'element', 'inet', 'suar', 'dinkes.4', '{ tcp . 22 . 0.0.0.0/0 }')
      const drifted = (await stateOf(broker, 'firewall', 'dinkes'))!['openings'] as readonly unknown[]
      assert.ok(drifted.length > 3 && JSON.stringify(drifted).includes('22'))
      assert.deepEqual((await must(broker, thing, { openings })).state, { openings })
      const double = await put(broker, thing, { openings: [...openings, { protocol: 'tcp', port: 5432, from: '10.20.30.0/24' }] })
      assert.ok(double.ok || double.kind === 'refused')
      await must(broker, thing, null)
      assert.deepEqual(await broker.value('list', { kind: 'firewall' }), { dispora: { mark: true, state: { openings: openings.slice(0, 1) } } })
      assert.match(await run('cat', '/etc/suar-host/firewall.nft'), /dispora\.4/)
    })
  })
})
