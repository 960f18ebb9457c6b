// A profile with its parts: what it says itself comes first and counts.
import type { Found } from '../../daemon/domain/explain.ts'
import type { Profile } from '../../daemon/domain/profile.ts'

export type Composed = { readonly ok: true; readonly value: Profile } | { readonly ok: false; readonly found: Found }

/** `find` gives a part by its file's name, null when it is not there or broken. Fails on such a part, and on parts that go in circles. */
export function compose(profile: Profile, find: (name: string) => Profile | null, above: readonly string[] = []): Composed {
  let whole = profile
  for (const [k, name] of profile.extends.entries()) {
    const refuse = (reason: string, remedy: string): Composed => ({
      ok: false,
      found: { path: above.length > 0 ? ['extends'] : ['extends', k], reason, remedy },
    })
    if (above.includes(name) || name === profile.name) return refuse(`goes in circles through "${name}"`, 'Remove one of the names of the circle.')
    const part = find(name)
    if (part === null)
      return refuse(`"${name}" is not there or is broken`, 'Name a profile of this shelf, without the ending of its file, that is in order.')
    const composed = compose(part, find, [...above, profile.name])
    if (!composed.ok) return composed
    const { value } = composed
    whole = {
      ...whole,
      states: { ...value.states, ...whole.states },
      points: [...whole.points, ...value.points],
      tables: [...whole.tables, ...value.tables],
      provides: [...new Set([...whole.provides, ...value.provides])],
      identity: {
        vendor: [...(whole.identity.vendor ?? []), ...(value.identity.vendor ?? [])],
        model: [...(whole.identity.model ?? []), ...(value.identity.model ?? [])],
        serial: [...(whole.identity.serial ?? []), ...(value.identity.serial ?? [])],
        firmware: [...(whole.identity.firmware ?? []), ...(value.identity.firmware ?? [])],
      },
    }
  }
  return { ok: true, value: whole }
}
