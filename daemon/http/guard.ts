// Which requests are looked at at all: those to a name of ours, from pages of ours, in a form that no foreign page can send.
import type { RequestHandler } from 'express'
import { problem, sendProblem } from './problems.ts'

const hostOf = (header: string): string =>
  header
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()

const own = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)

export interface GuardOptions {
  /** Names beside loopback under which pages may reach us, without a port. */
  readonly names: readonly string[]
  /** The one origin that pages have behind a proxy, which may say another Host than they do; null: as the Host says. */
  readonly origin: string | null
  /** Whether a proxy is expected: without one, a request that went through one comes from further than it looks. */
  readonly proxied: boolean
}

const ON_LOOPBACK: GuardOptions = { names: [], origin: null, proxied: false }

/**
 * A page of another site can make a browser send requests here, also under a name that it points at our address (DNS rebinding).
 * So the Host must be a name of ours, and an Origin, where a browser names one, must be the same host.
 */
export const allowing =
  ({ names, origin: published }: GuardOptions) =>
  (origin: string | undefined, host: string | undefined): boolean => {
    if (host === undefined || !(own(hostOf(host)) || names.includes(hostOf(host)))) return false
    if (origin === undefined || origin === published) return true
    // `null` and other things that are no origin have no URL.
    return URL.parse(origin)?.host === host.toLowerCase()
  }

export const allowed = allowing(ON_LOOPBACK)

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

export function guarding(options: GuardOptions): RequestHandler {
  const allowed = allowing(options)
  const called = options.names.length === 0 ? 'a loopback name' : `the names ${['localhost', ...options.names].join(', ')}`
  return (request, response, next) => {
    const { headers } = request
    if (!allowed(headers.origin, headers.host)) {
      sendProblem(
        response,
        problem(403, `Suar answers only under ${called} and to its own pages. Other names are set by http.publicUrl and http.names.`),
      )
      return
    }
    if (!options.proxied && (headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined)) {
      sendProblem(response, problem(403, 'This came through a proxy that Suar does not know: name its address in http.proxy.trusted.'))
      return
    }
    const sent = Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined
    if (!SAFE.has(request.method) && sent && !request.is(['application/json', 'multipart/form-data'])) {
      sendProblem(response, problem(415, 'Send application/json, or multipart/form-data where files are taken.'))
      return
    }
    next()
  }
}
