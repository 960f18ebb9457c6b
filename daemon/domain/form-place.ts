// The answer to a field that asks for a place of the site: its name, as it stands on the door.
import type { Answer, LeafField } from './form.ts'
import { sameName } from './form-application.ts'
import { readValue, type Value } from './form-values.ts'
import { noPlace } from './form-words.ts'

/** What may be asked for, by its names. */
export interface Places {
  readonly sites: readonly { readonly id: string; readonly kind: 'dc' | 'drc'; readonly name: string }[]
  readonly rooms: readonly { readonly name: string; readonly site: string }[]
  readonly racks: readonly { readonly name: string; readonly room: string; readonly site: string }[]
}

/** The site a form means by `dc` or `drc`: of that name, else the first of that kind. Undefined: there is none. */
export const siteMeant = <S extends { readonly id: string; readonly kind: string }>(sites: readonly S[], meant: unknown): S | undefined =>
  sites.find(one => one.id === meant) ?? sites.find(one => one.kind === meant)

/** Names to choose from; `within`: the answer that says at which site. */
export function namesOf(places: Places, { of }: Pick<LeafField, 'of'>, within: Answer | undefined): readonly string[] {
  const site = within === undefined ? undefined : siteMeant(places.sites, within)
  const all = of === 'rack' ? places.racks : places.rooms
  return [...new Set(all.filter(one => site === undefined || one.site === site.id).map(({ name }) => name))]
}

/**
 * A room is one of the site, in its own spelling; where there is none to choose, and of racks, what was written stands: it is none of an asker's
 * business which racks there are.
 */
export function readPlace(field: LeafField, raw: unknown, within: Answer | undefined, places: Places | undefined): Value {
  const read = readValue({ ...field, type: 'text' }, raw)
  if (typeof read.value !== 'string' || read.reasons.length > 0 || field.of !== 'room' || places === undefined) return read
  const names = namesOf(places, field, within)
  const typed = sameName(read.value)
  const found = names.find(name => sameName(name) === typed)
  if (found !== undefined) return { value: found, reasons: [] }
  return field.other || names.length === 0 ? read : { value: read.value, reasons: [noPlace(read.value, names)] }
}
