// What the minutes quote, and what they never do; and to whom a password may go.
import assert from 'node:assert/strict'
import type { Change } from '../../daemon/domain/change.ts'
import type { Answers } from '../../daemon/domain/form.ts'
import { Application, Person } from '../../daemon/domain/people.ts'
import { Website } from '../../daemon/domain/website.ts'
import { annexOf } from '../../daemon/hosting/annex.ts'
import { hostingDraft } from '../../daemon/hosting/drafts.ts'
import { type PeopleOf, responsibleFor } from '../../daemon/hosting/responsible.ts'
import { wish } from '../support/engine-stage.ts'
import { ANSWERS, GROUND } from './support/ground.ts'

const AT = Date.UTC(2026, 10, 20, 3)
const wanted = Website.parse(hostingDraft(ANSWERS, GROUND).website)
const verified = (more: Partial<Change> = {}) =>
  ({
    ...wish([
      {
        resource: 'rrset',
        place: { kind: 'zone', id: 'example.go.id' },
        name: 'ppdb.example.go.id. A',
        state: { type: 'A', ttl: 300, data: ['10.1.0.10'] },
      },
    ]),
    ...{ id: 1, number: 'C-2026-0001', state: 'verified', website: 'ppdb', verifiedAt: AT },
    proofs: [
      {
        ...{ ok: true, at: AT, from: 'outside', facts: {}, words: { id: 'Sertifikat sah', en: 'The certificate is believed' } },
        of: { resource: 'certificate', place: { kind: 'host', id: 'alpha' }, name: 'ppdb' },
      },
    ],
    ...more,
  }) as Extract<Change, { state: 'verified' }>

const facts = {
  changes: [verified()],
  websites: [
    {
      wanted,
      host: { name: 'Alpha', address: '10.1.0.10', port: 22, hostKey: 'SHA256:abc' },
      certificate: { issuer: 'CN=Pebble', fingerprint: 'f00d', notAfter: AT },
    },
  ],
  until: '2027-11-20',
}

describe('the annex of the minutes of hosting', () => {
  it('quotes addresses, account, fingerprints, database, certificate, records and proofs with their time', () => {
    const [annex] = annexOf(facts, { zone: 'Asia/Jakarta', language: 'en' })
    const text = JSON.stringify(annex)
    for (const quoted of [
      'https://ppdb.example.go.id/',
      'sftp -P 22 ppdb@10.1.0.10',
      'SHA256:abc',
      'PHP 8.2',
      '2,560 MiB',
      'MariaDB: ppdb, ppdb',
      'CN=Pebble',
      'f00d',
      '"ppdb.example.go.id"',
      'daily, kept for 30 days',
      'The certificate is believed',
      '20 November 2026 10.00',
      '2027-11-20',
    ])
      assert.ok(text.includes(quoted), quoted)
    // The key's comment tells whose it is; the key itself nobody reads on paper.
    assert.ok(text.includes('operator@demo.example') && !text.includes('AAAAC3Nza'))
  })
  it('is none before anything was proven', () => assert.deepEqual(annexOf({ ...facts, changes: [] }, { zone: 'Asia/Jakarta', language: 'id' }), []))
  it('says of a name that was removed that it is gone', () => {
    const gone = verified({
      website: null,
      wanted: [{ resource: 'rrset', place: { kind: 'zone', id: 'example.go.id' }, name: 'x.example.go.id. A', state: null }],
    })
    assert.ok(JSON.stringify(annexOf({ ...facts, websites: [], changes: [gone] }, { zone: 'Asia/Jakarta', language: 'id' })).includes('(dihapus)'))
  })
})

const person = (id: number, more: object = {}) => Person.parse({ id, name: `Orang ${id}`, organisation: 7, ...more })
const PEOPLE = [
  person(1, { nip: '197605242001122001', email: 'satu@example.go.id' }),
  person(2, { email: 'dua@example.go.id' }),
  person(3, { email: 'bersama@example.go.id' }),
  person(4, { email: 'bersama@example.go.id' }),
  person(5, { nip: '197605242001122005', organisation: 8 }),
  person(6, { email: 'pergi@example.go.id', goneAt: 1 }),
]
const APPLICATIONS = [
  Application.parse({
    id: 9,
    name: 'PPDB',
    organisation: 7,
    responsible: [
      { as: 'technical', person: 2 },
      { as: 'structural', person: 6 },
    ],
  }),
  Application.parse({ id: 10, name: 'Lain', organisation: 8, responsible: [{ as: 'technical', person: 5 }] }),
]
const people: PeopleOf = {
  applicationsById: async ids => APPLICATIONS.filter(({ id }) => ids.includes(id)),
  applicationsOf: async organisation => APPLICATIONS.filter(one => one.organisation === organisation),
  personsById: async ids => PEOPLE.filter(({ id }) => ids.includes(id)),
  personsByNip: async nips => PEOPLE.filter(({ nip }) => nip !== null && nips.includes(nip)),
  personsByEmail: async email => PEOPLE.filter(one => one.email === email),
}
const found = async (answers: Answers) =>
  (await responsibleFor({ organisation: 7, answers, at: AT }, people)).map(({ kind, person: id }) => `${kind} ${id}`)

describe('who answers for a website', () => {
  it('is whom the register names now, before whom the form named then', async () => {
    const answers = { application: { id: 9, name: 'PPDB' }, technical: { name: 'Orang 1', nip: '197605242001122001' } }
    assert.deepEqual(await found(answers), ['technical 2'])
  })
  it('is found by the number of the civil service, else by an address that is one person’s', async () => {
    assert.deepEqual(await found({ technical: { name: 'X', nip: '19760524 200112 2 001' } }), ['technical 1'])
    assert.deepEqual(await found({ structural: { name: 'X', email: 'dua@example.go.id' } }), ['structural 2'])
  })
  it('is nobody of the register where the address is shared, the number is another’s, the office is another, or he has left', async () => {
    for (const technical of [
      { name: 'X', email: 'bersama@example.go.id' },
      { name: 'X', nip: '197605242001122009', email: 'satu@example.go.id' },
      { name: 'X', nip: '197605242001122005' },
      { name: 'X', email: 'pergi@example.go.id' },
    ])
      assert.deepEqual(await found({ technical }), ['technical null'], JSON.stringify(technical))
  })
  it('is not whom an application of somebody else names', async () => {
    assert.deepEqual(await found({ application: { id: 10, name: 'Lain' } }), [])
  })
})
