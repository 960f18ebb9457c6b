// What belongs to a ticket elsewhere in the house is written with it, or nothing of both is.
import type { Outcome, Together } from './domain/outcome.ts'
import type { DeskCommit, TicketWrite } from './domain/ticket-record.ts'

export interface Follower {
  /** Within the transaction of a ticket's commit; what is refused gives up all of it. What it gives is called when the commit stands. */
  follow(written: readonly TicketWrite[]): Promise<Outcome<() => void>>
}

/** `followers` is asked at each commit: some open after the desk. */
export const followedBy =
  (together: Together, followers: () => readonly (Follower | null)[]) =>
  async (work: () => Promise<Outcome<DeskCommit>>): Promise<Outcome<DeskCommit>> => {
    const told: (() => void)[] = []
    const written = await together(async () => {
      const commit = await work()
      if (!commit.ok) return commit
      for (const one of followers()) {
        const followed = await one?.follow(commit.value.tickets)
        if (followed?.ok === false) return followed
        if (followed !== undefined) told.push(followed.value)
      }
      return commit
    })
    if (written.ok) for (const tell of told) tell()
    return written
  }
