// Asking the daemon that runs on this machine, as the commands do: with the key of its data folder, or with an API token.
import { readFileSync } from 'node:fs'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import type { Config } from '../config.ts'
import { done, type FailureKind, failed, type Outcome } from '../domain/outcome.ts'
import type { Problem } from '../http/contract.ts'

export interface Asking {
  ask<T>(method: string, path: string, body?: unknown): Promise<Outcome<T>>
  /** An answer that is JSON Lines, piece by piece. */
  lines(path: string, write: (piece: string) => void): Promise<Outcome<void>>
}

const KIND_OF: Readonly<Record<number, FailureKind>> = { 400: 'invalid', 401: 'forbidden', 403: 'forbidden', 404: 'notFound', 409: 'conflict' }
const LIMIT = 10_000

const readOr = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES') return null
    throw error
  }
}

/** Where the daemon that holds the data folder says it listens; what the settings say when it does not. Null: nobody knows yet. */
function addressOf({ data, http }: Pick<Config, 'data' | 'http'>): URL | null {
  const announced = readOr(join(data, 'suar.pid'))?.split('\n')[1] ?? ''
  const told = URL.canParse(announced) ? new URL(announced) : null
  if (told === null && http.port === 0) return null
  const host = http.host.includes(':') ? `[${http.host}]` : http.host
  const url = told ?? new URL(`${http.tls === undefined ? 'http' : 'https'}://${host}:${http.port}`)
  // Whoever listens on every address listens on this machine's own as well.
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1'
  if (url.hostname === '[::]') url.hostname = '[::1]'
  return url
}

/** `limit`: how long an answer may take, ms. */
export function askDaemon({ data, http }: Pick<Config, 'data' | 'http'>, env: NodeJS.ProcessEnv, limit = LIMIT): Asking {
  const key = env['SUAR_TOKEN'] ?? readOr(join(data, 'control.key'))
  const url = addressOf({ data, http })
  const base = url === null ? null : `${url.origin}/api/v1`
  // The certificate stands for the public name; here the daemon is asked on its own machine, with its own certificate at hand.
  const own = http.tls === undefined ? null : readOr(http.tls.certificate)
  const secure =
    http.tls === undefined
      ? {}
      : {
          ...(http.publicUrl === undefined ? {} : { servername: new URL(http.publicUrl).hostname }),
          ca: [...rootCertificates, ...(own === null ? [] : [own])],
        }

  const send = (
    method: string,
    path: string,
    body: unknown,
    write?: (piece: string) => void,
  ): Promise<{ readonly status: number; readonly text: string }> =>
    new Promise((resolve, reject) => {
      if (url === null) return reject(new Error('it does not listen yet; try again in a moment'))
      const text = body === undefined ? '' : JSON.stringify(body)
      const headers = {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        // By this name the guard lets us in, whatever address the daemon listens on.
        host: url.port === '' ? 'localhost' : `localhost:${url.port}`,
      }
      const answered = (response: IncomingMessage) => {
        const status = response.statusCode ?? 0
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => {
          if (write !== undefined && status < 300) write(part)
          else text += part
        })
        // Broken off in the middle is not the end.
        response.on('close', () => (response.complete ? resolve({ status, text }) : reject(new Error('the answer was broken off'))))
        response.on('error', reject)
      }
      const make = url.protocol === 'http:' ? plainRequest : tlsRequest
      const sent = make(
        `${base}${path}`,
        { method, headers, ...(write === undefined ? { signal: AbortSignal.timeout(limit) } : {}), ...secure },
        answered,
      )
      sent.on('error', reject)
      sent.end(text)
    })

  const refused = (status: number, text: string) => {
    const problem = JSON.parse(text) as Problem
    const fields = (problem.errors ?? []).map(error => ` ${error.field}: ${error.reason}.`).join('')
    const hint = status === 401 ? ' Run this as the user Suar runs as, or give a token in SUAR_TOKEN.' : ''
    return failed(KIND_OF[status] ?? 'busy', `${problem.detail ?? problem.title}${fields}${hint}`)
  }
  const unreached = (error: unknown) => {
    const reason = error instanceof Error && /Abort|Timeout/.test(error.name) ? 'it does not answer' : String(error)
    if (base === null) return failed('busy', 'A daemon has the data folder, but does not listen yet. Try again in a moment.')
    return failed('unreachable', `A daemon has the data folder, but its API at ${base} cannot be reached: ${reason}. Check http.host and http.port.`)
  }

  return {
    async ask<T>(method: string, path: string, body?: unknown): Promise<Outcome<T>> {
      try {
        const { status, text } = await send(method, path, body)
        return status < 300 ? done(JSON.parse(text) as T) : refused(status, text)
      } catch (error) {
        return unreached(error)
      }
    },
    async lines(path, write) {
      try {
        const { status, text } = await send('GET', path, undefined, write)
        return status < 300 ? done(undefined) : refused(status, text)
      } catch (error) {
        return unreached(error)
      }
    },
  }
}
