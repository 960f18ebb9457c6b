// What a host and its tenants do to the broker: a disk that fills up in the middle, links planted where it will write, races; and programs under systemd.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { canonical, type Json } from '../../../daemon/domain/json.ts'
import { SiteName } from '../../../daemon/domain/safe.ts'
import { canHost, type TestHost } from '../../support/host/start.ts'
import {
  brokerHost,
  keepId,
  LEASE,
  must,
  put,
  readOf,
  type State,
  sendAhead,
  settle,
  sha256,
  stateOf,
  type Talk,
  take,
  talk,
  thingOf,
} from './support.ts'

describe('the broker on a hostile host', function () {
  this.timeout(120_000)
  let host: TestHost
  let broker: Talk
  before(async function () {
    if (!canHost()) this.skip()
    host = await brokerHost({ with: ['nginx'], size: '200m' })
    broker = await talk(host)
    await take(broker)
    await settle(broker, host, 'dinkes', 'dispora')
  })
  after(async () => {
    await broker?.end()
    await host?.stop()
  })
  const sh = async (script: string) => {
    const { code, stdout, stderr } = await host.run(['sh', '-c', script])
    assert.equal(code, 0, stderr)
    return stdout
  }
  /** As a website's account, in the background, until /run/enough. */
  const meanwhile = async (who: string, python: string) => {
    await sh('rm -f /run/enough')
    return host.run([
      'setpriv',
      '--reuid',
      who,
      '--regid',
      who,
      '--init-groups',
      'python3',
      '-c',
      `import os, time\nuntil = time.time() + 60\nrounds = 0\nwhile time.time() < until and not os.path.exists('/run/enough'):\n${python.replaceAll(/^/gm, '    ')}\n    rounds += 1\nprint(rounds)`,
    ])
  }

  it('leaves the old when the disk is full at any moment, and says so', async () => {
    const cron = (count: number) =>
      thingOf(host, 'cron', {
        cron: Array.from({ length: count }, (_, i) => ({
          time: `${i} * * * *`,
          interpreter: 'python3',
          file: `private/${'x'.repeat(150)}`,
          arguments: ['y'.repeat(150)],
        })),
      })
    const [one, many] = [cron(1), cron(50)]
    await must(broker, one, one.state)
    await sh('dd if=/dev/zero of=/fill bs=4096 status=none 2>/dev/null || true')
    let [full, through] = [0, 0]
    for (let pages = 0; pages < 30; pages++) {
      await sh(`truncate -s -4096 /fill`)
      const was = await stateOf(broker, 'cron', 'dinkes')
      const told = await put(broker, one, many.state)
      if (told.ok) through++
      else {
        assert.equal(told.kind, 'full', JSON.stringify(told))
        assert.match(told.message, /Make room/)
        full++
        const now = await stateOf(broker, 'cron', 'dinkes')
        // The last mark of what is done may find no room either; then it is done, and doing it again says so.
        assert.ok([canonical(was as Json), canonical(many.state)].includes(canonical(now as Json)))
      }
      if (told.ok) {
        await sh('rm /fill')
        await must(broker, one, one.state)
        await sh('rm -rf /var/lib/suar-host/kept/*; dd if=/dev/zero of=/fill bs=4096 status=none 2>/dev/null || true; truncate -s -40960 /fill')
        if (through > 1) break
      }
    }
    await sh('rm -f /fill')
    assert.ok(full > 1 && through > 0, `${full} full, ${through} through`)
    assert.deepEqual((await must(broker, one, many.state)).state, many.state)
    assert.equal(await sh('find /etc /var/lib/suar-host -name "*.dpkg-new" -o -name ".new-*"'), '')
  })

  it('gives nobody a folder that a tenant swaps for a link while it works', async () => {
    // A tree by hand, whose own folder is the tenant's: the worst there is.
    await sh('mkdir -p /srv/suar/lama /etc/prize; chmod 700 /etc/prize; echo secret >/etc/prize/secret; chmod 600 /etc/prize/secret')
    const user = thingOf(host, 'user', { name: 'lama' })
    await must(broker, user, user.state)
    await sh('chown lama:lama /srv/suar/lama')
    const racing = meanwhile(
      'lama',
      `for one in ('public', 'private', 'tmp', 'log'):
    path = '/srv/suar/lama/' + one
    try:
        if os.path.islink(path): os.unlink(path); os.mkdir(path)
        elif os.path.isdir(path): os.rmdir(path); os.symlink('/etc/prize', path)
        else: os.symlink('/etc/prize', path)
    except OSError: pass`,
    )
    const tree = thingOf(host, 'tree', { name: 'lama' })
    const prize = () => sh("stat -c '%a %U:%G' /etc/prize /etc/prize/secret")
    const before = await prize()
    for (let i = 0; i < 150; i++) {
      const told = await put(broker, tree, tree.state, { adopt: true })
      assert.ok(told.ok || ['stale', 'conflict', 'garbage'].includes(told.kind), JSON.stringify(told))
      await sh('chown lama:lama /srv/suar/lama')
      if (i % 10 === 0) await broker.value('usage', { sites: ['lama'] })
    }
    await sh('touch /run/enough')
    assert.ok(Number((await racing).stdout) > 100)
    assert.equal(await prize(), before)
    await sh('chown root:root /srv/suar/lama; cd /srv/suar/lama; for f in *; do rm -rf "$f"; done')
    assert.deepEqual((await must(broker, tree, tree.state, { adopt: true })).state, tree.state)
  })

  it('follows no link out of what a tenant can write in', async () => {
    await sh(`cd /srv/suar/dinkes; for d in public private tmp; do ln -s /etc/shadow $d/shadow; ln -s /etc/prize $d/folder; ln -s / $d/root; done; chown -h dinkes: */shadow */folder */root
mkfifo -m 666 private/fifo; chown dinkes: private/fifo`)
    const deep = meanwhile(
      'dinkes',
      `path = '/srv/suar/dinkes/private'\nos.chdir(path)\nfor _ in range(1500):\n    os.mkdir('d'); os.chdir('d')\nbreak`,
    )
    await deep
    const { dinkes } = await broker.value<{ dinkes: { disk: number } }>('usage', { sites: ['dinkes'] })
    assert.ok(dinkes!.disk < 20, JSON.stringify(dinkes))
    const keep = keepId()
    await broker.value('archive', { site: 'dinkes', keep, lease: LEASE })
    assert.ok(
      !(await sh(`tar -xzOf /var/lib/suar-host/kept/${keep}/tree.tar.gz 2>/dev/null | strings | grep -e root: -e secret || true`)).includes('root:'),
    )
    const tree = thingOf(host, 'tree')
    const { kept } = await must(broker, tree, null)
    await broker.value('purge', { kept: kept!, lease: LEASE })
    await broker.value('purge', { kept: keep, lease: LEASE })
    assert.equal(await sh('cat /etc/prize/secret; test -s /etc/shadow && echo there'), 'secret\nthere\n')
    assert.equal((await host.run(['ls', `/srv/suar/.kept/${kept}`])).code, 2)
  })

  it('takes nothing from the inbox but plain files of who may send', async () => {
    const text = String(thingOf(host, 'logrotate').state['content'])
    const name = sha256(text)
    const inbox = `/var/lib/suar-host/inbox/${name}`
    const wanted = { kind: 'logrotate', name: 'dinkes' }
    const plants = [
      `printf x >${inbox}`,
      `cp /dev/stdin /root/own <<'END'\n${text}END\nln -s /root/own ${inbox}`,
      `cp /root/own ${inbox}; chown root:root ${inbox}`,
      `cp /root/own ${inbox}; chown --reference=/var/lib/suar-host/inbox ${inbox}; ln ${inbox} ${inbox}.2`,
      `mkfifo ${inbox}`,
      `mkdir ${inbox}`,
      `truncate -s 5M ${inbox}; chown --reference=/var/lib/suar-host/inbox ${inbox}`,
      'true',
    ]
    for (const plant of plants) {
      await sh(plant)
      const told = await put(broker, wanted, { content: { inbox: name } })
      assert.ok(!told.ok && told.kind === 'notFound', `${plant}: ${JSON.stringify(told)}`)
      await sh(`rm -rf ${inbox}*`)
      assert.equal(await stateOf(broker, 'logrotate', 'dinkes'), null)
    }
    const sent = await sendAhead(host, text)
    assert.deepEqual((await must(broker, wanted, { content: sent })).state, { content: text })
    assert.equal(await sh('ls -A /var/lib/suar-host/inbox'), '')
  })

  it('does nothing under settings that others than root may write', async () => {
    await sh('chmod 666 /etc/suar-host/broker.json')
    assert.equal((await broker.refused('list', { kind: 'user' })).kind, 'broken')
    await sh('chmod 644 /etc/suar-host/broker.json; cp /etc/suar-host/broker.json /tmp/b; echo "{\\"shell\\":{}}" >/etc/suar-host/broker.json')
    assert.match((await broker.refused('list', { kind: 'user' })).message, /not understood/)
    await sh('cat /tmp/b >/etc/suar-host/broker.json')
    assert.ok((await broker.ask('list', { kind: 'user' })).ok)
  })

  it('says what the host does not have', async () => {
    for (const kind of ['quota', 'unit', 'mariadb', 'postgresql', 'zone']) {
      const { state, name } =
        kind === 'unit'
          ? thingOf(host, 'unit', { runtime: { kind: 'app', port: 3000, interpreter: 'python3', file: 'app.py' } })
          : {
              name: kind === 'zone' ? 'a.example' : 'dinkes',
              state: (kind === 'quota'
                ? { mib: 100 }
                : kind === 'zone'
                  ? { primary: 'ns.b.example', mail: 'm.b.example', servers: ['ns.b.example'], transfer: [], key: 'k' }
                  : { user: 'dinkes', connections: 1 }) as State,
            }
      const told = await broker.ask('put', { kind, name, before: null, after: state, keep: keepId(), lease: LEASE })
      assert.ok(!told.ok && ['unsupported', 'broken'].includes(told.kind), `${kind}: ${JSON.stringify(told)}`)
    }
  })

  it('keeps quotas where the file system counts', async () => {
    // This kernel counts on no file system: two programs that remember stand in for the real ones.
    await host.install(`cat >/usr/sbin/setquota <<'END'
#!/bin/sh
[ "$1" = -u ] && [ "$7" = /srv ] || exit 1
sed -i "/^$2,/d" /var/tmp/quotas; echo "$2,ok,ok,4,$3,$4,0,1,0,0,0" >>/var/tmp/quotas
END
cat >/usr/sbin/repquota <<'END'
#!/bin/sh
echo User,BlockStatus,FileStatus,BlockUsed,BlockSoftLimit,BlockHardLimit,BlockGrace,FileUsed,FileSoftLimit,FileHardLimit,FileGrace
cat /var/tmp/quotas
END
chmod 755 /usr/sbin/setquota /usr/sbin/repquota; echo root,ok,ok,4,0,0,0,1,0,0,0 >/var/tmp/quotas
cp /etc/suar-host/broker.json /tmp/b
python3 -c 'import json; s = json.load(open("/tmp/b")); s["quota"] = {"kind": "ext4", "mount": "/srv"}; json.dump(s, open("/etc/suar-host/broker.json", "w"))'
`)
    const quota = { kind: 'quota', name: 'dispora' }
    assert.deepEqual(await must(broker, quota, { mib: 512 }), { state: { mib: 512 }, kept: null })
    assert.match(await sh('cat /var/tmp/quotas'), /^dispora,ok,ok,4,524288,524288,/m)
    assert.deepEqual((await must(broker, quota, { mib: 1024 })).state, { mib: 1024 })
    assert.deepEqual(await broker.value('list', { kind: 'quota' }), { dispora: { mark: true, state: { mib: 1024 } } })
    assert.equal((await broker.value<{ [name: string]: { quota: number } }>('usage', { sites: ['dispora'] }))['dispora']!.quota, 1024)
    assert.equal((await must(broker, quota, null)).state, null)
    await sh('cat /tmp/b >/etc/suar-host/broker.json')
  })

  it('keeps a program of a website under systemd', async () => {
    // No systemd runs in a test's host: a systemctl that remembers what it was told stands in for it; systemd-analyze is the real one.
    await host.install(`mkdir -p /run/systemd/system
cat >/usr/bin/systemctl.new <<'END'
#!/bin/sh
echo "$*" >>/run/systemctl.log
last() { for word; do :; done; echo "$word"; }
unit=$(last "$@"); wants=/etc/systemd/system/multi-user.target.wants
case "$1" in
  enable) mkdir -p $wants; ln -sf ../$unit $wants/$unit ;;
  disable) rm -f $wants/$unit ;;
  restart|start) [ ! -e /run/fail ] || { echo "Job for $unit failed." >&2; exit 1; }; touch /run/active-$unit ;;
  stop) rm -f /run/active-$unit ;;
  is-active) [ -e /run/active-$unit ] && echo active || { echo inactive; exit 3; } ;;
esac
END
rm /usr/bin/systemctl; mv /usr/bin/systemctl.new /usr/bin/systemctl; chmod 755 /usr/bin/systemctl; [ -e /usr/bin/node ] || ln -s /bin/true /usr/bin/node; mkdir -p /srv/suar/dispora/private/app; touch /srv/suar/dispora/private/app/main.js\n`)
    const unit = thingOf(host, 'unit', { name: 'dispora', runtime: { kind: 'app', port: 3000, interpreter: 'node', file: 'private/app/main.js' } })
    const made = await must(broker, unit, unit.state)
    assert.deepEqual(made.state, unit.state)
    assert.deepEqual(await broker.value('app', { site: 'dispora', do: 'state', lease: LEASE }), { state: 'active' })
    await broker.value('app', { site: 'dispora', do: 'stop', lease: LEASE })
    assert.deepEqual(await broker.value('app', { site: 'dispora', do: 'state', lease: LEASE }), { state: 'inactive' })
    await sh('touch /run/fail')
    const content = String(unit.state['content']).replace('PORT=3000', 'PORT=3001')
    const told = await put(broker, unit, { ...unit.state, content })
    assert.ok(!told.ok && told.kind === 'refused' && /Job for/.test(told.detail), JSON.stringify(told))
    assert.deepEqual(await readOf(broker, 'unit', 'dispora'), { mark: true, state: unit.state })
    await sh('rm /run/fail')
    const off = { ...unit.state, enabled: false }
    assert.deepEqual((await must(broker, unit, off)).state, off)
    assert.equal((await must(broker, unit, null)).state, null)
    assert.match(await sh('cat /run/systemctl.log'), /^daemon-reload$/m)
    await sh('rm -r /run/systemd')
  })
})

describe('the broker’s text', () => {
  const path = join(import.meta.dirname, '../../../provisioning/host/broker.py')
  const python = (program: string, input: Json): Json =>
    JSON.parse(
      execFileSync(
        '/usr/bin/python3',
        [
          '-c',
          `import importlib.machinery, importlib.util, json, sys\nsys.dont_write_bytecode = True\nloader = importlib.machinery.SourceFileLoader('broker', ${JSON.stringify(path)})\nbroker = importlib.util.module_from_spec(importlib.util.spec_from_loader('broker', loader))\nloader.exec_module(broker)\ngiven = json.load(sys.stdin)\n${program}`,
        ],
        { input: JSON.stringify(input), maxBuffer: 50_000_000 },
      ).toString(),
    ) as Json

  it('is Python that hosts since Debian 11 run', () => {
    execFileSync('/usr/bin/python3', ['-c', `import ast, sys\nast.parse(open(sys.argv[1]).read(), feature_version=(3, 8))`, path])
    assert.doesNotMatch(readFileSync(path, 'utf8'), /shell=True|os\.system|os\.popen|\beval\(|\bexec\(|pickle|removeprefix/)
  })

  it('writes any value as the daemon writes it', () => {
    // Fractions and numbers beyond what JSON carries everywhere are written by neither.
    const whole = (value: Json): boolean =>
      typeof value === 'number' ? Number.isSafeInteger(value) : typeof value !== 'object' || value === null || Object.values(value).every(whole)
    const values = (fc.sample(fc.jsonValue(), { numRuns: 500, seed: 3 }) as Json[]).filter(whole)
    const wild = fc.sample(fc.array(fc.string({ unit: 'binary' })), { numRuns: 200, seed: 4 }) as Json[]
    const all = [...values, ...wild, ['\u007f\u0000\u001f', '\ud800', 'é', '😀', '\\"/'], { b: 1, a: [true, null, -5] }]
    assert.deepEqual(python('print(json.dumps([broker.canonical(one) for one in given]))', all), all.map(canonical))
  })

  it('takes the names that the daemon takes, and no others', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abz019-_.A é\n'), maxLength: 34 })
    const names = [
      ...fc.sample(letters, { numRuns: 3000, seed: 6 }),
      ...'root www-data suar-hand dinas systemd-x a--b ab a public shared mysql e-layanan x1'.split(' '),
    ]
    assert.deepEqual(
      python('print(json.dumps([broker.is_site(one) for one in given]))', names),
      names.map(name => SiteName.safeParse(name).success),
    )
    const reserved = /RESERVED[^(]*\(\s*\(([\s\S]*?)\)\.split/.exec(
      readFileSync(join(import.meta.dirname, '../../../daemon/domain/safe.ts'), 'utf8'),
    )![1]!
    const ours = [...reserved.matchAll(/'([^']*)'/g)].flatMap(([, words]) => words!.trim().split(' '))
    assert.deepEqual(python('print(json.dumps(sorted(broker.RESERVED)))', null), ours.toSorted())
    assert.ok(ours.includes('root'))
  })
})
