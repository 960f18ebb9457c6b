// What stories about authorities stand on: a web server that answers challenges, books on a real SQLite, a clock we turn.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import * as http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Call } from '../../../daemon/domain/call.ts'
import { done } from '../../../daemon/domain/outcome.ts'
import { openRecords, type Records } from '../../../daemon/store/records.ts'
import type { ChallengePlace, ZoneHands } from '../../../provisioning/hands.ts'
import type { CertificateBook } from '../../../provisioning/tls/book.ts'
import { type Certificates, openCertificates } from '../../../provisioning/tls/certificates.ts'
import { TlsSettings } from '../../../provisioning/tls/settings.ts'
import type { Pebble } from '../../support/pebble.ts'
import { good } from '../dns/ground.ts'

export interface AnswerServer {
  readonly place: ChallengePlace
  /** By token. */
  readonly answers: Map<string, string>
  /** Tokens that were ever put there. */
  readonly put: string[]
  /** Who asked for what: our own look has a name of its own. */
  readonly asked: string[]
  /** Instead of what belongs there. */
  wrong: string | null
  close(): Promise<void>
}

/** The web server of all names, where Pebble looks. */
export async function startAnswers({ address, httpPort }: Pebble): Promise<AnswerServer> {
  const server = http.createServer((request, response) => {
    const who = request.headers['user-agent']?.includes('Suar') ? 'we' : 'authority'
    told.asked.push(`${who} ${request.headers.host?.split(':')[0]}`)
    const token = request.url?.split('/').at(-1) ?? ''
    if (request.method === 'PUT') told.answers.set(token, String(request.headers['x-text']))
    if (request.method === 'DELETE') told.answers.delete(token)
    const text = told.answers.get(token)
    response.writeHead(text === undefined ? 404 : 200)
    response.end(text === undefined ? '' : (told.wrong ?? text))
  })
  const told: AnswerServer = {
    answers: new Map(),
    put: [],
    asked: [],
    wrong: null,
    place: {
      put: async (token, text) => {
        told.answers.set(token, text)
        told.put.push(token)
        return done(undefined)
      },
      remove: async token => {
        told.answers.delete(token)
        return done(undefined)
      },
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
  server.listen(httpPort, address)
  await once(server, 'listening')
  return told
}

/** The same from another process. */
export function placeAt(url: string): ChallengePlace {
  const send = async (method: 'PUT' | 'DELETE', token: string, text = '') => {
    await (await fetch(`${url}/${token}`, { method, headers: { 'x-text': text, connection: 'close' } })).text()
    return done(undefined)
  }
  return { put: (token, text) => send('PUT', token, text), remove: token => send('DELETE', token) }
}

const quiet: Call['log'] = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => quiet }
export const call = (ms = 40_000): Call => ({ signal: AbortSignal.timeout(ms), log: quiet })

export interface Books {
  readonly folder: string
  readonly book: CertificateBook
  /** Closes them: another process may open them now. */
  shut(): Promise<void>
  /** Closes and opens them again, as a restart does. */
  again(): Promise<CertificateBook>
  close(): Promise<void>
}

export async function openBooks(folder = mkdtempSync(join(tmpdir(), 'suar-certificates-'))): Promise<Books> {
  const open = async () => good(await openRecords({ folder, log: quiet, clock: Date.now }))
  let records: Records | null = await open()
  const shut = async () => {
    await records?.close()
    records = null
  }
  return {
    ...{ folder, shut, book: records.certificates },
    async again() {
      await shut()
      records = await open()
      return records.certificates
    },
    async close() {
      await shut()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface Wish {
  readonly book: CertificateBook
  readonly acme?: Readonly<Record<string, unknown>>
  readonly zone?: ZoneHands | null
  readonly clock?: () => number
  readonly more?: Readonly<Record<string, unknown>>
}

/** As the daemon opens them, at this Pebble. */
export async function open(
  pebble: Pick<Pebble, 'directory' | 'ca' | 'dns' | 'httpPort'>,
  { book, acme = {}, zone = null, clock = Date.now, more = {} }: Wish,
): Promise<Certificates> {
  const settings = TlsSettings.parse({
    acme: {
      directory: pebble.directory,
      email: 'admin@example.go.id',
      ca: pebble.ca,
      look: { servers: [pebble.dns], port: pebble.httpPort },
      ...acme,
    },
    ...more,
  })
  const zoneOf = async (owner: string) => done(zone !== null && owner.endsWith(`.${zone.name}.`) ? zone : null)
  return good(await openCertificates({ book, settings, zoneOf, clock }))
}
