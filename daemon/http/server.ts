// The front of the house: API, metrics, health, and the files of the dashboard.
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { join } from 'node:path'
import express, { type ErrorRequestHandler, type Express } from 'express'
import helmet from 'helmet'
import type { Call } from '../domain/call.ts'
import { type Failure, failed, type Outcome } from '../domain/outcome.ts'
import { may } from '../domain/policy.ts'
import { isLoopback } from '../domain/signin.ts'
import { callerOf, flowSetter, sessionSetter } from './caller.ts'
import { DOCS_STYLE, docsPage } from './docs.ts'
import { type GuardOptions, guarding } from './guard.ts'
import { type Figure, openMetrics } from './metrics.ts'
import { openapi } from './openapi.ts'
import { LONGEST, type Patience, patience } from './patience.ts'
import { problem, problemOf, sendProblem } from './problems.ts'
import { handler, type Route, type ViewerOf } from './route.ts'
import { readTls, type TlsFiles, watchTls } from './tls.ts'

export interface FrontOptions {
  readonly routes: readonly Route[]
  readonly viewerOf: ViewerOf
  /** Folder of the built dashboard. */
  readonly dashboard: string
  readonly version: string
  readonly figures: () => readonly Figure[]
  /** Why the daemon is not ready yet, or null. */
  readonly notReady: () => string | null
  readonly log: Call['log']
  /** How strangers reach us; absent: nobody but this machine. */
  readonly outside?: Outside
  /** For tests: shorter. */
  readonly patience?: Patience
}

export interface Outside {
  /** `https://suar.example.org`, under which people reach it; null: on loopback only. */
  readonly publicUrl: string | null
  /** Other names in a Host header that are ours. */
  readonly names: readonly string[]
  readonly tls: TlsFiles | null
  /** Addresses of proxies that say who really asks. */
  readonly trusted: readonly string[]
}

const NOBODY_OUTSIDE: Outside = { publicUrl: null, names: [], tls: null, trusted: [] }

/** What the guard of requests and the guard of the live line go by. */
export const guardOf = ({ publicUrl, names, trusted }: Outside): GuardOptions => {
  const url = publicUrl === null ? null : new URL(publicUrl)
  return { names: [...(url === null ? [] : [url.hostname]), ...names], origin: url?.origin ?? null, proxied: trusted.length > 0 }
}

export interface Front {
  readonly server: Server
  listen(host: string, port: number): Promise<Outcome<{ readonly url: string }>>
  close(): Promise<void>
}

/** At the end requests get this long to be answered, ms: one may wait for a device for minutes. */
const LAST_WORDS = 500

export function openFront(options: FrontOptions): Front {
  const { tls } = options.outside ?? NOBODY_OUTSIDE
  const app = application(options)
  const secured = tls === null ? null : readTls(tls)
  const securely = secured?.ok === true ? createTlsServer(secured.value, app) : null
  const server: Server = securely ?? createServer(app)
  const watching = securely === null || tls === null ? null : watchTls(tls, context => securely.setSecureContext(context), options.log)
  // Slow-loris: who does not finish a header in 10 s is no page of ours. Bodies have the patience of their kind.
  server.headersTimeout = 10_000
  server.requestTimeout = LONGEST
  return {
    server,
    listen: (host, port) =>
      new Promise(resolve => {
        // Never in the clear what was to be under TLS.
        if (secured?.ok === false) return resolve(secured)
        server.once('error', (error: NodeJS.ErrnoException) => resolve(cannotListen(host, port, error)))
        server.listen(port, host, () => {
          const address = server.address()
          const actual = typeof address === 'object' && address !== null ? address.port : port
          resolve({ ok: true, value: { url: `${tls === null ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${actual}/` } })
        })
      }),
    close: () =>
      new Promise(resolve => {
        watching?.close()
        if (!server.listening) return resolve()
        const impatience = setTimeout(() => server.closeAllConnections(), LAST_WORDS)
        server.close(() => {
          clearTimeout(impatience)
          resolve()
        })
      }),
  }
}

function cannotListen(host: string, port: number, error: NodeJS.ErrnoException): Outcome<never> {
  if (error.code === 'EADDRINUSE')
    return failed('conflict', `Port ${port} on ${host} is taken by another program. Stop it, or set http.port (SUAR_HTTP_PORT) to another port.`)
  if (error.code === 'EACCES')
    return failed('forbidden', `Port ${port} needs more rights than this user has. Set http.port (SUAR_HTTP_PORT) to 1024 or more.`)
  return failed('invalid', `Cannot listen on ${host} port ${port}: ${error.message}. Check http.host and http.port.`)
}

function application(options: FrontOptions): Express {
  const { routes, viewerOf, dashboard, version, figures, notReady, log, outside = NOBODY_OUTSIDE } = options
  const app = express()
  // Under TLS of its own, or behind a proxy that speaks it for us.
  const tls = outside.tls !== null || outside.publicUrl?.startsWith('https:') === true
  const asked = callerOf({ publicUrl: outside.publicUrl, tls })
  const metrics = openMetrics(figures)
  const document = openapi(routes, version)
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          fontSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          manifestSrc: ["'self'"],
          workerSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      // On plain loopback not: a browser that remembered HSTS for localhost would lock other programs out.
      strictTransportSecurity: outside.tls === null ? false : { maxAge: 31_536_000, includeSubDomains: false },
    }),
  )
  // Named addresses only: what others say of who they are is a stranger's word.
  app.set('trust proxy', outside.trusted.length === 0 ? false : [...outside.trusted])
  app.use(guarding(guardOf(outside)))
  app.use(patience(options.patience))
  app.get('/healthz', (_request, response) => void response.type('text/plain').send('ok\n'))
  app.get('/readyz', (_request, response) => {
    const why = notReady()
    response
      .status(why === null ? 200 : 503)
      .type('text/plain')
      .send(why === null ? 'ready\n' : `not ready: ${why}\n`)
  })
  app.get('/metrics', async (request, response) => {
    const caller = asked(request)
    if (!isLoopback(caller.address) && !may(await viewerOf(caller), 'metrics.read'))
      return sendProblem(response, problem(401, 'From elsewhere than this machine the figures need an API token with the scope "watch".'))
    response.type(metrics.contentType).send(await metrics.scrape())
  })

  app.get('/api/openapi.json', (_request, response) => void response.json(document))
  app.get('/api/docs', (_request, response) => void response.type('html').send(docsPage(document)))
  app.get('/api/docs.css', (_request, response) => void response.type('css').send(DOCS_STYLE))
  const doors = { viewerOf, callerOf: asked, setSession: sessionSetter(tls), setFlow: flowSetter(tls) }
  // Before JSON is read: a signature is over the octets as they came.
  const unread = express.raw({ type: () => true, limit: '1mb' })
  for (const route of routes.filter(({ takes }) => takes === 'raw')) app[route.method](`/api/v1${route.path}`, unread, handler(route, doors))
  // A form with a list of two hundred visitors runs long.
  app.use('/api/v1/tickets', express.json({ limit: '512kb' }))
  // A row of racks that is moved is some hundred entries.
  app.use('/api/v1/place', express.json({ limit: '2mb' }))
  app.use('/api', express.json({ limit: '64kb' }))
  for (const route of routes.filter(({ takes }) => takes !== 'raw')) app[route.method](`/api/v1${route.path}`, handler(route, doors))
  app.use('/api', (request, response) => sendProblem(response, problem(404, `There is no ${request.method} ${request.originalUrl}. See /api/docs.`)))

  app.use('/assets', express.static(join(dashboard, 'assets'), { immutable: true, maxAge: '1y', index: false, fallthrough: true }))
  app.use(express.static(dashboard, { index: false, maxAge: 0 }))
  const index = join(dashboard, 'index.html')
  // A page's path may end in an id with dots; a file's name stands in the first segment or under assets/.
  app.get(/^\/(?!assets\/)[^./]*(\/.*)?$/, (_request, response) => {
    if (!existsSync(index)) {
      response.status(503).type('text/plain').send('The dashboard has not been built: run "npm run build".\n')
      return
    }
    response.set('Cache-Control', 'no-cache').sendFile(index)
  })
  app.use((request, response) => sendProblem(response, problem(404, `There is no ${request.originalUrl}.`)))
  app.use(onError(log))
  return app
}

/** The one guard around all requests: a thrown error is a bug of ours, or a body that is no JSON. */
const onError =
  (log: Call['log']): ErrorRequestHandler =>
  (error: Error & { status?: number; type?: string; failure?: Failure }, request, response, _next) => {
    // Said already, and the line is gone.
    if (response.headersSent && error.status !== undefined && error.status < 500) return void response.destroy()
    if (error.status !== undefined && error.status < 500) {
      sendProblem(response, problem(error.status, error.type === 'entity.parse.failed' ? 'The body is not valid JSON.' : error.message))
      return
    }
    // The rooms reject with what can normally go wrong under them (disk full, locked): that is no mistake of ours.
    const { failure } = error
    if (failure !== undefined && !response.headersSent) {
      log.warn({ kind: failure.kind, path: request.path }, failure.message)
      sendProblem(response, problemOf(failure))
      return
    }
    log.error({ error: error.stack ?? String(error), path: request.path }, 'a request ended in a mistake of ours')
    if (response.headersSent) response.destroy()
    else sendProblem(response, problem(500, 'It has been logged. Nothing that was accepted before is lost.'))
  }
