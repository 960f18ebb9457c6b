// The agency that runs the desk: its name, address, channels and chairs, as its papers and the catalogue's texts need them.
import { z } from 'zod'
import { Words } from './form.ts'

const Line = z.string().trim().min(1).max(300)

/** At least three years: the internal audit of the agency looks back two (S3 K.4). */
const Kept = z.union([z.literal('permanent'), z.int().min(3, 'at least 3: audits look back two years').max(100)])

export const Agency = z.strictObject({
  /** In full, as it stands on paper. */
  name: Line,
  /** Without the region. */
  short: Line,
  /** In document numbers: DISKOMINFO. */
  code: z.string().regex(/^[A-Z0-9-]{2,30}$/, 'capitals, digits and hyphens'),
  /** As people say it: Diskominfo. */
  acronym: Line,
  government: Line,
  region: Line,
  /** The region with its short prefix, as some documents write it. */
  regionShort: Line,
  /** The region's bare name. */
  area: Line,
  /** The bidang that answers for the desk. */
  division: Line,
  address: Line,
  /** Where papers are signed. */
  place: Line,
  phone: Line,
  fax: Line,
  web: Line,
  email: Line,
  /** The desk's own mailbox. */
  deskEmail: Line,
  chat: Line,
  chatbot: Line,
  portal: Line,
  /** Under which the organisations' names live. */
  domain: Line,
  dataPortal: Line,
  csirt: Line,
  csirtWeb: Line,
  /** Of letters that go out: `{no}` is the running number of the agenda book, `{code}` the agency's, `{year}`. */
  letterNumber: z.string().regex(/\{no\}/, 'it must hold {no}, the running number of the agenda book'),
  /** How long what a request left behind is kept after the year it was closed in: whole years, by service where one differs. */
  retention: z.strictObject({ years: Kept, services: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), Kept).default({}) }),
  letterhead: z.strictObject({
    above: Line,
    /** In larger type. */
    name: Line,
    address: z.array(Line).max(4),
    /** An image beside this file; null: none. */
    logo: z.string().min(1).nullable(),
  }),
  /** Whom the steps of the procedures speak of; the first is the head of the agency. */
  chairs: z.record(
    z.string().regex(/^[a-z][a-z0-9-]*$/),
    z.strictObject({
      title: Words,
      /** As the heads of SOP tables name them. */
      column: Words,
      /** As pages name them; missing: the title. */
      name: Words.optional(),
      /** In a line with others, a word; missing: the name. */
      short: Words.optional(),
    }),
  ),
})
export type Agency = z.output<typeof Agency>

/** What pages say of the agency: whom the steps speak of, and where its desk is reached. */
export interface AgencyView extends Pick<Agency, 'acronym' | 'deskEmail' | 'chat'> {
  readonly chairs: Readonly<Record<string, { readonly name: Words; readonly short: Words }>>
}

export const agencyView = ({ acronym, deskEmail, chat, chairs }: Agency): AgencyView => ({
  acronym,
  deskEmail,
  chat,
  chairs: Object.fromEntries(Object.entries(chairs).map(([key, { title, name = title, short = name }]) => [key, { name, short }] as const)),
})

/** What texts of the catalogue may name as `{agency.name}`; filled in when the catalogue is read. */
export const AGENCY_NAMES = [
  'name',
  'short',
  'code',
  'acronym',
  'government',
  'region',
  'regionShort',
  'area',
  'division',
  'address',
  'place',
  'phone',
  'fax',
  'web',
  'email',
  'deskEmail',
  'chat',
  'chatbot',
  'portal',
  'domain',
  'dataPortal',
  'csirt',
  'csirtWeb',
] as const satisfies readonly (keyof Agency)[]
export type AgencyName = (typeof AGENCY_NAMES)[number]
