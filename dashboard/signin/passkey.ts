// Passkeys in the browser: the ceremony of WebAuthn, loaded only when somebody uses it.
import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import type { Problem, SignInAnswer } from '../../daemon/http/contract.ts'
import { type Answer, api } from '../api.ts'
import { t } from '../words/index.ts'

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
  const options = await api.post<PublicKeyCredentialRequestOptionsJSON>('/api/v1/session/passkey/options', given)
  if (!options.ok) return options
  const { startAuthentication } = await import('@simplewebauthn/browser')
  try {
    const response = await startAuthentication({ optionsJSON: options.value })
    return await api.post<SignInAnswer>('/api/v1/session/passkey', { ...given, response })
  } catch (error) {
    return turnedAway(error)
  }
}

/** Makes a passkey on this device and tells the daemon of it under the name. */
export async function addPasskey(name: string): Promise<Answer<unknown>> {
  const options = await api.post<PublicKeyCredentialCreationOptionsJSON>('/api/v1/account/passkeys/options')
  if (!options.ok) return options
  const { startRegistration } = await import('@simplewebauthn/browser')
  try {
    const response = await startRegistration({ optionsJSON: options.value })
    return await api.post('/api/v1/account/passkeys', { name, response })
  } catch (error) {
    return turnedAway(error)
  }
}
