// Who may talk to the daemon while there is no sign-in: only browsers and programs on this machine, under its own name.
import type { RequestHandler } from 'express'
import { problem, sendProblem } from './problems.ts'

const hostOf = (header: string): string =>
  header
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()

const own = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)

/**
 * A page of another site can make a browser send requests here, also under a name that it points at 127.0.0.1 (DNS rebinding).
 * So the Host must be a loopback name, and an Origin, where a browser names one, must be the same host.
 */
export function allowed(origin: string | undefined, host: string | undefined): boolean {
  if (host === undefined || !own(hostOf(host))) return false
  if (origin === undefined) return true
  try {
    return new URL(origin).host === host.toLowerCase()
  } catch {
    return false // `null` and other things that are no origin
  }
}

export const guard: RequestHandler = (request, response, next) => {
  if (!allowed(request.headers.origin, request.headers.host)) {
    sendProblem(response, problem(403, 'Until sign-in exists Suar answers only on this machine, under a loopback name.'))
    return
  }
  if (request.method === 'POST' && Number(request.headers['content-length'] ?? 0) > 0 && !request.is('application/json')) {
    sendProblem(response, problem(415, 'Send application/json.'))
    return
  }
  next()
}
