// The cable between two DNS servers, UDP and TCP: it can be cut and mended, be slow, and say something else than was said.
import { createSocket, type RemoteInfo, type Socket as Udp } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

interface At {
  readonly address: string
  readonly port: number
}

export interface DnsCable {
  /** `127.0.0.1:41234` */
  readonly at: string
  readonly port: number
  cut(): void
  mend(): void
  /** ms before anything is passed on. */
  delay: number
  /** What becomes of an answer on its way back; null: it is lost. Of TCP a whole message without its length. */
  answer: (message: Buffer, over: 'udp' | 'tcp') => Buffer | null
  /** Messages that went there, of both kinds. */
  readonly asked: { udp: number; tcp: number }
  close(): Promise<void>
}

export async function startDnsCable(near: At, far: At): Promise<DnsCable> {
  let whole = true
  const open = new Set<Socket>()
  const udps = new Set<Udp>()
  const later = (work: () => void) => {
    if (cable.delay === 0) work()
    else setTimeout(work, cable.delay)
  }
  const framed = (message: Buffer) => {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(message.length)
    return Buffer.concat([length, message])
  }
  /** Calls with each whole message. */
  const messages = (socket: Socket, take: (message: Buffer) => void) => {
    let left = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      left = Buffer.concat([left, chunk])
      while (left.length >= 2 && left.length >= left.readUInt16BE(0) + 2) {
        take(left.subarray(2, left.readUInt16BE(0) + 2))
        left = left.subarray(left.readUInt16BE(0) + 2)
      }
    })
  }

  const udp = createSocket('udp4')
  udp.on('message', (message: Buffer, from: RemoteInfo) => {
    cable.asked.udp++
    if (!whole) return
    const out = createSocket('udp4')
    udps.add(out)
    const done = () => {
      if (udps.delete(out)) out.close()
    }
    const late = setTimeout(done, 5000)
    out.on('error', done)
    out.on('message', answer => {
      clearTimeout(late)
      const changed = whole ? cable.answer(Buffer.from(answer), 'udp') : null
      if (changed !== null) later(() => udp.send(changed, from.port, from.address, () => undefined))
      done()
    })
    out.send(message, far.port, far.address)
  })
  udp.bind(near.port, near.address)
  await once(udp, 'listening')

  const tcp = createServer(socket => {
    const keep = (one: Socket) => {
      open.add(one)
      one.once('close', () => open.delete(one))
      // Whoever breaks off is part of the story.
      one.on('error', () => one.destroy())
    }
    keep(socket)
    if (!whole) {
      socket.destroy()
      return
    }
    const out = connect(far.port, far.address)
    keep(out)
    messages(socket, message => {
      cable.asked.tcp++
      out.write(framed(message))
    })
    messages(out, message => {
      const changed = cable.answer(Buffer.from(message), 'tcp')
      if (changed === null) socket.destroy()
      else later(() => socket.write(framed(changed)))
    })
    socket.once('close', () => out.destroy())
    out.once('close', () => later(() => socket.end()))
  }).listen(near.port, near.address)
  await once(tcp, 'listening')

  const cable: DnsCable = {
    at: `${near.address}:${near.port}`,
    port: near.port,
    delay: 0,
    answer: message => message,
    asked: { udp: 0, tcp: 0 },
    cut() {
      whole = false
      for (const socket of open) socket.destroy()
    },
    mend() {
      whole = true
    },
    async close() {
      cable.cut()
      for (const out of udps) out.close()
      udps.clear()
      const closed = [once(udp, 'close'), once(tcp, 'close')]
      udp.close()
      tcp.close()
      await Promise.all(closed)
    },
  }
  return cable
}
