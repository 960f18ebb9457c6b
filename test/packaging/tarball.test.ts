// The tarball as a customer gets it: packed from the sources, installed into an empty folder, started there with the Node that comes with it.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import type { DeviceView, PointView } from '../../daemon/stream/contract.ts'
import { controlKey, type Daemon, freshDemonstration, startDaemon, until } from '../support/daemon.ts'

const root = resolve(import.meta.dirname, '../..')

/** As in a shell of somebody who has no checkout: neither its programs nor what npm tells the scripts it runs. */
const outside = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_(package|lifecycle|config_local|config_prefix)|INIT_CWD|SUAR_)/.test(name)),
  ),
  PATH: (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter(folder => !folder.startsWith(root))
    .join(delimiter),
})

async function run(cwd: string, program: string, ...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(program, args, { cwd, env: outside(), stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...said }
}

const UNREACHABLE = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED)\b/

describe('the tarball', () => {
  const folder = mkdtempSync(join(tmpdir(), 'suar-pack-'))
  const copy = join(folder, 'suar')
  const site = join(folder, 'site')
  const packed = { name: '', size: 0, unpackedSize: 0, files: [] as { path: string }[] }
  let daemon: Daemon | null = null

  before('pack a copy of the sources', async () => {
    const left = new Set(['node_modules', 'dist', 'data', '.git'].map(name => join(root, name)))
    cpSync(root, copy, { recursive: true, filter: source => !left.has(source) })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    const { code, out, err } = await run(copy, 'npm', 'pack', '--json', '--pack-destination', folder)
    assert.equal(code, 0, err)
    // The build speaks first, then npm.
    const told: unknown = JSON.parse(out.slice(out.search(/^[[{]/m)))
    const [first] = Array.isArray(told) ? told : Object.values(told as object)
    Object.assign(packed, first, { name: join(folder, (first as { filename: string }).filename) })
  }).timeout(120_000)

  after(async () => {
    await daemon?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('has the compiled server, its data shelves, the pages, the unit and the example, and nothing else', () => {
    const paths = packed.files.map(({ path }) => path)
    for (const needed of [
      'bin/suar.js',
      'dist/dashboard/index.html',
      'dist/dashboard/licenses.md',
      'systemd/suar.service',
      'suar.example.yaml',
      'LICENSE',
    ])
      assert.ok(paths.includes(needed), needed)
    const compiled = globSync('{daemon,collectors,provisioning}/**/*.{ts,yaml,py,sh}', { cwd: copy })
      .filter(path => !path.endsWith('.d.ts'))
      .map(path => `dist/${path.replace(/\.ts$/, '.js')}`)
    assert.deepEqual(paths.filter(path => /^dist\/(daemon|collectors|provisioning)\//.test(path)).toSorted(), compiled.toSorted())
    assert.deepEqual(
      paths.filter(path => !/^(bin|dist|systemd)\/|^[^/]+\.(md|json|yaml)$|^LICENSE$/.test(path)),
      [],
    )
    assert.ok(packed.size < 3_000_000, `${packed.size} bytes`)
  })

  it('installs from the registry, runs on its own Node, and shows live devices', async function () {
    mkdirSync(site)
    const installed = await run(site, 'npm', 'install', '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline', packed.name)
    if (installed.code !== 0 && UNREACHABLE.test(installed.err)) this.skip()
    assert.equal(installed.code, 0, installed.err)

    const help = await run(site, 'npx', '--no-install', 'suar', '--help')
    assert.deepEqual([help.code, /^ {2}start +\S/m.test(help.out)], [0, true], help.err)
    const example = join('node_modules', 'suar', 'suar.example.yaml')
    const checked = await run(site, 'npx', '--no-install', 'suar', 'check', '--config', example)
    assert.equal(checked.code, 0, checked.out + checked.err)

    const bin = join(site, 'node_modules', 'suar', 'bin', 'suar.js')
    daemon = await startDaemon({
      data: join(site, 'data'),
      cwd: site,
      env: freshDemonstration(),
      installed: { node: join(site, 'node_modules', '.bin', 'node'), bin },
    })
    const { url } = daemon
    const headers = { authorization: `Bearer ${controlKey(daemon)}` }
    const get = async <T>(path: string) => (await (await fetch(new URL(path, url), { headers })).json()) as T

    const page = await (await fetch(url)).text()
    const script = /src="(\/assets\/index-[^"]+\.js)"/.exec(page)?.[1] ?? ''
    const sent = await fetch(new URL(script, url))
    assert.match(sent.headers.get('content-type') ?? '', /javascript/)

    // One after the other the threads show that they have started from compiled files: simulator, poller, store.
    await until(
      'devices',
      () => get<{ total: number }>('/api/v1/devices?status=up&kind=ups'),
      ({ total }) => total > 0,
      60_000,
    )
    const { items } = await get<{ items: DeviceView[] }>('/api/v1/devices?status=up&kind=ups')
    assert.ok(items[0])
    const ask = () => get<{ items: (PointView & { reading: { value: number | null } | null })[] }>(`/api/v1/devices/${items[0]?.id}/points`)
    const points = await until('a reading', ask, got => got.items.some(({ reading }) => typeof reading?.value === 'number'))
    const read = points.items.find(({ reading }) => typeof reading?.value === 'number')
    const history = () => get<{ series: { mean: (number | null)[] }[] }>(`/api/v1/history?points=${read?.no}`)
    await until('its history', history, ({ series }) => series[0]?.mean.some(value => value !== null) ?? false)

    assert.equal(await daemon.stop(), 0)
    assert.ok(!daemon.log().includes('"level":50'), daemon.log())
  }).timeout(300_000)
})
