// Asking the daemon to do or look up something. Failure is a value with what people need to read; nothing here polls.
import type { Problem } from '../daemon/http/contract.ts'
import { t } from './words/index.ts'

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

const LIMIT = 15_000

function problem(title: string, detail: string, status = 0): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { type: 'about:blank', title, status, detail } }
}

async function ask<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  const { shell } = t.peek()
  try {
    const response = await fetch(path, { ...init, signal: AbortSignal.timeout(LIMIT), headers: { accept: 'application/json', ...init.headers } })
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

export const api = {
  get: <T>(path: string): Promise<Answer<T>> => ask<T>(path, {}),
  post: <T = void>(path: string, body: object = {}): Promise<Answer<T>> =>
    ask<T>(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
}
