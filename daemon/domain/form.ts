// A form as data: sections of fields with help, validation, conditions, repeats and who fills them in.
import { z } from 'zod'

/** What an upload is, by its content. */
export const FILE_KINDS = ['pdf', 'image', 'office', 'text', 'archive'] as const
export type FileKind = (typeof FILE_KINDS)[number]

/** A text in the two languages of the pages. */
export const Words = z.strictObject({ id: z.string().min(1), en: z.string().min(1) })
export type Words = z.output<typeof Words>

const Key = z.string().regex(/^[a-z][a-zA-Z0-9]*$/, 'a key is a lower-case letter, then letters and digits')

const FIELD_TYPES = [
  'text',
  'paragraph',
  'number',
  'integer',
  'choice',
  'choices',
  'yesno',
  /** ☐ Ada ☐ Tidak ada */
  'present',
  'date',
  'time',
  'datetime',
  'email',
  'phone',
  'nip',
  'ip',
  'domain',
  'sshkey',
  /** One of the register, of the organisation that asks; or, with `other` or `creates`, a name that is not in it. */
  'application',
  /** A room or rack of the site, by its name. */
  'place',
  /** A text that is read and agreed to; the answer is its version and when. */
  'terms',
  /** One or more uploads; the answer is a list of attachment ids. */
  'files',
  /** Fields together, also repeated (a list of visitors, of devices). */
  'group',
] as const

/**
 * Holds when the answer at `field` (same level, else upwards) is one of `in`; `in` absent: when it has any answer.
 * The field stands before what depends on it. `products` means the products the ticket asks for.
 */
const Condition = z.strictObject({
  field: Key,
  in: z
    .array(z.union([z.string(), z.number(), z.boolean()]))
    .min(1)
    .optional(),
})
export type Condition = z.output<typeof Condition>

const leaf = {
  key: Key,
  label: Words,
  help: Words.optional(),
  required: z.boolean().default(true),
  /** `officer`: the document marks it with * "diisi oleh petugas". */
  filledBy: z.enum(['requester', 'officer']).default('requester'),
  when: Condition.optional(),
  /** Printed behind the value: W, kg, U, GB. */
  unit: z.string().max(20).optional(),
  /** Of numbers. */
  min: z.number().optional(),
  max: z.number().optional(),
  /** Of texts, in characters. */
  maxLength: z.int().positive().max(20_000).optional(),
  pattern: z.strictObject({ expression: z.string(), says: Words }).optional(),
  /** Of choices. `other`: the reader may write something else. */
  options: z
    .array(z.strictObject({ value: z.string().min(1), label: Words }))
    .min(1)
    .optional(),
  other: z.boolean().default(false),
  /** Of applications: a name that is not in the register is entered there once the desk has verified the request. */
  creates: z.boolean().optional(),
  /** Several values, one a line (IP addresses). */
  many: z.boolean().default(false),
  /** Of domains: also names of records that are no hosts, such as _dmarc.example.org and *.example.org. */
  records: z.boolean().optional(),
  /** Of places: which; racks may also be written. `within`: the choice above that says at which site. */
  of: z.enum(['room', 'rack']).optional(),
  within: Key.optional(),
  /** Of terms: what is agreed to, an empty line between paragraphs, and which version of it this is. */
  text: Words.optional(),
  version: z.string().min(1).max(40).optional(),
  /** Of files: what may be uploaded, by content. */
  accept: z.array(z.enum(FILE_KINDS)).min(1).optional(),
  /** Where the first value comes from: the person who asks. */
  from: z.enum(['name', 'nip', 'position', 'unit', 'address', 'mobile', 'extension', 'email', 'organisation']).optional(),
  /** Neighbours with the same one stand on one line behind it: "Nomor telepon : HP : … Internal : …". */
  row: Words.optional(),
}

const Leaf = z.strictObject({ ...leaf, type: z.enum(FIELD_TYPES).exclude(['group']) })
const Group = z.strictObject({
  key: Key,
  label: Words,
  help: Words.optional(),
  type: z.literal('group'),
  required: z.boolean().default(true),
  filledBy: z.enum(['requester', 'officer']).default('requester'),
  when: Condition.optional(),
  /** How many times; absent: once. */
  repeat: z.strictObject({ min: z.int().min(0), max: z.int().positive().max(200) }).optional(),
  fields: z.array(Leaf).min(1),
})
export const Field = z.discriminatedUnion('type', [Leaf, Group])
export type Field = z.output<typeof Field>
export type LeafField = z.output<typeof Leaf>
export type GroupField = z.output<typeof Group>

export const Section = z.strictObject({
  key: Key,
  title: Words,
  help: Words.optional(),
  /** Of all its fields. */
  when: Condition.optional(),
  fields: z.array(Field).min(1),
})
export type Section = z.output<typeof Section>

/** A letter that the answers fill in: `{key}` stands for the answer at that key (S4, Lampiran 1). */
const Letter = z.strictObject({
  /** Place and date. */
  head: Words,
  number: Words,
  attachments: Words,
  subject: Words,
  to: z.array(Words).min(1),
  body: z.array(Words).min(1),
  /** Position and name of who signs. */
  signer: z.array(Words).min(1),
  copies: Words.optional(),
  when: Condition.optional(),
})

export const Form = z.strictObject({
  title: Words,
  sections: z.array(Section).min(1),
  /** "Dengan menandatangani formulir ini, Saya menyatakan …" */
  statement: Words,
  /** Lowest echelon that may sign it; null: anybody. */
  signer: z.strictObject({ echelon: z.enum(['I', 'II', 'III', 'IV']).nullable(), wetStamp: z.boolean().default(false), label: Words }),
  /** At most one open ticket may have the same answer here ("satu formulir berlaku untuk satu aplikasi"). */
  unique: z.array(Key).default([]),
  /** Remarks below the form: "*) Satu formulir berlaku untuk satu aplikasi". */
  notes: z.array(Words).optional(),
  letter: Letter.optional(),
})
export type Form = z.output<typeof Form>

/** What a person filled in: by key; of a group an object, of a repeated group a list of objects, of `many`, `choices` and `files` a list. */
export type Answer = string | number | boolean | null | readonly Answer[] | { readonly [key: string]: Answer }
export type Answers = Readonly<Record<string, Answer>>

/** One mistake in an answer, at `path` such as `devices.0.weight`. */
export interface FormMistake {
  readonly path: string
  readonly reason: Words
}
