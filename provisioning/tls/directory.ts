// Speaking to a certificate authority's directory: one way of asking, for acme-client and for what it does not know, that believes one CA and can be stopped.
import { AsyncLocalStorage } from 'node:async_hooks'
import * as https from 'node:https'
import type acme from 'acme-client'
import { AcmeTrouble, problem, retryAfter, trouble, unreached } from './trouble.ts'

export interface Directory {
  readonly url: string
  /** PEM that proves it, instead of the public roots; null: these. */
  readonly ca: string | null
}

interface Access extends Directory {
  readonly signal: AbortSignal
  /** Keeps connections for the next request; absent: each has its own. */
  readonly agent?: https.Agent
}

export interface Said {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

const DEADLINE = 30_000
const LARGEST = 1_048_576

/** As people know it: `acme-v02.api.letsencrypt.org`. */
export const authorityOf = ({ url }: Directory): string => new URL(url).host

/** Throws an `AcmeTrouble` unless the answer is one; an answer that refuses is one. */
export function speak(
  url: string,
  { method = 'GET', headers = {}, body }: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string },
  access: Access,
): Promise<Said> {
  const whom = authorityOf(access)
  return new Promise((resolve, reject) => {
    if (!url.startsWith('https://')) {
      reject(
        trouble('garbage', { id: `${whom} memberi alamat yang bukan HTTPS: ${url}.`, en: `${whom} gives an address that is not HTTPS: ${url}.` }),
      )
      return
    }
    const lost = (error: Error & { readonly code?: string }) => {
      // A connection that was kept may have been shut while nobody looked. What was done is refused by its nonce, and asked anew.
      if (request.reusedSocket && error.code === 'ECONNRESET')
        resolve(speak(url, { method, headers, ...(body === undefined ? {} : { body }) }, { url: access.url, ca: access.ca, signal: access.signal }))
      else reject(unreached(whom, error, access.signal))
    }
    const request = https.request(
      url,
      {
        method,
        agent: access.agent ?? false,
        headers: {
          'user-agent': 'Suar',
          ...headers,
          ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
        },
        signal: AbortSignal.any([access.signal, AbortSignal.timeout(DEADLINE)]),
        ...(access.ca === null ? {} : { ca: access.ca }),
      },
      response => {
        const chunks: Buffer[] = []
        let size = 0
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          size += chunk.length
          if (size > LARGEST) request.destroy(new Error('its answer does not end'))
        })
        response.on('error', lost)
        response.on('end', () => {
          const told = Object.entries(response.headers).map(
            ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')] as const,
          )
          resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(told), text: Buffer.concat(chunks).toString('utf8') })
        })
      },
    )
    request.on('error', lost)
    request.end(body)
  })
}

/** What refuses, as trouble; null: it does not. */
export function refusal(whom: string, { status, headers, text }: Said): AcmeTrouble | null {
  if (status < 400) return null
  const said = jsonOf(text)
  const field = (name: string) => (typeof said?.[name] === 'string' ? { [name]: said[name] } : {})
  return problem(whom, status, { ...field('type'), ...field('detail') }, retryAfter(headers['retry-after'], Date.now()))
}

/** Null: it is no object of JSON. */
export function jsonOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}

export type Acme = typeof acme

const here = new AsyncLocalStorage<Access>()
let loaded: Promise<Acme> | null = null

/** Loaded when it is first needed: most days no certificate is due. */
async function load(): Promise<Acme> {
  const { default: library } = await import('acme-client')
  // It has one HTTP client for everybody, repeats what was refused as often as it likes, and forgets why. What is asked is asked by us instead.
  const { defaults } = library.axios
  defaults.adapter = async config => {
    const access = here.getStore()
    if (access === undefined) throw new Error('an authority was asked outside of withAcme')
    const { method = 'get', data } = config as { readonly method?: string; readonly data?: unknown }
    const body = typeof data === 'string' ? { body: data, headers: { 'content-type': 'application/jose+json' } } : {}
    const said = await speak(config.url!, { method: method.toUpperCase(), ...body }, access)
    const refused = refusal(authorityOf(access), said)
    // This one it answers itself, with another nonce.
    if (refused !== null && refused.type !== 'badNonce') throw refused
    return { data: said.text, status: said.status, statusText: '', headers: said.headers, config }
  }
  return library
}

/** Runs `work` with acme-client speaking to this directory. What it throws is an `AcmeTrouble`, or a bug of ours. */
export async function withAcme<T>(access: Access, work: (library: Acme) => Promise<T>): Promise<T> {
  loaded ??= load()
  const library = await loaded
  const agent = new https.Agent({ keepAlive: true, maxSockets: 4 })
  try {
    return await here.run({ ...access, agent }, () => work(library))
  } finally {
    agent.destroy()
  }
}

/** Around each errand of acme-client: it throws plain errors where an answer was not what RFC 8555 says. */
export async function lawful<T>(directory: Directory, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AcmeTrouble) throw error
    const whom = authorityOf(directory)
    const what = error instanceof Error ? error.message.slice(0, 300) : 'no error'
    const busy = /nonce/i.test(what)
    throw trouble(busy ? 'busy' : 'garbage', {
      id: `${whom} tidak menjawab sebagaimana otoritas ACME: ${what}.`,
      en: `${whom} does not answer as an ACME authority does: ${what}.`,
    })
  }
}
