// Passkeys (WebAuthn level 2): made for one name of this site, proven with a finger or a PIN, so that one of them is two factors.
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Clock, Instant } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { openPasses } from './passes.ts'

interface PasskeyRow {
  readonly id: number
  readonly account: number
  readonly credential: string
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
}

export interface PasskeysKept {
  passkeys(account: number): Promise<readonly PasskeyRow[]>
  passkey(credential: string): Promise<PasskeyRow | null>
  addPasskey(given: Omit<PasskeyRow, 'id'> & { readonly name: string; readonly createdAt: Instant }): Promise<unknown>
  usePasskey(id: number, counter: number, at: Instant): Promise<void>
}

/** What the browser is asked: `flow` comes back with its answer. */
export interface Asked {
  readonly flow: string
  readonly options: object
}

export interface Passkeys {
  /** Whether a page of this origin can have passkeys at all: they are made for names, not for addresses (and only over TLS, or on localhost). */
  possible(origin: string): boolean
  askToMake(account: number, login: string, name: string, origin: string): Promise<Outcome<Asked>>
  make(account: number, name: string, flow: string, response: unknown): Promise<Outcome<void>>
  /** Of one account, or, null, of whoever answers. */
  ask(account: number | null, origin: string): Promise<Outcome<Asked>>
  /** Whose it is. `forbidden` in all cases in which it does not prove it. */
  prove(flow: string, response: unknown): Promise<Outcome<number>>
}

interface Flow {
  readonly challenge: string
  readonly origin: string
  readonly account: number | null
}

const LIFE = 5 * 60_000

/** Loaded when somebody first uses one: most starts of the daemon never do. */
const library = () => import('@simplewebauthn/server')

function nameOf(origin: string): string | null {
  const url = URL.parse(origin)
  if (url === null || /^(\d+\.){3}\d+$|^\[/.test(url.hostname)) return null
  return url.protocol === 'https:' || url.hostname === 'localhost' ? url.hostname : null
}

const NOT_HERE = 'Passkeys need the site to be reached by a name over TLS (or as localhost).'
const wrong = () => failed('forbidden', 'This passkey does not open an account here.')

export function openPasskeys({ keys, clock }: { keys: PasskeysKept; clock: Clock }): Passkeys {
  const flows = openPasses<Flow>({ clock, life: LIFE })
  const listed = (rows: readonly PasskeyRow[]) => rows.map(({ credential, transports }) => ({ id: credential, transports: [...transports] }))

  return {
    possible: origin => nameOf(origin) !== null,

    async askToMake(account, login, name, origin) {
      const rpID = nameOf(origin)
      if (rpID === null) return failed('invalid', NOT_HERE)
      const { generateRegistrationOptions } = await library()
      const options = await generateRegistrationOptions({
        rpName: 'Suar',
        rpID,
        userName: login,
        userDisplayName: name,
        userID: Uint8Array.from(Buffer.from(`suar:${account}`)),
        attestationType: 'none',
        excludeCredentials: listed(await keys.passkeys(account)),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      })
      return done({ flow: flows.give({ challenge: options.challenge, origin, account }), options })
    },

    async make(account, name, flow, response) {
      const asked = flows.take(flow)
      if (asked === null || asked.account !== account) return failed('conflict', 'This took too long. Begin again.')
      const { verifyRegistrationResponse } = await library()
      let verified: Awaited<ReturnType<typeof verifyRegistrationResponse>>
      try {
        verified = await verifyRegistrationResponse({
          response: response as RegistrationResponseJSON,
          expectedChallenge: asked.challenge,
          expectedOrigin: asked.origin,
          expectedRPID: nameOf(asked.origin) ?? '',
        })
      } catch (error) {
        // The library throws on everything a stranger's answer may have wrong.
        return failed('invalid', `The passkey was not made: ${error instanceof Error ? error.message : 'its answer cannot be read'}.`)
      }
      if (!verified.verified) return failed('invalid', 'The passkey was not made: its signature does not fit.')
      const { credential } = verified.registrationInfo
      if ((await keys.passkey(credential.id)) !== null) return failed('conflict', 'This passkey is known already.')
      await keys.addPasskey({
        account,
        name,
        credential: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports: credential.transports ?? [],
        createdAt: clock(),
      })
      return done(undefined)
    },

    async ask(account, origin) {
      const rpID = nameOf(origin)
      if (rpID === null) return failed('invalid', NOT_HERE)
      const { generateAuthenticationOptions } = await library()
      const options = await generateAuthenticationOptions({
        rpID,
        userVerification: 'required',
        ...(account === null ? {} : { allowCredentials: listed(await keys.passkeys(account)) }),
      })
      return done({ flow: flows.give({ challenge: options.challenge, origin, account }), options })
    },

    async prove(flow, response) {
      const asked = flows.take(flow)
      if (asked === null) return failed('conflict', 'This took too long. Begin again.')
      const id = typeof response === 'object' && response !== null && 'id' in response ? String(response.id) : ''
      const row = await keys.passkey(id)
      if (row === null || (asked.account !== null && asked.account !== row.account)) return wrong()
      const { verifyAuthenticationResponse } = await library()
      try {
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response: response as AuthenticationResponseJSON,
          expectedChallenge: asked.challenge,
          expectedOrigin: asked.origin,
          expectedRPID: nameOf(asked.origin) ?? '',
          credential: { id: row.credential, publicKey: Uint8Array.from(Buffer.from(row.publicKey, 'base64url')), counter: row.counter },
        })
        if (!verified) return wrong()
        await keys.usePasskey(row.id, authenticationInfo.newCounter, clock())
        return done(row.account)
      } catch (error) {
        // The library throws on everything a stranger's answer may have wrong; what the store rejects with is no such thing.
        if (error instanceof Error && 'failure' in error) throw error
        return wrong()
      }
    },
  }
}
