// What stands in front of Pebble in a story: it notes what is asked, refuses when it is told to, and tells of renewals (RFC 9773), which Pebble 2.4 does not.
import { once } from 'node:events'
import * as https from 'node:https'
import type { Pebble } from './pebble.ts'

export interface Seen {
  readonly method: string
  readonly path: string
  /** Of a signed request; null: of none. */
  readonly payload: Readonly<Record<string, unknown>> | null
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

export interface AcmeFront {
  readonly directory: string
  readonly seen: Seen[]
  /** Instead of Pebble's; null: Pebble answers. */
  answer: (seen: Seen) => Answer | null | Promise<Answer | null>
  /** Pebble has answered, and nobody has heard it yet. */
  answered: (seen: Seen) => void | Promise<void>
  /** By certificate identifier; null: the directory does not tell of renewals. */
  renewalInfo: ((id: string) => Answer) | null
  /** How often a path was asked that begins so. */
  count(path: string): number
  close(): Promise<void>
}

export async function startAcmeFront(pebble: Pebble, port = 14001): Promise<AcmeFront> {
  const { certificate, key } = pebble.pki.make({ addresses: [pebble.address], by: pebble.authority })
  const server = https.createServer({ cert: certificate, key }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on(
      'end',
      () =>
        void pass(request.method ?? '', request.url ?? '', request.headers, Buffer.concat(chunks)).then(said => {
          response.writeHead(said.status, said.headers)
          response.end(said.body)
        }),
    )
  })
  const pass = async (method: string, path: string, headers: https.RequestOptions['headers'], body: Buffer): Promise<Required<Answer>> => {
    const seen = { method, path, payload: payloadOf(body) }
    front.seen.push(seen)
    const own = await front.answer(seen)
    if (own !== null) return { headers: {}, ...own }
    if (path.startsWith('/renewal/') && front.renewalInfo !== null) return { headers: {}, ...front.renewalInfo(path.slice('/renewal/'.length)) }
    const said = await through(pebble, method, path, headers, body)
    await front.answered(seen)
    if (path !== '/dir' || front.renewalInfo === null) return said
    return {
      ...said,
      headers: {},
      body: JSON.stringify({ ...(JSON.parse(said.body) as object), renewalInfo: `https://${pebble.address}:${port}/renewal` }),
    }
  }
  const front: AcmeFront = {
    directory: `https://${pebble.address}:${port}/dir`,
    seen: [],
    answer: () => null,
    answered: () => undefined,
    renewalInfo: null,
    count: path => front.seen.filter(one => one.path.startsWith(path)).length,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
  server.listen(port, pebble.address)
  await once(server, 'listening')
  return front
}

/** Asked as it was: Pebble makes its addresses of the Host it is asked by. */
const through = (pebble: Pebble, method: string, path: string, headers: https.RequestOptions['headers'], body: Buffer): Promise<Required<Answer>> =>
  new Promise((resolve, reject) => {
    const request = https.request(
      { host: pebble.address, port: 14_000, method, path, headers, agent: false, rejectUnauthorized: false },
      response => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        const told = Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')] as const)
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(told), body: text }))
      },
    )
    request.on('error', reject)
    request.end(body)
  })

function payloadOf(body: Buffer): Seen['payload'] {
  if (body.length === 0) return null
  const { payload } = JSON.parse(body.toString('utf8')) as { readonly payload: string }
  return payload === '' ? {} : (JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>)
}
