// What everything about one's own account begins with: whose it is, whether the proof is fresh, what is noted, who is told.
import type { Clock } from '../domain/call.ts'
import { failed, type Outcome } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { Knock } from '../domain/signin.ts'
import type { Trail } from './trail.ts'

export interface OwnedAccount {
  readonly id: number
  readonly login: string
  readonly password: string | null
  readonly secondFactor: boolean
  readonly language: 'id' | 'en'
}

export interface Owner {
  /** Given within the last five minutes. */
  proven(viewer: Viewer): boolean
  /** Of a session only: a token must not be able to make itself at home. */
  own(viewer: Viewer): Promise<OwnedAccount | null>
  note(account: OwnedAccount, action: string, detail: object, knock: Knock): Promise<void>
  /** What is written within it and noted is one; who must know it is told after it. */
  whole<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>>
}

const PROOF = 5 * 60_000

export const UNPROVEN = failed('unproven', 'Give the password or a code once more first.')
export const NO_ACCOUNT = failed('forbidden', 'This has no account of its own.')

export const ownerOf = ({
  accounts,
  trail,
  clock,
  moved,
}: {
  readonly accounts: { one(id: number): Promise<OwnedAccount | null> }
  readonly trail: Trail
  readonly clock: Clock
  readonly moved: () => void
}): Owner => ({
  proven: viewer => viewer.via === 'session' && clock() - viewer.provenAt < PROOF,
  own: async viewer => (viewer.via === 'session' ? await accounts.one(viewer.account) : null),
  note: (account, action, detail, knock) => trail(account.login, action, account.login, detail, knock),
  async whole(work) {
    const written = await trail.together(work)
    if (written.ok) moved()
    return written
  },
})
