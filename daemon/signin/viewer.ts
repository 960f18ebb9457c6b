// Who somebody is at a moment: worked out from the offices that hold then, never kept.
import type { Instant } from '../domain/call.ts'
import { holds, type Office, type Person, type Viewer } from '../domain/people.ts'
import type { Scope } from '../domain/policy.ts'
import type { Role } from '../domain/roles.ts'
import type { SecondFactor } from '../domain/signin.ts'

export interface Known {
  readonly account: { readonly id: number; readonly mustChange: boolean }
  readonly person: Person
  readonly offices: readonly Office[]
  /** Has an authenticator or a passkey. */
  readonly secondFactor: boolean
}

export interface Brought {
  readonly via: 'session' | 'token'
  readonly scopes: readonly Scope[] | null
  readonly provenAt: Instant
  readonly session?: number
  readonly token?: string
}

/** Who can change or decide something for others proves it twice. */
const MUST_PROVE_TWICE: ReadonlySet<Role> = new Set(['officer', 'approver', 'admin'])

export function viewerAt({ account, person, offices, secondFactor }: Known, brought: Brought, demanded: SecondFactor, at: Instant): Viewer {
  const now = offices.filter(office => holds(office, at))
  const roles = [...new Set(now.map(({ role }) => role))]
  const factorMissing = demanded === 'required' && !secondFactor && roles.some(role => MUST_PROVE_TWICE.has(role))
  return {
    account: account.id,
    person: person.id,
    name: person.name,
    roles,
    organisations: [...new Set(now.flatMap(({ role, organisation }) => (role === 'requester' && organisation !== null ? [organisation] : [])))],
    positions: [...new Set(now.flatMap(({ position }) => (position === null ? [] : [position])))],
    ...brought,
    // A token was made by somebody who had done both.
    pending: brought.via === 'token' ? null : account.mustChange ? 'password' : factorMissing ? 'secondFactor' : null,
  }
}

/** The next instant at which an office begins or ends; Infinity when none does. `until` is still held. */
export const changesAt = (offices: readonly Office[], at: Instant): Instant =>
  Math.min(
    ...offices.flatMap(({ from, until }) => [from ?? Infinity, until === null ? Infinity : until + 1]).filter(instant => instant > at),
    Infinity,
  )
