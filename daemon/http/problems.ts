// Errors as RFC 9457 problem details: what happened, in which field, and what would help.
import type { Response } from 'express'
import type { z } from 'zod'
import type { Failure, FailureKind } from '../domain/outcome.ts'
import { issueWords } from '../domain/words/issue-words.ts'
import type { Problem } from './contract.ts'

const STATUS: Readonly<Partial<Record<FailureKind, number>>> = {
  notFound: 404,
  invalid: 400,
  conflict: 409,
  stale: 412,
  forbidden: 403,
  unproven: 403,
  tooMany: 429,
  busy: 503,
  full: 507,
  tooBig: 413,
  timeout: 504,
  refused: 502,
  unreachable: 502,
  wrongCredential: 502,
  hostKeyChanged: 502,
  hostKeyUnknown: 502,
  garbage: 502,
  notSupported: 501,
}

const TITLE: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'No such thing',
  405: 'Not possible here',
  408: 'Too slow',
  409: 'Not now',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Wrong kind of content',
  429: 'Too often',
  500: 'Suar made a mistake',
  501: 'Not possible with this device',
  502: 'The other side failed',
  503: 'Busy',
  504: 'No answer in time',
  507: 'No room left',
}

export const problem = (status: number, detail?: string, errors?: Problem['errors']): Problem => ({
  type: 'about:blank',
  title: TITLE[status] ?? 'Error',
  status,
  ...(detail === undefined ? {} : { detail }),
  ...(errors === undefined ? {} : { errors }),
})

export const problemOf = ({ kind, message, errors, words, after }: Failure): Problem => ({
  ...problem(STATUS[kind] ?? 500, message, errors),
  // The pages ask for the proof themselves and send the request again.
  ...(kind === 'unproven' ? { type: 'urn:suar:unproven' } : {}),
  ...(words === undefined ? {} : { words }),
  ...(after === undefined ? {} : { retryAfter: after }),
})

export const problemOfIssues = (where: string, error: z.ZodError): Problem =>
  problem(
    400,
    `The ${where} has ${error.issues.length === 1 ? 'a mistake' : `${error.issues.length} mistakes`}.`,
    error.issues.map(issue => ({
      field: issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.join('.') || where,
      reason: issue.code === 'unrecognized_keys' ? 'unknown field: remove it or correct its spelling' : issue.message,
      words: issueWords(issue),
    })),
  )

export function sendProblem(response: Response, what: Problem): void {
  if (what.retryAfter !== undefined) response.set('Retry-After', String(what.retryAfter))
  response.status(what.status).type('application/problem+json').send(JSON.stringify(what))
}
