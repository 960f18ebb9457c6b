// One's own account: password, authenticator, passkeys, recovery codes. What opens the account asks for a fresh proof.
import type { Clock, Instant } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import type { Knock, OwnAccount, SecondFactor } from '../domain/signin.ts'
import { NO_ACCOUNT, type OwnedAccount, type Owner, UNPROVEN } from './owner.ts'
import { openPasses } from './passes.ts'
import type { Asked, Passkeys } from './passkeys.ts'
import type { Passwords } from './password.ts'
import { passwordMistake } from './rules.ts'
import { freshRecovery, hashOf, plainRecovery } from './secret.ts'
import type { Throttle } from './throttle.ts'
import { freshTotp, stepOf, totpUri } from './totp.ts'

export interface OwnAccountOptions {
  readonly accounts: {
    one(id: number): Promise<OwnedAccount | null>
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
  readonly sessionsKept: { endOthers(account: number, but: number | null): Promise<number> }
  readonly owner: Owner
  readonly passwords: Passwords
  readonly passkeys: Passkeys
  readonly throttle: Throttle
  readonly clock: Clock
  readonly demanded: SecondFactor
  /** Shown in the authenticator app. */
  readonly issuer: string
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
  settings(viewer: Viewer, given: { readonly language: 'id' | 'en' }, knock: Knock): Promise<Outcome<object>>
}

const RECOVERY_CODES = 10

export function openOwnAccount(options: OwnAccountOptions): OwnAccountDesk {
  const { accounts, keys, sessionsKept, owner, passwords, passkeys, throttle, clock } = options
  const { proven, own, note, whole } = owner
  const enrolling = openPasses<{ readonly secret: string }>({ clock, life: 10 * 60_000 })
  /** One at a time for each account: the last one begun counts. */
  const begun = new Map<number, string>()

  const freshCodes = async (account: number): Promise<string[]> => {
    const codes = Array.from({ length: RECOVERY_CODES }, freshRecovery)
    await keys.setRecovery(
      account,
      codes.map(code => hashOf(`${account}:${plainRecovery(code)}`)),
    )
    return codes
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
      // Who never had one (identity provider, demonstration) sets the first with a fresh proof instead.
      if (account.password === null && !proven(viewer)) return UNPROVEN
      const known = await throttle.attempt(account.login, knock.address, async () => {
        const checked = account.password === null ? null : await passwords.check(old, account.password, knock.address)
        if (checked === null || !checked.ok || checked.value.right) return checked ?? done(null)
        await throttle.wrong(account.login, knock.address)
        return failed('forbidden', 'The old password is wrong.')
      })
      if (!known.ok) return known
      const mistake = old === next ? 'The new password is the old one.' : passwordMistake(next, account.login)
      if (mistake !== null) return failed('invalid', mistake)
      const hash = await passwords.make(next, knock.address)
      if (!hash.ok) return hash
      return await whole(async () => {
        await accounts.set(account.id, { password: hash.value, mustChange: false })
        const ended = await sessionsKept.endOthers(account.id, viewer.session ?? null)
        await note(account, 'account.password', { ended }, knock)
        return done({})
      })
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
      return await whole(async () => {
        await accounts.setTotp(account.id, secret)
        await accounts.useStep(account.id, step)
        const recovery = await freshCodes(account.id)
        await note(account, 'account.totp', {}, knock)
        return done({ recovery })
      })
    },
    async endTotp(viewer, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      if (!proven(viewer)) return UNPROVEN
      return await whole(async () => {
        await accounts.setTotp(account.id, null)
        await note(account, 'account.totp.end', {}, knock)
        return done({})
      })
    },
    async freshRecovery(viewer, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      if (!proven(viewer)) return UNPROVEN
      return await whole(async () => {
        const recovery = await freshCodes(account.id)
        await note(account, 'account.recovery', {}, knock)
        return done({ recovery })
      })
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
      return await whole(async () => {
        const made = await passkeys.make(account.id, name, flow, response)
        if (!made.ok) return made
        // Whoever has no codes yet gets them with the first factor, whichever it is.
        const recovery = (await keys.recoveryLeft(account.id)) > 0 ? null : await freshCodes(account.id)
        await note(account, 'account.passkey', { name }, knock)
        return done({ recovery })
      })
    },
    async endPasskey(viewer, id, knock) {
      const account = await own(viewer)
      if (account === null) return NO_ACCOUNT
      if (!proven(viewer)) return UNPROVEN
      return await whole(async () => {
        if (!(await keys.endPasskey(account.id, id))) return failed('notFound', 'You have no such passkey.')
        await note(account, 'account.passkey.end', { id }, knock)
        return done({})
      })
    },

    async settings(viewer, { language }, knock) {
      const account = await accounts.one(viewer.account)
      if (account === null) return NO_ACCOUNT
      if (account.language === language) return done({})
      return await whole(async () => {
        await accounts.set(account.id, { language })
        await note(account, 'account.language', { language }, knock)
        return done({})
      })
    },
  }
}
