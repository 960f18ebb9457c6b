// Fills the agency's own words into texts of the catalogue: `{agency.name}` and its like. Other braces are for those who print.
import { AGENCY_NAMES, type Agency, type AgencyName } from '../domain/agency.ts'
import type { Found } from '../domain/explain.ts'
import { nearest } from '../domain/nearest.ts'

const isName = (name: string): name is AgencyName => (AGENCY_NAMES as readonly string[]).includes(name)

/** A name the agency does not have is a mistake and stays as it stands. */
export function fillAgency(value: unknown, agency: Agency): { readonly value: unknown; readonly found: readonly Found[] } {
  const found: Found[] = []
  const fill = (given: unknown, path: Found['path']): unknown => {
    if (typeof given === 'string')
      return given.replaceAll(/\{agency\.([a-zA-Z]*)\}/g, (whole, name: string) => {
        if (isName(name)) return agency[name]
        const meant = nearest(name, AGENCY_NAMES)
        found.push({
          path,
          reason: `the agency has no "${name}"`,
          remedy: meant === null ? `Use one of: ${AGENCY_NAMES.join(', ')}.` : `Write {agency.${meant}}.`,
        })
        return whole
      })
    if (Array.isArray(given)) return given.map((item, index) => fill(item, [...path, index]))
    if (given === null || typeof given !== 'object') return given
    return Object.fromEntries(Object.entries(given).map(([key, member]) => [key, fill(member, [...path, key])]))
  }
  return { value: fill(value, []), found }
}
