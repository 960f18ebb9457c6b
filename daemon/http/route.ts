// A route of the API, described once: express serves it, the policy guards it, OpenAPI documents it, and strangers' input is read by its schemas.
import type { Readable } from 'node:stream'
import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import { done, type Outcome } from '../domain/outcome.ts'
import type { Viewer } from '../domain/people.ts'
import { may, type Permission } from '../domain/policy.ts'
import { problem, problemOf, problemOfIssues, sendProblem } from './problems.ts'
import type { Upload } from './upload.ts'
import { receive } from './upload.ts'

/** Who sends a request: for sign-in, the trail and limits on tries. */
export interface Caller {
  /** Of the browser, or what a named proxy says it is. */
  readonly address: string
  readonly agent: string
  /** The session's cookie or a token, as sent; null without. */
  readonly credential: string | null
  /** Under which origin the page was reached. */
  readonly origin?: string
  /** What the browser keeps while an identity provider is asked. */
  readonly flow?: string | null
}

interface Input<P, Q, B, V> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly viewer: V
  readonly caller: Caller
  readonly upload: Upload
  /** Of a route that takes `raw`: the body as it came. Empty for others. */
  readonly raw: Uint8Array
  /** A header of the request, by its name in lower case. */
  readonly header: (name: string) => string | undefined
  readonly signal: AbortSignal
}

export interface Route<P extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** Under /api/v1, with `:name` for parameters. */
  readonly path: string
  readonly summary: string
  /** What the viewer must be allowed at all; whose thing it is the handler asks itself. `anybody`: also without a sign-in. */
  readonly needs: Permission | 'anybody'
  readonly params: P
  readonly query: Q
  readonly body: B
  /** Files come as multipart/form-data, and fields of it as `body`. `raw`: octets that a signature is over, up to 1 MB, unread. */
  readonly takes: 'json' | 'files' | 'raw'
  /** Schema of the answer, for the documentation. */
  readonly answer: z.ZodType
  handle(input: Input<z.output<P>, z.output<Q>, z.output<B>, Viewer | null>): Promise<Outcome<unknown>>
}

/** An answer that is a file, not JSON. */
export class FileAnswer {
  readonly name: string
  readonly type: string
  readonly content: Uint8Array | Readable
  /** Shown in the browser rather than saved: only for what cannot run there. */
  readonly inline: boolean
  constructor(name: string, type: string, content: Uint8Array | Readable, inline = false) {
    this.name = name
    this.type = type
    this.content = content
    this.inline = inline
  }
}

/** An answer that also sets or clears the session's cookie. */
export class SessionAnswer {
  readonly value: unknown
  /** The session's secret and its last instant (ms); null takes the cookie away. */
  readonly session: { readonly secret: string; readonly until: number } | null
  constructor(value: unknown, session: SessionAnswer['session']) {
    this.value = value
    this.session = session
  }
}

/** An answer that sends the browser elsewhere. `flow`: what it keeps until it is back; null takes that away. */
export class RedirectAnswer {
  readonly to: string
  readonly flow: { readonly secret: string; readonly until: number } | null | undefined
  readonly session: SessionAnswer['session'] | undefined
  constructor(to: string, given: Partial<Pick<RedirectAnswer, 'flow' | 'session'>> = {}) {
    this.to = to
    this.flow = given.flow
    this.session = given.session
  }
}

const Nothing = z.strictObject({})
type Given<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Pick<Route<P, Q, B>, 'method' | 'path' | 'summary'> & {
  params?: P
  query?: Q
  body?: B
  answer?: z.ZodType
  takes?: 'json' | 'files' | 'raw'
}

/** A route for those who are signed in and may. Fills in what is left out; keeps the types of its input. */
export function route<P extends z.ZodType = typeof Nothing, Q extends z.ZodType = typeof Nothing, B extends z.ZodType = typeof Nothing>(
  given: Given<P, Q, B> & { needs: Permission; handle(input: Input<z.output<P>, z.output<Q>, z.output<B>, Viewer>): Promise<Outcome<unknown>> },
): Route {
  return { params: Nothing, query: Nothing, body: Nothing, answer: z.unknown(), takes: 'json', ...given } as unknown as Route
}

/** A route for everybody: signing in, the first account, the page that verifies a document. */
export function openRoute<P extends z.ZodType = typeof Nothing, Q extends z.ZodType = typeof Nothing, B extends z.ZodType = typeof Nothing>(
  given: Given<P, Q, B> & { handle(input: Input<z.output<P>, z.output<Q>, z.output<B>, Viewer | null>): Promise<Outcome<unknown>> },
): Route {
  return { params: Nothing, query: Nothing, body: Nothing, answer: z.unknown(), takes: 'json', needs: 'anybody', ...given } as unknown as Route
}

/** Works out who asks; null: nobody who is signed in. */
export type ViewerOf = (caller: Caller) => Promise<Viewer | null>

export interface Doors {
  readonly viewerOf: ViewerOf
  readonly callerOf: (request: Request) => Caller
  readonly setSession: (response: Response, session: SessionAnswer['session']) => void
  readonly setFlow: (response: Response, flow: { readonly secret: string; readonly until: number } | null) => void
}

/** The express handler of a route. Rejections go to express' own error handler. */
export function handler(given: Route, doors: Doors): RequestHandler {
  const { viewerOf, callerOf } = doors
  return async (request: Request, response) => {
    const caller = callerOf(request)
    const viewer = await viewerOf(caller)
    if (given.needs !== 'anybody' && !may(viewer, given.needs)) return sendProblem(response, refusal(viewer))
    if (given.takes === 'json' && request.is('multipart/form-data')) return sendProblem(response, problem(415, 'Send application/json.'))
    const params = given.params.safeParse(request.params)
    if (!params.success) return sendProblem(response, problemOfIssues('path', params.error))
    const query = given.query.safeParse(request.query)
    if (!query.success) return sendProblem(response, problemOfIssues('query', query.error))
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const upload = receive(request, given.takes === 'files' ? 'files' : 'json')
    const unread: unknown = request.body
    const raw = given.takes === 'raw' && unread instanceof Uint8Array ? unread : new Uint8Array()
    const header = (name: string): string | undefined => request.get(name)
    const sent: Outcome<unknown> =
      given.takes === 'files' ? await upload.fields() : done(given.method === 'get' || given.takes === 'raw' ? {} : (unread ?? {}))
    // Whatever comes of it, files that nobody reads go by: a request that stands still would keep its line.
    await using _ = { [Symbol.asyncDispose]: () => upload.end() }
    if (!sent.ok) return sendProblem(response, problemOf(sent.failure))
    const body = given.body.safeParse(sent.value)
    if (!body.success) return sendProblem(response, problemOfIssues('body', body.error))
    const outcome = await given.handle({
      params: params.data,
      query: query.data,
      body: body.data,
      viewer,
      caller,
      upload,
      raw,
      header,
      signal: gone.signal,
    })
    await upload.end()
    if (!outcome.ok) return sendProblem(response, problemOf(outcome.failure))
    answer(response, outcome.value, doors)
  }
}

const refusal = (viewer: Viewer | null) => {
  if (viewer === null) return problem(401, 'Sign in first, or send an API token.')
  if (viewer.pending !== null)
    return {
      ...problem(
        403,
        viewer.pending === 'password' ? 'Change the first password before anything else.' : 'Enrol a second factor before anything else.',
      ),
      type: 'urn:suar:pending',
    }
  return problem(403, 'Your roles, or the scopes of your token, do not allow this.')
}

function answer(response: Response, value: unknown, { setSession, setFlow }: Doors): void {
  response.set('Cache-Control', 'no-store')
  if (value instanceof SessionAnswer) {
    setSession(response, value.session)
    response.json(value.value ?? {})
    return
  }
  if (value instanceof RedirectAnswer) {
    if (value.session !== undefined) setSession(response, value.session)
    if (value.flow !== undefined) setFlow(response, value.flow)
    response.redirect(303, value.to)
    return
  }
  if (value instanceof FileAnswer) {
    const name = encodeURIComponent(value.name).replace(/['()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    response.type(value.type).set('Content-Disposition', `${value.inline ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`)
    // A picture needs nothing but itself. PDF has its own viewer, which browsers refuse to open in a sandbox.
    if (value.inline && value.type.startsWith('image/')) response.set('Content-Security-Policy', "sandbox; default-src 'none'")
    if (value.content instanceof Uint8Array) response.send(Buffer.from(value.content.buffer, value.content.byteOffset, value.content.byteLength))
    else value.content.on('error', () => response.destroy()).pipe(response)
    return
  }
  response.json(value ?? {})
}
