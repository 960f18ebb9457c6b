// Events told by HTTP: JSON, signed over its octets with a secret that the controller's gateway and Suar share.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Instant } from '../domain/call.ts'
import { DOOR_EVENTS, type DoorEvent } from '../domain/opening.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { openFrom } from './from.ts'
import type { DoorSettings } from './settings.ts'

const Moment = z.union([z.int().positive(), z.iso.datetime({ offset: true }).transform(text => Date.parse(text))])

const Told = z.strictObject({
  door: z.string().min(1).max(100),
  event: z.enum(DOOR_EVENTS),
  /** Milliseconds since 1970, or ISO 8601 with its offset; left out: now. */
  at: Moment.optional(),
  card: z.string().min(1).max(64).optional(),
  leaving: z.boolean().default(false),
  sequence: z.union([z.string().min(1).max(64), z.int().nonnegative().transform(String)]).optional(),
})
/** A heartbeat tells no events. */
const Body = z.strictObject({ events: z.array(Told).max(10_000).default([]) })

type Controllers = DoorSettings['controllers']

/** `notFound`: no such controller; `forbidden`: not from there, or the signature is not over these octets; `invalid`: names what is wrong. */
export function readPush(
  controllers: Controllers,
  { name, body, signature, address, received }: { name: string; body: Uint8Array; signature: string | undefined; address: string; received: Instant },
): Outcome<readonly DoorEvent[]> {
  const controller = Object.hasOwn(controllers, name) ? controllers[name] : undefined
  if (controller?.via !== 'push') return failed('notFound', `There is no controller "${name}" that pushes under doors.controllers.`)
  if (controller.from !== undefined && !openFrom(controller.from)(address))
    return failed('forbidden', `Controller "${name}" is not expected to call from here.`)
  const right = createHmac('sha256', controller.secret).update(body).digest()
  const shown = Buffer.from(signature?.replace(/^sha256=/, '') ?? '', 'hex')
  if (right.length !== shown.length || !timingSafeEqual(right, shown))
    return failed('forbidden', 'The signature is not that of this body: X-Suar-Signature-256 must be sha256= and its HMAC-SHA256 in hexadecimal.')
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (error) {
    return failed('invalid', `The body is not JSON in UTF-8: ${(error as Error).message}`)
  }
  const read = Body.safeParse(json)
  if (!read.success) {
    const [issue] = read.error.issues
    return failed('invalid', `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'is not as described'}`)
  }
  const alive: DoorEvent = {
    controller: name,
    reader: '',
    kind: 'alive',
    card: null,
    leaving: false,
    told: received,
    received,
    sequence: null,
    via: 'push',
  }
  return done([
    alive,
    ...read.data.events.map(
      ({ door, event, at, card, leaving, sequence }): DoorEvent => ({
        controller: name,
        reader: door,
        kind: event,
        card: card ?? null,
        leaving,
        told: at ?? received,
        received,
        sequence: sequence ?? null,
        via: 'push',
      }),
    ),
  ])
}
