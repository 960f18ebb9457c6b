// Databases by the broker, in real servers: made, closed against neighbours, dumped before they go, brought back; and zones in a real BIND.
import assert from 'node:assert/strict'
import { type AddressInfo, createServer } from 'node:net'
import { mariadbVerifier, postgresVerifier } from '../../../provisioning/site/verifier.ts'
import { canHost, type TestHost } from '../../support/host/start.ts'
import { brokerHost, digestOf, LEASE, must, put, type Refused, readOf, type State, settle, stateOf, type Talk, take, talk } from './support.ts'

const PASSWORD = 'aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zA'
const OTHER = 'zZ3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zA'

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

describe('the broker and servers of databases and names', function () {
  this.timeout(120_000)
  let host: TestHost
  let broker: Talk
  before(async function () {
    if (!canHost()) this.skip()
    host = await brokerHost({ with: ['mariadb', 'postgresql', 'bind'] })
    broker = await talk(host)
    await take(broker)
    await settle(broker, host, 'dinkes-a', 'dinkesxa')
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
  const mariadb = (sql: string, base = '') => sh(`mariadb -N -B ${base} <<'END'\n${sql}\nEND\n`)
  const psql = (sql: string, base = 'postgres') => sh(`cd /; su postgres -c 'psql -X -q -A -t -v ON_ERROR_STOP=1 -d ${base}' <<'END'\n${sql}\nEND\n`)

  for (const [engine, verifier, sql] of [
    ['mariadb', mariadbVerifier, mariadb],
    ['postgresql', postgresVerifier, psql],
  ] as const)
    describe(engine, () => {
      const thing = { kind: engine, name: 'dinkes_a', more: { verifier: verifier(PASSWORD) } }
      const wanted: State = { user: 'dinkes_a', connections: 10 }
      const login = (name: string, user: string, password: string, as: string) =>
        broker.value<{ ok: boolean; words: string }>('database-login', { engine, name, user, password, as })

      it('makes a database that its website can use, and nobody else', async () => {
        assert.deepEqual(await must(broker, thing, wanted), { state: wanted, kept: null })
        await must(broker, { kind: engine, name: 'dinkesxa', more: { verifier: verifier(OTHER) } }, { user: 'dinkesxa', connections: 5 })
        assert.deepEqual(await login('dinkes_a', 'dinkes_a', PASSWORD, 'dinkes-a'), { ok: true, words: '' })
        for (const [name, user, password] of [
          ['dinkes_a', 'dinkes_a', OTHER],
          // An underscore in a grant of MariaDB would stand for any sign.
          ['dinkesxa', 'dinkes_a', PASSWORD],
          ['dinkes_a', 'dinkesxa', OTHER],
        ] as const) {
          const told = await login(name, user, password, 'dinkes-a')
          assert.ok(!told.ok && told.words !== '', `${name} ${user}`)
          assert.ok(!told.words.includes(password))
        }
        assert.deepEqual(await broker.value('confined', { site: 'dinkesxa', other: 'dinkes-a' }), { reached: [] })
      })

      it('changes the number of connections, and the password by what it is checked with', async () => {
        const more = { ...wanted, connections: 20 }
        assert.deepEqual((await must(broker, { ...thing, more: {} }, more)).state, more)
        assert.ok((await login('dinkes_a', 'dinkes_a', PASSWORD, 'dinkes-a')).ok, 'the password stays')
        const { kept } = await must(broker, { ...thing, more: { verifier: verifier(OTHER) } }, more)
        assert.ok((await login('dinkes_a', 'dinkes_a', OTHER, 'dinkes-a')).ok)
        await must(broker, thing, more, { keep: kept!, restore: kept! })
        await must(broker, thing, wanted)
        assert.ok((await login('dinkes_a', 'dinkes_a', PASSWORD, 'dinkes-a')).ok)
      })

      it('leaves a password in no argument and no log', async () => {
        await sh(
          `(while [ ! -e /tmp/seen-enough ]; do cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n'; done) >/tmp/seen 2>/dev/null & echo`,
        )
        for (let i = 0; i < 3; i++) await login('dinkes_a', 'dinkes_a', PASSWORD, 'dinkes-a')
        await must(broker, thing, { ...wanted, connections: 11 })
        await must(broker, thing, wanted)
        await sh('touch /tmp/seen-enough; sleep 0.3; rm /tmp/seen-enough')
        const seen = await sh(`grep -c -e '${PASSWORD}' -e '${thing.more.verifier.slice(0, 30)}' /tmp/seen || true; grep -c suar-broker /tmp/seen`)
        const [secrets, brokers] = seen.trim().split('\n').map(Number)
        assert.ok(secrets === 0 && brokers! > 0, seen)
        assert.equal(
          await sh(
            `grep -rlF -e '${PASSWORD}' -e '${thing.more.verifier}' /var/log /tmp /run/suar-host /run/mysqld /run/postgresql /var/lib/suar-host/*.json 2>/dev/null || true`,
          ),
          '',
        )
      })

      it('dumps it before it goes, and brings all of it back', async () => {
        await sql(
          "CREATE TABLE warga (id int primary key, nama text);\nINSERT INTO warga VALUES (1, 'Ibu Sari; DROP DATABASE mysql;'), (2, '\\! touch /tmp/pwned');",
          'dinkes_a',
        )
        const { kept, state } = await must(broker, thing, null)
        assert.equal(state, null)
        assert.ok(!(await login('dinkes_a', 'dinkes_a', PASSWORD, 'dinkes-a')).ok)
        assert.equal(
          await sh(`stat -c '%a %U' /var/lib/suar-host/kept/${kept}/dump /var/lib/suar-host/kept/${kept}/verifier.json`),
          '600 root\n600 root\n',
        )
        const back = await must(broker, { kind: engine, name: 'dinkes_a' }, wanted, { before: null, keep: kept!, restore: kept! })
        assert.deepEqual(back.state, wanted)
        assert.ok((await login('dinkes_a', 'dinkes_a', PASSWORD, 'dinkes-a')).ok, 'its password came back')
        assert.match(await sql('SELECT nama FROM warga WHERE id = 1;', 'dinkes_a'), /Ibu Sari/)
        // Again, as after a cut.
        assert.ok((await put(broker, { kind: engine, name: 'dinkes_a' }, wanted, { before: null, keep: kept!, restore: kept! })).ok)
        assert.equal((await host.run(['test', '-e', '/tmp/pwned'])).code, 1)
        // A removal that was cut off before it removed anything, taken back: what came in meanwhile stays.
        await sql("INSERT INTO warga VALUES (3, 'later');", 'dinkes_a')
        await sh(`python3 - <<'END'
import json
path = '/var/lib/suar-host/holdings.json'
held = json.load(open(path))
held['${engine}/dinkes_a']['begun'] = [held['${engine}/dinkes_a']['digest'], None]
json.dump(held, open(path, 'w'))
END`)
        await must(broker, { kind: engine, name: 'dinkes_a' }, wanted, { before: null, keep: kept!, restore: kept! })
        assert.match(await sql('SELECT count(*) FROM warga;', 'dinkes_a'), /3/)
      })

      it('drops nothing when the dump is not whole', async () => {
        await sh(`cp -a /usr/bin/mariadb-dump /tmp/md; cp -aL /usr/lib/postgresql/15/bin/pg_dump /tmp/pd; rm /usr/bin/mariadb-dump /usr/lib/postgresql/15/bin/pg_dump
printf '#!/bin/sh\\necho half\\n' | tee /usr/lib/postgresql/15/bin/pg_dump >/usr/bin/mariadb-dump; chmod 755 /usr/bin/mariadb-dump /usr/lib/postgresql/15/bin/pg_dump`)
        const before = await readOf(broker, engine, 'dinkes_a')
        const told = await put(broker, thing, null)
        assert.ok(!told.ok && told.kind === 'refused' && /end/.test(told.message), JSON.stringify(told))
        assert.deepEqual(await readOf(broker, engine, 'dinkes_a'), before)
        await sh(
          'rm /usr/bin/mariadb-dump /usr/lib/postgresql/15/bin/pg_dump; mv /tmp/md /usr/bin/mariadb-dump; mv /tmp/pd /usr/lib/postgresql/15/bin/pg_dump',
        )
        assert.match(await sql('SELECT count(*) FROM warga;', 'dinkes_a'), /3/)
      })

      it('leaves one alone that others made, and shows what others changed', async () => {
        await sql('CREATE DATABASE lama;')
        const found = await readOf(broker, engine, 'lama')
        assert.ok(!found.mark && found.state !== null)
        for (const [after, before] of [
          [wanted, null],
          [null, digestOf(found.state)],
        ] as const) {
          const told = await put(broker, { ...thing, name: 'lama' }, after === null ? null : { ...after, user: 'lama' }, { before })
          assert.ok(!told.ok && told.kind === 'conflict', JSON.stringify(told))
        }
        await sql(engine === 'mariadb' ? 'GRANT ALL ON `%`.* TO `dinkes_a`@`localhost`;' : 'GRANT CONNECT ON DATABASE dinkes_a TO PUBLIC;')
        const drifted = await stateOf(broker, engine, 'dinkes_a')
        assert.ok(Object.keys(drifted!).length === 3, JSON.stringify(drifted))
        const list = await broker.value<{ [name: string]: unknown }>('list', { kind: engine })
        assert.ok(
          ['lama', 'dinkes_a', 'dinkesxa'].every(name => name in list) && !['mysql', 'postgres', 'information_schema'].some(name => name in list),
          Object.keys(list).join(),
        )
      })

      it('counts what is in it', async () => {
        const usage = await broker.value<{ [name: string]: { database: number } }>('usage', { sites: ['dinkes-a'] })
        assert.ok(usage['dinkes-a']!.database >= 1, JSON.stringify(usage))
      })

      it('says so when the server does not run', async () => {
        await sh(engine === 'mariadb' ? 'mv /run/mysqld/mysqld.sock /run/mysqld/gone' : 'mv /run/postgresql/.s.PGSQL.5432 /run/postgresql/gone')
        const told = (await broker.ask('list', { kind: engine })) as Refused
        assert.equal(told.kind, 'broken')
        await sh(engine === 'mariadb' ? 'mv /run/mysqld/gone /run/mysqld/mysqld.sock' : 'mv /run/postgresql/gone /run/postgresql/.s.PGSQL.5432')
        assert.ok((await broker.ask('list', { kind: engine })).ok)
      })
    })

  describe('besides', () => {
    it('keeps databases in the last backup of a website', async () => {
      const packed = await broker.value<{ files: { name: string; size: number }[] }>('archive', {
        site: 'dinkes-a',
        keep: 'c-2026-0001-7777',
        lease: LEASE,
      })
      assert.deepEqual(
        packed.files.map(({ name }) => name),
        ['mariadb', 'postgresql', 'tree.tar.gz'],
      )
      assert.ok(packed.files.every(({ size }) => size > 20))
    })

    it('adds a zone to BIND that takes signed updates, removes it, and brings it back', async () => {
      // named listens only on addresses that the loopback interface says it has.
      const port = await freePort()
      await sh(`sed -i 's/listen-on port 53 {[^}]*}/listen-on port ${port} { 127.0.0.1; }/' /etc/bind/named.conf
tsig-keygen -a hmac-sha256 suar >/etc/bind/suar.key; chgrp bind /etc/bind/suar.key; chmod 640 /etc/bind/suar.key
echo 'include "/etc/bind/suar.key";' >>/etc/bind/named.conf; rndc reconfig`)
      const zone = { kind: 'zone', name: 'dinas.example' }
      const wanted: State = {
        primary: 'ns1.dinas.example',
        mail: 'hostmaster.dinas.example',
        servers: ['ns1.dinas.example'],
        glue: [{ server: 'ns1.dinas.example', address: host.address }],
        transfer: ['192.0.2.53'],
        key: 'suar',
      }
      assert.deepEqual(await must(broker, zone, wanted), { state: wanted, kept: null })
      const dig = (name: string, type: string) => sh(`dig +short -p ${port} @127.0.0.1 ${name} ${type}`)
      assert.match(await dig('dinas.example', 'SOA'), /^ns1\.dinas\.example\. hostmaster\.dinas\.example\. \d+ /)
      await sh(
        `printf 'server 127.0.0.1 ${port}\\nzone dinas.example\\nupdate add www.dinas.example 300 A 192.0.2.7\\nsend\\n' | nsupdate -k /etc/bind/suar.key`,
      )
      assert.equal(await dig('www.dinas.example', 'A'), '192.0.2.7\n')
      const facts = await broker.value<{ type: string; serial: number }>('zone-facts', { zone: 'dinas.example' })
      assert.ok(['primary', 'master'].includes(facts.type) && facts.serial > 0)
      const more = { ...wanted, transfer: [] }
      assert.deepEqual((await must(broker, zone, more)).state, more)
      const { kept } = await must(broker, zone, null)
      assert.equal(await dig('www.dinas.example', 'A'), '')
      await must(broker, zone, more, { before: null, keep: kept!, restore: kept! })
      assert.equal(await dig('www.dinas.example', 'A'), '192.0.2.7\n')
      assert.equal((await broker.refused('zone-facts', { zone: 'nobody.example' })).kind, 'notFound')
    })
  })
})
