// A profile: what is known of one make of device, as data. The words of the files in collectors/profiles and of a site's own.
import { z } from 'zod'
import { KINDS } from './device.ts'
import { QUANTITIES, UNITS_IN } from './quantity.ts'
import { MEANINGS, NORMALS, type State } from './state.ts'

/** Numeric OID; a leading dot makes it relative to the profile's `root`. */
const Oid = z.string().regex(/^\.?\d+(\.\d+)*$/, 'write an OID as numbers with dots; a leading dot means "below root"')

/** A regular expression, kept as text: profiles are plain data. `/…/i` ignores case. */
const Pattern = z.string().superRefine((text, context) => {
  try {
    patternOf(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: `no regular expression: ${error instanceof Error ? error.message : String(error)}` })
  }
})

/** The expression a Pattern stands for. Throws SyntaxError; the schema has tried it before. */
export function patternOf(text: string): RegExp {
  const slashed = /^\/(.*)\/(i?)$/s.exec(text)
  return slashed ? new RegExp(slashed[1] ?? '', slashed[2]) : new RegExp(text)
}

const Label = z.union([z.string().min(1), z.strictObject({ en: z.string().min(1), id: z.string().min(1).optional() })])

/**
 * How a row finds its row in another table: the same index; some parts of its index (counted from 1, from -1 at the end);
 * or the number a column holds.
 */
const By = z.union([z.int(), z.array(z.int()).min(1), z.strictObject({ column: z.int().min(0), join: Oid.optional() })])
export type By = z.infer<typeof By>

const place = {
  /** A scalar, with its instance (`….0`). */
  oid: Oid.optional(),
  /** A column of this table, or of the one named by `join` (its entry's OID). */
  column: z.int().min(0).optional(),
  join: Oid.optional(),
  by: By.optional(),
  /** The MIB's name of the object; for people. */
  object: z.string().optional(),
}

/** Where a number or text of the device stands. */
const Ref = z.strictObject(place)
export type Ref = z.infer<typeof Ref>

/** A row or point is taken only if all its conditions hold; one on a variable the device lacks fails, unless `missing: true`. */
const Condition = z.strictObject({
  ...place,
  /** A part of the row's index, from 1 (or -1 from the end), in place of a variable. */
  index: z.int().optional(),
  in: z.array(z.union([z.number(), z.string()])).optional(),
  not: z.array(z.union([z.number(), z.string()])).optional(),
  match: Pattern.optional(),
  noMatch: Pattern.optional(),
  /** Set in a BITS string (bit 0 is the first, RFC 2578) or an integer (bit 0 is the least). */
  bit: z.int().min(0).optional(),
  missing: z.boolean().default(false),
})
export type Condition = z.infer<typeof Condition>

/** Where a name of an instance comes from; the first source with a text wins. */
const NameSource = z.strictObject({
  ...place,
  index: z.int().optional(),
  /** The whole index, its parts joined by dashes. */
  whole: z.literal(true).optional(),
  /** The octets of a variable-length part of the index (RFC 2578 7.7), as text: where its length stands, from 1. */
  indexText: z.int().min(1).optional(),
  text: z.string().optional(),
  /** Only if it matches; the first group, if there is one, is taken. */
  match: Pattern.optional(),
  map: z.record(z.string(), z.string()).optional(),
  /** Texts that count as none. */
  omit: z.array(z.string()).optional(),
  /** `{}` is the text. */
  format: z.string().optional(),
  keepCase: z.boolean().default(false),
})
export type NameSource = z.infer<typeof NameSource>

/** `name normal [meaning]`, as in `onBattery warning onBattery`. */
const StateText = z.string().transform((text, context): Omit<State, 'value'> => {
  const words = text.trim().split(/\s+/)
  const [name = '', normal = '', meaning] = words
  const issue = (message: string) => context.addIssue({ code: 'custom', message })
  if (words.length < 2 || words.length > 3) issue('write a state as "name normal" or "name normal meaning"')
  else if (!NORMALS.some(one => one === normal)) issue(`"${normal}" is no normal form; use one of ${NORMALS.join(', ')}`)
  else if (meaning !== undefined && !MEANINGS.some(one => one === meaning)) issue(`"${meaning}" is no meaning; use one of ${MEANINGS.join(', ')}`)
  return { name, normal: NORMALS.find(one => one === normal) ?? 'unknown', meaning: MEANINGS.find(one => one === meaning) ?? null }
})
const States = z.record(z.string().regex(/^-?\d+$/, 'the value of a state is an integer'), StateText)

const seconds = z.number().min(0).default(0)
const Rule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['above', 'below']),
    limit: z.number(),
    hysteresis: z.number().min(0).default(0),
    delay: seconds,
    severity: z.enum(['warning', 'critical']),
  }),
  z.strictObject({ kind: z.literal('limits'), hysteresis: z.number().min(0).default(0), delay: seconds }),
  z.strictObject({ kind: z.literal('state'), delay: seconds }),
])

/** A limit: a number in the canonical unit, or the device's own variable, scaled as the point unless it says otherwise. */
const Limit = z.union([
  z.number(),
  z.strictObject({
    ...place,
    scale: z.number().optional(),
    absent: z.array(z.number()).optional(),
    when: z.array(Condition).optional(),
    /** The joined table has several rows below this row's index: the first that meets these conditions is meant. */
    among: z.array(Condition).optional(),
  }),
])
export type LimitSpec = z.infer<typeof Limit>

const measure = {
  /** `{…}` stands for a name of the instance. */
  key: z.string().regex(/^[A-Za-z0-9{][A-Za-z0-9{}._/:-]*$/, 'keys are dotted paths, e.g. battery.charge or outlet.{name}.current'),
  label: Label,
  quantity: z.enum(QUANTITIES as readonly [(typeof QUANTITIES)[number], ...(typeof QUANTITIES)[number][]]),
  /** Unit the device reports in; the canonical one when left out. */
  unit: z
    .string()
    .refine(unit => unit in UNITS_IN, { message: `not a unit we know; use one of ${Object.keys(UNITS_IN).join(', ')}` })
    .optional(),
  scale: z.number().default(1),
  offset: z.number().default(0),
  /** Value = raw × 10^exponent. */
  exponent: Ref.optional(),
  /** Value = raw / 10^digits. */
  digits: Ref.optional(),
  factor: Ref.optional(),
  divisor: Ref.optional(),
  /** EntitySensorDataScale and precision (RFC 3433; Cisco's copy has the same). */
  sensorScale: z.strictObject({ scale: Ref, precision: Ref }).optional(),
  /** Raw values that mean "no value", besides those no device means as a reading. */
  absent: z.array(z.number()).default([]),
  /** Canonical values outside are "no value". */
  range: z.tuple([z.number(), z.number()]).optional(),
  counter: z.union([z.literal(32), z.literal(64)]).optional(),
  decoder: z.string().optional(),
  /** Only these bits of the raw value; given as a number (0x0c). */
  bits: z.int().positive().optional(),
  /** The device answers in words: word → value. */
  words: z.record(z.string(), z.number()).optional(),
  states: z.union([z.string(), States]).optional(),
  limits: z
    .strictObject({ lowCritical: Limit.optional(), lowWarning: Limit.optional(), highWarning: Limit.optional(), highCritical: Limit.optional() })
    .optional(),
  /** Empty: no alarm of its own. Left out: the usual ones (states, limits). */
  alarms: z.array(Rule).optional(),
  cadence: z.enum(['fast', 'normal', 'slow']).optional(),
  where: z.array(Condition).default([]),
  /** Keys of lower profiles' points that measure the same physical thing as this one; `*` stands for anything. */
  displaces: z.array(z.string()).default([]),
}

const ScalarPoint = z.strictObject({ ...measure, object: z.string().optional(), oid: Oid })
const ColumnPoint = z.strictObject({ ...measure, object: z.string().optional(), column: z.int().min(0), join: Oid.optional(), by: By.optional() })
export type ScalarPoint = z.infer<typeof ScalarPoint>
export type ColumnPoint = z.infer<typeof ColumnPoint>

const Table = z.strictObject({
  name: z.string(),
  /** OID of the entry; columns follow it. */
  entry: Oid,
  /** `{name}` and `{label}` of keys and labels; more under `vars`. Left out: the index. */
  names: z.array(NameSource).optional(),
  vars: z.record(z.string(), z.array(NameSource)).default({}),
  /** Parts of the index (from 1) that make the thing, where several rows measure one: names are given to things. */
  thing: z.array(z.int()).min(1).optional(),
  where: z.array(Condition).default([]),
  cadence: z.enum(['fast', 'normal', 'slow']).optional(),
  points: z.array(ColumnPoint).min(1),
})
export type Table = z.infer<typeof Table>

/** Where identity comes from: a variable, sysDescr by pattern, or a fixed text; the first with a text wins. */
const IdentitySource = z.strictObject({
  oid: Oid.optional(),
  object: z.string().optional(),
  /** First group (or the whole match) in sysDescr. */
  sysDescr: Pattern.optional(),
  /** The first row of a column that passes. */
  column: Oid.optional(),
  match: Pattern.optional(),
  text: z.string().optional(),
  map: z.record(z.string(), z.string()).optional(),
})
export type IdentitySource = z.infer<typeof IdentitySource>

/** All of one entry must hold; one entry is enough. */
const Match = z.strictObject({
  sysObjectID: Oid.optional(),
  sysDescr: Pattern.optional(),
  notSysDescr: Pattern.optional(),
  /** Something answers below this OID. */
  exists: Oid.optional(),
})
export type Match = z.infer<typeof Match>

export const ProfileFile = z.strictObject({
  title: z.string().min(1),
  /** What the device is; standard MIBs leave it to others. */
  kind: z.union([z.enum(KINDS), z.strictObject({ from: z.array(IdentitySource), else: z.enum(KINDS) })]).optional(),
  vendor: z.string().optional(),
  /** Of two profiles with a point of the same key the higher one's counts. Standard MIBs 10, a vendor's 50 and more. */
  priority: z.int().min(0).max(100),
  match: z.array(Match).default([]),
  /** Parts that are shared by several files: their tables, points, states and identity come in after the own ones. */
  extends: z.array(z.string()).default([]),
  root: Oid.optional(),
  provides: z.array(z.enum(['interfaces', 'neighbours'])).default([]),
  identity: z
    .strictObject({
      vendor: z.array(IdentitySource).optional(),
      model: z.array(IdentitySource).optional(),
      serial: z.array(IdentitySource).optional(),
      firmware: z.array(IdentitySource).optional(),
    })
    .default({}),
  states: z.record(z.string(), States).default({}),
  points: z.array(ScalarPoint).default([]),
  tables: z.array(Table).default([]),
  /** What it was proven with: recordings, a simulator, a device. */
  proof: z.array(z.string()).min(1, 'say what it was proven with: a recording, a simulator, a real device'),
})
export type ProfileFile = z.infer<typeof ProfileFile>

/** A profile ready for use: named, composed, its OIDs absolute. */
export interface Profile extends ProfileFile {
  /** The file's name without its ending. */
  readonly name: string
}
