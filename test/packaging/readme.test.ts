// The README names every package we take from others, its exact version and what it is for; the unit names only what a tarball brings.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const text = (file: string) => readFileSync(join(root, file), 'utf8')

describe('what we take from others', () => {
  const manifest = JSON.parse(text('package.json')) as Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>
  const taken = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  const rows = [...text('README.md').matchAll(/^\| `([^`\s]+)` \| (\d\S*) \| (\S.*) \|$/gm)].map(([, name, version, why]) => ({ name, version, why }))

  it('stands in the README, package by package, with its version and a reason', () => {
    assert.ok(Object.keys(taken).length > 20)
    const named = rows.map(({ name, version }) => `${name} ${version}`)
    assert.deepEqual(
      named.toSorted(),
      Object.entries(taken)
        .map(([name, version]) => `${name} ${version}`)
        .toSorted(),
    )
  })

  it('is of an exact version, and the lock holds the same', () => {
    const lock = JSON.parse(text('package-lock.json')) as {
      packages: Record<string, { version?: string; optionalDependencies?: Record<string, string> }>
    }
    for (const [name, version] of Object.entries(taken)) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name)
      assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name)
    }
    // npm ci refuses a lock that leaves out the programs of other platforms, and npm install makes one when a registry lacks them.
    const absent = Object.entries(lock.packages).flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter(
        name => lock.packages[`node_modules/${name}`] === undefined && lock.packages[`${path}/node_modules/${name}`] === undefined,
      ),
    )
    assert.deepEqual(absent, [])
  })

  it('may be used under our licence', () => {
    const lock = JSON.parse(text('package-lock.json')) as { packages: Record<string, { license?: string; dev?: boolean }> }
    // These name theirs (MIT) only in their licence files.
    const told = new Map(['ssh2', 'cpu-features', 'buildcheck', 'busboy', 'streamsearch', 'png-js'].map(name => [`node_modules/${name}`, 'MIT']))
    const production = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true)
    assert.ok(production.length > 50)
    // Of several licences to choose from, one that fits; a typeface goes out under its own.
    const fits = /^(MIT|MIT-0|ISC|BSD-[23]-Clause|Apache-2\.0|Unlicense|0BSD|OFL-1\.1)$/
    for (const [path, { license }] of production) {
      const offered = (license ?? told.get(path) ?? 'none').replace(/^\((.*)\)$/, '$1').split(' OR ')
      assert.ok(
        offered.some(one => fits.test(one)),
        `${path}: ${offered.join(', ')}`,
      )
    }
  })
})

describe('the systemd unit', () => {
  const unit = text('systemd/suar.service')
  const installed = '/opt/suar/lib/node_modules/suar/'

  it('names files that an installation has', () => {
    const paths = [...unit.matchAll(/\/opt\/suar\/lib\/node_modules\/suar\/(\S+)/g)].map(([, path = '']) => path)
    assert.ok(paths.length >= 6)
    for (const path of paths) assert.ok(existsSync(join(root, path)), path)
  })

  it('is in order, and exposes little', function () {
    if (spawnSync('systemd-analyze', ['--version']).status !== 0) this.skip()
    const folder = mkdtempSync(join(tmpdir(), 'suar-unit-'))
    try {
      const file = join(folder, 'suar.service')
      writeFileSync(file, unit.replaceAll(installed, `${root}/`))
      const verified = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' })
      assert.deepEqual([verified.status, verified.stderr], [0, ''])
      const exposed = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=15', '--no-pager', file], { encoding: 'utf8' })
      assert.equal(exposed.status, 0, exposed.stdout)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
