// A form as the steps one walks through: what is shown by what was answered, what is wrong and where, what is done. Pure.
import type { Answer, Answers, Condition, Field, FormMistake, GroupField, LeafField, Section, Words } from '../../../daemon/domain/form.ts'
import { check, conditionHolds } from '../../../daemon/domain/form-check.ts'
import type { Places } from '../../../daemon/domain/form-place.ts'
import type { Service } from '../../../daemon/domain/service.ts'
import { isAnswered, isMembers } from './answers.ts'

/** A requester does not see what officers fill in; an officer at the counter does. */
export type Side = 'requester' | 'officer'

export interface Filled {
  readonly service: Pick<Service, 'form' | 'products' | 'papers'>
  /** As typed. */
  readonly answers: Answers
  readonly products: readonly string[]
  readonly side: Side
  /** What officers wrote before: it stays. */
  readonly was: Answers
  /** Names by number; absent: not looked for. */
  readonly applications?: ReadonlyMap<number, string>
  /** Rooms to choose from; absent: not looked for. */
  readonly places?: Places
}

export interface Looked {
  /** In normal form, as the daemon keeps them; secrets pasted by mistake are not in it. */
  readonly clean: Answers
  /** All that would keep it from being handed in. */
  readonly mistakes: readonly FormMistake[]
}

/** Chosen products that there are; a service with one leaves nothing to choose. */
export const chosenOf = ({ products }: Pick<Service, 'products'>, chosen: readonly string[]): readonly string[] =>
  products.length === 1 ? products.map(({ key }) => key) : chosen.filter(key => products.some(product => product.key === key))

const NO_PRODUCT: Words = { id: 'Pilih paling sedikit satu layanan', en: 'Choose at least one service' }

/** Reads everything at once. */
export function look({ service, answers, products, side, was, applications, places }: Filled): Looked {
  const known = { ...(applications === undefined ? {} : { applications }), ...(places === undefined ? {} : { places }) }
  const chosen = chosenOf(service, products)
  const { answers: clean, mistakes: typed } = check(service.form, answers, side, { partial: true, products: chosen, was, ...known })
  const { mistakes } = check(service.form, answers, 'requester', { products: chosen, was: clean, ...known })
  const own = new Set(mistakes.map(({ path }) => path))
  const officers = side === 'officer' ? typed.filter(({ path }) => !own.has(path)) : []
  return { clean, mistakes: [...(chosen.length === 0 ? [{ path: 'products', reason: NO_PRODUCT }] : []), ...mistakes, ...officers] }
}

export type Scope = ReadonlyMap<string, Answer>
export const scopeOf = (answers: Answers): Scope => new Map(Object.entries(answers))

interface Shown {
  readonly side: Side
  readonly products: readonly string[]
  /** Answers of the same group first, then of the form. */
  readonly scopes: readonly Scope[]
}

/** Whether this side sees the field now. */
export function isShown(field: Field | LeafField, { side, products, scopes }: Shown): boolean {
  if (!conditionHolds(field.when, scopes, products)) return false
  if (side === 'officer') return true
  return field.type === 'group' ? field.fields.some(leaf => leaf.filledBy === 'requester') : field.filledBy === 'requester'
}

/** Fields of a section that are there to be filled in, in the order of the form. */
function fieldsShown(section: { readonly when?: Condition | undefined; readonly fields: readonly Field[] }, shown: Shown): readonly Field[] {
  return conditionHolds(section.when, shown.scopes, shown.products) ? section.fields.filter(field => isShown(field, shown)) : []
}

export interface FormStep {
  /** In the address: `products`, the section's key, `papers`, `send`. */
  readonly key: string
  readonly kind: 'products' | 'section' | 'papers' | 'send'
  readonly title: Words | null
  readonly section: Section | null
  readonly fields: readonly Field[]
  readonly mistakes: readonly FormMistake[]
  /** Nothing is missing and something was answered. */
  readonly complete: boolean
}

const topOf = (path: string): string => path.split('.')[0] ?? path

/** The steps of a request, each with what is wrong in it. `papers`: keys of those that were brought. */
export function stepsOf({ service, answers, products, side }: Filled, { clean, mistakes }: Looked, papers: ReadonlySet<string>): readonly FormStep[] {
  const shown: Shown = { side, products: chosenOf(service, products), scopes: [scopeOf(clean)] }
  const sections = service.form.sections.flatMap((section): FormStep[] => {
    const fields = fieldsShown(section, shown)
    if (fields.length === 0) return []
    const keys = new Set(fields.map(({ key }) => key))
    const own = mistakes.filter(({ path }) => keys.has(topOf(path)))
    const answered = fields.some(({ key }) => isAnswered(answers[key]))
    return [{ key: section.key, kind: 'section', title: section.title, section, fields, mistakes: own, complete: own.length === 0 && answered }]
  })
  const plain = (kind: 'products' | 'papers' | 'send', complete: boolean): FormStep => ({
    key: kind,
    kind,
    title: null,
    section: null,
    fields: [],
    mistakes: mistakes.filter(({ path }) => path === kind),
    complete,
  })
  const required = service.papers.filter(paper => paper.required)
  return [
    ...(service.products.length > 1 ? [plain('products', shown.products.length > 0)] : []),
    ...sections,
    plain('papers', required.every(({ key }) => papers.has(key)) && papers.size > 0),
    plain('send', false),
  ]
}

/** Mistakes of one field: its own, and of its values where it takes several. */
export const mistakesAt = (mistakes: readonly FormMistake[], field: Field | LeafField, path: string): readonly FormMistake[] =>
  mistakes.filter(one => one.path === path || (field.type !== 'group' && one.path.startsWith(`${path}.`)))

/** Rows that are drawn: one to begin with where at least one is asked for. */
export const rowsShown = (field: GroupField, rows: readonly Answers[]): readonly Answers[] =>
  rows.length > 0 || (field.repeat?.min === 0 && !field.required) ? rows : [{}]

/** What a field is called in a list of mistakes: "Perangkat 2, Berat". */
export function nameOf(fields: readonly Field[], path: string, language: 'id' | 'en'): string {
  const names: string[] = []
  let inside: readonly Field[] = fields
  for (const part of path.split('.')) {
    const field = inside.find(one => one.key === part)
    if (field !== undefined) {
      names.push(field.label[language])
      inside = field.type === 'group' ? field.fields : []
    } else if (/^\d+$/.test(part) && names.length > 0) names.push(`${names.pop() ?? ''} ${Number(part) + 1}`)
  }
  return names.join(', ')
}

/** Whether a row has anything typed in it: then taking it away can be undone. */
export const isRowFilled = (row: Answers): boolean => isMembers(row) && isAnswered(row)
