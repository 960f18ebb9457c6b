// /api/v1/plant: the power chain traced and failed, what is free, redundancy against the tier, energy.
import { z } from 'zod'
import type { CapacityView } from '../../domain/capacity.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { EnergyReport, NodeId, PowerView, Redundancy, Trace } from '../../domain/plant.ts'
import type { WhatIfView } from '../contract.ts'
import { type Route, route } from '../route.ts'

export interface PlantDesk {
  power(): Promise<Outcome<PowerView>>
  /** Null: there is no such node. */
  trace(node: NodeId): Promise<Outcome<Trace | null>>
  whatIf(failed: readonly NodeId[], when: 'now' | 'peak'): Promise<Outcome<WhatIfView>>
  capacity(): Promise<Outcome<CapacityView>>
  redundancy(): Promise<Outcome<readonly Redundancy[]>>
  energy(month: string): Promise<Outcome<EnergyReport>>
}

const NodeName = z.string().min(1).max(200)
const Failed = z
  .string()
  .max(4_000)
  .transform(list => list.split(',').filter(id => id !== ''))
  .refine(list => list.length <= 50, 'at most 50 at a time')

export const plantRoutes = (desk: PlantDesk): Route[] => [
  route({
    method: 'get',
    path: '/plant/power',
    needs: 'plant.read',
    summary: 'The power chain down to the rack PDUs: W, A and % of every node, each with where it comes from and its age',
    handle: () => desk.power(),
  }),
  route({
    method: 'get',
    path: '/plant/trace/:node',
    needs: 'plant.read',
    summary: 'One node traced both ways: everything that can feed it, every way there, and everything it feeds',
    params: z.strictObject({ node: NodeName }),
    handle: async ({ params }) => {
      const found = await desk.trace(params.node)
      return found.ok && found.value === null ? failed('notFound', `There is no node "${params.node}". GET /api/v1/plant/power lists them.`) : found
    },
  }),
  route({
    method: 'get',
    path: '/plant/what-if',
    needs: 'plant.read',
    summary: 'What if these fail: who is dark or on one leg, what everything else then carries, what is over its limit',
    query: z.strictObject({ failed: Failed, when: z.enum(['now', 'peak']).default('now') }),
    handle: ({ query }) => desk.whatIf(query.failed, query.when),
  }),
  route({
    method: 'get',
    path: '/plant/capacity',
    needs: 'plant.read',
    summary: 'What is free by rack, row, room and site, with any one component gone; when it runs out',
    handle: () => desk.capacity(),
  }),
  route({
    method: 'get',
    path: '/plant/redundancy',
    needs: 'plant.read',
    summary: 'Each site against the tier it is built for',
    handle: async () => {
      const found = await desk.redundancy()
      return found.ok ? done({ items: found.value }) : found
    },
  }),
  route({
    method: 'get',
    path: '/plant/energy',
    needs: 'plant.read',
    summary: "Energy of a month of the site's time zone: building, racks, tenants, PUE; each with the share that was read",
    query: z.strictObject({ month: z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'a month is written 2026-11') }),
    handle: ({ query }) => desk.energy(query.month),
  }),
]
