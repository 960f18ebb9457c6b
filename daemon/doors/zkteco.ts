// Controllers of the ZKTeco family that push by HTTP (security PUSH: /iclock/registry, /push, /cdata, /getrequest, /devicecmd). They are told
// nothing but that they were heard: Suar unlocks no door. The protocol proves nobody's name: only named serial numbers from named addresses count.
import { createServer, type IncomingMessage } from 'node:http'
import type { Clock, Instant, Log } from '../domain/call.ts'
import type { DoorEvent, DoorEventKind } from '../domain/opening.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { openZone } from '../domain/zone.ts'
import { openFrom } from './from.ts'
import type { DoorSettings } from './settings.ts'
import type { Listening } from './syslog.ts'

/** Event codes of the family's access controllers (security PUSH protocol, table of real-time events). Those that move no door and read no card are left out. */
const EVENTS: ReadonlyMap<number, DoorEventKind> = new Map([
  ...[0, 1, 2, 3, 4, 5, 8, 14, 101, 202, 208, 222].map(code => [code, 'granted'] as const),
  ...[20, 21, 22, 23, 24, 25, 26, 27, 29, 30, 34, 36, 38, 39, 41, 42, 44, 45, 48].map(code => [code, 'denied'] as const),
  [28, 'held'],
  [37, 'held'],
  [100, 'tamper'],
  [102, 'forced'],
  [200, 'opened'],
  [201, 'closed'],
])
/** Of these no card was read: the exit button, a remote or passage opening. */
const CARDLESS: ReadonlySet<number> = new Set([5, 8, 202])

const BODY_MOST = 1_048_576
const NONE = new Set(['', '0'])

/** `2026-11-20 14:05:09` of the controller's own wall clock. */
function localTime(text: string | undefined, zone: ReturnType<typeof openZone>): Instant | null {
  const found = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/.exec(text ?? '')
  if (found === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number)
  const midnight = Date.UTC(year, month - 1, day)
  if (new Date(midnight).getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return null
  return zone.at(midnight / 86_400_000, hour * 60 + minute) + second * 1000
}

/** Lines of `table=rtlog`: keys and values by tabs. What is not understood is left out, and counted. */
export function readRealTimeLog(
  text: string,
  { controller, timezone, received }: { readonly controller: string; readonly timezone: string; readonly received: Instant },
): { readonly events: readonly DoorEvent[]; readonly unread: number } {
  const zone = openZone(timezone)
  const events: DoorEvent[] = []
  let unread = 0
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue
    const fields = new Map(
      line.split('\t').map(part => [part.slice(0, part.indexOf('=')).trim().toLowerCase(), part.slice(part.indexOf('=') + 1).trim()]),
    )
    const code = Number(fields.get('event'))
    const told = localTime(fields.get('time'), zone)
    const reader = fields.get('eventaddr') ?? ''
    if (told === null || !Number.isInteger(code) || !/^\d{1,4}$/.test(reader)) {
      unread++
      continue
    }
    const kind = EVENTS.get(code)
    if (kind === undefined) continue
    const card = [fields.get('cardno') ?? '', fields.get('pin') ?? ''].find(one => !NONE.has(one) && one.length <= 64) ?? null
    // The exit button lets somebody out whom nobody asked: a movement, not a card.
    if (kind === 'granted' && CARDLESS.has(code)) continue
    events.push({
      controller,
      reader,
      kind,
      card: kind === 'granted' || kind === 'denied' ? card : null,
      leaving: fields.get('inoutstatus') === '1',
      told,
      received,
      sequence: fields.get('index') ?? null,
      via: 'zkteco',
    })
  }
  return { events, unread }
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size > BODY_MOST) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

interface ZktecoHouse {
  readonly controllers: DoorSettings['controllers']
  readonly timezone: () => string
  readonly hear: (events: readonly DoorEvent[]) => Promise<Outcome<unknown>>
  readonly clock: Clock
  readonly log: Log
}

/** `conflict`: the port is taken. */
export async function listenToZkteco(
  at: { readonly host: string; readonly port: number },
  house: ZktecoHouse,
): Promise<Outcome<Listening & { readonly port: number }>> {
  const { controllers, timezone, hear, clock, log } = house
  const known = new Map(
    Object.entries(controllers).flatMap(([name, one]) => (one.via === 'zkteco' ? [[one.serial, { name, isFrom: openFrom(one.from) }] as const] : [])),
  )
  /** Strangers are told of once each, not with every knock. */
  const strangers = new Set<string>()

  async function answer(request: IncomingMessage): Promise<readonly [number, string]> {
    const url = new URL(request.url ?? '/', 'http://controller')
    const serial = url.searchParams.get('SN') ?? ''
    const address = request.socket.remoteAddress
    const controller = known.get(serial)
    if (controller === undefined || !controller.isFrom(address)) {
      const who = `${serial.slice(0, 40)} ${address ?? ''}`
      if (!strangers.has(who) && strangers.size < 100) {
        strangers.add(who)
        log.warn({ serial: serial.slice(0, 40), address }, 'an access controller that is not among the settings knocks; it is not heard')
      }
      return [403, 'FORBIDDEN']
    }
    const received = clock()
    const alive: DoorEvent = {
      ...{ controller: controller.name, reader: '', kind: 'alive', card: null, leaving: false },
      ...{ told: received, received, sequence: null, via: 'zkteco' },
    }
    const body = request.method === 'POST' ? await bodyOf(request) : ''
    if (body === null) return [413, 'TOO LARGE']
    const table = url.searchParams.get('table')
    const path = url.pathname.toLowerCase().replace(/\/$/, '')
    if (path === '/iclock/cdata' && table === 'rtlog') {
      const { events, unread } = readRealTimeLog(body, { controller: controller.name, timezone: timezone(), received })
      if (unread > 0) log.warn({ controller: controller.name, lines: unread }, 'lines of an access controller were not understood')
      const heard = await hear([alive, ...events])
      // Not OK: it keeps them and tells them again.
      return heard.ok ? [200, 'OK'] : [503, 'BUSY']
    }
    void hear([alive])
    if (path === '/iclock/cdata' && request.method === 'GET')
      return [
        200,
        `registry=ok\nRegistryCode=${serial}\nServerVersion=3.1.1\nServerName=Suar\nPushProtVer=3.1.1\nErrorDelay=30\nRequestDelay=15\nTransTimes=00:00\nTransInterval=1\nTransTables=Transaction\nRealtime=1\nSessionID=${serial}\nTimeoutSec=10\n`,
      ]
    if (path === '/iclock/registry') return [200, `RegistryCode=${serial}`]
    if (path === '/iclock/push')
      return [
        200,
        'ServerVersion=3.1.1\nServerName=Suar\nPushVersion=3.1.1\nErrorDelay=30\nRequestDelay=15\nTransTimes=00:00\nTransInterval=1\nTransTables=Transaction\nRealtime=1\nTimeoutSec=10\n',
      ]
    return path.startsWith('/iclock/') ? [200, 'OK'] : [404, 'NOT FOUND']
  }

  const server = createServer({ requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 20_000 }, (request, response) => {
    answer(request).then(
      ([status, text]) => response.writeHead(status, { 'content-type': 'text/plain' }).end(text),
      (error: unknown) => {
        log.warn({ reason: String(error) }, 'an access controller could not be answered')
        response.writeHead(500).end()
      },
    )
  })
  server.maxConnections = 200
  const trouble = await new Promise<Error | null>(resolve => {
    server.once('error', resolve)
    server.listen(at.port, at.host, () => resolve(null))
  })
  if (trouble !== null)
    return failed('conflict', `Access controllers cannot be heard on ${at.host}:${at.port}: ${trouble.message}. Change doors.zkteco in suar.yaml.`)
  const address = server.address()
  return done({
    port: typeof address === 'object' && address !== null ? address.port : at.port,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}
