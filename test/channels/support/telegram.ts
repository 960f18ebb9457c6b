// A Bot API on loopback as Telegram runs it: checks the token, deals updates by offset, waits for news, gives files.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const TOKEN = '123456:AAE-abcdefghijklmnopqrstuvwxyz01234'
type Json = Record<string, unknown>

export async function startTelegram() {
  let next = 1
  let messages = 1
  let updates: (Json & { update_id: number })[] = []
  const sent: { chat: string; text: string; buttons: readonly string[] }[] = []
  const files = new Map<string, Buffer>()
  const asked: string[] = []
  const waiting = new Set<() => void>()
  /** What the next calls of a method say instead. */
  const faults = new Map<string, { status: number; body: Json }[]>()
  let down = false

  const answer = (response: ServerResponse, status: number, body: unknown) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const wake = () => {
    for (const one of [...waiting]) one()
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (down) return void request.socket.destroy()
      const path = request.url ?? ''
      const file = /^\/file\/bot([^/]+)\/(.+)$/.exec(path)
      if (file !== null) {
        const content = file[1] === TOKEN ? files.get(file[2] ?? '') : undefined
        return content === undefined ? answer(response, 404, {}) : void response.end(content)
      }
      const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? []
      if (token !== TOKEN) return answer(response, 401, { ok: false, error_code: 401, description: 'Unauthorized' })
      asked.push(method)
      const fault = faults.get(method)?.shift()
      if (fault !== undefined) return answer(response, fault.status, fault.body)
      const body = parts.length === 0 ? {} : (JSON.parse(Buffer.concat(parts).toString()) as Json)
      const well = (result: unknown) => answer(response, 200, { ok: true, result })
      if (method === 'getUpdates') return poll(Number(body['offset'] ?? 0), well, response)
      if (method === 'sendMessage') {
        const markup = body['reply_markup'] as { inline_keyboard: { text: string; callback_data: string }[][] } | undefined
        sent.push({
          chat: String(body['chat_id']),
          text: String(body['text']),
          buttons: markup?.inline_keyboard.flat().map(one => one.callback_data) ?? [],
        })
        return well({ message_id: messages++ })
      }
      if (method === 'getFile') {
        const id = String(body['file_id'])
        return files.has(id)
          ? well({ file_id: id, file_path: id })
          : answer(response, 400, { ok: false, error_code: 400, description: 'Bad Request: file is too big' })
      }
      well(true)
    })
  })

  function poll(offset: number, well: (result: unknown) => void, response: ServerResponse): void {
    // An offset is an acknowledgement: what is below it is forgotten.
    updates = updates.filter(one => one.update_id >= offset)
    if (updates.length > 0) {
      well(updates)
      return
    }
    const go = () => {
      waiting.delete(go)
      well(updates)
    }
    waiting.add(go)
    response.on('close', () => waiting.delete(go))
  }

  server.listen(0, '127.0.0.1')
  await new Promise(listening => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  const tell = (update: Json) => {
    updates.push({ update_id: next++, ...update })
    wake()
  }
  const chatOf = (id: number) => ({ id, type: 'private' })
  return {
    api: `http://127.0.0.1:${port}`,
    sent,
    asked,
    files,
    faults,
    pending: () => updates.length,
    tell,
    say: (chat: number, content: string | Json) =>
      tell({
        message: {
          message_id: messages++,
          date: 1_795_000_000,
          chat: chatOf(chat),
          from: { first_name: 'Ratna', language_code: 'id' },
          ...(typeof content === 'string' ? { text: content } : content),
        },
      }),
    press: (chat: number, data: string) =>
      tell({ callback_query: { id: String(next), data, message: { message_id: messages, date: 1_795_000_000, chat: chatOf(chat) } } }),
    setDown(value: boolean) {
      down = value
      if (down) server.closeAllConnections()
    },
    async close() {
      server.closeAllConnections()
      await new Promise(closed => server.close(closed))
    },
  }
}
export type FakeTelegram = Awaited<ReturnType<typeof startTelegram>>
