// OpenID Connect: the code flow with PKCE, state and nonce (RFC 6749, RFC 7636, OpenID Connect Core 3.1). Who comes back must be somebody known.
import type { Configuration } from 'openid-client'
import type { Call, Clock } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Organisation, Person } from '../domain/people.ts'
import { openPasses } from './passes.ts'
import type { Trail } from './trail.ts'

export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret?: string | undefined
  readonly scope: string
  readonly create: 'nobody' | 'requester'
  /** What the token says (`amr`, `acr`) when the provider has asked for two factors. */
  readonly twoFactors: readonly string[]
}

export interface OidcOptions {
  readonly settings: OidcSettings
  readonly identities: {
    identity(issuer: string, subject: string): Promise<number | null>
    addIdentity(issuer: string, subject: string, account: number): Promise<void>
  }
  readonly accounts: {
    one(id: number): Promise<{ readonly goneAt: number | null } | null>
    ofPerson(person: number): Promise<{ readonly id: number; readonly login: string } | null>
    add(given: { person: number; login: string; password: null; mustChange: false }): Promise<Outcome<{ readonly id: number }>>
  }
  readonly people: {
    byEmail(email: string): Promise<readonly Person[]>
    addPerson(value: Omit<Person, 'id'>): Promise<Person>
    addRequester(person: number): Promise<void>
    /** Where somebody with this address belongs; null: nobody knows. */
    home(email: string): Promise<Organisation | null>
  }
  readonly trail: Trail
  readonly clock: Clock
  readonly log: Call['log']
}

export interface Oidc {
  /** `origin`: under which the browser comes back; `to`: the page it wanted. */
  start(origin: string, to: string): Promise<Outcome<{ readonly url: string; readonly flow: string; readonly until: number }>>
  /** `flow` from the browser that began; `search`: the query the provider sent it back with. */
  back(
    flow: string,
    search: string,
    knock: { readonly address: string; readonly agent: string },
  ): Promise<Outcome<{ readonly account: number; readonly to: string; readonly twice: boolean }>>
}

const BACK = '/api/v1/session/oidc/back'
const LIFE = 10 * 60_000

/** Loaded when somebody first uses it. */
const library = () => import('openid-client')

/** Only a page of ours: what begins with two slashes is another site. */
const pageOf = (to: string): string => (/^\/(?![/\\])[\w\-./?=&%]*$/.test(to) ? to : '/')

export function openOidc({ settings, identities, accounts, people, trail, clock, log }: OidcOptions): Oidc {
  const flows = openPasses<{ readonly verifier: string; readonly state: string; readonly nonce: string; readonly back: string; readonly to: string }>(
    { clock, life: LIFE },
  )
  let known: Promise<Configuration> | null = null

  /** The provider describes itself; asked again when it could not be reached. */
  const configuration = (): Promise<Configuration> => {
    known ??= (async () => {
      const { discovery, allowInsecureRequests, ClientSecretBasic, None } = await library()
      const issuer = new URL(settings.issuer)
      // In the clear only to a provider on this machine, which is one of a test.
      const plain = issuer.protocol === 'http:' && /^(localhost|127\.|\[::1\])/.test(issuer.hostname)
      const proof = settings.clientSecret === undefined ? None() : ClientSecretBasic(settings.clientSecret)
      return await discovery(issuer, settings.clientId, undefined, proof, { timeout: 10, ...(plain ? { execute: [allowInsecureRequests] } : {}) })
    })()
    known.catch(() => {
      known = null
    })
    return known
  }

  /** Whose account it is; `forbidden` when nobody's. */
  const accountOf = async (issuer: string, subject: string, email: string | null, name: string): Promise<Outcome<number>> => {
    const linked = await identities.identity(issuer, subject)
    if (linked !== null) {
      const account = await accounts.one(linked)
      return account !== null && account.goneAt === null ? done(linked) : failed('forbidden', 'Your account here was retired.')
    }
    if (email === null) return failed('forbidden', 'The identity provider has not verified an e-mail address by which you are known here.')
    const persons = await people.byEmail(email)
    if (persons.length > 1) return failed('forbidden', 'Several people here have your e-mail address: ask the desk.')
    const account = persons[0] === undefined ? null : await accounts.ofPerson(persons[0].id)
    if (account !== null)
      return await trail.together(async () => {
        await identities.addIdentity(issuer, subject, account.id)
        await trail('suar', 'account.identity', account.login, { issuer, by: 'e-mail address' }, null)
        return done(account.id)
      })
    const home = settings.create === 'requester' && persons.length === 0 ? await people.home(email) : null
    if (home === null) return failed('forbidden', 'You are not known here yet: ask the desk for an account.')
    const none = { nip: null, position: '', echelon: 'none' as const, rank: '', unit: '', mobile: '', extension: '', skills: [], goneAt: null }
    return await trail.together(async () => {
      const person = await people.addPerson({ ...none, name, email, organisation: home.id })
      // For which organisation they may ask an admin says.
      await people.addRequester(person.id)
      const made = await accounts.add({ person: person.id, login: email, password: null, mustChange: false })
      if (!made.ok) return made
      await identities.addIdentity(issuer, subject, made.value.id)
      await trail('suar', 'account.add', email, { by: 'identity provider', person: person.id }, null)
      return done(made.value.id)
    })
  }

  return {
    async start(origin, to) {
      try {
        const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } = await library()
        const config = await configuration()
        const verifier = randomPKCECodeVerifier()
        const [state, nonce, back] = [randomState(), randomNonce(), `${origin}${BACK}`]
        const url = buildAuthorizationUrl(config, {
          redirect_uri: back,
          scope: settings.scope,
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          state,
          nonce,
        })
        return done({ url: url.href, flow: flows.give({ verifier, state, nonce, back, to: pageOf(to) }), until: clock() + LIFE })
      } catch (error) {
        log.warn({ issuer: settings.issuer, reason: String(error) }, 'the identity provider cannot be asked')
        return failed('unreachable', 'The identity provider cannot be reached at the moment. Sign in with a password, or try again later.')
      }
    },

    async back(flow, search, knock) {
      const begun = flows.take(flow)
      if (begun === null) return failed('conflict', 'This sign-in was not begun in this browser, or took too long. Begin again.')
      let twice = false
      let claims: { readonly iss: string; readonly sub: string; readonly email?: unknown; readonly email_verified?: unknown; readonly name?: unknown }
      try {
        const { authorizationCodeGrant, fetchUserInfo } = await library()
        const config = await configuration()
        const tokens = await authorizationCodeGrant(config, new URL(`${begun.back}${search}`), {
          pkceCodeVerifier: begun.verifier,
          expectedState: begun.state,
          expectedNonce: begun.nonce,
          idTokenExpected: true,
        })
        const token = tokens.claims()
        // Of the signed token only: what is asked for afterwards says who somebody is, not how he came.
        twice = [token?.['acr'], token?.['amr']].flat().some(said => typeof said === 'string' && settings.twoFactors.includes(said))
        if (token === undefined) return failed('forbidden', 'The identity provider did not say who you are.')
        // Many providers keep the e-mail address out of the ID token.
        const info =
          token['email'] === undefined && config.serverMetadata().userinfo_endpoint !== undefined
            ? await fetchUserInfo(config, tokens.access_token, token.sub)
            : {}
        claims = { ...token, ...info, iss: token.iss, sub: token.sub }
      } catch (error) {
        log.warn({ issuer: settings.issuer, reason: String(error) }, 'the identity provider’s answer does not hold')
        await trail('nobody', 'session.refused', 'identity provider', { why: 'its answer does not hold' }, knock)
        return failed('forbidden', 'The identity provider’s answer does not hold. Begin again.')
      }
      const { iss, sub, email, name } = claims
      const verified = typeof email === 'string' && claims.email_verified === true ? email.toLowerCase() : null
      const account = await accountOf(
        iss,
        sub,
        verified,
        typeof name === 'string' && name.trim().length >= 2 ? name.trim().slice(0, 120) : (verified ?? sub),
      )
      if (!account.ok) {
        await trail(verified ?? 'nobody', 'session.refused', verified ?? sub.slice(0, 64), { why: account.failure.message }, knock)
        return account
      }
      return done({ account: account.value, to: begun.to, twice })
    },
  }
}
