// One request as a visitor's browser makes it, to a given address: name, chain and answer as they came. It believes no DNS and follows nothing.
import { X509Certificate } from 'node:crypto'
import * as http from 'node:http'
import * as https from 'node:https'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import * as tls from 'node:tls'
import type { Call } from '../../../daemon/domain/call.ts'
import { done, failed, type Outcome } from '../../../daemon/domain/outcome.ts'

export interface Asked {
  readonly address: string
  readonly port: number
  /** Goes as SNI and as Host. */
  readonly domain: string
  readonly path: string
  /** Null: plain HTTP. The roots are trusted besides the public ones. */
  readonly roots: readonly string[] | null
}

export interface Answered {
  readonly code: number
  readonly location: string | null
  /** At most 64 KiB. */
  readonly body: string
  readonly certificate: Shown | null
}

export interface Shown {
  /** SHA-256 of the leaf, hexadecimal. */
  readonly fingerprint: string
  readonly notAfter: number
  /** Why a browser would not believe it; null: it would. */
  readonly doubt: string | null
}

const DEADLINE = 10_000
const LARGEST = 65_536

/** `timeout`, `refused`, `unreachable`, or `garbage` when it is no HTTP. A certificate that is not believed is told, not refused: the answer counts too. */
export function askWeb({ address, port, domain, path, roots }: Asked, call: Call): Promise<Outcome<Answered>> {
  const standard = port === (roots === null ? 80 : 443)
  const options = {
    host: address,
    port,
    path,
    method: 'GET',
    agent: false as const,
    headers: { host: standard ? domain : `${domain}:${port}`, 'user-agent': 'Suar (verification)', connection: 'close' },
    signal: AbortSignal.any([call.signal, AbortSignal.timeout(DEADLINE)]),
  }
  return new Promise(resolve => {
    const request =
      roots === null
        ? http.request(options)
        : https.request({ ...options, servername: domain, rejectUnauthorized: false, ca: [...tls.rootCertificates, ...roots] })
    request.on('error', error => resolve(failure(error, `${address}:${port}`)))
    request.on('response', response => {
      const certificate = roots === null ? null : shownBy(response.socket as TLSSocket)
      const chunks: Buffer[] = []
      let size = 0
      const told = () =>
        resolve(
          done({
            code: response.statusCode ?? 0,
            location: response.headers.location ?? null,
            body: Buffer.concat(chunks).subarray(0, LARGEST).toString('utf8'),
            certificate,
          }),
        )
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size <= LARGEST) return
        told()
        response.destroy()
      })
      response.on('end', told)
      response.on('error', error => resolve(failure(error, `${address}:${port}`)))
    })
    request.end()
  })
}

function shownBy(socket: TLSSocket): Shown | null {
  const peer: DetailedPeerCertificate = socket.getPeerCertificate(true)
  if (peer.raw === undefined) return null
  const leaf = new X509Certificate(peer.raw)
  // With rejectUnauthorized off the chain and the name are checked all the same, and the reason is kept.
  const reason: unknown = socket.authorizationError
  return {
    fingerprint: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
    notAfter: Date.parse(leaf.validTo),
    doubt: socket.authorized ? null : reason instanceof Error ? reason.message : String(reason),
  }
}

function failure(error: Error & { readonly code?: string }, whom: string): Outcome<never> {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return failed('timeout', `${whom} did not answer in time.`)
  if (error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET') return failed('refused', `${whom} refused the connection.`)
  if (error.code?.startsWith('HPE_') || error.code?.startsWith('ERR_SSL'))
    return failed('garbage', `${whom} does not speak as a web server does: ${error.code}.`)
  return failed('unreachable', `${whom} cannot be reached: ${error.code ?? error.message}.`)
}
