// Signing in: password, then the second factor; a passkey; a press in the demonstration. Never says whether there is such a login.
import type { Clock } from '../domain/call.ts'
import { done, type Failure, failed, type Outcome } from '../domain/outcome.ts'
import type { Organisation, Person, Viewer } from '../domain/people.ts'
import { may, PERMISSIONS } from '../domain/policy.ts'
import { type DemoAccount, isLoopback, type Knock, type Method, type Opened, type SessionView, type SignInAnswer } from '../domain/signin.ts'
import { openPasses } from './passes.ts'
import type { Asked, Passkeys } from './passkeys.ts'
import type { Passwords } from './password.ts'
import { hashOf, plainRecovery } from './secret.ts'
import type { Sessions } from './sessions.ts'
import type { Throttle } from './throttle.ts'
import { stepOf } from './totp.ts'
import type { Trail } from './trail.ts'

interface AccountRow {
  readonly id: number
  readonly person: number
  readonly login: string
  readonly password: string | null
  readonly secondFactor: boolean
  readonly language: 'id' | 'en'
  readonly goneAt: number | null
}

export interface SignInAccounts {
  one(id: number): Promise<AccountRow | null>
  byLogin(login: string): Promise<AccountRow | null>
  count(): Promise<number>
  set(id: number, change: { readonly password?: string; readonly signedInAt?: number }): Promise<Outcome<unknown>>
  totp(id: number): Promise<{ readonly secret: string; readonly step: number } | null>
  useStep(id: number, step: number): Promise<boolean>
}

export interface SignInOptions {
  readonly accounts: SignInAccounts
  readonly keys: {
    passkeys(account: number): Promise<readonly unknown[]>
    useRecovery(account: number, hash: string, at: number): Promise<boolean>
    recoveryLeft(account: number): Promise<number>
  }
  readonly people: { person(id: number): Promise<Person | null>; organisations(ids: readonly number[]): Promise<readonly Organisation[]> }
  readonly passwords: Passwords
  readonly passkeys: Passkeys
  readonly sessions: Sessions
  readonly throttle: Throttle
  readonly trail: Trail
  readonly clock: Clock
  /** Who can be signed in as by a press; null: this is no demonstration. */
  readonly demo: (() => Promise<readonly DemoAccount[]>) | null
  readonly oidc: { readonly name: string } | null
  /** For those who do not hear it from the live line. */
  readonly site: () => SessionView['site'] | null
  readonly agency: () => SessionView['agency'] | null
  /** Someone's sessions ended or changed. */
  readonly changed: () => void
}

/** An answer with what the browser shall keep: `session` null takes it away, absent leaves it. */
export interface Answered<T> {
  readonly value: T
  readonly session?: Opened | null
}

export interface SignIn {
  view(knock: Knock, viewer: Viewer | null): Promise<SessionView>
  withPassword(login: string, password: string, wall: boolean, knock: Knock): Promise<Outcome<Answered<SignInAnswer>>>
  asDemo(login: string, knock: Knock): Promise<Outcome<Answered<SignInAnswer>>>
  withCode(pass: string, code: string, knock: Knock): Promise<Outcome<Answered<SignInAnswer>>>
  askPasskey(pass: string | null, knock: Knock): Promise<Outcome<Asked>>
  withPasskey(flow: string, response: unknown, wall: boolean, knock: Knock): Promise<Outcome<Answered<SignInAnswer>>>
  /** Whom the identity provider knows; `twice`: it has asked for two factors itself. */
  byProvider(account: number, twice: boolean, knock: Knock): Promise<Outcome<Answered<SignInAnswer>>>
  /** For whoever has been proven in another way. */
  open(account: number, by: string, wall: boolean, knock: Knock): Promise<Outcome<Answered<SignInAnswer>>>
  out(knock: Knock): Promise<Answered<object>>
  /** The same person again, before something that must not be done at an unattended desk. */
  prove(viewer: Viewer, given: { readonly password?: string | undefined; readonly code?: string | undefined }, knock: Knock): Promise<Outcome<object>>
}

/** Proven once: `by` what, so that a code makes it whole. */
interface Half {
  readonly account: number
  readonly login: string
  readonly by: string
  readonly wall: boolean
  tries: number
}

/** A wrong code may be a slip; a sixth is none. */
const CODE_TRIES = 5
const WRONG: { readonly ok: false; readonly failure: Failure } = failed('forbidden', 'The login or the password is wrong.')
const WRONG_CODE: { readonly ok: false; readonly failure: Failure } = failed('forbidden', 'This code is wrong, or was used before.')
const LATE: { readonly ok: false; readonly failure: Failure } = failed('conflict', 'This took too long. Begin again with the password.')

export function openSignIn(options: SignInOptions): SignIn {
  const { accounts, keys, people, passwords, passkeys, sessions, throttle, trail, clock, demo } = options
  const passes = openPasses<Half>({ clock, life: 5 * 60_000 })
  let setupDone = false

  const open: SignIn['open'] = async (id, by, wall, knock) => {
    const account = await accounts.one(id)
    if (account === null || account.goneAt !== null) return WRONG
    return await trail.together(async () => {
      await throttle.right(account.login)
      const session = await sessions.open(id, wall ? 'wall' : 'person', knock)
      await accounts.set(id, { signedInAt: clock() })
      await trail(account.login, 'session.open', account.login, { by, ...(wall ? { wall } : {}) }, knock)
      return done({ value: { next: 'done' as const }, session })
    })
  }

  const refuse = async (login: string, why: string, knock: Knock, answer: typeof WRONG) => {
    await throttle.wrong(login, knock.address, shut =>
      trail(login.slice(0, 64), shut ? 'session.locked' : 'session.refused', login.slice(0, 64), { why }, knock),
    )
    return answer
  }

  /** Right only once. */
  const codeFits = async (account: number, code: string): Promise<'totp' | 'recovery' | null> => {
    const authenticator = await accounts.totp(account)
    const step = authenticator === null ? null : stepOf(code, authenticator.secret, clock)
    if (step !== null) return (await accounts.useStep(account, step)) ? 'totp' : null
    const plain = plainRecovery(code)
    return plain.length === 10 && (await keys.useRecovery(account, hashOf(`${account}:${plain}`), clock())) ? 'recovery' : null
  }

  const methodsOf = async (account: AccountRow): Promise<Method[]> => {
    const methods: Method[] = []
    if (account.secondFactor) methods.push('totp')
    if ((await keys.passkeys(account.id)).length > 0) methods.push('passkey')
    if (methods.length > 0 && (await keys.recoveryLeft(account.id)) > 0) methods.push('recovery')
    return methods
  }

  /** One factor is proven: in, or on to the other where the account has one. */
  const goOn = async (account: AccountRow, by: string, wall: boolean, knock: Knock): Promise<Outcome<Answered<SignInAnswer>>> => {
    const methods = await methodsOf(account)
    if (methods.length === 0) return await open(account.id, by, wall, knock)
    return done({ value: { next: 'code', pass: passes.give({ account: account.id, login: account.login, by, wall, tries: 0 }), methods } })
  }

  return {
    async view(knock, viewer) {
      const account = viewer === null ? null : await accounts.one(viewer.account)
      const organisations = viewer === null ? [] : await people.organisations(viewer.organisations)
      // Accounts are never removed down to none, so that this is asked only until the first.
      const site = options.site()
      const agency = options.agency()
      setupDone ||= (await accounts.count()) > 0
      return {
        viewer:
          viewer === null
            ? null
            : {
                ...viewer,
                login: account?.login ?? viewer.name,
                language: account?.language ?? 'id',
                organisations: organisations.map(({ id, short, name, kind }) => ({ id, short, name, kind })),
              },
        permissions: PERMISSIONS.filter(permission => may(viewer, permission)),
        setup: !setupDone,
        demo: demo === null || !isLoopback(knock.address) ? null : { accounts: await demo() },
        oidc: options.oidc,
        methods: { passkey: passkeys.possible(knock.origin ?? '') },
        ...(site == null || viewer === null ? {} : { site }),
        ...(agency == null || viewer === null ? {} : { agency }),
      }
    },

    withPassword: (login, password, wall, knock) =>
      throttle.attempt(login, knock.address, async () => {
        const account = await accounts.byLogin(login)
        const checked = await passwords.check(password, account?.password ?? null, knock.address)
        if (!checked.ok) return checked
        if (account === null || !checked.value.right) return await refuse(login, 'password', knock, WRONG)
        if (checked.value.stale) {
          const anew = await passwords.make(password, knock.address)
          if (anew.ok) await accounts.set(account.id, { password: anew.value })
        }
        return await goOn(account, 'password', wall, knock)
      }),

    async byProvider(id, twice, knock) {
      const account = await accounts.one(id)
      if (account === null || account.goneAt !== null) return WRONG
      return twice ? await open(id, 'identity provider, two factors', false, knock) : await goOn(account, 'identity provider', false, knock)
    },

    async asDemo(login, knock) {
      const known = demo !== null && isLoopback(knock.address) && (await demo()).some(one => one.login === login)
      const account = known ? await accounts.byLogin(login) : null
      return account === null
        ? failed('forbidden', 'There is no such person in the demonstration.')
        : await open(account.id, 'demonstration', false, knock)
    },

    async withCode(pass, code, knock) {
      const login = passes.look(pass)?.login
      if (login === undefined) return LATE
      return throttle.attempt(login, knock.address, async () => {
        // Others may have had their turn meanwhile.
        const half = passes.look(pass)
        if (half === null) return LATE
        const by = await codeFits(half.account, code)
        if (by === null) {
          if (++half.tries >= CODE_TRIES) passes.take(pass)
          return await refuse(login, 'code', knock, WRONG_CODE)
        }
        passes.take(pass)
        return await open(half.account, `${half.by}, ${by}`, half.wall, knock)
      })
    },

    async askPasskey(pass, knock) {
      const half = pass === null ? null : passes.look(pass)
      if (pass !== null && half === null) return LATE
      return await passkeys.ask(half?.account ?? null, knock.origin ?? '')
    },

    async withPasskey(flow, response, wall, knock) {
      const allowed = await throttle.may(null, knock.address)
      if (!allowed.ok) return allowed
      const proven = await passkeys.prove(flow, response)
      if (proven.ok) return await open(proven.value, 'passkey', wall, knock)
      if (proven.failure.kind === 'forbidden') {
        await throttle.wrong(null, knock.address, () => trail('nobody', 'session.refused', 'passkey', { why: 'passkey' }, knock))
      }
      return proven
    },

    open,

    async out(knock) {
      const session = await sessions.current(knock)
      if (session !== null) {
        const account = await accounts.one(session.account)
        await trail.together(async () => {
          await sessions.end(session.id)
          await trail(account?.login ?? '', 'session.end', account?.login ?? '', {}, knock)
          return done(null)
        })
        options.changed()
      }
      return { value: {}, session: null }
    },

    async prove(viewer, { password, code }, knock) {
      const session = await sessions.current(knock)
      const account = await accounts.one(viewer.account)
      if (session === null || account === null) return failed('forbidden', 'Only who signed in on a page can be asked for this.')
      return throttle.attempt(account.login, knock.address, async () => {
        const checked = password === undefined ? null : await passwords.check(password, account.password, knock.address)
        if (checked !== null && !checked.ok) return checked
        // In the demonstration nobody has a password: a press is what they have.
        const pressed =
          demo !== null && isLoopback(knock.address) && account.password === null && (await demo()).some(one => one.login === account.login)
        const right = pressed || checked?.value.right === true || (code !== undefined && (await codeFits(account.id, code)) !== null)
        if (!right) return await refuse(account.login, 'proof', knock, failed('forbidden', 'The password or the code is wrong.'))
        return await trail.together(async () => {
          await throttle.right(account.login)
          await sessions.prove(session.id)
          await trail(account.login, 'session.prove', account.login, {}, knock)
          return done({})
        })
      })
    },
  }
}
