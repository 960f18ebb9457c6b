// The room of sign-in: everything that knows who somebody is, opened together. What it needs of the records is named here, piece by piece.
import type { AgencyView } from '../domain/agency.ts'
import type { Clock } from '../domain/call.ts'
import type { Viewer } from '../domain/people.ts'
import type { DemoAccount, Knock, SecondFactor } from '../domain/signin.ts'
import { type OwnAccessDesk, type OwnAccessOptions, openOwnAccess } from './access.ts'
import { type OwnAccountDesk, type OwnAccountOptions, openOwnAccount } from './account.ts'
import { type Accounts, type AccountsOptions, openAccounts } from './accounts.ts'
import { type Links, type LinksOptions, openLinks } from './links.ts'
import { ownerOf } from './owner.ts'
import { openPasskeys, type PasskeysKept } from './passkeys.ts'
import { openPasswords, type PasswordOptions } from './password.ts'
import { type Limits, openSessions, type SessionsKept, type TokensKept } from './sessions.ts'
import { openSignIn, type SignIn, type SignInAccounts, type SignInOptions } from './signin.ts'
import { openThrottle, type TriesKept } from './throttle.ts'
import { type TrailKept, trailInto } from './trail.ts'

export interface SignInRoomOptions {
  readonly accounts: SignInAccounts & OwnAccountOptions['accounts'] & AccountsOptions['accounts'] & LinksOptions['accounts']
  readonly keys: PasskeysKept & SignInOptions['keys'] & OwnAccountOptions['keys'] & AccountsOptions['keys'] & LinksOptions['keys']
  readonly sessions: SessionsKept & OwnAccessOptions['sessionsKept']
  readonly tokens: TokensKept & OwnAccessOptions['tokens'] & { endAll(account: number): Promise<void> }
  readonly tries: TriesKept & { prune(before: number): Promise<void> }
  readonly people: AccountsOptions['people'] & LinksOptions['people']
  readonly audit: TrailKept
  readonly clock: Clock
  readonly limits: Limits
  readonly demanded: SecondFactor
  /** Good from loopback only; made anew at each start. */
  readonly control: string
  readonly base: () => string
  readonly issuer: string
  readonly demo: (() => Promise<readonly DemoAccount[]>) | null
  readonly oidc: { readonly name: string } | null
  /** Somebody's rights may have changed, or a session has ended. */
  readonly changed: () => void
  readonly site?: () => { readonly name: string; readonly timezone: string } | null
  readonly agency?: () => AgencyView | null
  /** For tests: cheaper hashes. */
  readonly hashing?: PasswordOptions
}

export interface SignInRoom {
  readonly signIn: SignIn
  readonly own: OwnAccountDesk & OwnAccessDesk
  readonly accounts: Accounts
  readonly links: Links
  viewerOf(knock: Pick<Knock, 'credential' | 'address'>): Promise<Viewer | null>
  /** The same without keeping the session awake: for the live line of a page that nobody may be looking at. */
  peek(knock: Pick<Knock, 'credential' | 'address'>): Promise<Viewer | null>
  /** People or offices changed: everybody is worked out anew. */
  peopleChanged(): void
  /** Now and then: what has ended goes. */
  prune(): Promise<void>
  close(): Promise<void>
}

const TRIES_KEPT = 24 * 3_600_000

export function openSignInRoom(options: SignInRoomOptions): SignInRoom {
  const { accounts, keys, sessions: sessionsKept, tokens, tries, people, clock, demanded, changed } = options
  const trail = trailInto(options.audit)
  const passwords = openPasswords(options.hashing)
  const throttle = openThrottle({ tries, clock, together: options.audit.together })
  const passkeys = openPasskeys({ keys, clock })
  const sessions = openSessions({
    sessions: sessionsKept,
    tokens,
    accounts,
    people: { person: people.person, officesOf: people.officesOf, hasPasskey: async account => (await keys.passkeys(account)).length > 0 },
    clock,
    limits: options.limits,
    demanded,
    control: options.control,
  })
  const moved = () => {
    sessions.forget()
    changed()
  }
  const endSessions = (account: number) => sessionsKept.endOthers(account, null)
  const links = openLinks({ accounts, keys, people, endSessions, passwords, throttle, trail, clock, base: options.base, moved })
  const owner = ownerOf({ accounts, trail, clock, moved })
  const common = { accounts, keys, people, passwords, passkeys, sessions, throttle, trail, clock, changed }

  return {
    signIn: openSignIn({
      ...common,
      demo: options.demo,
      oidc: options.oidc,
      site: options.site ?? (() => null),
      agency: options.agency ?? (() => null),
    }),
    own: {
      ...openOwnAccount({ ...common, owner, sessionsKept, demanded, issuer: options.issuer }),
      ...openOwnAccess({ sessionsKept, tokens, sessions, owner, clock }),
    },
    accounts: openAccounts({ ...common, tokens, links, endSessions, endTokens: account => tokens.endAll(account) }),
    links,
    viewerOf: knock => sessions.viewerOf(knock),
    peek: knock => sessions.viewerOf(knock, { peek: true }),
    peopleChanged: moved,
    async prune() {
      await sessions.prune()
      await tries.prune(clock() - TRIES_KEPT)
    },
    close: () => passwords.close(),
  }
}
