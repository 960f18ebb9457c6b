// Asking the daemon to do or look up something. Failure is a value with what people need to read; nothing here polls.
import type { Problem } from '../daemon/http/contract.ts'
import { t } from './words/index.ts'

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

const LIMIT = 15_000

function problem(title: string, detail: string, status = 0): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { type: 'about:blank', title, status, detail } }
}

let signInAgain: (() => Promise<boolean>) | null = null

/**
 * What to do when the daemon no longer knows who asks; true: signed in again, the request may be repeated. Requests of the sign-in itself
 * (`/session…`) never lead there.
 */
export function onSignedOut(again: () => Promise<boolean>): void {
  signInAgain = again
}

async function ask<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  const answer = await askOnce<T>(path, init)
  if (answer.ok || answer.problem.status !== 401 || signInAgain === null || /^\/api\/v1\/(session|setup)\b/.test(path)) return answer
  // The page stays as it is meanwhile; what was typed is sent by whoever typed it, or not at all.
  return (await signInAgain()) ? askOnce<T>(path, init) : answer
}

async function askOnce<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  const { shell } = t.peek()
  try {
    const response = await fetch(path, { signal: AbortSignal.timeout(LIMIT), ...init, headers: { accept: 'application/json', ...init.headers } })
    const type = response.headers.get('content-type') ?? ''
    if (response.status === 204) return { ok: true, value: undefined as T }
    if (!/\bjson\b/.test(type))
      return response.ok ? { ok: true, value: undefined as T } : problem(shell.unexpected, `HTTP ${response.status}`, response.status)
    const body: unknown = await response.json()
    return response.ok ? { ok: true, value: body as T } : { ok: false, problem: body as Problem }
  } catch {
    return problem(shell.unreachable, shell.unreachableHint)
  }
}

const sending = (method: 'POST' | 'PUT' | 'DELETE', body: object): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
})

export interface UploadOptions {
  /** Parts of the whole, 0 … 1. */
  readonly onProgress?: (part: number) => void
  readonly signal?: AbortSignal
}

/** Sends files with their fields (put the fields first). Has no time limit: the signal ends it, with status -1. */
async function upload<T>(path: string, form: FormData, options: UploadOptions = {}): Promise<Answer<T>> {
  const answer = await uploadOnce<T>(path, form, options)
  if (answer.ok || answer.problem.status !== 401 || signInAgain === null) return answer
  return (await signInAgain()) ? uploadOnce<T>(path, form, options) : answer
}

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
      else resolve(body === null ? problem(shell.unexpected, `HTTP ${request.status}`, request.status) : { ok: false, problem: body as Problem })
    })
    request.addEventListener('error', () => resolve(problem(shell.unreachable, shell.unreachableHint)))
    request.addEventListener('abort', () => resolve(problem(shell.stopped, shell.stoppedHint, -1)))
    if (signal?.aborted === true) return resolve(problem(shell.stopped, shell.stoppedHint, -1))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })

export const api = {
  get: <T>(path: string, init: Pick<RequestInit, 'signal'> = {}): Promise<Answer<T>> => ask<T>(path, init),
  post: <T = void>(path: string, body: object = {}): Promise<Answer<T>> => ask<T>(path, sending('POST', body)),
  put: <T = void>(path: string, body: object = {}): Promise<Answer<T>> => ask<T>(path, sending('PUT', body)),
  delete: <T = void>(path: string): Promise<Answer<T>> => ask<T>(path, { method: 'DELETE' }),
  upload,
}
