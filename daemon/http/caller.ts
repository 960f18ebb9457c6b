// Who sends a request: the address it comes from, and the credential it brings.
import type { IncomingMessage } from 'node:http'
import type { Request, Response } from 'express'
import type { Caller, SessionAnswer } from './route.ts'

/** Over TLS the browser itself holds the name to this host and to TLS (RFC 6265bis, cookie prefixes). */
const COOKIE = { plain: 'suar-session', tls: '__Host-suar-session' } as const

export function callerOf(request: Request): Caller {
  return {
    address: request.ip ?? request.socket.remoteAddress ?? '',
    agent: String(request.headers['user-agent'] ?? '').slice(0, 300),
    credential: credentialOf(request),
  }
}

/** The session's secret from its cookie, or a token from `Authorization: Bearer`; the token wins. */
export function credentialOf({ headers }: Pick<IncomingMessage, 'headers'>): string | null {
  const bearer = /^Bearer\s+(\S{1,200})$/i.exec(headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return bearer
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=')
    if ((name === COOKIE.tls || name === COOKIE.plain) && value !== undefined && value.length <= 200) return value
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
