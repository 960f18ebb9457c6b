// Who sends a request: the address it comes from, the credential it brings, and the name under which it found us.
import type { IncomingMessage } from 'node:http'
import type { Request, Response } from 'express'
import type { Caller, SessionAnswer } from './route.ts'

/**
 * Over TLS the browser itself holds the name to this host and to TLS (RFC 6265bis, cookie prefixes). The plain name then counts for nothing: any
 * neighbour under the same domain, and who sits on a line in the clear, can set it, and with it their own session under somebody's page.
 */
const COOKIE = { plain: 'suar-session', tls: '__Host-suar-session' } as const
/** Held only while an identity provider is asked; it must come along when the provider sends the browser back, so it is `Lax`. */
const FLOW = { plain: 'suar-flow', tls: '__Secure-suar-flow' } as const
const FLOW_PATH = '/api/v1/session/oidc'

/** `publicUrl` null: as the request says, which the guard has checked. */
export const callerOf =
  ({ publicUrl, tls }: { readonly publicUrl: string | null; readonly tls: boolean }) =>
  (request: Request): Caller => ({
    address: request.ip ?? request.socket.remoteAddress ?? '',
    agent: String(request.headers['user-agent'] ?? '').slice(0, 300),
    credential: credentialOf(request, tls),
    origin: publicUrl ?? `${tls ? 'https' : 'http'}://${request.headers.host ?? ''}`,
    flow: cookieOf(request, tls ? FLOW.tls : FLOW.plain),
  })

/** The session's secret from its cookie, or a token from `Authorization: Bearer`; the token wins. */
export function credentialOf(request: Pick<IncomingMessage, 'headers'>, tls: boolean): string | null {
  return /^Bearer\s+(\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? cookieOf(request, tls ? COOKIE.tls : COOKIE.plain)
}

function cookieOf({ headers }: Pick<IncomingMessage, 'headers'>, name: string): string | null {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=')
    const value = pair.slice(at + 1).trim()
    if (at > 0 && pair.slice(0, at).trim() === name && value !== '' && value.length <= 200) return value
  }
  return null
}

/** Not for scripts, not for other sites; gone with its session. */
export const sessionSetter =
  (tls: boolean) =>
  (response: Response, session: SessionAnswer['session']): void => {
    const options = { httpOnly: true, sameSite: 'strict', secure: tls, path: '/' } as const
    const name = tls ? COOKIE.tls : COOKIE.plain
    if (session === null) response.clearCookie(name, options)
    else response.cookie(name, session.secret, { ...options, expires: new Date(session.until) })
  }

/** `null` takes it away. */
export const flowSetter =
  (tls: boolean) =>
  (response: Response, flow: { readonly secret: string; readonly until: number } | null): void => {
    const options = { httpOnly: true, sameSite: 'lax', secure: tls, path: FLOW_PATH } as const
    const name = tls ? FLOW.tls : FLOW.plain
    if (flow === null) response.clearCookie(name, options)
    else response.cookie(name, flow.secret, { ...options, expires: new Date(flow.until) })
  }
