// Settings of the doors: `doors` of suar.yaml. Controllers by the name under which the inventory's doors know them.
import { z } from 'zod'
import { DOOR_EVENTS } from '../domain/opening.ts'
import { Span } from '../domain/span.ts'

const Source = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])
const From = z.array(Source).min(1)
const Port = z.int().min(1).max(65_535)
/** How long it may say nothing before it is silent; left out: it speaks only when something happens. */
const Heartbeat = Span.optional()

/** Tells by HTTP, signed: `X-Suar-Signature-256: sha256=<HMAC-SHA256 of the body>`. */
const Push = z.strictObject({
  via: z.literal('push'),
  secret: z.string().min(16, 'at least 16 characters'),
  from: From.optional(),
  heartbeat: Heartbeat,
})

/** Tells by syslog (RFC 3164, RFC 5424) from addresses that are named. Groups of the expression: `door`, `event`, and where there are, `card`, `sequence`. */
const Syslog = z.strictObject({
  via: z.literal('syslog'),
  from: From,
  expression: z.string().min(1).max(500).refine(isExpression, 'a regular expression with the groups (?<door>…) and (?<event>…)'),
  /** The device's own words for what happens; what is not among them is passed over. */
  events: z.record(z.string().min(1), z.enum(DOOR_EVENTS)),
  heartbeat: Heartbeat,
})

/** A controller of the ZKTeco family that pushes (security PUSH): known by its serial number and its address, because the protocol proves nothing. */
const Zkteco = z.strictObject({
  via: z.literal('zkteco'),
  serial: z.string().regex(/^[A-Za-z0-9-]{4,40}$/, 'the serial number on its plate'),
  from: From,
  heartbeat: Span.default(120),
})

/** Events come as files. */
const Csv = z.strictObject({ via: z.literal('csv') })

const Level = z.enum(['critical', 'warning', 'none'])
const Levels = z.strictObject({ working: Level, otherwise: Level })

export const DoorSettings = z
  .strictObject({
    controllers: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.discriminatedUnion('via', [Push, Syslog, Zkteco, Csv])).default({}),
    /** Where syslog is heard, by UDP; where controllers of the ZKTeco family push to, by HTTP. Only opened when a controller needs them. */
    syslog: z.strictObject({ host: z.string().default('127.0.0.1'), port: Port.default(5514) }).prefault({}),
    zkteco: z.strictObject({ host: z.string().default('127.0.0.1'), port: Port.default(8081) }).prefault({}),
    /** How long an opening may wait for its card before it is an alarm. */
    settle: Span.default(3),
    /** Open longer than this is held open; longer than `pass` on one card, more than one may have gone through. */
    held: Span.default(30),
    /** The same while a visit or maintenance has people inside behind it. */
    visited: Span.default(300),
    pass: Span.default(15),
    /** How much an unexplained opening weighs, by the door's zone, within the desk's working hours and otherwise. */
    severity: z
      .strictObject({
        public: Levels.default({ working: 'none', otherwise: 'warning' }),
        office: Levels.default({ working: 'none', otherwise: 'warning' }),
        power: Levels.default({ working: 'warning', otherwise: 'critical' }),
        server: Levels.default({ working: 'critical', otherwise: 'critical' }),
        rack: Levels.default({ working: 'critical', otherwise: 'critical' }),
      })
      .prefault({}),
    /** How long openings and events are kept. */
    keep: Span.default(2 * 31_557_600),
  })
  .prefault({})
export type DoorSettings = z.infer<typeof DoorSettings>

function isExpression(text: string): boolean {
  try {
    new RegExp(text)
  } catch {
    return false
  }
  return text.includes('(?<door>') && text.includes('(?<event>')
}
