// People: who they are, where they serve, which office they hold and from when to when.
import { z } from 'zod'
import type { Instant } from './call.ts'
import { ECHELONS, ROLES, type Role } from './roles.ts'

export { ROLES, type Role, STAFF } from './roles.ts'

/** PD of the province, district or city, other bodies; `own` is the agency that runs the data centre. */
export const ORGANISATION_KINDS = ['own', 'agency', 'district', 'other'] as const

export const Organisation = z.strictObject({
  id: z.int().positive(),
  name: z.string().trim().min(2).max(200),
  /** As people say it: "BKPSDMD". */
  short: z.string().trim().min(1).max(40),
  kind: z.enum(ORGANISATION_KINDS),
  address: z.string().trim().max(500).default(''),
  phone: z.string().trim().max(50).default(''),
  email: z.union([z.literal(''), z.email()]).default(''),
  /** When it left the register, milliseconds since 1970; what refers to it stays readable. */
  goneAt: z.number().nullable().default(null),
})
export type Organisation = z.output<typeof Organisation>

/** 18 digits: birth date, appointment, sex, running number (Peraturan BKN 22/2007); blanks are dropped. */
export const Nip = z
  .string()
  .transform(text => text.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{18}$/, 'a NIP has 18 digits'))

export const Person = z.strictObject({
  id: z.int().positive(),
  /** With titles, as it stands on paper. */
  name: z.string().trim().min(2).max(120),
  nip: Nip.nullable().default(null),
  /** Jabatan in words, as it stands on paper. */
  position: z.string().trim().max(200).default(''),
  echelon: z.enum(ECHELONS).default('none'),
  /** Pangkat/golongan. */
  rank: z.string().trim().max(100).default(''),
  organisation: z.int().positive(),
  /** Unit kerja within the organisation. */
  unit: z.string().trim().max(200).default(''),
  email: z.union([z.literal(''), z.email()]).default(''),
  mobile: z.string().trim().max(30).default(''),
  extension: z.string().trim().max(30).default(''),
  /** Competences of the executors (S1 §8), for assignment. */
  skills: z.array(z.string().trim().min(1).max(60)).max(30).default([]),
  goneAt: z.number().nullable().default(null),
})
export type Person = z.output<typeof Person>

/**
 * A role held for a time. `position` names the chair that the catalogue's steps speak of (`kadis`, `kabid`, `prakom`, `petugas`): a stand-in
 * (Plh, Plt) holds the same chair for its days.
 */
export const Office = z.strictObject({
  id: z.int().positive(),
  person: z.int().positive(),
  role: z.enum(ROLES),
  /** What a requester asks for; null for those who serve the whole house. */
  organisation: z.int().positive().nullable().default(null),
  position: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .nullable()
    .default(null),
  kind: z.enum(['definitive', 'plh', 'plt']).default('definitive'),
  /** First and last instant, milliseconds since 1970; null: open. */
  from: z.number().nullable().default(null),
  until: z.number().nullable().default(null),
  /** Number of the decree or order. */
  decree: z.string().trim().max(200).default(''),
})
export type Office = z.output<typeof Office>

export const holds = ({ from, until }: Pick<Office, 'from' | 'until'>, at: Instant): boolean =>
  (from === null || from <= at) && (until === null || at <= until)

/** A team by decree (S3 F.3), with its validity. */
export const Team = z.strictObject({
  id: z.int().positive(),
  name: z.string().trim().min(2).max(200),
  decree: z.string().trim().max(200),
  from: z.number().nullable().default(null),
  until: z.number().nullable().default(null),
  members: z.array(z.strictObject({ person: z.int().positive(), duty: z.string().trim().max(120).default('') })).max(200),
})
export type Team = z.output<typeof Team>

export const RESPONSIBLE_AS = ['structural', 'technical'] as const

/** Who answers for an application, and from when to when: first and last instant, milliseconds since 1970; null: open. */
export const Responsible = z.strictObject({
  as: z.enum(RESPONSIBLE_AS),
  person: z.int().positive(),
  from: z.number().nullable().default(null),
  until: z.number().nullable().default(null),
})
export type Responsible = z.output<typeof Responsible>

/** An application of an organisation, with the two who answer for it at a time; secrets and data go only to them (S1 §13). */
export const Application = z.strictObject({
  id: z.int().positive(),
  name: z.string().trim().min(2).max(200),
  organisation: z.int().positive(),
  /** One structural and one technical at a time; those of earlier times stay. */
  responsible: z.array(Responsible).max(100).default([]),
  /** Who backs it up: by the minutes the owner does, unless it was agreed otherwise. */
  backup: z.enum(['house', 'owner', 'nobody']).default('nobody'),
  phase: z.enum(['study', 'planning', 'design', 'building', 'testing', 'maintenance', 'evaluation']).default('maintenance'),
  note: z.string().trim().max(2000).default(''),
  goneAt: z.number().nullable().default(null),
})
export type Application = z.output<typeof Application>

/** The number of the person who answered for it at that moment; null: nobody. */
export const responsibleAt = ({ responsible }: Pick<Application, 'responsible'>, as: Responsible['as'], at: Instant): number | null =>
  responsible.find(one => one.as === as && holds(one, at))?.person ?? null

/** Who asks, at this moment: what holds now has been worked out from offices, period and token. */
export interface Viewer {
  readonly account: number
  readonly person: number
  readonly name: string
  readonly roles: readonly Role[]
  /** Organisations this person asks for. */
  readonly organisations: readonly number[]
  /** Chairs held now, own or as a stand-in. */
  readonly positions: readonly string[]
  readonly via: 'session' | 'token'
  /** Of a token: what it was made for; null for a session. */
  readonly scopes: readonly string[] | null
  /** Must change the password, or enrol a second factor, before anything else. */
  readonly pending: 'password' | 'secondFactor' | null
  /** When the secret was last proven, milliseconds since 1970: signing asks for a fresh one. */
  readonly provenAt: Instant
  /** Which session it is; absent of a token. */
  readonly session?: number
  /** What its person called the token; absent of a session. */
  readonly token?: string
}

/** Not the person at a page but a program of his, by the name of its token: beside every name of whoever did something. */
export interface Through {
  readonly via?: 'token'
  readonly token?: string
}

export const throughOf = (who: { readonly via?: 'session' | 'token'; readonly token?: string }): Through =>
  who.via === 'token' ? { via: 'token', token: who.token ?? '' } : {}
