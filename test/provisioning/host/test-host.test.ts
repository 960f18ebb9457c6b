// The hosts that the tests are made on: soon there, apart from this machine and from each other, and gone without a trace.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { canHost, startHost } from '../../support/host/start.ts'

const page = (address: string): Promise<string> =>
  new Promise((resolve, reject) => {
    get({ host: address, path: '/', agent: false }, answer => resolve(text(answer))).once('error', reject)
  })

/** Processes of that process namespace, as seen from here. */
const living = (namespace: string): string[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => {
      try {
        return readlinkSync(`/proc/${name}/ns/pid`) === namespace
      } catch {
        return false // ended meanwhile
      }
    })

const mounts = () => readFileSync('/proc/self/mounts', 'utf8')

describe('a host for tests', () => {
  before(function () {
    if (!canHost()) this.skip()
  })

  it('has what it was asked for and nothing else, and writes nothing on this machine', async () => {
    await using host = await startHost({ with: ['nginx', 'php'] })
    await host.install('echo here >/var/www/html/index.html\n')
    assert.equal(await page(host.address), 'here\n')
    assert.equal((await host.run(['test', '-S', '/run/php/php8.2-fpm.sock'])).code, 0)
    for (const other of ['/usr/sbin/apache2', '/usr/sbin/mariadbd', '/usr/bin/psql', '/usr/sbin/named']) {
      assert.ok(existsSync(other), `${other} is on this machine`)
      assert.ok(!existsSync(join(host.root, other)), `${other} is not on the host`)
    }
    await host.install('useradd --system suar-nobody-outside\necho here >/etc/suar-only-inside\n')
    assert.equal(readFileSync(join(host.root, 'etc/suar-only-inside'), 'utf8'), 'here\n')
    assert.ok(!existsSync('/etc/suar-only-inside'))
    assert.ok(!readFileSync('/etc/passwd', 'utf8').includes('suar-nobody-outside'))
    // Its packet filter is not this machine's either.
    const nft = ['nsenter', '--net=/run/suar-test/net', 'nft']
    assert.equal((await host.run([...nft, 'add', 'table', 'inet', 'suar_only_inside'])).code, 0)
    assert.match((await host.run([...nft, 'list', 'tables'])).stdout, /suar_only_inside/)
    assert.doesNotMatch((await host.run(['nft', 'list', 'tables'])).stdout, /suar_only_inside/)
  })

  it('starts the slow servers when they are needed', async () => {
    await using host = await startHost({ later: ['mariadb', 'postgresql'] })
    await host.start('mariadb', 'postgresql')
    assert.equal((await host.run(['mariadb', '-Ne', 'select 1'])).stdout, '1\n')
    assert.equal((await host.run(['su', 'postgres', '-c', 'psql -Atc "select 1"'])).stdout, '1\n')
  })

  it('is there ten times at once, each at its own address', async () => {
    const hosts = await Promise.all(Array.from({ length: 10 }, () => startHost({ with: ['nginx'] })))
    try {
      assert.equal(new Set(hosts.map(({ address }) => address)).size, 10)
      assert.equal(new Set(hosts.map(({ hostKey }) => hostKey)).size, 10)
      for (const host of hosts) await host.install(`echo ${host.name} >/var/www/html/index.html\n`)
      for (const host of hosts) assert.equal(await page(host.address), `${host.name}\n`)
    } finally {
      await Promise.all(hosts.map(host => host.stop()))
    }
  })

  it('leaves no process and no mount when it stops', async () => {
    const before = mounts()
    const host = await startHost({ with: ['nginx', 'php'] })
    const namespace = readlinkSync(`/proc/${host.pid}/ns/pid`)
    assert.ok(living(namespace).length > 4)
    await host.stop()
    assert.deepEqual(living(namespace), [])
    assert.equal(mounts(), before)
  })

  it('is gone with a test that was killed', async () => {
    const before = mounts()
    const story = `import { startHost } from ${JSON.stringify(join(import.meta.dirname, '../../support/host/start.ts'))}
      const host = await startHost({ with: ['nginx'] })
      process.stdout.write(String(host.pid))
      setInterval(() => {}, 1000)`
    const test = spawn(process.execPath, ['--input-type=module-typescript', '--eval', story], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [told] = await once(test.stdout, 'data')
    const namespace = readlinkSync(`/proc/${told}/ns/pid`)
    assert.ok(living(namespace).length > 2)
    test.kill('SIGKILL')
    const deadline = Date.now() + 10_000
    while (living(namespace).length > 0) {
      assert.ok(Date.now() < deadline, `still there: ${living(namespace).join(' ')}`)
      await pause(20)
    }
    assert.equal(mounts(), before)
  })
})
