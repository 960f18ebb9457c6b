// A service of the catalogue: its sheet, products, form, papers, steps with owner and time standard, promise and minutes.
import { z } from 'zod'
import { Form, Words } from './form.ts'
import { Standard } from './standard.ts'

const Key = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a key has lower-case letters, digits and hyphens')

/**
 * What a step of the procedure does to a ticket:
 * `submit` the requester hands in; `verify` completeness and clarification; `dispose` an order with a note to a named receiver;
 * `order` the last disposition, to the one who does it; `work`; `report`; `minutes` both parties sign; `archive`.
 */
export const STEP_KINDS = ['submit', 'verify', 'dispose', 'order', 'work', 'report', 'minutes', 'archive'] as const
export type StepKind = (typeof STEP_KINDS)[number]

export const Step = z.strictObject({
  key: Key,
  kind: z.enum(STEP_KINDS),
  /** Aktifitas, in the document's own words. */
  label: Words,
  /** A chair (`kadis`, `kabid`, `prakom`, `petugas`) or `requester`. */
  owner: Key,
  /** Null: no standard (the work step takes that of the ticket's products). */
  standard: Standard.nullable().default(null),
  /** Kelengkapan and Output of the SOP table. */
  needs: Words.optional(),
  output: Words.optional(),
  /** Row of the document's SOP table, where several steps may share one: its time is theirs together. */
  row: z.int().positive().optional(),
})
export type Step = z.output<typeof Step>

/** What a ticket of the service may ask for; the work step's clock is the longest of those chosen. */
export const Product = z.strictObject({
  key: Key,
  /** Of the catalogue: SV9. */
  reference: z.string().optional(),
  name: Words,
  description: Words.optional(),
  standard: Standard,
})
export type Product = z.output<typeof Product>

/** A stage of a longer cycle (CY1, CY4) and whose it is: the clock runs only in those of the house. */
export const Phase = z.strictObject({
  key: Key,
  name: Words,
  side: z.enum(['house', 'requester', 'other']),
  /** Product whose standard runs in it. */
  product: Key.optional(),
  /** Papers this phase must leave behind. */
  papers: z.array(Words).default([]),
  /** A check that may send the ticket back to an earlier phase. */
  backTo: Key.optional(),
})
export type Phase = z.output<typeof Phase>

/** A paper the requester must bring. */
export const Paper = z.strictObject({
  key: Key,
  name: Words,
  required: z.boolean().default(true),
  help: Words.optional(),
})
export type Paper = z.output<typeof Paper>

/**
 * What the texts of minutes may name in braces: the date of signing in words (weekday, day, month, year) and in figures (`date`, 20-11-2026),
 * the ticket's number, title, service, products, organisation, requester and application, the report's recommendation, the number's running part.
 */
export const MINUTES_NAMES = [
  'weekday',
  'day',
  'month',
  'year',
  'date',
  'ticket',
  'service',
  'products',
  'organisation',
  'application',
  'requester',
  'title',
  'recommendation',
  'no',
] as const

/** Minutes (berita acara): text with `{names}` for what the ticket knows. */
export const Minutes = z.strictObject({
  title: Words,
  /** `{no}/BA-LIA/SC-05/DISKOMINFO/{year}`; `{no}` runs without gaps for each year and pattern. In the file `{code}` and `{sheet}` may stand in it. */
  number: z.string().min(1),
  code: z.string().min(1),
  /** Of the catalogue sheet, as numbers name it: SC-05. */
  sheet: z.string().min(1).optional(),
  /** How the parties are called, in signing order: PIHAK PERTAMA, PIHAK KEDUA … */
  parties: z.array(z.strictObject({ title: Words, /** A chair, or `requester`. */ who: Key })).min(2),
  opening: Words,
  clauses: z.array(Words).min(1),
  closing: Words,
})
export type Minutes = z.output<typeof Minutes>

/** Rows of the catalogue sheet (S2, S4), in the order and wording of the documents. */
export const Sheet = z.strictObject({
  /** `SC - 05/EGOTIK/2023`; null where none was given yet. */
  number: z.string().nullable(),
  /** As the document's head names it, where that is not the service's name. */
  title: Words.optional(),
  decided: z.string().nullable(),
  description: Words,
  specification: Words,
  requirements: Words,
  users: Words,
  desk: Words,
  firstLevel: z.array(Words).min(1),
  secondLevel: z.array(Words).min(1),
  supportedBy: z.array(Words),
  supports: z.array(Words),
  components: z.array(Words).min(1),
  requestTimes: Words,
  responseTime: Words,
  priority: Words,
  sla: z.array(Words).min(1),
  charging: Words,
  process: Words,
  impact: Words,
  supporting: z.array(Words),
  availability: z.number().min(0).max(100),
  outcome: Words,
})
export type Sheet = z.output<typeof Sheet>

/** The 14 components of a Standar Pelayanan (S0, S1), in order; what the service itself says (times, products) is taken from it. */
export const ServiceStandard = z.strictObject({
  /** As the document's head names it: one standard may be for several services. */
  title: Words,
  legalBasis: z.array(Words).min(1),
  requirements: z.array(Words).min(1),
  procedure: z.array(Words).min(1),
  time: z.array(Words).min(1),
  cost: Words,
  products: z.array(Words).min(1),
  facilities: z.array(Words).min(1),
  competences: z.array(Words).min(1),
  supervision: z.array(Words).min(1),
  complaints: z.array(Words).min(1),
  executors: Words,
  guarantee: z.array(Words).min(1),
  safety: z.array(Words).min(1),
  evaluation: Words,
})
export type ServiceStandard = z.output<typeof ServiceStandard>

export const Service = z.strictObject({
  /** `colocation`, `dc-access`, `splp`. The file's name. */
  key: Key,
  /** Of the catalogue: SV1 …, for reference. */
  reference: z.string(),
  name: Words,
  summary: Words,
  /** Where it stands among the others on the page. */
  group: z.enum(['data-centre', 'application', 'data', 'network', 'communication', 'security', 'desk']),
  order: z.int().default(100),
  /** Who may ask: kinds of organisations; empty: everybody. */
  users: z.array(z.enum(['own', 'agency', 'district', 'other'])).default([]),
  products: z.array(Product).min(1),
  form: Form,
  papers: z.array(Paper).default([]),
  steps: z.array(Step).min(3),
  phases: z.array(Phase).default([]),
  /** Tickets a working day takes; more begin on the next day with room ("overload"). Null: no limit. */
  capacityPerDay: z.int().positive().nullable().default(null),
  minutes: Minutes.nullable().default(null),
  /** Keys of services to offer next. */
  related: z.array(Key).default([]),
  sheet: Sheet.nullable().default(null),
  standard: ServiceStandard.nullable().default(null),
  /** Asked when it is over; empty: none. */
  evaluation: z.array(Words).default([]),
})
export type Service = z.output<typeof Service>

/** A service as it stood when a ticket was filed: tickets stay on their version. */
export interface ServiceVersion {
  readonly key: string
  /** Counted from 1 for each service. */
  readonly version: number
  /** SHA-256 of its canonical JSON. */
  readonly hash: string
  readonly since: number
  readonly service: Service
}
