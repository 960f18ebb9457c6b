// The devices of the bench, in a process of their own: one socket for each address 127.1.x.y, answers kept ready.
// Told by message how many, with what delay (ms), how many of a hundred packets lost and every how many a dead one; answers the port.
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { newHead, readHead } from '../../collectors/wire/head.ts'
import { decodeMessage, encodeMessage } from '../../collectors/wire/message.ts'
import { mib, reply } from '../wire/agent.ts'
import { addressOf, TABLE } from './work.ts'

export interface Field {
  readonly devices: number
  readonly delay: number
  readonly lost: number
  readonly deadEvery: number
}

const table = mib(TABLE)
const ready = new Map<string, { readonly answer: Buffer; readonly idAt: number }>()
const head = newHead()

/** The answer worked out; also for ids of fewer than four octets, which cannot be laid over another. */
function fresh(request: Buffer): Buffer | null {
  const message = decodeMessage(request)
  return message.ok ? encodeMessage(reply(table, message.value)) : null
}

/** The answer to a request, from the shelf when the same was asked before. */
function answer(request: Buffer): Buffer | null {
  if (!readHead(head, request)) return null
  if (request[head.idAt - 1] !== 4) return fresh(request)
  const id = request.readInt32BE(head.idAt)
  request.writeInt32BE(0x7fff_ffff, head.idAt)
  const key = request.toString('latin1')
  let known = ready.get(key)
  if (known === undefined) {
    const bytes = fresh(request)
    if (bytes === null || !readHead(head, bytes)) return null
    known = { answer: bytes, idAt: head.idAt }
    ready.set(key, known)
  }
  // A copy is sent: the same answer may still lie in the queue of another socket.
  const copy = Buffer.from(known.answer)
  copy.writeInt32BE(id, known.idAt)
  return copy
}

async function open({ devices, delay, lost, deadEvery }: Field): Promise<number> {
  let port = 0
  // Losses come at fixed places of the stream rather than by chance: every run of the bench meets as many.
  let packets = 0
  for (let n = 0; n < devices; n++) {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 })
    const dead = deadEvery > 0 && n % deadEvery === 0
    socket.on('message', (request, from) => {
      if (dead || (lost > 0 && ++packets % Math.round(100 / lost) === 0)) return
      const bytes = answer(request)
      if (bytes === null) return
      if (delay > 0) setTimeout(() => socket.send(bytes, from.port, from.address), delay)
      else socket.send(bytes, from.port, from.address)
    })
    socket.bind(port, addressOf(n))
    await once(socket, 'listening')
    port = socket.address().port
  }
  return port
}

process.once('message', async (field: Field) => {
  process.send?.(await open(field))
})
process.once('disconnect', () => process.exit(0))
