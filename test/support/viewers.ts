// People to ask as, one of each role.
import { ROLES, type Role, type Viewer } from '../../daemon/domain/people.ts'

export const viewer = (role: Role, given: Partial<Viewer> = {}): Viewer => ({
  account: ROLES.indexOf(role) + 1,
  person: ROLES.indexOf(role) + 1,
  name: role,
  roles: [role],
  organisations: role === 'requester' ? [7] : [],
  positions: [],
  via: 'session',
  scopes: null,
  pending: null,
  provenAt: 0,
  ...given,
})

/** Everything is allowed to this one: for tests that are about something else. */
export const ANYBODY: Viewer = viewer('admin', { roles: ROLES.filter(role => role !== 'requester') })
export const asAnybody = async (): Promise<Viewer> => ANYBODY
