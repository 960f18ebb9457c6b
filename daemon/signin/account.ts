// One's own account: password, authenticator, passkeys, recovery codes, sessions, tokens. What opens the account asks for a fresh proof.
import type { Clock, Instant } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { Knock, OwnAccount, OwnSession, OwnToken, SecondFactor } from '../domain/signin.ts'
import { openPasses } from './passes.ts'
import type { Asked, Passkeys } from './passkeys.ts'
import type { Passwords } from './password.ts'
import { passwordMistake } from './rules.ts'
import { freshRecovery, hashOf, plainRecovery } from './secret.ts'
import type { SessionRow, Sessions } from './sessions.ts'
import type { Throttle } from './throttle.ts'
import { makeToken, type TokensMade, type TokenWish } from './tokens.ts'
import { freshTotp, stepOf, totpUri } from './totp.ts'
import type { Trail } from './trail.ts'

interface AccountRow {
  readonly id: number
  readonly login: string
  readonly password: string | null
  readonly secondFactor: boolean
  readonly language: 'id' | 'en'
}

export interface OwnAccountOptions {
  readonly accounts: {
    one(id: number): Promise<AccountRow | null>
    set(id: number, change: { readonly password?: string; readonly mustChange?: boolean; readonly language?: 'id' | 'en' }): Promise<Outcome<unknown>>
    totp(id: number): Promise<{ readonly secret: string } | null>
    setTotp(id: number, secret: string | null): Promise<void>
    useStep(id: number, step: number): Promise<boolean>
  }
  readonly keys: {
    passkeys(
      account: number,
    ): Promise<readonly { readonly id: number; readonly name: string; readonly createdAt: Instant; readonly usedAt: Instant | null }[]>
    endPasskey(account: number, id: number): Promise<boolean>
    setRecovery(account: number, hashes: readonly string[]): Promise<void>
    recoveryLeft(account: number): Promise<number>
  }
  readonly sessionsKept: {
    ofAccount(account: number): Promise<readonly SessionRow[]>
    endOthers(account: number, but: number | null): Promise<number>
  }
  readonly tokens: TokensMade & {
    ofAccount(account: number): Promise<readonly OwnToken[]>
    end(account: number, id: number): Promise<boolean>
  }
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly passkeys: Passkeys
  readonly throttle: Throttle
  readonly trail: Trail
  readonly clock: Clock
  readonly demanded: SecondFactor
  /** Shown in the authenticator app. */
  readonly issuer: string
  readonly changed: () => void
}

export interface OwnAccountDesk {
  look(viewer: Viewer): Promise<Outcome<OwnAccount>>
  setPassword(viewer: Viewer, old: string, next: string, knock: Knock): Promise<Outcome<object>>
  beginTotp(viewer: Viewer): Promise<Outcome<{ readonly secret: string; readonly uri: string }>>
  confirmTotp(viewer: Viewer, code: string, knock: Knock): Promise<Outcome<{ readonly recovery: readonly string[] }>>
  endTotp(viewer: Viewer, knock: Knock): Promise<Outcome<object>>
  freshRecovery(viewer: Viewer, knock: Knock): Promise<Outcome<{ readonly recovery: readonly string[] }>>
  askPasskey(viewer: Viewer, knock: Knock): Promise<Outcome<Asked>>
  addPasskey(
    viewer: Viewer,
    name: string,
    flow: string,
    response: unknown,
    knock: Knock,
  ): Promise<Outcome<{ readonly recovery: readonly string[] | null }>>
  endPasskey(viewer: Viewer, id: number, knock: Knock): Promise<Outcome<object>>
  sessions(viewer: Viewer): Promise<Outcome<{ readonly items: readonly OwnSession[] }>>
  endSession(viewer: Viewer, id: number, knock: Knock): Promise<Outcome<object>>
  endOtherSessions(viewer: Viewer, knock: Knock): Promise<Outcome<object>>
  tokens(viewer: Viewer): Promise<Outcome<{ readonly items: readonly OwnToken[] }>>
  /** `token` is told this once. */
  addToken(viewer: Viewer, wish: TokenWish, knock: Knock): Promise<Outcome<OwnToken & { readonly token: string }>>
  endToken(viewer: Viewer, id: number, knock: Knock): Promise<Outcome<object>>
  settings(viewer: Viewer, given: { readonly language: 'id' | 'en' }): Promise<Outcome<object>>
}

/** How long a proof lasts. */
const PROOF = 5 * 60_000
const RECOVERY_CODES = 10
const MOST_TOKENS = 50

const UNPROVEN = failed('unproven', 'Give the password or a code once more first.')
const NO_ACCOUNT = failed('forbidden', 'This has no account of its own.')

export function openOwnAccount(options: OwnAccountOptions): OwnAccountDesk {
  const { accounts, keys, sessionsKept, tokens, sessions, passwords, passkeys, throttle, trail, clock, changed } = options
  const enrolling = openPasses<{ readonly secret: string }>({ clock, life: 10 * 60_000 })
  /** One at a time for each account: the last one begun counts. */
  const begun = new Map<number, string>()

  const proven = (viewer: Viewer): boolean => viewer.via === 'session' && clock() - viewer.provenAt < PROOF
  /** A session only: a token must not be able to make itself at home. */
  const own = async (viewer: Viewer): Promise<AccountRow | null> => (viewer.via === 'session' ? await accounts.one(viewer.account) : null)
  const freshCodes = async (account: number): Promise<string[]> => {
    const codes = Array.from({ length: RECOVERY_CODES }, freshRecovery)
    await keys.setRecovery(
      account,
      codes.map(code => hashOf(`${account}:${plainRecovery(code)}`)),
    )
    return codes
  }
  const note = (account: AccountRow, action: string, detail: object, knock: Knock) => trail(account.login, action, account.login, detail, knock)
  const moved = () => {
    sessions.forget()
    changed()
  }

  return {
    async look(viewer) {
      const account = await accounts.one(viewer.account)
      if (account === null) return NO_ACCOUNT
      return done({
        login: account.login,
        name: viewer.name,
        language: account.language,
        password: account.password !== null,
        totp: account.secondFactor,
        recoveryLeft: await keys.recoveryLeft(account.id),
        passkeys: (await keys.passkeys(account.id)).map(({ id, name, createdAt, usedAt }) => ({ id, name, createdAt, usedAt })),
        secondFactor: options.demanded,
        pending: viewer.pending,
      })
    },

    async setPassword(viewer, old, next, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      const allowed = await throttle.may(account.login, knock.address)
      if (!allowed.ok) return allowed
      // Who never had one (identity provider, demonstration) sets the first with a fresh proof instead.
      if (account.password === null && !proven(viewer)) return UNPROVEN
      const checked = account.password === null ? null : await passwords.check(old, account.password)
      if (checked !== null && !checked.ok) return checked
      if (checked?.value.right === false) {
        await throttle.wrong(account.login, knock.address)
        return failed('forbidden', 'The old password is wrong.')
      }
      const mistake = old === next ? 'The new password is the old one.' : passwordMistake(next, account.login)
      if (mistake !== null) return failed('invalid', mistake)
      const hash = await passwords.make(next)
      if (!hash.ok) return hash
      await accounts.set(account.id, { password: hash.value, mustChange: false })
      const ended = await sessionsKept.endOthers(account.id, viewer.session ?? null)
      await note(account, 'account.password', { ended }, knock)
      moved()
      return done({})
    },

    async beginTotp(viewer) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      if (!proven(viewer)) return UNPROVEN
      const secret = freshTotp()
      begun.set(account.id, enrolling.give({ secret }))
      return done({ secret, uri: totpUri(secret, account.login, options.issuer) })
    },
    async confirmTotp(viewer, code, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      const secret = enrolling.look(begun.get(account.id) ?? '')?.secret
      if (secret === undefined) return failed('conflict', 'This took too long. Begin again with a new secret.')
      const step = stepOf(code, secret, clock)
      if (step === null) return failed('invalid', 'This code does not fit. Is the clock of the phone right?')
      enrolling.take(begun.get(account.id) ?? '')
      begun.delete(account.id)
      await accounts.setTotp(account.id, secret)
      await accounts.useStep(account.id, step)
      const recovery = await freshCodes(account.id)
      await note(account, 'account.totp', {}, knock)
      moved()
      return done({ recovery })
    },
    async endTotp(viewer, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      if (!proven(viewer)) return UNPROVEN
      await accounts.setTotp(account.id, null)
      await note(account, 'account.totp.end', {}, knock)
      moved()
      return done({})
    },
    async freshRecovery(viewer, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      if (!proven(viewer)) return UNPROVEN
      const recovery = await freshCodes(account.id)
      await note(account, 'account.recovery', {}, knock)
      return done({ recovery })
    },

    async askPasskey(viewer, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      if (!proven(viewer)) return UNPROVEN
      return await passkeys.askToMake(account.id, account.login, viewer.name, knock.origin ?? '')
    },
    async addPasskey(viewer, name, flow, response, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      const made = await passkeys.make(account.id, name, flow, response)
      if (!made.ok) return made
      // Whoever has no codes yet gets them with the first factor, whichever it is.
      const recovery = (await keys.recoveryLeft(account.id)) > 0 ? null : await freshCodes(account.id)
      await note(account, 'account.passkey', { name }, knock)
      moved()
      return done({ recovery })
    },
    async endPasskey(viewer, id, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      if (!proven(viewer)) return UNPROVEN
      if (!(await keys.endPasskey(account.id, id))) return failed('notFound', 'You have no such passkey.')
      await note(account, 'account.passkey.end', { id }, knock)
      moved()
      return done({})
    },

    async sessions(viewer) {
      const items = await sessionsKept.ofAccount(viewer.account)
      return done({ items: items.map(({ account: _, provenAt: __, ...row }) => ({ ...row, current: row.id === viewer.session })) })
    },
    async endSession(viewer, id, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      const mine = (await sessionsKept.ofAccount(account.id)).some(session => session.id === id)
      if (!mine) return failed('notFound', 'You have no such session.')
      await sessions.end(id)
      await note(account, 'session.end', { session: id }, knock)
      moved()
      return done({})
    },
    async endOtherSessions(viewer, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      const ended = await sessionsKept.endOthers(account.id, viewer.session ?? null)
      await note(account, 'session.end', { ended }, knock)
      moved()
      return done({ ended })
    },

    async tokens(viewer) {
      return done({
        items: (await tokens.ofAccount(viewer.account)).map(({ id, name, scopes, createdAt, expiresAt, usedAt }) => ({
          id,
          name,
          scopes,
          createdAt,
          expiresAt,
          usedAt,
        })),
      })
    },
    async addToken(viewer, wish, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      if (!proven(viewer)) return UNPROVEN
      if ((await tokens.ofAccount(account.id)).length >= MOST_TOKENS) return failed('conflict', `You have ${MOST_TOKENS} tokens. End some first.`)
      const made = await makeToken(tokens, clock, account.id, wish)
      await note(account, 'token.add', { ...wish, token: made.id }, knock)
      return done(made)
    },
    async endToken(viewer, id, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      if (!(await tokens.end(account.id, id))) return failed('notFound', 'You have no such token.')
      await note(account, 'token.end', { token: id }, knock)
      moved()
      return done({})
    },

    async settings(viewer, { language }) {
      const account = await accounts.one(viewer.account)
      if (account === null) return NO_ACCOUNT
      await accounts.set(account.id, { language })
      return done({})
    },
  }
}
