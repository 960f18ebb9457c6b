// Which page a turning screen shows next, and when: `/wall?rotate=wall,floor,racks/a4&every=30`. Pure.

export interface Plan {
  /** Paths, at least two. */
  readonly pages: readonly string[]
  /** Seconds each page stays. */
  readonly every: number
}

const SHORTEST = 5
const LONGEST = 3600
const USUAL = 30
/** Nobody touched it for so long: the screen is alone again, ms. */
export const ALONE = 120_000

/** The plan a URL asks for; null when it asks for none, or for fewer than two pages that exist. */
export function planOf(query: URLSearchParams, exists: (path: string) => boolean): Plan | null {
  const pages = (query.get('rotate') ?? '')
    .split(',')
    .map(name => `/${name.trim().replace(/^\/+/, '')}`)
    .filter((path, i, all) => exists(path) && all.indexOf(path) === i)
  if (pages.length < 2) return null
  const every = Number(query.get('every') ?? USUAL)
  return { pages, every: Number.isFinite(every) ? Math.min(LONGEST, Math.max(SHORTEST, every)) : USUAL }
}

/** How it stands on the screen; times in milliseconds. */
export interface Standing {
  readonly path: string
  readonly shownFor: number
  readonly untouchedFor: number
  /** A critical alarm is open that nobody has. */
  readonly critical: boolean
}

/** The page to go to now, or null to stay. While something critical waits for somebody the wall stays. */
export function turn(plan: Plan, { path, shownFor, untouchedFor, critical }: Standing): string | null {
  if (untouchedFor < ALONE) return null
  if (critical) return path === '/wall' ? null : '/wall'
  if (shownFor < plan.every * 1000) return null
  return plan.pages[(plan.pages.indexOf(path) + 1) % plan.pages.length] ?? null
}
