// Asking an HTTP API outside: bounded in time and octets, no redirects followed, and no secret in what is said of a failure.
import { done, type FailureKind, failed, type Outcome } from '../domain/outcome.ts'
import { safeText } from './safe.ts'

export interface Asking {
  readonly signal: AbortSignal
  /** Taken out of every text. */
  readonly secrets: readonly string[]
  /** Milliseconds. */
  readonly timeout: number
  /** Octets. */
  readonly most: number
}

export interface Answer {
  readonly status: number
  readonly body: Buffer
}

/** Whatever the status: what it means the API's own client says. `timeout`, `refused`, `unreachable`, `tooBig`, `garbage`. */
export async function ask(what: string, url: string, init: RequestInit, { signal, secrets, timeout, most }: Asking): Promise<Outcome<Answer>> {
  const late = AbortSignal.timeout(timeout)
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.any([signal, late]) })
    const parts: Uint8Array[] = []
    let size = 0
    for await (const part of response.body ?? []) {
      size += part.byteLength
      // Leaving the loop lets the connection go.
      if (size > most) return failed('tooBig', `${what}: more than ${most} octets`)
      parts.push(part)
    }
    return done({ status: response.status, body: Buffer.concat(parts) })
  } catch (error) {
    if (late.aborted) return failed('timeout', `${what}: no answer in time`)
    if (signal.aborted) return failed('cancelled', `${what}: stopped`, true)
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const code = (cause as { code?: string } | null)?.code ?? ''
    const kind: FailureKind = code === 'ECONNREFUSED' ? 'refused' : /redirect/.test(String(cause)) ? 'garbage' : 'unreachable'
    return failed(kind, `${what}: ${safeText(cause, secrets)}`)
  }
}

/** `garbage` when it is no JSON. */
export function jsonOf(what: string, { body }: Answer): Outcome<unknown> {
  try {
    return done(JSON.parse(body.toString('utf8')) as unknown)
  } catch {
    return failed('garbage', `${what}: the answer is not JSON`)
  }
}
