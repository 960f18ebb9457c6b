// The Cloud API on loopback as Meta runs it: checks the bearer, takes messages, gives media; and the words it tells a webhook, signed.
import { createHash, createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export const TOKEN = 'EAAG-token-pengguna-sistem-rahasia'
export const SECRET = 'rahasia-aplikasi-0123456789'
export const VERIFY = 'kata-yang-disepakati-bersama'
export const PHONE = '100200300400'

export async function startWhatsapp() {
  const sent: { to: string; type: string; text?: { body: string }; template?: { name: string; components: unknown[] } }[] = []
  const media = new Map<string, Buffer>()
  /** What the next question for media is answered with. */
  const places: string[] = []
  const faults: { status: number; body: object }[] = []
  let fetched = 0
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const answer = (status: number, body: object) =>
        void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      if (request.headers.authorization !== `Bearer ${TOKEN}`)
        return answer(401, { error: { code: 190, message: `bad token ${request.headers.authorization}` } })
      const fault = faults.shift()
      if (fault !== undefined) return answer(fault.status, fault.body)
      const path = request.url ?? ''
      if (path === `/v23.0/${PHONE}/messages`) {
        sent.push(JSON.parse(Buffer.concat(parts).toString()))
        return answer(200, { messages: [{ id: `wamid.out.${sent.length}` }] })
      }
      const file = /^\/files\/(\d+)$/.exec(path)?.[1]
      if (file !== undefined) {
        fetched++
        return void response.end(media.get(file))
      }
      const id = /^\/v23\.0\/(\d+)$/.exec(path)?.[1] ?? ''
      const content = media.get(id)
      if (content === undefined) return answer(404, { error: { code: 100, message: 'no such media' } })
      answer(200, {
        url: places.shift() ?? `${api()}/files/${id}`,
        file_size: content.length,
        mime_type: 'x/y',
        sha256: createHash('sha256').update(content).digest('hex'),
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await new Promise(listening => server.once('listening', listening))
  const api = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    api: api(),
    sent,
    media,
    places,
    faults,
    fetched: () => fetched,
    async close() {
      server.closeAllConnections()
      await new Promise(closed => server.close(closed))
    },
  }
}

export const sign = (body: string, secret = SECRET): string => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

let count = 0
export const message = (more: object = {}) => ({
  from: '6281200000001',
  id: `wamid.in.${++count}`,
  timestamp: String(Math.floor(Date.now() / 1_000)),
  type: 'text',
  text: { body: 'Mohon akses VPN' },
  ...more,
})

export const notification = (value: object, phone = PHONE) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '1',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { phone_number_id: phone },
            contacts: [{ wa_id: '6281200000001', profile: { name: 'Ratna' } }],
            ...value,
          },
        },
      ],
    },
  ],
})
