// /api/v1/care: the register of assets, maintenance plans, work orders.
import { z } from 'zod'
import type { WorkOrderView } from '../../domain/care.ts'
import { type Asset, AssetSent, FinishSent, OnceSent, type Plan, PlanSent, StartSent } from '../../domain/care-sent.ts'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { FileAnswer, type Route, route } from '../route.ts'

export interface CareDesk {
  register(): Promise<{ readonly assets: readonly Asset[]; readonly plans: readonly (Plan & { readonly next: number })[] }>
  putAsset(id: number, given: AssetSent, viewer: Viewer): Promise<Outcome<Asset>>
  dropAsset(id: number, viewer: Viewer): Promise<Outcome<void>>
  putPlan(id: number, given: PlanSent, viewer: Viewer): Promise<Outcome<Plan>>
  dropPlan(id: number, viewer: Viewer): Promise<Outcome<void>>
  once(given: OnceSent, viewer: Viewer): Promise<Outcome<WorkOrderView>>
  start(id: number, given: StartSent, viewer: Viewer): Promise<Outcome<WorkOrderView>>
  finish(id: number, given: FinishSent, viewer: Viewer): Promise<Outcome<WorkOrderView>>
  cancel(id: number, reason: string, viewer: Viewer): Promise<Outcome<WorkOrderView>>
  export(table: 'assets' | 'orders'): Promise<{ readonly name: string; readonly content: Buffer }>
}

const Id = z.strictObject({ id: z.coerce.number().int().positive() })

export const careRoutes = (desk: CareDesk): readonly Route[] => [
  route({
    method: 'get',
    path: '/care',
    summary: 'What is kept up and how often: assets and their maintenance plans; the work orders come with the live stream',
    needs: 'care.read',
    handle: async () => done(await desk.register()),
  }),
  route({
    method: 'get',
    path: '/care/export',
    summary: 'The register of assets, or the work orders, as CSV',
    needs: 'care.read',
    query: z.strictObject({ table: z.enum(['assets', 'orders']).default('assets') }),
    async handle({ query }) {
      const { name, content } = await desk.export(query.table)
      return done(new FileAnswer(name, 'text/csv; charset=utf-8', content))
    },
  }),
  route({
    method: 'post',
    path: '/care/assets',
    summary: 'Enters an asset',
    needs: 'care.work',
    body: AssetSent,
    handle: ({ body, viewer }) => desk.putAsset(0, body, viewer),
  }),
  route({
    method: 'put',
    path: '/care/assets/:id',
    summary: 'Changes an asset',
    needs: 'care.work',
    params: Id,
    body: AssetSent,
    handle: ({ params, body, viewer }) => desk.putAsset(params.id, body, viewer),
  }),
  route({
    method: 'delete',
    path: '/care/assets/:id',
    summary: 'Takes an asset out of the register, with its plans and the work that is not begun',
    needs: 'care.work',
    params: Id,
    handle: ({ params, viewer }) => desk.dropAsset(params.id, viewer),
  }),
  route({
    method: 'post',
    path: '/care/plans',
    summary: 'Makes a maintenance plan; its work orders are written ahead',
    needs: 'care.work',
    body: PlanSent,
    handle: ({ body, viewer }) => desk.putPlan(0, body, viewer),
  }),
  route({
    method: 'put',
    path: '/care/plans/:id',
    summary: 'Changes a plan; with another rhythm the work ahead is written anew',
    needs: 'care.work',
    params: Id,
    body: PlanSent,
    handle: ({ params, body, viewer }) => desk.putPlan(params.id, body, viewer),
  }),
  route({
    method: 'delete',
    path: '/care/plans/:id',
    summary: 'Ends a plan, and its work that is not begun',
    needs: 'care.work',
    params: Id,
    handle: ({ params, viewer }) => desk.dropPlan(params.id, viewer),
  }),
  route({
    method: 'post',
    path: '/care/orders',
    summary: 'Writes a work order for once',
    needs: 'care.work',
    body: OnceSent,
    handle: ({ body, viewer }) => desk.once(body, viewer),
  }),
  route({
    method: 'post',
    path: '/care/orders/:id/start',
    summary: 'Begins the work; people who come in for it are checked in as a maintenance visit',
    needs: 'care.work',
    params: Id,
    body: StartSent,
    handle: ({ params, body, viewer }) => desk.start(params.id, body, viewer),
  }),
  route({
    method: 'post',
    path: '/care/orders/:id/finish',
    summary: 'Ends the work with its result; of a run test the readings have the last word',
    needs: 'care.work',
    params: Id,
    body: FinishSent,
    handle: ({ params, body, viewer }) => desk.finish(params.id, body, viewer),
  }),
  route({
    method: 'post',
    path: '/care/orders/:id/cancel',
    summary: 'Calls work off that has not begun, with a reason',
    needs: 'care.work',
    params: Id,
    body: z.strictObject({ reason: z.string().trim().min(5).max(500) }),
    handle: ({ params, body, viewer }) => desk.cancel(params.id, body.reason, viewer),
  }),
]
