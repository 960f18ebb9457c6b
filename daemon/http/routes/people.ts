// /api/v1/organisations, /people, /offices, /teams, /applications, /import: the registers of people.
import { z } from 'zod'
import { done, type Outcome } from '../../domain/outcome.ts'
import { Application, Office, Organisation, Person, Team } from '../../domain/people.ts'
import { ROLES } from '../../domain/roles.ts'
import { type By, byOf, type ImportAnswer } from '../../domain/signin.ts'
import { type Route, route } from '../route.ts'
import { tableOf } from '../upload.ts'

interface Query {
  readonly search: string
  readonly sort?: string | undefined
  readonly page: number
  readonly size: number
  readonly gone: boolean
  readonly only: Readonly<Record<string, string | number | undefined>>
}

interface Register<V> {
  page(query: Query): Promise<unknown>
  one(id: number): Promise<Outcome<unknown>>
  add(value: V, by: By): Promise<Outcome<unknown>>
  change(id: number, value: V, by: By): Promise<Outcome<unknown>>
  remove(id: number, by: By): Promise<Outcome<unknown>>
}

const OrganisationSent = Organisation.omit({ id: true, goneAt: true })
const PersonSent = Person.omit({ id: true, goneAt: true })
const OfficeSent = Office.omit({ id: true })
const TeamSent = Team.omit({ id: true })
const ApplicationSent = Application.omit({ id: true, goneAt: true })

export const IMPORTABLE = ['organisations', 'people', 'accounts'] as const

export interface PeopleRoutesDesk {
  readonly organisations: Register<z.output<typeof OrganisationSent>>
  readonly people: Register<z.output<typeof PersonSent>>
  readonly offices: Register<z.output<typeof OfficeSent>>
  readonly teams: Register<z.output<typeof TeamSent>>
  readonly applications: Register<z.output<typeof ApplicationSent>>
  holders(position: string, at: number): Promise<unknown>
  importTable(what: (typeof IMPORTABLE)[number], bytes: Uint8Array, commit: boolean, by: By): Promise<Outcome<ImportAnswer>>
  now(): number
}

const Id = z.strictObject({ id: z.coerce.number().int().positive() })
const ref = z.coerce.number().int().positive().optional()
const Listing = {
  search: z.string().max(200).default(''),
  sort: z
    .string()
    .regex(/^-?[a-z_]{1,20}$/)
    .optional(),
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(1000).default(50),
  gone: z.stringbool().default(false),
}

interface Told<S extends z.ZodType> {
  /** The path, and what one of them is called. */
  readonly path: string
  readonly one: string
  readonly many: string
  readonly sent: S
  /** Columns that a list may be narrowed to. */
  readonly only: Readonly<Record<string, z.ZodType<string | number | undefined>>>
}

function registerRoutes<S extends z.ZodType>({ path, one, many, sent, only }: Told<S>, register: Register<z.output<S>>): Route[] {
  return [
    route({
      method: 'get',
      path: `/${path}`,
      needs: 'people.read',
      summary: `${many}, with search, sort and paging; \`gone\`: also those that have left`,
      query: z.strictObject({ ...Listing, ...only }),
      handle: async ({ query }) => {
        const { search, sort, page, size, gone, ...narrowed } = query as z.output<z.ZodObject<typeof Listing>> &
          Record<string, string | number | undefined>
        return done(await register.page({ search, sort, page, size, gone, only: narrowed }))
      },
    }),
    route({
      method: 'get',
      path: `/${path}/:id`,
      needs: 'people.read',
      summary: `One ${one}`,
      params: Id,
      handle: async ({ params }) => register.one(params.id),
    }),
    route({
      method: 'post',
      path: `/${path}`,
      needs: 'people.manage',
      summary: `Add a ${one}`,
      body: sent,
      handle: async ({ body, viewer, caller }) => register.add(body, byOf(viewer, caller)),
    }),
    route({
      method: 'put',
      path: `/${path}/:id`,
      needs: 'people.manage',
      summary: `Change a ${one}: send all of it`,
      params: Id,
      body: sent,
      handle: async ({ params, body, viewer, caller }) => register.change(params.id, body, byOf(viewer, caller)),
    }),
    route({
      method: 'delete',
      path: `/${path}/:id`,
      needs: 'people.manage',
      summary: `Take a ${one} out of the register; what refers to it stays readable`,
      params: Id,
      handle: async ({ params, viewer, caller }) => register.remove(params.id, byOf(viewer, caller)),
    }),
  ]
}

export const peopleRoutes = (desk: PeopleRoutesDesk): Route[] => [
  // Before `/offices/:id`, which would take the word for a number.
  route({
    method: 'get',
    path: '/offices/holders',
    needs: 'people.read',
    summary: 'Who sits in a chair at a moment, a stand-in first',
    query: z.strictObject({ position: z.string().max(64), at: z.coerce.number().int().optional() }),
    handle: async ({ query }) => done({ items: await desk.holders(query.position, query.at ?? desk.now()) }),
  }),
  ...registerRoutes(
    {
      path: 'organisations',
      one: 'organisation',
      many: 'Organisations',
      sent: OrganisationSent,
      only: { kind: z.enum(['own', 'agency', 'district', 'other']).optional() },
    },
    desk.organisations,
  ),
  ...registerRoutes({ path: 'people', one: 'person', many: 'Persons', sent: PersonSent, only: { organisation: ref } }, desk.people),
  ...registerRoutes(
    {
      path: 'offices',
      one: 'office',
      many: 'Offices: who has which role or chair, and when',
      sent: OfficeSent,
      only: { person: ref, organisation: ref, role: z.enum(ROLES).optional(), position: z.string().max(64).optional() },
    },
    desk.offices,
  ),
  ...registerRoutes({ path: 'teams', one: 'team', many: 'Teams by decree', sent: TeamSent, only: {} }, desk.teams),
  ...registerRoutes(
    {
      path: 'applications',
      one: 'application',
      many: 'Applications, with those who answer for them',
      sent: ApplicationSent,
      only: { organisation: ref },
    },
    desk.applications,
  ),
  route({
    method: 'post',
    path: '/import/:what',
    needs: 'people.manage',
    summary: 'Take in organisations, people or accounts from a CSV file; without `commit=true` only says what it would do',
    takes: 'files',
    params: z.strictObject({ what: z.enum(IMPORTABLE) }),
    query: z.strictObject({ commit: z.stringbool().default(false) }),
    body: z.looseObject({}),
    handle: async ({ params, query, upload, viewer, caller }) => {
      const file = await tableOf(upload)
      return file.ok ? desk.importTable(params.what, file.value, query.commit, byOf(viewer, caller)) : file
    },
  }),
]
