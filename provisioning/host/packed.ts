// What a host says of a website that was packed there, and of one that was unpacked.
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Call } from '../../daemon/domain/call.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { HostHands } from '../hands.ts'

const count = z.int().nonnegative()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** Table, and between which figures its rows are: it may be written to while it is packed. */
const Tables = z.array(z.tuple([z.string(), count, count]))

export const Manifest = z.object({
  files: count,
  folders: count,
  links: count,
  bytes: count,
  /** Over path, mode, size and SHA-256 of each, in the order of their names. */
  digest: sha256,
  /** What is no file, folder or link, or leads out of the website: how many, and the first of their names. */
  left: count,
  names: z.array(z.string()).max(20),
  mariadb: Tables.exactOptional(),
  postgresql: Tables.exactOptional(),
})
export type Manifest = z.output<typeof Manifest>

const PackedFile = z.object({ name: z.enum(['mariadb', 'postgresql', 'tree.tar.gz']), size: count, sha256, whole: z.boolean() })
const Packed = z.object({ kept: z.string(), manifest: Manifest, files: z.array(PackedFile).min(1).max(3) })
export type Packed = z.output<typeof Packed>

const Brought = z.object({ manifest: Manifest.nullable() })

/** `name`: `dinkes.20261121-034500`. */
export async function packedOn(host: HostHands, name: string, call: Call): Promise<Outcome<Packed>> {
  const answer = await host.ask('archived', { archive: name }, call)
  if (!answer.ok) return answer
  const read = Packed.safeParse(answer.value)
  return read.success ? done(read.data) : failed('garbage', `What ${host.id} says of the archive ${name} is not understood.`, false)
}

export async function broughtTo(host: HostHands, site: string, call: Call): Promise<Outcome<Manifest | null>> {
  const answer = await host.ask('brought', { site }, call)
  if (!answer.ok) return answer
  const read = Brought.safeParse(answer.value)
  return read.success ? done(read.data.manifest) : failed('garbage', `What ${host.id} says of the content of ${site} is not understood.`, false)
}

export const rowsOf = ({ mariadb = [], postgresql = [] }: Manifest): number => [...mariadb, ...postgresql].reduce((sum, [, , most]) => sum + most, 0)

const DAY = 86_400_000

/** Its name says since when, UTC; ms since 1970. */
export function keptUntil(name: string, days: number): number {
  const [, year, month, day, hour, minute, second] = /\.(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/.exec(name) ?? []
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) + days * DAY
}

const AGAIN = 2_000

/** A broker whose asker went away ends what it began; until then nobody else changes anything there. Waited for as long as the step may take. */
export async function whenFree<T>(work: () => Promise<Outcome<T>>, { signal }: Call): Promise<Outcome<T>> {
  for (;;) {
    const outcome = await work()
    if (outcome.ok || outcome.failure.kind !== 'busy' || signal.aborted) return outcome
    await pause(AGAIN, undefined, { signal }).catch(() => undefined)
  }
}
