// Points of several profiles on one device become one list: displacement, and keys that are the device's alone.
import type { Point } from '../../daemon/domain/point.ts'
import type { Candidate } from './points.ts'

/**
 * A higher profile's point displaces a lower one's of the same key, of the same variable, or of a key it says it displaces.
 * Within one profile the first point of a key in a row (or among the scalars) counts; different things of one name are numbered.
 */
export function mergePoints(candidates: readonly Candidate[]): Point[] {
  const byKey = new Map<string, Candidate>()
  const byVariable = new Map<string, Candidate>()
  const merged: Point[] = []
  const present = candidates.flatMap(({ displaces, priority }) => displaces.map(glob => ({ glob, priority })))
  const ordered = candidates.map((candidate, k) => ({ candidate, k })).sort((a, b) => b.candidate.priority - a.candidate.priority || a.k - b.k)
  for (const { candidate } of ordered) {
    const { point } = candidate
    if (displaced(candidate, present)) continue
    const variable = `${point.source} ${point.decode.mask ?? ''} ${point.decode.decoder ?? ''} ${point.quantity === 'state'}`
    const same = byVariable.get(variable)
    if (same !== undefined && (same.priority > candidate.priority || same.point.key === point.key)) continue
    let { key } = point
    const other = byKey.get(key)
    if (other !== undefined) {
      if (other.origin === candidate.origin || other.priority > candidate.priority) continue
      key = free(byKey, key, candidate.index)
    }
    const kept = key === point.key ? candidate : { ...candidate, point: { ...point, key } }
    byKey.set(key, kept)
    byVariable.set(variable, kept)
    merged.push(kept.point)
  }
  return merged
}

interface Displacer {
  readonly priority: number
  readonly glob: string
}

const displaced = (candidate: Candidate, present: readonly Displacer[]): boolean =>
  present.some(({ priority, glob }) => priority > candidate.priority && matches(glob, candidate.point.key))

const globs = new Map<string, RegExp>()

function matches(glob: string, key: string): boolean {
  let pattern = globs.get(glob)
  if (pattern === undefined) {
    pattern = new RegExp(
      `^${glob
        .split('*')
        .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*')}$`,
    )
    globs.set(glob, pattern)
  }
  return pattern.test(key)
}

/** `sensor.rack.temperature` is taken: `sensor.rack-2.temperature`, with the row's own number where it has one. */
function free(taken: ReadonlyMap<string, unknown>, key: string, index: string): string {
  const parts = key.split('.')
  const at = Math.max(0, parts.length - 2)
  const numbered = (suffix: string) => parts.with(at, `${parts[at]}-${suffix}`).join('.')
  if (index !== '' && !taken.has(numbered(index.replaceAll('.', '-')))) return numbered(index.replaceAll('.', '-'))
  let n = 2
  while (taken.has(numbered(String(n)))) n++
  return numbered(String(n))
}
