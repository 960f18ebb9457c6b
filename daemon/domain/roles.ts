// The roles, apart from the people who hold them: the pages ask the policy too, and need no schemas for it.

/** Who may do what is decided by roles; a person may hold several. */
export const ROLES = ['noc', 'officer', 'approver', 'requester', 'auditor', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Those who serve the whole house; a requester is bound to organisations. */
export const STAFF: ReadonlySet<Role> = new Set(['noc', 'officer', 'approver', 'auditor', 'admin'])

/** Echelons as the civil service counts them; I is the highest. `none`: functional and other staff. */
export const ECHELONS = ['I', 'II', 'III', 'IV', 'none'] as const
export type Echelon = (typeof ECHELONS)[number]

/** Whether `held` is at least as high as `wanted` ("minimal eselon III"). */
export const echelonReaches = (held: Echelon, wanted: Echelon): boolean => ECHELONS.indexOf(held) <= ECHELONS.indexOf(wanted)
