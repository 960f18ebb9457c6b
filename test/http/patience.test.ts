// How long requests may take to come in: slow files are waited for, silence is not, and what nobody reads does not keep its line.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { done } from '../../daemon/domain/outcome.ts'
import { route } from '../../daemon/http/route.ts'
import { type Front, openFront } from '../../daemon/http/server.ts'
import { SILENT } from '../../daemon/log.ts'
import { asAnybody } from '../support/viewers.ts'

const BOUNDARY = 'suar-test'
const part = (name: string, value: string) => `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const FILE = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="f"; filename="a.bin"\r\ncontent-type: application/octet-stream\r\n\r\n`
const END = `\r\n--${BOUNDARY}--\r\n`

describe('patience', () => {
  let front: Front
  let port = 0
  before(async () => {
    const routes = [
      route({
        method: 'post',
        path: '/words',
        needs: 'watch.read',
        summary: 'Words',
        body: z.object({ word: z.string() }),
        handle: async () => done({}),
      }),
      route({
        method: 'post',
        path: '/files',
        needs: 'watch.read',
        summary: 'Files',
        takes: 'files',
        body: z.object({ kind: z.enum(['good']) }),
        async handle({ upload }) {
          const hash = createHash('sha256')
          for await (const file of upload.files()) {
            if (!file.ok) return file
            for await (const chunk of file.value.content) hash.update(chunk as Buffer)
          }
          return done({ sha256: hash.digest('hex') })
        },
      }),
    ]
    front = openFront({
      routes,
      viewerOf: asAnybody,
      dashboard: tmpdir(),
      version: '1',
      figures: () => [],
      notReady: () => null,
      log: SILENT,
      patience: { whole: 400, pause: 400 },
    })
    const listening = await front.listen('127.0.0.1', 0)
    assert.ok(listening.ok)
    port = Number(new URL(listening.value.url).port)
  })
  after(() => front.close())

  const begin = (path: string, type: string): { sending: ClientRequest; answer: Promise<{ status: number; body: string }> } => {
    const sending = request({ host: '127.0.0.1', port, method: 'POST', path: `/api/v1${path}`, headers: { 'content-type': type } })
    // After the answer the line is cut under whoever goes on sending.
    sending.on('error', () => undefined)
    const answer = once(sending, 'response').then(async ([response]) => ({
      status: (response as IncomingMessage).statusCode ?? 0,
      body: await text(response as IncomingMessage),
    }))
    return { sending, answer }
  }
  const multipart = `multipart/form-data; boundary=${BOUNDARY}`

  it('ends for a form that does not come in whole', async () => {
    const { sending, answer } = begin('/words', 'application/json')
    sending.write('{"word":')
    assert.equal((await answer).status, 408)
    await once(sending, 'close')
  })

  it('lasts for files as long as something comes, however long all of it takes', async () => {
    const { sending, answer } = begin('/files', multipart)
    const hash = createHash('sha256')
    sending.write(part('kind', 'good') + FILE)
    for (let i = 0; i < 20; i++) {
      const chunk = Buffer.alloc(1000, i)
      hash.update(chunk)
      sending.write(chunk)
      await pause(60)
    }
    sending.end(END)
    const { status, body } = await answer
    assert.deepEqual([status, JSON.parse(body)], [200, { sha256: hash.digest('hex') }])
  })

  it('ends for files of which nothing more comes', async () => {
    const { sending, answer } = begin('/files', multipart)
    sending.write(`${part('kind', 'good')}${FILE}beginning`)
    assert.equal((await answer).status, 408)
    await once(sending, 'close')
  })

  it('lets the rest of a refused upload go by, so that its answer is heard', async () => {
    const { sending, answer } = begin('/files', multipart)
    sending.write(part('kind', 'bad') + FILE)
    for (let i = 0; i < 32; i++) sending.write(Buffer.alloc(1_048_576))
    sending.end(END)
    const sent = once(sending, 'finish')
    assert.equal((await answer).status, 400)
    await sent
  })
})
