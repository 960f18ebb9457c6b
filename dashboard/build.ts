// Builds the pages into dist/dashboard with Vite, only when they are missing or older than what they are made of. `--force` builds always.
import { existsSync } from 'node:fs'
import { appendFile, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { en } from './words/en.ts'
import { id } from './words/id.ts'

const root = resolve(import.meta.dirname)
const outDir = resolve(root, '../dist/dashboard')
const built = join(outDir, 'index.html')
/** What others wrote of the pages, under the terms that go with it. */
const LICENCES = 'licenses.md'
/** Everything that ends up in the pages. */
const sources = [root, resolve(root, '../daemon/domain'), resolve(root, '../daemon/stream'), resolve(root, '../package-lock.json')]

async function newest(path: string): Promise<number> {
  const info = await stat(path)
  if (!info.isDirectory()) return info.mtimeMs
  const inside = await Promise.all((await readdir(path)).map(name => newest(join(path, name))))
  return Math.max(info.mtimeMs, ...inside)
}

/** Dotted names of every text in a catalogue. */
const keysOf = (part: object, prefix = ''): string[] =>
  Object.entries(part).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? keysOf(value, `${prefix}${key}.`) : [prefix + key],
  )

/** Types hold the catalogues together too; this catches it where only the build runs. */
function checkWords(): void {
  const [first, second] = [new Set(keysOf(id)), new Set(keysOf(en))]
  const missing = [...first].filter(key => !second.has(key)).map(key => `en: ${key}`)
  missing.push(...[...second].filter(key => !first.has(key)).map(key => `id: ${key}`))
  if (missing.length > 0) throw new Error(`texts missing in the catalogue: ${missing.join(', ')}`)
}

async function run(): Promise<void> {
  const say = (line: string): boolean => process.stdout.write(`dashboard: ${line}\n`)
  if (!process.argv.includes('--force') && existsSync(built)) {
    const made = (await stat(built)).mtimeMs
    const changed = Math.max(...(await Promise.all(sources.map(newest))))
    if (made >= changed) return void say('up to date')
  }
  checkWords()
  const began = performance.now()
  const fresh = `${outDir}.${process.pid}`
  const { build } = await import('vite')
  const result = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      // Beside its place first: a running daemon serves the old pages until the new ones are whole.
      outDir: fresh,
      emptyOutDir: true,
      target: 'es2023',
      // The first to know light-dark(), which the tokens are made of.
      cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
      // Nothing as data: URI, no polyfill inline: the pages' policy allows only files of this server.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      sourcemap: false,
      license: { fileName: LICENCES },
    },
  })
  // Vite gathers the licences of scripts; the font comes by way of a stylesheet.
  await appendFile(
    join(fresh, LICENCES),
    `\n## Inter\n\n${await readFile(resolve(root, '../node_modules/@fontsource-variable/inter/LICENSE'), 'utf8')}`,
  )
  await rm(outDir, { recursive: true, force: true })
  await rename(fresh, outDir)
  let script = 0
  for (const one of Array.isArray(result) ? result : [result]) {
    if ('output' in one) for (const part of one.output) if (part.type === 'chunk') script += gzipSync(part.code).length
  }
  say(`built in ${Math.round(performance.now() - began)} ms, ${(script / 1024).toFixed(1)} kB of script gzipped`)
}

await run().catch((error: unknown) => {
  process.stderr.write(`dashboard: not built: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
