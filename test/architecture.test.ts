// The house rules: who may look at whom, no file that reaches itself, no file that has outgrown one thing.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map(entry => relative(root, join(entry.parentPath, entry.name)))

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const STATEMENT = /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/g
const DYNAMIC = /\bimport\(\s*'([^']+)'/g

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  const to = (specifier: string) => (specifier.startsWith('.') ? relative(root, resolve(root, dirname(file), specifier)) : specifier)
  return [
    ...[...text.matchAll(STATEMENT)].map(([, , type, specifier]) => ({ from: file, to: to(specifier ?? ''), typeOnly: type !== undefined })),
    ...[...text.matchAll(DYNAMIC)].map(([, specifier]) => ({ from: file, to: to(specifier ?? ''), typeOnly: false })),
  ]
}

const files = ['daemon', 'collectors', 'provisioning', 'dashboard'].flatMap(sources)
const imports = files.flatMap(importsOf)
const own = imports.filter(({ to }) => files.includes(to))

/** `daemon/alarm/watch.ts` → `daemon/alarm`; files directly in the daemon are the house itself. */
const roomOf = (file: string): string => {
  const [top = '', second = '', third] = file.split('/')
  return top === 'daemon' && third !== undefined ? `${top}/${second}` : top
}

const tell = (wrong: readonly Import[]) => wrong.map(({ from, to }) => `${from} looks at ${to}`).join('\n')
const none = (wrong: readonly Import[]) => assert.equal(wrong.length, 0, tell(wrong))

describe('the house', () => {
  it('has found its files', () => assert.ok(files.length > 60 && own.length > 100, `${files.length} files, ${own.length} imports`))

  it('keeps the words a leaf: domain looks at itself, zod and yaml', () => {
    none(imports.filter(({ from, to }) => roomOf(from) === 'daemon/domain' && roomOf(to) !== 'daemon/domain' && to !== 'zod' && to !== 'yaml'))
  })

  it('keeps collectors away from the daemon', () => {
    none(own.filter(({ from, to }) => roomOf(from) === 'collectors' && roomOf(to) !== 'collectors' && roomOf(to) !== 'daemon/domain'))
  })

  it('keeps provisioning away from the daemon: what it needs is handed to it', () => {
    none(own.filter(({ from, to }) => roomOf(from) === 'provisioning' && roomOf(to) !== 'provisioning' && roomOf(to) !== 'daemon/domain'))
  })

  it('keeps the rooms of the daemon apart; only http looks at stream', () => {
    none(
      own.filter(({ from, to }) => {
        const [here, there] = [roomOf(from), roomOf(to)]
        if (!here.startsWith('daemon/') || here === there || /^daemon\/(commands|cli)$/.test(here) || there === 'daemon/domain') return false
        if (here === 'daemon/http' && there === 'daemon/stream') return false
        // What stands in the daemon's hall is for everybody in it, but nobody imports the house.
        return !(there === 'daemon' && !/house\.ts$|main\.ts$/.test(to))
      }),
    )
  })

  it('lets nobody but the start command import the house', () => {
    none(own.filter(({ from, to }) => to === 'daemon/house.ts' && from !== 'daemon/commands/start.ts'))
  })

  it('gives the dashboard words and contracts, nothing that runs in the daemon', () => {
    none(
      own.filter(
        ({ from, to, typeOnly }) =>
          roomOf(from) === 'dashboard' &&
          roomOf(to) !== 'dashboard' &&
          !(typeOnly && (roomOf(to) === 'daemon/domain' || /^daemon\/(stream|http)\/contract\.ts$/.test(to))) &&
          !to.startsWith('daemon/domain/'),
      ),
    )
    none(own.filter(({ from, to }) => roomOf(to) === 'dashboard' && roomOf(from) !== 'dashboard'))
  })

  it('has no file that reaches itself, not even by its types', () => {
    const graph = new Map<string, string[]>()
    for (const { from, to } of own) graph.set(from, [...(graph.get(from) ?? []), to])
    const finished = new Set<string>()
    const walk = (file: string, path: readonly string[]): void => {
      assert.ok(!path.includes(file), `a circle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`)
      if (finished.has(file)) return
      for (const next of graph.get(file) ?? []) walk(next, [...path, file])
      finished.add(file)
    }
    for (const file of graph.keys()) walk(file, [])
  })

  it('says at the top of every file what it is for, and keeps each to one thing', () => {
    for (const file of files) {
      const text = readFileSync(join(root, file), 'utf8')
      assert.match(text, /^(\/\/|\/\*)/, `${file} does not begin with what it is for`)
      // A catalogue of words is a list, however long.
      const lines = file.startsWith('dashboard/words/') ? 0 : text.split('\n').length
      assert.ok(lines <= 320, `${file} has ${lines} lines`)
    }
  })
})
