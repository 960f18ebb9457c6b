// Asking the daemon to do or look up something. Failure is a value with what people need to read; nothing here polls.
import type { Problem } from '../daemon/http/contract.ts'
import { lang, t } from './words/index.ts'

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

const LIMIT = 15_000

function problem(title: string, detail: string, status = 0): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { type: 'about:blank', title, status, detail } }
}

/** A problem in the words of the page, where there are such. */
function said(problem: Problem): Problem {
  const language = lang.peek()
  const titles: Readonly<Record<number, string>> = t.peek().people.problems
  const detail = problem.words?.[language] ?? problem.detail
  return {
    ...problem,
    title: titles[problem.status] ?? problem.title,
    ...(detail === undefined ? {} : { detail }),
    ...(problem.errors === undefined ? {} : { errors: problem.errors.map(one => ({ ...one, reason: one.words?.[language] ?? one.reason })) }),
  }
}

interface Doors {
  /** The daemon no longer knows who asks; true: signed in again. */
  readonly signInAgain: () => Promise<boolean>
  /** The daemon wants a fresh proof of who asks; true: given. */
  readonly prove: () => Promise<boolean>
  /** First the password or the second factor: the page must say so. */
  readonly pending: () => void
}
let doors: Doors | null = null

/** Told once by the session, which asks by this file itself. Requests of the sign-in (`/session…`, `/setup`) never lead there. */
export function onRefusal(given: Doors): void {
  doors = given
}

const OF_SIGN_IN = /^\/api\/v1\/(session|setup|reset)\b/

/** Asks; where only a sign-in or a proof is missing, waits for it and asks again. The page stays as it is meanwhile. */
async function guarded<T>(path: string, once: () => Promise<Answer<T>>): Promise<Answer<T>> {
  const answer = await once()
  if (answer.ok || doors === null || OF_SIGN_IN.test(path)) return answer
  const { status, type } = answer.problem
  if (status === 401) return (await doors.signInAgain()) ? guarded(path, once) : answer
  if (type === 'urn:suar:unproven') return (await doors.prove()) ? once() : answer
  if (type === 'urn:suar:pending') doors.pending()
  return answer
}

const ask = <T>(path: string, init: RequestInit): Promise<Answer<T>> => guarded(path, () => askOnce<T>(path, init))

async function askOnce<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  const { shell } = t.peek()
  try {
    const response = await fetch(path, { signal: AbortSignal.timeout(LIMIT), ...init, headers: { accept: 'application/json', ...init.headers } })
    const type = response.headers.get('content-type') ?? ''
    if (response.status === 204) return { ok: true, value: undefined as T }
    if (!/\bjson\b/.test(type))
      return response.ok ? { ok: true, value: undefined as T } : problem(shell.unexpected, `HTTP ${response.status}`, response.status)
    const body: unknown = await response.json()
    return response.ok ? { ok: true, value: body as T } : { ok: false, problem: said(body as Problem) }
  } catch {
    return problem(shell.unreachable, shell.unreachableHint)
  }
}

/** `seen`: what the page was looking at; when that is another by now the daemon refuses with 412. */
interface Sending {
  readonly seen?: number
}

const sending = (method: 'POST' | 'PUT' | 'DELETE', body: object, { seen }: Sending = {}): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }) },
})

export interface UploadOptions {
  /** Parts of the whole, 0 … 1. */
  readonly onProgress?: (part: number) => void
  readonly signal?: AbortSignal
}

/** Sends files with their fields (put the fields first). Has no time limit: the signal ends it, with status -1. */
const upload = <T>(path: string, form: FormData, options: UploadOptions = {}): Promise<Answer<T>> =>
  guarded(path, () => uploadOnce<T>(path, form, options))

/** By XMLHttpRequest: fetch tells nothing of how far a body has been sent. */
const uploadOnce = <T>(path: string, form: FormData, { onProgress, signal }: UploadOptions): Promise<Answer<T>> =>
  new Promise(resolve => {
    const { shell } = t.peek()
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('accept', 'application/json')
    request.responseType = 'json'
    request.upload.addEventListener('progress', event => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total)
    })
    request.addEventListener('load', () => {
      const body: unknown = request.response
      if (request.status >= 200 && request.status < 300) resolve({ ok: true, value: body as T })
      else
        resolve(body === null ? problem(shell.unexpected, `HTTP ${request.status}`, request.status) : { ok: false, problem: said(body as Problem) })
    })
    request.addEventListener('error', () => resolve(problem(shell.unreachable, shell.unreachableHint)))
    request.addEventListener('abort', () => resolve(problem(shell.stopped, shell.stoppedHint, -1)))
    if (signal?.aborted === true) return resolve(problem(shell.stopped, shell.stoppedHint, -1))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })

export const api = {
  get: <T>(path: string, init: Pick<RequestInit, 'signal'> = {}): Promise<Answer<T>> => ask<T>(path, init),
  post: <T = void>(path: string, body: object = {}, how: Sending = {}): Promise<Answer<T>> => ask<T>(path, sending('POST', body, how)),
  put: <T = void>(path: string, body: object = {}, how: Sending = {}): Promise<Answer<T>> => ask<T>(path, sending('PUT', body, how)),
  delete: <T = void>(path: string, body?: object): Promise<Answer<T>> =>
    ask<T>(path, body === undefined ? { method: 'DELETE' } : sending('DELETE', body)),
  upload,
}
