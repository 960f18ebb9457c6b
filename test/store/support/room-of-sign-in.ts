// The room of sign-in over real records, with hashes that cost nothing.
import { openSignInRoom } from '../../../daemon/signin/room.ts'
import type { Records } from '../../../daemon/store/records.ts'
import { NOON } from './must.ts'

export const signInOver = (records: Records) =>
  openSignInRoom({
    accounts: records.accounts,
    keys: records.keys,
    sessions: records.sessions,
    tokens: records.tokens,
    tries: records.tries,
    people: {
      person: id => records.people.persons.one(id),
      officesOf: records.people.officesOf,
      organisations: records.people.organisationsById,
      addOrganisation: value => records.people.organisations.add(value),
      addPerson: value => records.people.persons.add(value),
      addOffice: value => records.people.offices.add(value),
      own: async () => null,
    },
    audit: records.audit,
    clock: () => NOON,
    limits: { idle: 1e9, absolute: 1e9, wall: 1e9 },
    demanded: 'optional',
    control: 'of no use here',
    base: () => 'http://127.0.0.1',
    issuer: 'Suar',
    demo: null,
    oidc: null,
    changed: () => undefined,
    hashing: { cost: { memory: 64, passes: 1 } },
  })
