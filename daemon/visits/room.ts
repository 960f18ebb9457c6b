// The room of visits: how one is brought to the table, changed as one with its trace and the trail, and told to whoever follows.
import type { Instant } from '../domain/call.ts'
import { openListeners } from '../domain/listeners.ts'
import { type Outcome, refused } from '../domain/outcome.ts'
import { throughOf, type Viewer } from '../domain/people.ts'
import type { VisitEventKind, VisitRecord } from '../domain/visit-record.ts'
import { WHY } from './reasons.ts'
import { settingsOf, type VisitSettings } from './settings.ts'
import type { VisitSources } from './sources.ts'

export type Detail = Readonly<Record<string, string | number | boolean | null>>
/** Who does it: somebody signed in, or the daemon itself. */
export type Doer = Pick<Viewer, 'name' | 'account' | 'person' | 'via' | 'token'> | null

export interface VisitRoom {
  readonly sources: VisitSources
  readonly zone: () => string
  settings(): Promise<VisitSettings>
  /** Told the ids of visits after they were written. Returns how to stop. */
  onChange(listener: (ids: readonly number[]) => void): () => void
  /** One transaction; who follows the visits it touched is told when it is over. */
  whole<T>(work: (told: Told) => Promise<Outcome<T>>): Promise<Outcome<T>>
  /** Within `whole`: writes the visit with what happened to it. The answer is the visit as it is from now on. */
  write(visit: VisitRecord, did: Did, told: Told): Promise<Outcome<VisitRecord>>
  /** For changes that belong to another's transaction: tells after it. */
  tell(ids: readonly number[]): void
}

/** The visits that were touched. */
export type Told = Set<number>

export interface Did {
  readonly by: Doer
  readonly at: Instant
  readonly kind: VisitEventKind
  readonly detail?: Detail
  /** What the trail calls it; absent: the trace alone has it. */
  readonly action?: string
}

export function openRoom(sources: VisitSources): VisitRoom {
  const { visits, together, append, layout, settings, log } = sources
  const { tell: tellAll, onChange } = openListeners<[ids: readonly number[]]>(log)
  const tell = (ids: readonly number[]) => {
    if (ids.length > 0) tellAll(ids)
  }
  return {
    sources,
    zone: () => layout().site.timezone,
    settings: () => settingsOf(settings),
    onChange,
    async whole(work) {
      const told: Told = new Set()
      const written = await together(() => work(told))
      if (written.ok) tell([...told])
      return written
    },
    async write(visit, { by, at, kind, detail = {}, action }, told) {
      const next: VisitRecord = { ...visit, revision: visit.revision + 1, changedAt: at }
      if (!(await visits.put(next))) return refused('conflict', WHY.changed)
      const name = by?.name ?? 'Suar'
      await visits.note(visit.id, { at, by: name, kind, detail })
      // Never a person's name but the one who did it: the trail is kept for ever, a visitor's data are not.
      if (action !== undefined)
        await append(name, action, visit.number, {
          visit: visit.id,
          ...(by === null ? {} : { account: by.account, ...throughOf(by) }),
          ...withoutNames(detail),
        })
      told.add(visit.id)
      return { ok: true, value: next }
    },
    tell,
  }
}

const withoutNames = ({ name: _, ...detail }: Detail): Detail => detail
