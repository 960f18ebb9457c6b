// Real servers for the channels: SMTP with TLS and logins, HTTP; all on 127.0.0.1 with ports of the system's choice.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A certificate for localhost, made for this run; null where openssl is missing. */
export function makeCertificate(): { readonly key: Buffer; readonly cert: Buffer; readonly file: string; remove(): void } | null {
  const folder = mkdtempSync(join(tmpdir(), 'suar-cert-'))
  const file = join(folder, 'cert.pem')
  const key = join(folder, 'key.pem')
  try {
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-keyout', key, '-out', file, ...names],
      {
        stdio: 'ignore',
      },
    )
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
  return { key: readFileSync(key), cert: readFileSync(file), file, remove: () => rmSync(folder, { recursive: true }) }
}

interface Letter {
  readonly from: string
  readonly to: readonly string[]
  readonly text: string
}

/** A mail server that keeps what it is given. */
export async function openMailServer(options: SMTPServerOptions = {}, port = 0) {
  const letters: Letter[] = []
  const server = new SMTPServer({
    disableReverseLookup: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, callback) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
        letters.push({ from, to: session.envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(parts).toString('utf8') })
        callback()
      })
    },
    ...options,
  })
  // Clients that go away in the middle are part of the stories.
  server.on('error', () => undefined)
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    letters,
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  }
}

export interface Asked {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** An HTTP server that answers with a status, or not at all (null), and keeps what it was asked. */
export async function openWebServer(
  answer: (asked: Asked) => { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string } | null,
) {
  const asked: Asked[] = []
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const one = { url: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString('utf8') }
      asked.push(one)
      const said = answer(one)
      if (said !== null) response.writeHead(said.status, said.headers).end(said.body ?? '')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    asked,
    url: `http://127.0.0.1:${port}/hook`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Takes connections and never says a word. */
export async function openSilentServer() {
  const sockets = new Set<Socket>()
  const server = createTcpServer(socket => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A port on which nobody listens. */
export async function deadPort(): Promise<number> {
  const server = await openSilentServer()
  await server.close()
  return server.port
}
