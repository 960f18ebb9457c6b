// /api/v1/visits at the gate: today's list for a guard's device, who goes in and out, in without a ticket, who is inside.
import { z } from 'zod'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { DOOR_ACTS, type DoorActKind } from '../../domain/visit.ts'
import { FileAnswer, type Route, route } from '../route.ts'

interface Act {
  readonly client: string
  readonly kind: DoorActKind
  readonly visit: number
  readonly visitor: number
  readonly code?: string | undefined
  readonly at: number
  readonly badge?: string | undefined
  readonly accepted?: boolean | undefined
  readonly matched?: boolean | undefined
  readonly identity?: string | undefined
  readonly reason?: string | undefined
  readonly kept?: boolean | undefined
}

interface Entry {
  readonly kind: 'walkIn' | 'emergency' | 'maintenance'
  readonly site: string
  readonly doors: readonly string[]
  readonly racks: readonly string[]
  readonly purpose: string
  readonly until: number
  readonly escort: number | null
  readonly organisation: number | null
  readonly visitors: readonly {
    readonly name: string
    readonly company: string
    readonly identity: string
    readonly mobile: string
    readonly badge: string
  }[]
  readonly goods: readonly { readonly direction: 'in' | 'out' | 'both'; readonly kind: string; readonly serial: string }[]
  readonly accepted: boolean
}

export interface GateDesk {
  choices(): Promise<unknown>
  enter(entry: Entry, viewer: Viewer): Promise<Outcome<unknown>>
  book(viewer: Viewer): Promise<unknown>
  look(code: string, viewer: Viewer): Promise<Outcome<unknown>>
  tell(acts: readonly Act[], sentAt: number, viewer: Viewer): Promise<Outcome<unknown>>
  inside(): Promise<unknown>
  muster(here: readonly { readonly visit: number; readonly visitor: number }[], viewer: Viewer): Promise<Outcome<unknown>>
  evacuationPdf(): Promise<Outcome<{ readonly name: string; readonly content: Uint8Array }>>
}

/** Milliseconds since 1970, in this century. */
const at = z.int().positive().max(Date.UTC(2100, 0))
const ids = z.array(z.string().min(1).max(64)).max(200)
const Goods = z.strictObject({
  direction: z.enum(['in', 'out', 'both']),
  kind: z.string().trim().min(1).max(120),
  serial: z.string().trim().max(80).default(''),
})
const Visitor = z.strictObject({
  name: z.string().trim().min(2).max(120),
  company: z.string().trim().max(200).default(''),
  identity: z.string().trim().max(40).default(''),
  mobile: z.string().trim().max(30).default(''),
  badge: z.string().trim().max(40).default(''),
})
const ActSent = z.strictObject({
  client: z.uuid(),
  kind: z.enum(DOOR_ACTS),
  visit: z.int().positive(),
  visitor: z.int().positive(),
  code: z.string().max(80).optional(),
  at,
  badge: z.string().trim().max(40).optional(),
  accepted: z.boolean().optional(),
  matched: z.boolean().optional(),
  identity: z.string().trim().max(40).optional(),
  reason: z.string().trim().max(500).optional(),
  kept: z.boolean().optional(),
})

export const gateRoutes = (desk: GateDesk): Route[] => [
  route({
    method: 'get',
    path: '/visits/door',
    needs: 'visit.guard',
    summary: "Today's visits for a guard's device: with hashes of the codes, so that it can look one up without a line; no identity numbers",
    handle: async ({ viewer }) => done(await desk.book(viewer)),
  }),
  route({
    method: 'get',
    path: '/visits/door/choices',
    needs: 'visit.guard',
    summary: 'The same choices for those who stand at the door',
    handle: async () => done(await desk.choices()),
  }),
  route({
    method: 'post',
    path: '/visits/door/look',
    needs: 'visit.guard',
    summary: 'Whose a code is, and what keeps that person out; ten wrong ones in five minutes and it waits',
    body: z.strictObject({ code: z.string().trim().min(4).max(80) }),
    handle: ({ body, viewer }) => desk.look(body.code, viewer),
  }),
  route({
    method: 'post',
    path: '/visits/door/acts',
    needs: 'visit.guard',
    summary:
      'In, out, turned away, goods: as they happen, or later from a device that had no line. Each has a number of the device; told twice it is done once',
    body: z.strictObject({ sentAt: at, acts: z.array(ActSent).min(1).max(100) }),
    async handle({ body, viewer }) {
      const told = await desk.tell(body.acts, body.sentAt, viewer)
      return told.ok ? done({ items: told.value }) : told
    },
  }),
  route({
    method: 'post',
    path: '/visits/enter',
    needs: 'visit.guard',
    summary: 'In without a ticket: a walk-in (approval is owed within the working day), an emergency (a report is owed), the house’s own maintenance',
    body: z.strictObject({
      kind: z.enum(['walkIn', 'emergency', 'maintenance']),
      site: z.string().min(1).max(64),
      doors: ids,
      racks: ids.default([]),
      purpose: z.string().trim().min(3, 'say it in a few words').max(2000),
      until: at,
      escort: z.int().positive().nullable().default(null),
      organisation: z.int().positive().nullable().default(null),
      visitors: z.array(Visitor).min(1).max(20),
      goods: z.array(Goods).max(50).default([]),
      accepted: z.boolean().default(false),
    }),
    handle: ({ body, viewer }) => desk.enter(body, viewer),
  }),
  route({
    method: 'get',
    path: '/visits/inside',
    needs: 'visit.guard',
    summary: 'Everybody who is inside now, room by room',
    handle: async () => done({ items: await desk.inside() }),
  }),
  route({
    method: 'get',
    path: '/visits/evacuation',
    needs: 'visit.guard',
    summary: 'The evacuation list as PDF',
    async handle() {
      const made = await desk.evacuationPdf()
      return made.ok ? done(new FileAnswer(made.value.name, 'application/pdf', made.value.content, true)) : made
    },
  }),
  route({
    method: 'post',
    path: '/visits/muster',
    needs: 'visit.guard',
    summary: 'Who was counted at the assembly point; the answer names those who were not',
    body: z.strictObject({ here: z.array(z.strictObject({ visit: z.int().positive(), visitor: z.int().positive() })).max(1000) }),
    handle: ({ body, viewer }) => desk.muster(body.here, viewer),
  }),
]
