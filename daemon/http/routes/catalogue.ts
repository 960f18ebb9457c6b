// /api/v1/services: the catalogue, one service of it as it stands or stood, and what is wrong with answers to its form.
import { z } from 'zod'
import { check } from '../../domain/form-check.ts'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { STAFF } from '../../domain/people.ts'
import type { ServiceVersion } from '../../domain/service.ts'
import type { ServiceView } from '../contract.ts'
import { FileAnswer, type Route, route } from '../route.ts'

export interface CatalogueDesk {
  /** In the order of their page. */
  services(): readonly ServiceVersion[]
  service(key: string): Outcome<ServiceVersion>
  serviceVersion(key: string, version: number): Promise<Outcome<ServiceVersion>>
  /** What is wrong in the catalogue's files. */
  catalogueTroubles(): readonly string[]
}

/** Sets a paper of a service as PDF. */
export type PrintService = (
  key: string,
  what: 'sheet' | 'procedure' | 'standard' | 'form',
  language: 'id' | 'en',
) => Promise<Outcome<{ readonly name: string; readonly pdf: Uint8Array }>>

const Key = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/)
  .max(64)

export const catalogueRoutes = (desk: CatalogueDesk): Route[] => [
  route({
    method: 'get',
    path: '/services',
    needs: 'catalogue.read',
    summary: 'The services of the catalogue, in the order of their page',
    query: z.strictObject({ search: z.string().trim().max(200).default('') }),
    handle: async ({ query, viewer }) =>
      done({
        items: desk
          .services()
          .filter(({ service }) => found(service, query.search))
          .map(viewOf),
        troubles: isStaff(viewer) ? desk.catalogueTroubles() : [],
      }),
  }),
  route({
    method: 'get',
    path: '/services/:key',
    needs: 'catalogue.read',
    summary: 'A service with its form, steps, minutes and sheet',
    params: z.strictObject({ key: Key }),
    handle: async ({ params }) => desk.service(params.key),
  }),
  route({
    method: 'get',
    path: '/services/:key/versions/:version',
    needs: 'catalogue.read',
    summary: 'A service as it stood when older tickets were filed',
    params: z.strictObject({ key: Key, version: z.coerce.number().int().positive() }),
    handle: async ({ params }) => desk.serviceVersion(params.key, params.version),
  }),
  route({
    method: 'post',
    path: '/services/:key/check',
    needs: 'catalogue.read',
    summary: 'Everything that is wrong with answers to the form of a service, at once',
    params: z.strictObject({ key: Key }),
    body: z.strictObject({
      answers: z.record(z.string(), z.unknown()),
      products: z.array(z.string().max(64)).max(50).optional(),
      partial: z.boolean().default(false),
      /** An officer may ask for what the applicant alone must answer. */
      as: z.enum(['requester', 'officer']).default('officer'),
      /** Missing: the newest. */
      version: z.int().positive().optional(),
    }),
    async handle({ params, body, viewer }) {
      const version = body.version === undefined ? desk.service(params.key) : await desk.serviceVersion(params.key, body.version)
      if (!version.ok) return version
      const { products, partial } = body
      return done(
        check(version.value.service.form, body.answers, isStaff(viewer) ? body.as : 'requester', { partial, ...(products && { products }) }),
      )
    },
  }),
]

export const cataloguePaperRoutes = (print: PrintService): Route[] => [
  route({
    method: 'get',
    path: '/services/:key/papers/:what',
    needs: 'catalogue.read',
    summary: 'The catalogue sheet, procedure, service standard or empty form of a service, as PDF',
    params: z.strictObject({ key: Key, what: z.enum(['sheet', 'procedure', 'standard', 'form']) }),
    query: z.strictObject({ language: z.enum(['id', 'en']).default('id') }),
    async handle({ params, query }) {
      const printed = await print(params.key, params.what, query.language)
      return printed.ok ? done(new FileAnswer(printed.value.name, 'application/pdf', printed.value.pdf, true)) : printed
    },
  }),
]

const isStaff = ({ roles }: Viewer): boolean => roles.some(role => STAFF.has(role))

/** Every word of the search stands somewhere in what the service says of itself. */
function found({ key, name, summary, reference, products }: ServiceVersion['service'], search: string): boolean {
  const said = [key, reference, name, summary, ...products.flatMap(product => [product.name, product.description])]
  const text = said
    .map(one => (typeof one === 'object' ? `${one.id} ${one.en}` : (one ?? '')))
    .join(' ')
    .toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}

const viewOf = ({ version, service }: ServiceVersion): ServiceView => ({
  key: service.key,
  version,
  reference: service.reference,
  name: service.name,
  summary: service.summary,
  group: service.group,
  users: service.users,
  products: service.products.map(({ key, name, standard }) => ({ key, name, standard })),
  papers: service.papers.length,
})
