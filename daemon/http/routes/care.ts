// /api/v1/care: the register of assets, maintenance plans, work orders.
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { ASSET_KINDS, type AssetKind, type CareFile, type WorkOrderView } from '../../domain/care.ts'
import { type Asset, AssetSent, type AssetView, FinishSent, OnceSent, type Plan, PlanSent, StartSent } from '../../domain/care-sent.ts'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { FileAnswer, type Route, route } from '../route.ts'
import type { UploadedFile } from '../upload.ts'

interface Printed {
  readonly name: string
  readonly content: Uint8Array
}

export interface CareDesk {
  register(): Promise<readonly AssetView[]>
  putAsset(id: number, given: AssetSent, viewer: Viewer): Promise<Outcome<Asset>>
  dropAsset(id: number, viewer: Viewer): Promise<Outcome<void>>
  putPlan(id: number, given: PlanSent, viewer: Viewer): Promise<Outcome<Plan>>
  dropPlan(id: number, viewer: Viewer): Promise<Outcome<void>>
  once(given: OnceSent, viewer: Viewer): Promise<Outcome<WorkOrderView>>
  start(id: number, given: StartSent, viewer: Viewer): Promise<Outcome<WorkOrderView>>
  finish(id: number, given: FinishSent, viewer: Viewer): Promise<Outcome<WorkOrderView>>
  cancel(id: number, reason: string, viewer: Viewer): Promise<Outcome<WorkOrderView>>
  attach(
    id: number,
    files: AsyncIterable<Outcome<Pick<UploadedFile, 'name' | 'content'>>>,
    viewer: Viewer,
  ): Promise<Outcome<{ readonly items: readonly CareFile[] }>>
  content(id: number): Promise<Outcome<{ readonly name: string; readonly type: string; readonly content: Readable; readonly inline: boolean }>>
  withdraw(id: number, reason: string, viewer: Viewer): Promise<Outcome<void>>
  table(table: 'assets' | 'orders', kind: AssetKind | null): Promise<Printed>
  log(kind: AssetKind, year: number | null): Promise<Outcome<Printed>>
}

const Id = z.strictObject({ id: z.coerce.number().int().positive() })
const Kind = z.enum(ASSET_KINDS)
const Reason = z.strictObject({ reason: z.string().trim().min(5).max(500) })

export const careRoutes = (desk: CareDesk): readonly Route[] => [
  route({
    method: 'get',
    path: '/care',
    summary: 'What is kept up and how often: assets with their maintenance plans and counters of running hours; pages have them live',
    needs: 'care.read',
    handle: async () => done({ assets: await desk.register() }),
  }),
  route({
    method: 'get',
    path: '/care/export',
    summary: 'The register of assets, or the work orders, as CSV; of one kind of assets or of all',
    needs: 'care.read',
    query: z.strictObject({ table: z.enum(['assets', 'orders']).default('assets'), kind: Kind.optional() }),
    async handle({ query }) {
      const { name, content } = await desk.table(query.table, query.kind ?? null)
      return done(new FileAnswer(name, 'text/csv; charset=utf-8', content))
    },
  }),
  route({
    method: 'get',
    path: '/care/log',
    summary: 'The maintenance log of one kind of assets in a year as PDF: assets, plans, work and tests',
    needs: 'care.read',
    query: z.strictObject({ kind: Kind, year: z.coerce.number().int().min(2000).max(2099).optional() }),
    async handle({ query }) {
      const printed = await desk.log(query.kind, query.year ?? null)
      return printed.ok ? done(new FileAnswer(printed.value.name, 'application/pdf', printed.value.content, true)) : printed
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
    body: Reason,
    handle: ({ params, body, viewer }) => desk.cancel(params.id, body.reason, viewer),
  }),
  route({
    method: 'post',
    path: '/care/orders/:id/files',
    summary: 'Adds photographs and papers to a work order, known by their content',
    needs: 'care.work',
    takes: 'files',
    params: Id,
    handle: ({ params, upload, viewer }) => desk.attach(params.id, upload.files(), viewer),
  }),
  route({
    method: 'get',
    path: '/care/files/:id',
    summary: 'The content of a file of a work order; pictures and PDF may be shown, everything else is saved',
    needs: 'care.read',
    params: Id,
    query: z.strictObject({ inline: z.enum(['true', 'false']).default('false') }),
    async handle({ params, query }) {
      const found = await desk.content(params.id)
      if (!found.ok) return found
      const { name, type, content, inline } = found.value
      return done(new FileAnswer(name, type, content, inline && query.inline === 'true'))
    },
  }),
  route({
    method: 'post',
    path: '/care/files/:id/withdraw',
    summary: 'Withdraws a file of a work order, with a reason; it stays in the records',
    needs: 'care.work',
    params: Id,
    body: Reason,
    handle: ({ params, body, viewer }) => desk.withdraw(params.id, body.reason, viewer),
  }),
]
