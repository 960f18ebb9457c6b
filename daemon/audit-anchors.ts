// Anchors of the audit trail: once a day its newest hash is written beside the records and into the log, where whoever cuts the trail off does not reach.
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Call } from './domain/call.ts'
import type { Text } from './domain/point.ts'
import type { Anchor } from './store/audit.ts'

const Line = z.object({ at: z.number(), seq: z.int().positive(), hash: z.string().length(64) })
const fileOf = (data: string): string => join(data, 'audit-anchors.jsonl')

/** Lines that are none (a power cut in the middle of one) are left out. */
export function readAnchors(data: string): Anchor[] {
  let text: string
  try {
    text = readFileSync(fileOf(data), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return text.split('\n').flatMap(line => {
    try {
      const read = Line.safeParse(JSON.parse(line))
      return read.success ? [read.data] : []
    } catch {
      return []
    }
  })
}

interface Trail {
  page(query: { readonly size: number; readonly to: number }): Promise<readonly unknown[]>
  leapt(): Promise<boolean>
  head(): Promise<Anchor | null>
  prune(before: number, actor: string): Promise<number>
}

const DAY = 86_400_000

const LEAPT: Text = {
  en: 'The clock of this machine seems to be set wrong: the audit trail tells of nothing for a month before last week. Nothing old is taken from it until it tells of a week. Check the date and its time server.',
  id: 'Jam mesin ini tampaknya salah: jejak audit tidak memuat apa pun selama sebulan sebelum minggu lalu. Isi lama tidak dihapus sampai jejak memuat satu minggu. Periksa tanggal dan server waktunya.',
}

/** To be called now and then: anchors once a day, and lets go what is older than `keep` ms, unless the clock seems wrong. */
export function anchoring({ data, audit, keep, clock, log }: { data: string; audit: Trail; keep: number; clock: () => number; log: Call['log'] }) {
  let last = readAnchors(data).at(-1)
  let trouble: Text | null = null
  async function prune(): Promise<void> {
    const before = clock() - keep
    const old = (await audit.page({ size: 1, to: before })).length > 0
    const isLeap = old && (await audit.leapt())
    if (isLeap && trouble === null) log.warn({}, LEAPT.en)
    trouble = isLeap ? LEAPT : null
    if (!old || isLeap) return
    const gone = await audit.prune(before, 'suar')
    if (gone > 0) log.info({ entries: gone }, 'the audit trail was pruned')
  }
  const upkeep = async (): Promise<void> => {
    // A clock that was set back must not make it wait for years.
    if (last !== undefined && Math.abs(clock() - last.at) < DAY) return
    await prune()
    const head = await audit.head()
    if (head === null || head.seq === last?.seq) return
    const anchor = { ...head, at: clock() }
    appendFileSync(fileOf(data), `${JSON.stringify(anchor)}\n`, { mode: 0o600 })
    log.info({ entry: head.seq, hash: head.hash }, 'anchor of the audit trail')
    last = anchor
  }
  return { upkeep, trouble: (): Text | null => trouble }
}

/** JSON Lines; the last one says how many there are and the hash of the newest, so that a file that was cut off shows. */
export async function* exportLines(entries: AsyncIterable<{ readonly seq: number; readonly hash: string }>): AsyncGenerator<string> {
  let count = 0
  let head: string | null = null
  for await (const entry of entries) {
    count++
    head = entry.hash
    yield `${JSON.stringify(entry)}\n`
  }
  yield `${JSON.stringify({ entries: count, head })}\n`
}
