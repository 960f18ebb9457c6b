// /api/v1/alarms: the list, one, and what people do with it.
import { z } from 'zod'
import type { Alarm } from '../../domain/alarm.ts'
import { Id } from '../../domain/device.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import { type By, byOf } from '../../domain/signin.ts'
import type { AlarmPage } from '../contract.ts'
import { type Route, route } from '../route.ts'

export const ALARM_STATES = ['open', 'acknowledged', 'suppressed', 'cleared'] as const
export const ALARM_SORTS = ['raised', '-raised', 'severity', '-severity', 'device', '-device'] as const

export interface AlarmQuery {
  readonly state: (typeof ALARM_STATES)[number] | undefined
  readonly device: string | undefined
  readonly search: string
  readonly sort: (typeof ALARM_SORTS)[number]
  readonly page: number
  readonly size: number
}

export interface AlarmsDesk {
  page(query: AlarmQuery): Promise<Outcome<AlarmPage>>
  one(id: number): Promise<Alarm | null>
  similar(alarm: Alarm): Promise<readonly Alarm[]>
  acknowledge(id: number, by: By, comment: string): Promise<Outcome<Alarm>>
  comment(id: number, by: By, text: string): Promise<Outcome<Alarm>>
}

const Number_ = z.strictObject({ id: z.coerce.number().int().positive() })
const text = z.string().trim().max(4000)
const noAlarm = (id: number) => failed('notFound', `There is no alarm ${id}.`)

export const alarmRoutes = (desk: AlarmsDesk): Route[] => [
  route({
    method: 'get',
    path: '/alarms',
    needs: 'watch.read',
    summary: 'Alarms, open or past, with search, sort and paging',
    query: z.strictObject({
      state: z.enum(ALARM_STATES).optional(),
      device: Id.optional(),
      search: z.string().max(200).default(''),
      sort: z.enum(ALARM_SORTS).default('-raised'),
      page: z.coerce.number().int().min(1).default(1),
      size: z.coerce.number().int().min(1).max(500).default(50),
    }),
    handle: async ({ query }) => desk.page({ ...query, state: query.state, device: query.device }),
  }),
  route({
    method: 'get',
    path: '/alarms/:id',
    needs: 'watch.read',
    summary: 'One alarm with its timeline, and similar past ones',
    params: Number_,
    handle: async ({ params }) => {
      const alarm = await desk.one(params.id)
      return alarm === null ? noAlarm(params.id) : done({ alarm, similar: await desk.similar(alarm) })
    },
  }),
  route({
    method: 'post',
    path: '/alarms/:id/acknowledge',
    needs: 'alarm.act',
    summary: 'Take an alarm on, with a comment',
    params: Number_,
    body: z.strictObject({ comment: text.default('') }),
    handle: async ({ params, body, viewer, caller }) => desk.acknowledge(params.id, byOf(viewer, caller), body.comment),
  }),
  route({
    method: 'post',
    path: '/alarms/:id/comment',
    needs: 'alarm.act',
    summary: 'Add a comment to an alarm',
    params: Number_,
    body: z.strictObject({ comment: text.min(1, 'write something') }),
    handle: async ({ params, body, viewer, caller }) => desk.comment(params.id, byOf(viewer, caller), body.comment),
  }),
]
