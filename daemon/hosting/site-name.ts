// The name of a website from its domain: the first label that says something, in the signs that hosts take; one that is taken gets a figure.
import { SiteName } from '../domain/safe.ts'

const LONGEST = 31
/** Labels that say nothing of whose it is. */
const EMPTY: ReadonlySet<string> = new Set(['www', 'web', 'site', 'portal', 'app', 'apps', 'staging', 'dev'])

const plain = (label: string): string =>
  label
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')

/** Null: nothing of the domain makes a name, or all up to the 999th are taken. */
export function siteNameFor(domain: string, taken: ReadonlySet<string>): SiteName | null {
  const labels = domain.split('.').map(plain)
  const telling = labels.find(label => label !== '' && !EMPTY.has(label)) ?? labels[0] ?? ''
  const begun = /^[a-z]/.test(telling) ? telling : `web-${telling}`
  const longer = [begun, `${begun}-web`, `web-${begun}`]
  const cut = (name: string, most: number) => name.slice(0, most).replaceAll(/-+$/g, '')
  const base = longer.map(name => cut(name, LONGEST)).find(name => SiteName.safeParse(name).success)
  if (base === undefined) return null
  for (let n = 1; n < 1000; n++) {
    const end = n === 1 ? '' : `-${n}`
    const name = SiteName.safeParse(`${cut(base, LONGEST - end.length)}${end}`)
    if (name.success && !taken.has(name.data)) return name.data
  }
  return null
}
