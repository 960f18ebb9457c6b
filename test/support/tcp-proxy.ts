// The network between a browser and the daemon: a small TCP proxy on loopback that can be cut and mended.
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface TcpProxy {
  /** As the browser is to open it. */
  readonly url: string
  /** Ends what is open and lets nothing through. */
  cut(): void
  /** Lets through again, to this address from now on. */
  mend(url?: string): void
  close(): Promise<void>
}

export async function startTcpProxy(to: string): Promise<TcpProxy> {
  let target = new URL(to)
  let whole = true
  const open = new Set<Socket>()
  const keep = (socket: Socket): void => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    // Whoever breaks off is part of the story.
    socket.on('error', () => socket.destroy())
  }
  const server = createServer(near => {
    keep(near)
    if (!whole) {
      near.destroy()
      return
    }
    const far = connect(Number(target.port), target.hostname)
    keep(far)
    near.pipe(far).pipe(near)
    near.once('close', () => far.destroy())
    far.once('close', () => near.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const cut = (): void => {
    whole = false
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${address.port}/`,
    cut,
    mend(url) {
      if (url !== undefined) target = new URL(url)
      whole = true
    },
    async close() {
      cut()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}
