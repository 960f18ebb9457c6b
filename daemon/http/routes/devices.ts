// /api/v1/devices, /points, /history: what is watched and what it reads.
import { z } from 'zod'
import { Device, Id } from '../../domain/device.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import { type By, byOf } from '../../domain/signin.ts'
import type { DeviceView, PointView } from '../../stream/contract.ts'
import type { History } from '../contract.ts'
import { type Route, route } from '../route.ts'

export interface DevicesDesk {
  devices(): Iterable<DeviceView>
  device(id: string): DeviceView | undefined
  points(device: string): Iterable<PointView>
  point(no: number): PointView | undefined
  value(no: number): { readonly value: number | null; readonly at: number } | null
  history(points: readonly number[], from: number, to: number, buckets: number): Promise<Outcome<History>>
  poll(device: string): Promise<Outcome<unknown>>
  rediscover(device: string): Promise<Outcome<unknown>>
  /** `conflict` when the id is taken. */
  add(device: Device, by: By): Promise<Outcome<unknown>>
  /** `conflict` when the site's file names it. */
  remove(device: string, by: By): Promise<Outcome<unknown>>
  now(): number
}

const Page = { page: z.coerce.number().int().min(1).default(1), size: z.coerce.number().int().min(1).max(1000).default(100) }
/** The store keeps series by 22 bits. */
const MOST_POINTS = 2 ** 22
const Numbers = z
  .string()
  .regex(/^\d+(,\d+)*$/, 'give point numbers separated by commas')
  .transform(list => list.split(',').map(Number))
  .refine(list => list.length <= 50, 'at most 50 points at a time')
  .refine(list => list.every(no => no < MOST_POINTS), `there is no point above ${MOST_POINTS - 1}`)

const noDevice = (id: string) => failed('notFound', `There is no device "${id}". GET /api/v1/devices lists them.`)

export const deviceRoutes = (desk: DevicesDesk): Route[] => {
  const withValue = (point: PointView) => ({ ...point, reading: desk.value(point.no) })
  return [
    route({
      method: 'get',
      path: '/devices',
      needs: 'watch.read',
      summary: 'Devices, with search, filters and paging',
      query: z.strictObject({
        search: z.string().max(200).default(''),
        kind: z.string().optional(),
        status: z.enum(['new', 'up', 'down']).optional(),
        ...Page,
      }),
      handle: async ({ query }) => {
        const words = query.search.toLowerCase().split(/\s+/).filter(Boolean)
        const found = [...desk.devices()].filter(
          device =>
            (query.kind === undefined || device.kind === query.kind) &&
            (query.status === undefined || device.status === query.status) &&
            words.every(word =>
              `${device.id} ${device.name} ${device.address} ${device.identity?.vendor ?? ''} ${device.identity?.model ?? ''}`
                .toLowerCase()
                .includes(word),
            ),
        )
        const from = (query.page - 1) * query.size
        return done({ items: found.slice(from, from + query.size), total: found.length, page: query.page, size: query.size })
      },
    }),
    route({
      method: 'post',
      path: '/devices',
      needs: 'device.manage',
      summary: 'Add a device; it is polled at once',
      body: Device,
      handle: async ({ body, viewer, caller }) => desk.add(body, byOf(viewer, caller)),
    }),
    route({
      method: 'delete',
      path: '/devices/:id',
      needs: 'device.manage',
      summary: 'Stop polling a device; its history stays',
      params: z.strictObject({ id: Id }),
      handle: async ({ params, viewer, caller }) =>
        desk.device(params.id) === undefined ? noDevice(params.id) : desk.remove(params.id, byOf(viewer, caller)),
    }),
    route({
      method: 'get',
      path: '/devices/:id',
      needs: 'watch.read',
      summary: 'One device',
      params: z.strictObject({ id: Id }),
      handle: async ({ params }) => {
        const device = desk.device(params.id)
        return device === undefined ? noDevice(params.id) : done(device)
      },
    }),
    route({
      method: 'get',
      path: '/devices/:id/points',
      needs: 'watch.read',
      summary: 'Points of a device with their newest readings',
      params: z.strictObject({ id: Id }),
      handle: async ({ params }) =>
        desk.device(params.id) === undefined ? noDevice(params.id) : done({ items: [...desk.points(params.id)].map(withValue) }),
    }),
    route({
      method: 'post',
      path: '/devices/:id/poll',
      needs: 'device.poll',
      summary: 'Poll a device now',
      params: z.strictObject({ id: Id }),
      handle: async ({ params }) => (desk.device(params.id) === undefined ? noDevice(params.id) : desk.poll(params.id)),
    }),
    route({
      method: 'post',
      path: '/devices/:id/discover',
      needs: 'device.poll',
      summary: 'Look again for the points of a device',
      params: z.strictObject({ id: Id }),
      handle: async ({ params }) => (desk.device(params.id) === undefined ? noDevice(params.id) : desk.rediscover(params.id)),
    }),
    route({
      method: 'get',
      path: '/points/:no',
      needs: 'watch.read',
      summary: 'One point with its newest reading',
      params: z.strictObject({ no: z.coerce.number().int().nonnegative() }),
      handle: async ({ params }) => {
        const point = desk.point(params.no)
        return point === undefined ? failed('notFound', `There is no point ${params.no}.`) : done(withValue(point))
      },
    }),
    route({
      method: 'get',
      path: '/history',
      needs: 'watch.read',
      summary: 'Readings of up to 50 points over a span, at the resolution that fits `buckets`',
      query: z
        .strictObject({
          points: Numbers,
          from: z.coerce.number().int().nonnegative().optional(),
          to: z.coerce.number().int().nonnegative().optional(),
          buckets: z.coerce.number().int().min(10).max(5000).default(600),
        })
        .refine(query => (query.from ?? 0) < (query.to ?? Number.MAX_SAFE_INTEGER), { path: ['from'], message: 'from must be before to' }),
      handle: async ({ query }) => {
        const to = query.to ?? desk.now()
        return desk.history(query.points, query.from ?? to - 86_400_000, to, query.buckets)
      },
    }),
  ]
}
