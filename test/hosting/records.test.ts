// What a domain form becomes: sets of records, addresses from a pool, and the names of addresses in step.
import assert from 'node:assert/strict'
import type { Answers } from '../../daemon/domain/form.ts'
import { type RecordGround, type RecordSet, recordNames, recordsDraft, recordsWanted } from '../../daemon/hosting/records.ts'
import { dataOf } from '../../provisioning/dns/rdata.ts'
import { told } from './support/ground.ts'

const ZONES = ['example.go.id', '1.10.in-addr.arpa']
const set = (type: string, ...data: string[]): RecordSet => ({ type, ttl: 3600, data })
const nothing = (names: ReadonlyMap<string, readonly string[]>) => [...names.values()].flat().map((name): [string, RecordSet | null] => [name, null])

function drafted(
  answers: Answers,
  standing: Record<string, RecordSet> = {},
  free: RecordGround['free'] = [],
  given: RecordGround['given'] = new Map(),
) {
  const looked = nothing(
    recordNames(
      answers,
      ZONES,
      free.map(({ address }) => address),
    ),
  )
  return recordsDraft(answers, { zones: ZONES, standing: new Map([...looked, ...Object.entries(standing)]), free, given, dataOf })
}
const form = (action: string, ...records: Answers[]): Answers => ({ action, records })
const changes = ({ records }: ReturnType<typeof drafted>) => records.map(({ name, after }) => [name, after?.data ?? null])

describe('a domain form as records', () => {
  it('names a host, and its address in step', () => {
    const draft = drafted(form('create', { name: 'data.example.go.id', type: 'A', target: '10.1.0.12', ttl: 300 }))
    assert.deepEqual(changes(draft), [
      ['data.example.go.id. A', ['10.1.0.12']],
      ['12.0.1.10.in-addr.arpa. PTR', ['data.example.go.id.']],
    ])
    assert.equal(draft.records[0]?.after?.ttl, 300)
    assert.deepEqual(draft.open, [])
  })

  it('gives out the next free address of a pool when one is asked for, and says which', () => {
    const answers = { ...form('create', { name: 'a.example.go.id', type: 'A' }, { name: 'b.example.go.id', type: 'A' }), newAddress: true }
    const free = ['10.1.0.5', '10.1.0.6'].map(address => ({ address, network: 'layanan' }))
    const draft = drafted(answers, {}, free)
    assert.deepEqual(
      draft.addresses.map(({ address, name }) => [address, name]),
      [
        ['10.1.0.5', 'a.example.go.id'],
        ['10.1.0.6', 'b.example.go.id'],
      ],
    )
    const wanted = recordsWanted(draft, 'create')
    assert.deepEqual(
      wanted.map(({ resource, name }) => `${resource} ${name}`),
      [
        'address 10.1.0.5',
        'address 10.1.0.6',
        'rrset a.example.go.id. A',
        'rrset b.example.go.id. A',
        'rrset 5.0.1.10.in-addr.arpa. PTR',
        'rrset 6.0.1.10.in-addr.arpa. PTR',
      ],
    )
  })

  it('says where an address is missing that nobody asked for, and where none is free', () => {
    const asked = form('create', { name: 'a.example.go.id', type: 'A' })
    assert.match(drafted(asked).open[0]?.words.en ?? '', /Where a\.example\.go\.id \(A\) leads was not said/)
    assert.match(drafted({ ...asked, newAddress: true }).open[0]?.words.en ?? '', /No network has a free IPv4 address/)
  })

  it('moves a name to another address and takes the old name of the address along', () => {
    const draft = drafted(form('change', { name: 'data.example.go.id', type: 'A', target: '10.1.0.20' }), {
      'data.example.go.id. A': set('A', '10.1.0.12'),
      '12.0.1.10.in-addr.arpa. PTR': set('PTR', 'data.example.go.id.'),
      '20.0.1.10.in-addr.arpa. PTR': set('PTR', 'other.example.go.id.'),
    })
    assert.deepEqual(changes(draft), [
      ['data.example.go.id. A', ['10.1.0.20']],
      ['12.0.1.10.in-addr.arpa. PTR', null],
    ])
    assert.match(draft.open[0]?.words.en ?? '', /10\.1\.0\.20 is called other\.example\.go\.id\. already/)
    // What was there by hand is taken over: that is what was asked for.
    assert.ok(recordsWanted(draft, 'change').every(({ adopt }) => adopt === true))
  })

  it('removes a name, or one of its addresses only', () => {
    const standing = { 'data.example.go.id. A': set('A', '10.1.0.12', '10.1.0.13') }
    assert.deepEqual(changes(drafted(form('remove', { name: 'data.example.go.id', type: 'A' }), standing)), [['data.example.go.id. A', null]])
    assert.deepEqual(changes(drafted(form('remove', { name: 'data.example.go.id', type: 'A', target: '10.1.0.12' }), standing)), [
      ['data.example.go.id. A', ['10.1.0.13']],
    ])
    assert.match(drafted(form('remove', { name: 'x.example.go.id', type: 'TXT' })).open[0]?.words.en ?? '', /nothing is removed/)
  })

  it('frees the address that was given out for a name when the name goes, and nobody else’s', () => {
    const standing = { 'data.example.go.id. A': set('A', '10.1.0.12', '10.1.0.13') }
    const given = new Map([
      ['10.1.0.12', 'data.example.go.id'],
      ['10.1.0.13', 'other.example.go.id'],
    ])
    const draft = drafted(form('remove', { name: 'data.example.go.id', type: 'A' }), standing, [], given)
    assert.deepEqual(draft.released, ['10.1.0.12'])
    assert.deepEqual(recordsWanted(draft, 'remove').at(-1), {
      ...{ resource: 'address', place: { kind: 'books', id: 'suar' }, name: '10.1.0.12', state: null },
    })
  })

  it('writes mail, texts and aliases as zones do', () => {
    const draft = drafted(
      form(
        'create',
        { name: 'example.go.id', type: 'MX', target: 'mail.example.go.id' },
        { name: 'example.go.id', type: 'MX', target: '20 mail2.example.go.id' },
        { name: '_dmarc.example.go.id', type: 'TXT', target: 'v=DMARC1; p=none; rua="a"' },
        { name: 'www.example.go.id', type: 'CNAME', target: 'data.example.go.id' },
      ),
    )
    assert.deepEqual(changes(draft), [
      ['example.go.id. MX', ['10 mail.example.go.id.', '20 mail2.example.go.id.']],
      ['_dmarc.example.go.id. TXT', ['"v=DMARC1; p=none; rua=\\"a\\""']],
      ['www.example.go.id. CNAME', ['data.example.go.id.']],
    ])
  })

  it('takes the name of an address from either side of the form', () => {
    const one = drafted(form('create', { name: 'data.example.go.id', type: 'PTR', target: '10.1.0.12' }))
    const other = drafted(form('create', { name: '12.0.1.10.in-addr.arpa', type: 'PTR', target: 'data.example.go.id' }))
    assert.deepEqual(changes(one), [['12.0.1.10.in-addr.arpa. PTR', ['data.example.go.id.']]])
    assert.deepEqual(changes(one), changes(other))
  })

  it('says what it cannot write: a newline in a text, an address that is none, a zone of others, a zone that is silent', () => {
    const bad = drafted(
      form(
        'create',
        { name: 'a.example.go.id', type: 'A', target: '10.1.0.300' },
        { name: 'b.example.go.id', type: 'A', target: '10.1.0.4\n10.1.0.5' },
        { name: 'c.elsewhere.org', type: 'A', target: '10.1.0.4' },
        { name: 'd.example.go.id', type: 'MX', target: '70000 mail.example.go.id' },
      ),
    )
    assert.deepEqual(told(bad.open), ['records.0', 'records.1', 'records.2', 'records.3'])
    const silent = recordsDraft(form('create', { name: 'a.example.go.id', type: 'A', target: '10.1.0.4' }), {
      zones: ZONES,
      standing: new Map(),
      ...{ free: [], given: new Map(), dataOf },
    })
    assert.match(silent.open[0]?.words.en ?? '', /cannot be read now/)
    assert.equal(drafted({ action: 'create' }).refused.length, 1)
  })

  it('warns before it replaces what is there', () => {
    const standing = { 'data.example.go.id. A': set('A', '10.1.0.99') }
    const draft = drafted(form('create', { name: 'data.example.go.id', type: 'A', target: '10.1.0.12' }), standing)
    assert.match(draft.open[0]?.words.en ?? '', /is there already \(10\.1\.0\.99\)/)
    // Once it is as asked there is nothing left to do.
    const same = drafted(form('create', { name: 'data.example.go.id', type: 'A', target: '10.1.0.99' }), {
      ...standing,
      '99.0.1.10.in-addr.arpa. PTR': set('PTR', 'data.example.go.id.'),
    })
    assert.deepEqual(same.records, [])
  })

  it('keeps the last day that the names are for', () => assert.equal(drafted({ ...form('create'), validity: '2027-11-20' }).until, '2027-11-20'))
})
