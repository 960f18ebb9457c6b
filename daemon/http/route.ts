// A route of the API, described once: express serves it, OpenAPI documents it, and strangers' input is read by its schemas.
import type { Request, RequestHandler } from 'express'
import { z } from 'zod'
import type { Outcome } from '../domain/outcome.ts'
import { problemOf, problemOfIssues, sendProblem } from './problems.ts'

export interface Route<P extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType> {
  readonly method: 'get' | 'post' | 'delete'
  /** Under /api/v1, with `:name` for parameters. */
  readonly path: string
  readonly summary: string
  readonly params: P
  readonly query: Q
  readonly body: B
  /** Schema of the answer, for the documentation. */
  readonly answer: z.ZodType
  handle(input: { params: z.output<P>; query: z.output<Q>; body: z.output<B>; signal: AbortSignal }): Promise<Outcome<unknown>>
}

const Nothing = z.strictObject({})

/** Fills in what a route leaves out; keeps the types of its input. */
export function route<P extends z.ZodType = typeof Nothing, Q extends z.ZodType = typeof Nothing, B extends z.ZodType = typeof Nothing>(
  given: Pick<Route<P, Q, B>, 'method' | 'path' | 'summary' | 'handle'> & { params?: P; query?: Q; body?: B; answer?: z.ZodType },
): Route {
  return {
    params: Nothing,
    query: Nothing,
    body: Nothing,
    answer: z.unknown(),
    ...given,
  } as unknown as Route
}

/** The express handler of a route. Rejections go to express' own error handler. */
export function handler(given: Route): RequestHandler {
  return async (request: Request, response) => {
    const params = given.params.safeParse(request.params)
    if (!params.success) return sendProblem(response, problemOfIssues('path', params.error))
    const query = given.query.safeParse(request.query)
    if (!query.success) return sendProblem(response, problemOfIssues('query', query.error))
    const body = given.body.safeParse(given.method === 'post' ? (request.body ?? {}) : {})
    if (!body.success) return sendProblem(response, problemOfIssues('body', body.error))
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const outcome = await given.handle({ params: params.data, query: query.data, body: body.data, signal: gone.signal })
    if (!outcome.ok) return sendProblem(response, problemOf(outcome.failure))
    response.set('Cache-Control', 'no-store').json(outcome.value ?? {})
  }
}
