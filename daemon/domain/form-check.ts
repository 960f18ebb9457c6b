// Reads what a person filled in against a form: everything that is wrong at once, and the answers in one normal form. Runs in the browser too.
import type { Answer, Answers, Condition, Field, FileKind, Form, FormMistake, GroupField, LeafField, Words } from './form.ts'
import { sameName } from './form-application.ts'
import { type Places, readPlace } from './form-place.ts'
import { readTerms } from './form-terms.ts'
import { readValue } from './form-values.ts'
import * as say from './form-words.ts'
import { ECHELONS, echelonReaches } from './roles.ts'

export interface CheckOptions {
  /** A draft: what is missing is no mistake yet. */
  readonly partial?: boolean
  /** Products the ticket asks for; absent: as if all of them. */
  readonly products?: readonly string[]
  /** What was answered before: a requester's form keeps what officers wrote in it. */
  readonly was?: Answers
  /** Attachments there are, by their number, and what each is; absent: files are not looked for. */
  readonly files?: ReadonlyMap<number, FileKind>
  /** Applications of the organisation that asks, by their number; absent: they are not looked for. */
  readonly applications?: ReadonlyMap<number, string>
  /** What of the site may be asked for; absent: it is not looked for. */
  readonly places?: Places
  /** Local date and time at which terms are agreed to from now on; absent: as the answers say. */
  readonly now?: string
}

export interface Checked {
  readonly mistakes: readonly FormMistake[]
  /** Of the form's own fields only, cleaned; what is wrong is kept as typed. Checked again they stay the same. */
  readonly answers: Answers
}

/** Lines of a field that takes many, and attachments of one that takes files. */
const MOST_LINES = 64
const MOST_FILES = 20
/** Of an application in the register, in characters. */
const SHORTEST_NAME = 2

type Scope = ReadonlyMap<string, Answer>

/** Whether what depends on `condition` is shown. `scopes`: answers of the same group first, then of the form. */
export function conditionHolds(condition: Condition | undefined, scopes: readonly Scope[], products?: readonly string[]): boolean {
  if (condition === undefined) return true
  const { field, in: values } = condition
  if (field === 'products') return products === undefined || values === undefined || products.some(key => values.includes(key))
  const value = scopes.find(scope => scope.has(field))?.get(field)
  if (value === undefined || value === null) return false
  if (values === undefined) return true
  return [value].flat().some(one => (values as readonly unknown[]).includes(one))
}

/** Never throws, whatever `given` is. Answers of hidden fields are dropped; those of officers are only an officer's to give. */
export function check(
  form: Form,
  given: unknown,
  who: 'requester' | 'officer',
  { partial = false, products, was = {}, files, applications, places, now }: CheckOptions = {},
): Checked {
  const mistakes: FormMistake[] = []
  const wrong = (path: string, reasons: readonly Words[]) => void mistakes.push(...reasons.map(reason => ({ path, reason })))
  const answers = new Map<string, Answer>()
  const sent = membersOf(given)
  const kept = membersOf(was)

  const holds = (condition: Condition | undefined, scopes: readonly Scope[]) => conditionHolds(condition, scopes, products)

  const readLeaf = (field: LeafField, raw: unknown, path: string): ReturnType<typeof readValue> => {
    if (field.type === 'files') return readFiles(field, raw, files)
    if (field.type === 'application') return readApplication(field, raw, applications)
    if (field.type === 'terms') return readTerms(field, raw, memberOf(kept, field.key), now)
    if (field.type === 'place' && !several(field))
      return readPlace(field, raw, field.within === undefined ? undefined : answers.get(field.within), places)
    return several(field) ? readMany(field, raw, path, wrong) : readValue(field, raw)
  }

  const leaf = (field: LeafField, raw: unknown, path: string): Answer | undefined => {
    const read = readLeaf(field, raw, path)
    wrong(path, read.reasons)
    if (read.value === undefined && read.reasons.length === 0 && field.required && !partial)
      wrong(path, [field.type === 'present' ? say.unticked(field) : field.type === 'terms' ? say.notAgreed(field) : say.missing(field)])
    return read.value
  }

  const inside = (group: GroupField, raw: unknown, path: string, before: unknown): Answer | undefined => {
    const [from, earlier] = [membersOf(raw), membersOf(before)]
    const own = new Map<string, Answer>()
    // A group that need not be answered and was not is silent about what it lacks.
    const empty = !group.required && group.fields.every(field => isEmpty(memberOf(from, field.key)))
    for (const field of group.fields) {
      if (!holds(field.when, [own, answers])) continue
      const mine = who === 'officer' || field.filledBy === 'requester'
      if (mine && empty) continue
      const value = mine ? leaf(field, memberOf(from, field.key), `${path}.${field.key}`) : keptValue(field, memberOf(earlier, field.key))
      if (value !== undefined) own.set(field.key, value)
    }
    return own.size === 0 ? undefined : Object.fromEntries(own)
  }

  const group = (field: GroupField, raw: unknown, before: unknown): Answer | undefined => {
    if (field.repeat === undefined) return inside(field, raw, field.key, before)
    const { min, max } = field.repeat
    if (raw !== undefined && raw !== null && !Array.isArray(raw)) wrong(field.key, [say.wrongShape(field)])
    const items: readonly unknown[] = Array.isArray(raw) ? raw : []
    const earlier = Array.isArray(before) ? before : []
    if (items.length > max) wrong(field.key, [say.tooMany(items.length, max)])
    const least = field.required ? Math.max(1, min) : min
    if (items.length < least && !partial) wrong(field.key, [items.length === 0 ? say.missing(field) : say.tooFew(least)])
    const rows = items.slice(0, max).map((item, i) => inside(field, item, `${field.key}.${i}`, earlier[i]) ?? {})
    return rows.length === 0 ? undefined : rows
  }

  for (const section of form.sections) {
    if (!holds(section.when, [answers])) continue
    for (const field of section.fields) {
      if (!holds(field.when, [answers])) continue
      const mine = who === 'officer' || field.filledBy === 'requester'
      const [now, before] = [memberOf(sent, field.key), memberOf(kept, field.key)]
      const value = answerOf(field, mine, now, before)
      if (value !== undefined) answers.set(field.key, value)
    }
  }
  function answerOf(field: Field, mine: boolean, now: unknown, before: unknown): Answer | undefined {
    if (field.type === 'group') return mine ? group(field, now, before) : undefined
    return mine ? leaf(field, now, field.key) : keptValue(field, before)
  }

  checkSigner(form, answers, wrong)
  return { mistakes, answers: Object.fromEntries(answers) }
}

const several = (field: LeafField): boolean => field.many || field.type === 'choices'

/** What an officer wrote stands when a requester changes his own; it was checked when it was written. */
const keptValue = (field: LeafField, before: unknown): Answer | undefined =>
  field.type === 'files'
    ? readFiles(field, before).value
    : field.type === 'application'
      ? readApplication(field, before).value
      : field.type === 'terms'
        ? readTerms(field, before, before, undefined).value
        : several(field)
          ? readMany(field, before, '', () => undefined).value
          : readValue(field, before).value

function readMany(
  field: LeafField,
  raw: unknown,
  path: string,
  wrong: (path: string, reasons: readonly Words[]) => void,
): ReturnType<typeof readValue> {
  if (raw === undefined || raw === null) return { value: undefined, reasons: [] }
  const given: readonly unknown[] = Array.isArray(raw)
    ? raw
    : typeof raw === 'string' && field.type !== 'choices'
      ? raw.split(/\r?\n/, MOST_LINES + 1)
      : [raw]
  const values: Answer[] = []
  for (const one of given.slice(0, MOST_LINES)) {
    const read = readValue(field, one)
    const here = `${path}.${values.length}`
    wrong(here, read.reasons)
    if (read.value === undefined) continue
    if (read.reasons.length === 0 && values.includes(read.value)) wrong(here, [say.twice(String(read.value))])
    values.push(read.value)
  }
  const reasons = given.length > MOST_LINES ? [say.tooMany(given.length, MOST_LINES)] : []
  return { value: values.length === 0 ? undefined : values, reasons }
}

/** Attachments by their number; `files`: those that the desk has of this request. */
function readFiles(field: LeafField, raw: unknown, files?: CheckOptions['files']): ReturnType<typeof readValue> {
  if (raw === undefined || raw === null) return { value: undefined, reasons: [] }
  if (!Array.isArray(raw)) return { value: undefined, reasons: [say.wrongShape(field)] }
  const given: readonly unknown[] = raw
  const ids = [...new Set(given.filter(id => typeof id === 'number').filter(id => Number.isSafeInteger(id) && id > 0))]
  const reasons = [
    ...(given.some(id => typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0) ? [say.wrongShape(field)] : []),
    ...(ids.length > MOST_FILES ? [say.tooMany(ids.length, MOST_FILES)] : []),
    ...(files === undefined ? [] : wrongFiles(field, ids, files)),
  ]
  return { value: ids.length === 0 ? undefined : ids.slice(0, MOST_FILES), reasons }
}

function wrongFiles({ accept }: LeafField, ids: readonly number[], files: ReadonlyMap<number, FileKind>): Words[] {
  const kinds = ids.map(id => files.get(id))
  return [
    ...(kinds.includes(undefined) ? [say.noSuchFile()] : []),
    ...(accept !== undefined && kinds.some(kind => kind !== undefined && !accept.includes(kind)) ? [say.otherFile(accept)] : []),
  ]
}

/** By its number, or by a name: one that is in the register is its number. What is gone from the register since stays as it was answered. */
function readApplication(field: LeafField, raw: unknown, known?: CheckOptions['applications']): ReturnType<typeof readValue> {
  if (raw !== null && typeof raw === 'object') {
    const { id, name } = membersOf(raw) as { readonly id?: unknown; readonly name?: unknown }
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0) return { value: undefined, reasons: [say.wrongShape(field)] }
    const called = readValue({ ...field, type: 'text' }, known?.get(id) ?? (typeof name === 'string' ? name : '')).value
    const value = { id, name: typeof called === 'string' ? called : '' }
    return { value, reasons: known === undefined || known.has(id) ? [] : [say.otherApplication(value.name)] }
  }
  const read = readValue({ ...field, type: 'text' }, raw)
  if (typeof read.value !== 'string' || read.reasons.length > 0) return read
  if (field.creates === true && read.value.length < SHORTEST_NAME) return { value: read.value, reasons: [say.tooShort(SHORTEST_NAME)] }
  if (known === undefined) return read
  const wanted = sameName(read.value)
  const found = [...known].find(([, name]) => sameName(name) === wanted)
  if (found !== undefined) return { value: { id: found[0], name: found[1] }, reasons: [] }
  return field.other || field.creates === true ? read : { value: read.value, reasons: [say.unregistered(read.value)] }
}

/** Who signs must be of the rank the form asks for. */
function checkSigner({ signer }: Form, answers: Scope, wrong: (path: string, reasons: readonly Words[]) => void): void {
  const held = memberOf(membersOf(answers.get('signer')), 'echelon')
  if (signer.echelon === null || held === undefined) return
  const known = ECHELONS.find(one => one === held)
  if (known !== undefined && !echelonReaches(known, signer.echelon)) wrong('signer.echelon', [say.tooLow(signer.echelon)])
}

type Members = Readonly<Record<string, unknown>>

const membersOf = (value: unknown): Members => (value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Members) : {})

const memberOf = (members: Members, key: string): unknown => (Object.hasOwn(members, key) ? members[key] : undefined)

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)
