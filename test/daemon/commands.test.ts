// The commands as people type them: help, exit codes, what they print and what they refuse.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { SILENT } from '../../daemon/log.ts'
import { openRecords } from '../../daemon/store/records.ts'
import { suar } from '../support/cli.ts'
import { dataFolder, startDaemon } from '../support/daemon.ts'

const bin = resolve(import.meta.dirname, '../../bin/suar.js')

describe('commands', () => {
  let data: ReturnType<typeof dataFolder>
  beforeEach(() => {
    data = dataFolder()
  })
  afterEach(() => data.remove())
  const run = (...args: string[]) => suar(args, { cwd: data.path, env: { SUAR_DATA: join(data.path, 'data') } })

  it('lists themselves, and each explains itself with its exit codes', async () => {
    const overview = await run('--help')
    assert.equal(overview.code, 0)
    for (const name of ['start', 'probe', 'check', 'profiles check', 'catalogue check', 'devices add', 'devices list', 'devices remove']) {
      assert.match(overview.stdout, new RegExp(`^ {2}${name} +\\S`, 'm'))
      const help = await run(...name.split(' '), '--help')
      assert.deepEqual([help.code, /Exit codes?:/.test(help.stdout)], [0, true], `${name} --help`)
    }
    assert.equal((await run('fly')).code, 2)
    assert.equal((await run()).code, 2)
  }).timeout(60_000)

  it('check names every mistake with its line and ends with 1', async () => {
    writeFileSync(join(data.path, 'suar.yaml'), 'site: site.yaml\nlog: { level: info }\n')
    writeFileSync(
      join(data.path, 'site.yaml'),
      'site: { id: dc, name: DC }\nracks:\n  - { id: a1, name: A1, row: none, room: none, x: 0, y: 0, width: 0.6, depth: 1, facing: south }\n',
    )
    const wrong = await run('check')
    assert.equal(wrong.code, 1)
    assert.match(wrong.stdout, /site\.yaml:3: racks\.0\.room: there is no room "none"\. /)
    mkdirSync(join(data.path, 'profiles'))
    writeFileSync(join(data.path, 'profiles/own.yaml'), 'title: Own\npriority: 50\nmatch: [{ exists: 1.3.6 }]\nkindd: ups\nproof: [x]\n')
    writeFileSync(join(data.path, 'suar.yaml'), 'site: site.yaml\nprofiles: profiles\n')
    const both = await run('check')
    assert.match(both.stdout, /site\.yaml:3: racks\.0\.room: .*own\.yaml:4: kindd: unknown key "kindd"\. Remove it or write "kind"\.\n$/s)
    writeFileSync(join(data.path, 'suar.yaml'), 'colour: red\n')
    const json = await run('check', '--json')
    const { ok, mistakes } = JSON.parse(json.stdout) as { ok: boolean; mistakes: { line: number; key: string }[] }
    assert.deepEqual([json.code, ok, mistakes[0]?.line, mistakes[0]?.key], [1, false, 1, 'colour'])
    writeFileSync(join(data.path, 'suar.yaml'), 'notify: { channels: { mail: { via: email, password: hidden-away, hots: mail.test } } }\n')
    const channel = await run('check')
    assert.deepEqual([channel.code, /notify\.channels\.mail/.test(channel.stdout), channel.stdout.includes('hidden-away')], [1, true, false])
    writeFileSync(join(data.path, 'suar.yaml'), 'language: en\n')
    assert.deepEqual([(await run('check')).code, (await run('check', '--nonsense')).code], [0, 2])
  }).timeout(30_000)

  it('devices are added and listed through the daemon that has the folder, on whatever port the system gave it', async () => {
    const env = { SUAR_DATA: join(data.path, 'data'), SUAR_HTTP_PORT: '0' }
    writeFileSync(join(data.path, 'site.yaml'), 'site: { id: dc, name: DC }\n')
    writeFileSync(join(data.path, 'suar.yaml'), 'site: site.yaml\n')
    const ask = (...args: string[]) => suar(args, { cwd: data.path, env })
    const add = (id: string) => ask('devices', 'add', id, '127.41.0.9', '--kind', 'ups')
    let daemon = await startDaemon({ data: env.SUAR_DATA, cwd: data.path })
    try {
      assert.deepEqual(readFileSync(join(env.SUAR_DATA, 'suar.pid'), 'utf8'), `${daemon.pid}\n${daemon.url.replace(/\/$/, '')}\n`)
      const added = await add('ups-1')
      assert.equal(added.code, 0, added.stderr)
      assert.match((await ask('devices', 'list')).stdout, /^ups-1 .*127\.41\.0\.9:161/m)
      // Settings of another port lead nobody astray either.
      const other = await suar(['devices', 'list'], { cwd: data.path, env: { ...env, SUAR_HTTP_PORT: '8419' } })
      assert.match(other.stdout, /^ups-1 /m)

      // A dead one's address is never asked: the next one writes its own before anybody can reach it.
      await daemon.kill()
      const old = daemon.url
      const offline = await add('ups-2')
      assert.equal(offline.code, 0, offline.stderr)
      daemon = await startDaemon({ data: env.SUAR_DATA, cwd: data.path })
      assert.notEqual(daemon.url, old)
      assert.match((await ask('devices', 'list')).stdout, /^ups-2 /m)
      assert.equal(await daemon.stop(), 0)
      assert.ok(!readdirSync(env.SUAR_DATA).includes('suar.pid'), 'gone with its daemon')
    } finally {
      await daemon.stop()
    }
  }).timeout(60_000)

  it('say that a daemon which has the folder does not listen yet', async () => {
    const folder = join(data.path, 'data')
    const holder = await openRecords({ folder, log: SILENT, clock: Date.now })
    assert.ok(holder.ok)
    try {
      const ran = await suar(['devices', 'list'], { cwd: data.path, env: { SUAR_DATA: folder, SUAR_HTTP_PORT: '0' } })
      assert.notEqual(ran.code, 0)
      assert.match(ran.stderr, /does not listen yet\. Try again/)
    } finally {
      await holder.value.close()
    }
  }).timeout(30_000)

  it('devices are added, listed and removed without a daemon, and no secret lies in the records', async () => {
    const added = await suar(['devices', 'add', 'ups-9', '127.0.0.9', '--kind', 'ups', '--name', 'UPS 9'], {
      cwd: data.path,
      env: { SUAR_DATA: join(data.path, 'data'), SUAR_COMMUNITY: 'very-secret-community' },
    })
    assert.equal(added.code, 0, added.stderr)
    const twice = await run('devices', 'add', 'ups-9', '127.0.0.9')
    assert.deepEqual([twice.code, /already a device ups-9/.test(twice.stderr)], [1, true])
    const list = JSON.parse((await run('devices', 'list', '--json')).stdout) as { id: string; address: string }[]
    assert.deepEqual(
      list.map(row => [row.id, row.address]),
      [['ups-9', '127.0.0.9:161']],
    )
    for (const file of readdirSync(join(data.path, 'data'), { recursive: true, withFileTypes: true })) {
      if (file.isFile())
        assert.ok(!readFileSync(join(file.parentPath, file.name)).includes('very-secret-community'), `${file.name} holds the community`)
    }
    assert.equal((await run('devices', 'remove', 'ups-9')).code, 0)
    assert.equal((await run('devices', 'remove', 'ups-9')).code, 1)
    assert.match((await run('devices', 'list')).stdout, /No devices/)
  }).timeout(60_000)

  it('devices add says what is wrong with a device', async () => {
    for (const [args, words] of [
      [['devices', 'add'], /missing/],
      [['devices', 'add', 'UPS_9', 'h'], /id: use lower-case/],
      [['devices', 'add', 'ups-9', 'h', '--kind', 'toaster'], /kind/],
      [['devices', 'add', 'ups-9', 'h', '--port', '99999'], /port/],
      [['devices', 'add', '--file', 'none.yaml'], /none\.yaml/],
    ] as const) {
      const wrong = await run(...args)
      assert.equal(wrong.code, 2, args.join(' '))
      assert.match(wrong.stderr, words)
    }
  }).timeout(60_000)

  it('an older Node is told which command to use and gets 78', () => {
    // Where the system's own Node is old enough, the real thing; elsewhere an old version's name in a new Node's mouth.
    const old = spawnSync('/usr/bin/node', ['-p', 'process.versions.node'], { encoding: 'utf8' })
    const isOld = old.status === 0 && Number.parseInt(old.stdout, 10) < 22
    const pretend = "Object.defineProperty(process.versions, 'node', { value: '20.20.2' }); "
    const ran = isOld
      ? spawnSync('/usr/bin/node', [bin, 'check'], { encoding: 'utf8' })
      : spawnSync(process.execPath, ['--input-type=module', '-e', `${pretend}await import(${JSON.stringify(bin)})`], { encoding: 'utf8' })
    assert.deepEqual([ran.status, ran.stdout], [78, ''])
    assert.match(ran.stderr, /this is Node \d+\.\d+\.\d+; Suar needs 22\.18 or newer\. Run it as "npx suar"/)
  })
})
