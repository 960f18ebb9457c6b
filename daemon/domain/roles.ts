// The roles, apart from the people who hold them: the pages ask the policy too, and need no schemas for it.

/** Who may do what is decided by roles; a person may hold several. */
export const ROLES = ['noc', 'officer', 'approver', 'requester', 'auditor', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Those who serve the whole house; a requester is bound to organisations. */
export const STAFF: ReadonlySet<Role> = new Set(['noc', 'officer', 'approver', 'auditor', 'admin'])
