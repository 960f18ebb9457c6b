// /api/v1/site, /health, /channels, /demo: the place, Suar itself, and the ways it speaks.
import { z } from 'zod'
import type { Layout } from '../../domain/inventory.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import { type By, byOf } from '../../domain/signin.ts'
import type { DemoView, HealthView } from '../../stream/contract.ts'
import type { ChannelView } from '../contract.ts'
import { type Route, route } from '../route.ts'

export interface SiteDesk {
  layout(): Layout | null
  health(): HealthView | null
  channels(): readonly ChannelView[]
  testChannel(name: string, by: By): Promise<Outcome<unknown>>
  demo(): DemoView | null
  setDemo(scenario: string, active: boolean, by: By): Promise<Outcome<unknown>>
}

export const siteRoutes = (desk: SiteDesk): Route[] => [
  route({
    method: 'get',
    path: '/site',
    needs: 'watch.read',
    summary: 'Rooms, racks, doors, sensors and the power chain',
    handle: async () => done(desk.layout()),
  }),
  route({ method: 'get', path: '/health', needs: 'watch.read', summary: 'How Suar itself is doing', handle: async () => done(desk.health()) }),
  route({
    method: 'get',
    path: '/channels',
    needs: 'channel.read',
    summary: 'Channels for notices',
    handle: async () => done({ items: desk.channels() }),
  }),
  route({
    method: 'post',
    path: '/channels/:name/test',
    needs: 'channel.test',
    summary: 'Send a test notice through a channel',
    params: z.strictObject({ name: z.string().max(64) }),
    handle: async ({ params, viewer, caller }) => desk.testChannel(params.name, byOf(viewer, caller)),
  }),
  route({
    method: 'get',
    path: '/demo',
    needs: 'watch.read',
    summary: 'What can be broken in the demonstration',
    handle: async () => {
      const demo = desk.demo()
      return demo === null ? failed('notFound', 'This is no demonstration.') : done(demo)
    },
  }),
  route({
    method: 'post',
    path: '/demo/:scenario',
    needs: 'demo.play',
    summary: 'Break or mend something in the demonstration',
    params: z.strictObject({ scenario: z.string().max(64) }),
    body: z.strictObject({ active: z.boolean() }),
    handle: async ({ params, body, viewer, caller }) =>
      desk.demo() === null ? failed('notFound', 'This is no demonstration.') : desk.setDemo(params.scenario, body.active, byOf(viewer, caller)),
  }),
]
