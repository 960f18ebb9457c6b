// The agency that runs the desk: its name, address, channels and chairs, as its papers and the catalogue's texts need them.
import { z } from 'zod'
import { Words } from './form.ts'

const Line = z.string().trim().min(1).max(300)

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
  letterhead: z.strictObject({
    above: Line,
    /** In larger type. */
    name: Line,
    address: z.array(Line).max(4),
    /** An image beside this file; null: none. */
    logo: z.string().min(1).nullable(),
  }),
  /** Whom the steps of the procedures speak of; the first is the head of the agency. `column`: as the heads of SOP tables name them. */
  chairs: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.strictObject({ title: Words, column: Words })),
})
export type Agency = z.output<typeof Agency>

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
