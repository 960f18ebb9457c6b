// Runs the benches of this folder: npm run bench [-- name …] [--json]. A bench is a file whose default export is a Bench.
import { readdir } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** At most this, where we have set ourselves a goal. */
  readonly goal?: number
}

export interface Bench {
  readonly name: string
  run(): Promise<readonly Figure[]>
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

const round = (value: number): number => Number(value.toPrecision(4))

function table(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ name }) => name.length))
  const lines = figures.map(({ name, value, unit, goal }) => {
    const verdict = goal === undefined ? '' : `  ${value <= goal ? 'within' : 'OVER'} ${goal}`
    return `  ${name.padEnd(width)}  ${String(round(value)).padStart(9)} ${unit}${verdict}\n`
  })
  return lines.join('')
}

async function report(benches: readonly Bench[], json: boolean): Promise<void> {
  const results: Record<string, readonly Figure[]> = {}
  for (const bench of benches) {
    const figures = await bench.run()
    results[bench.name] = figures.map(figure => ({ ...figure, value: round(figure.value) }))
    if (!json) process.stdout.write(`${bench.name}\n${table(figures)}`)
  }
  if (json) process.stdout.write(`${JSON.stringify({ node: process.version, results })}\n`)
}

/** Runs one bench when its file was started by itself. */
export async function main(meta: ImportMeta, bench: Bench): Promise<void> {
  if (meta.main) await report([bench], process.argv.includes('--json'))
}

async function runAll(): Promise<void> {
  const wanted = process.argv.slice(2).filter(word => !word.startsWith('--'))
  const benches: Bench[] = []
  for (const file of (await readdir(import.meta.dirname)).toSorted()) {
    if (!file.endsWith('.ts') || file === 'run.ts' || file === 'responder.ts' || file === 'pages.ts') continue
    // Only what is wanted is loaded: a bench is named as its file.
    if (wanted.length > 0 && !wanted.includes(file.slice(0, -3))) continue
    const { default: bench } = (await import(pathToFileURL(`${import.meta.dirname}/${file}`).href)) as { default?: Bench }
    if (bench !== undefined) benches.push(bench)
  }
  await report(benches, process.argv.includes('--json'))
}

// Not awaited: every bench imports this file, which would never be done while it waits for them.
if (import.meta.main) void runAll()
