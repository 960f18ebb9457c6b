// Passkeys in the browser: the ceremony of WebAuthn, loaded only when somebody uses it.
import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import type { Problem, SignInAnswer } from '../../daemon/http/contract.ts'
import { type Answer, api } from '../api.ts'
import { bring } from '../upgrade.ts'
import { t } from '../words/index.ts'

/** What the browser is asked; the flow goes back with its answer. */
interface Asked<Options> {
  readonly flow: string
  readonly options: Options
}

export const knowsPasskeys = (): boolean => typeof PublicKeyCredential === 'function'

function turnedAway(error: unknown): { readonly ok: false; readonly problem: Problem } {
  const { signin } = t.peek().people
  // The browser names the reason only to developers: cancelled, too late and "no such key" look alike on purpose.
  const detail = error instanceof Error && error.name !== 'NotAllowedError' ? `${signin.passkeyFailedHint} (${error.name})` : signin.passkeyFailedHint
  return { ok: false, problem: { type: 'about:blank', title: signin.passkeyFailed, status: 0, detail } }
}

/** Signs in with a passkey: alone, or as the second step after the password (`pass`). */
export async function signInByPasskey(pass: string | null): Promise<Answer<SignInAnswer>> {
  const given = pass === null ? {} : { pass }
  const asked = await api.post<Asked<PublicKeyCredentialRequestOptionsJSON>>('/api/v1/session/passkey/options', given)
  if (!asked.ok) return asked
  const { flow, options } = asked.value
  try {
    const { startAuthentication } = await bring(() => import('@simplewebauthn/browser'))
    const response = await startAuthentication({ optionsJSON: options })
    return await api.post<SignInAnswer>('/api/v1/session/passkey', { flow, response })
  } catch (error) {
    return turnedAway(error)
  }
}

/** Makes a passkey on this device and tells the daemon of it under the name; with the first factor come recovery codes. */
export async function addPasskey(name: string): Promise<Answer<{ readonly recovery: readonly string[] | null }>> {
  const asked = await api.post<Asked<PublicKeyCredentialCreationOptionsJSON>>('/api/v1/account/passkeys/options')
  if (!asked.ok) return asked
  const { flow, options } = asked.value
  try {
    const { startRegistration } = await bring(() => import('@simplewebauthn/browser'))
    const response = await startRegistration({ optionsJSON: options })
    return await api.post('/api/v1/account/passkeys', { name, flow, response })
  } catch (error) {
    return turnedAway(error)
  }
}
