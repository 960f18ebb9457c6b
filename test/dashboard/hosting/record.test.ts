// What is typed of a DNS record and of a website: what is wrong at which field, and what is asked for in the end.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { INTERPRETERS as DAEMONS, Website } from '../../../daemon/domain/website.ts'
import {
  EMPTY,
  fieldOf,
  mistakesOf as mistakesOfSite,
  type Typed as TypedSite,
  typedOf,
  websiteOf,
  zoneOf,
} from '../../../dashboard/pages/website-form/form.ts'
import { INTERPRETERS } from '../../../dashboard/pages/website-form/terms.ts'
import { mistakesOf, nameOf, needsTwo, partsOf, rrsetOf, type Typed } from '../../../dashboard/pages/zone/record.ts'
import { daysUntil } from '../../../dashboard/parts/hosting/days.ts'
import { website } from './ground.ts'

describe('a record as it is typed', () => {
  const typed = (type: string, data: string, over: Partial<Typed> = {}): Typed => ({ owner: 'www', type, ttl: '3600', data, ...over })
  const wrong = (type: string, data: string, over: Partial<Typed> = {}) => {
    const { data: found } = mistakesOf(typed(type, data, over))
    return found === undefined ? null : `${found.key}${found.line ?? ''}`
  }
  for (const [type, data, is] of [
    ['A', '103.10.10.5', null],
    ['A', '103.10.10.5\n103.10.10.6\n', null],
    ['A', '103.10.10.5\n103.10.10.256', 'A2'],
    ['A', '103.10.10.05', 'A1'],
    ['A', '', 'empty'],
    ['AAAA', '2001:db8::5', null],
    ['AAAA', '::ffff:1.2.3.4', null],
    ['AAAA', '103.10.10.5', 'AAAA1'],
    ['AAAA', '2001:db8:::5', 'AAAA1'],
    ['CNAME', 'web-1.babelprov.go.id.', null],
    ['CNAME', 'a.go.id.\nb.go.id.', 'one'],
    ['CNAME', 'a b', 'name21'],
    ['NS', 'ns1.babelprov.go.id.', null],
    ['PTR', '-x.go.id', 'name21'],
    ['MX', '10 mail.babelprov.go.id.', null],
    ['MX', 'mail.babelprov.go.id.', 'MX1'],
    ['MX', '70000 mail.go.id.', 'MX1'],
    ['TXT', 'v=spf1 mx -all', null],
    ['TXT', 'a\u202eb', 'TXT1'],
    ['TXT', 'x'.repeat(4_001), 'TXT1'],
    ['SRV', '10 5 5060 sip.go.id.', null],
    ['SRV', '10 5 sip.go.id.', 'SRV1'],
    ['CAA', '0 issue letsencrypt.org', null],
    ['CAA', '1 issue letsencrypt.org', 'CAA1'],
    ['TLSA', 'whatever the daemon knows', null],
  ] as const)
    it(`${type} ${JSON.stringify(data.slice(0, 30))}: ${is ?? 'right'}`, () => assert.equal(wrong(type, data), is))

  it('is checked by name and TTL too, and not at the apex as a CNAME', () => {
    for (const owner of ['@', '*', '*.dev', 'www', '_dmarc', 'a.b'])
      assert.equal(mistakesOf(typed('A', '1.2.3.4', { owner })).owner, undefined, owner)
    for (const owner of ['', 'a..b', 'a b', 'x.*', '-a', 'ä']) assert.equal(mistakesOf(typed('A', '1.2.3.4', { owner })).owner?.key, 'name', owner)
    for (const ttl of ['59', '604801', '1e3', '']) assert.equal(mistakesOf(typed('A', '1.2.3.4', { ttl })).ttl?.key, 'ttl', ttl)
    assert.equal(wrong('CNAME', 'a.go.id.', { owner: '@' }), 'cnameApex')
  })

  it('becomes what is asked for: whole names, texts in their marks', () => {
    assert.deepEqual(rrsetOf(typed('TXT', 'say "hi" \\\n"is whole"')), { type: 'TXT', ttl: 3600, data: ['"say \\"hi\\" \\\\"', '"is whole"'] })
    assert.deepEqual(rrsetOf(typed('MX', ' 10   mail.go.id. ')).data, ['10 mail.go.id.'])
    assert.equal(nameOf({ owner: '@', type: 'MX' }, 'go.id'), 'go.id. MX')
    fc.assert(
      fc.property(fc.constantFrom('@', '*', 'www', 'a.b', 'go', 'id.go'), fc.constantFrom('A', 'TXT'), (owner, type) =>
        assert.deepEqual(partsOf(nameOf({ owner, type }, 'babelprov.go.id'), 'babelprov.go.id'), { owner, type }),
      ),
    )
    assert.deepEqual(
      [
        { owner: '@', type: 'A' },
        { owner: '*.x', type: 'A' },
        { owner: 'x', type: 'NS' },
        { owner: 'x', type: 'A' },
      ].map(needsTwo),
      [true, true, true, false],
    )
  })
})

describe('a website as it is typed', () => {
  const zones = ['babelprov.go.id', 'disdik.babelprov.go.id']
  const whole: TypedSite = { ...EMPTY, name: 'ppdb', host: 'web-1', domains: 'ppdb.babelprov.go.id', version: '8.2' }
  const wrong = (over: Partial<TypedSite>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(mistakesOfSite({ ...whole, ...over }, zones)).map(([key, found]) => [
        key,
        'line' in found ? `${found.key}${found.line}` : found.key,
      ]),
    )

  for (const [over, is] of [
    [{}, {}],
    [{ name: '' }, { name: 'required' }],
    [{ name: 'a--b' }, { name: 'name' }],
    [{ host: '' }, { host: 'required' }],
    [{ domains: 'a.go.id\nx y' }, { domains: 'domain' }],
    [{ domains: 'a.go.id\nA.GO.ID' }, { domains: 'twice' }],
    [{ quota: '1.5' }, { quota: 'number' }],
    [{ version: '8' }, { version: 'version' }],
    [{ runtime: 'static', version: '' }, {}],
    [{ runtime: 'app' }, { port: 'number', file: 'required' }],
    [
      { runtime: 'app', port: '80', file: '../x', arguments: 'a;b' },
      { port: 'number', file: 'path', arguments: 'argument' },
    ],
    [{ keys: 'ssh-rsa short' }, { keys: 'key1' }],
    [{ cron: '0 3 * * * php cron/a.php\n@daily php a.php' }, { cron: 'cron2' }],
    [{ cron: '0 3 * * * bash a.sh' }, { cron: 'cron1' }],
    [{ records: 'ppdb.babelprov.go.id 103.10.10.5' }, {}],
    [{ records: 'ppdb.babelprov.go.id 103.10.10.5 10' }, { records: 'record1' }],
    [{ records: 'ppdb.lain.go.id 103.10.10.5' }, { records: 'noZone1' }],
    [{ openings: 'tcp 8443 10.0.0.0/8\nicmp 1 x' }, { openings: 'opening2' }],
    [{ addresses: '103.10.10.9 ppdb.babelprov.go.id' }, {}],
    [{ database: 'mariadb', connections: '0' }, { connections: 'number' }],
    [{ backup: 'none', backupDays: '' }, {}],
  ] as const satisfies readonly (readonly [Partial<TypedSite>, Record<string, string>])[])
    it(`${JSON.stringify(over)} is ${JSON.stringify(is)}`, () => assert.deepEqual(wrong(over), is))

  it('is what the daemon takes, and comes back as it was typed', () => {
    const typed: TypedSite = {
      ...whole,
      ...{ database: 'postgresql', cron: '0 3 * * * php cron/a.php --all', records: 'ppdb.disdik.babelprov.go.id 103.10.10.5 600' },
      ...{ openings: 'tcp 8443 10.0.0.0/8', addresses: '103.10.10.9 ppdb.babelprov.go.id' },
    }
    const read = Website.parse(websiteOf(typed, zones))
    assert.equal(read.records[0]?.zone, 'disdik.babelprov.go.id', 'the nearest zone')
    assert.deepEqual(typedOf(read), typed)
    const was = website('disdik', {
      addresses: [{ address: '103.10.10.9', zone: '10.10.103.in-addr.arpa', name: 'disdik.babelprov.go.id' }],
      state: 'suspended',
    })
    assert.deepEqual(Website.parse(websiteOf(typedOf(was), zones, was)), was, 'what the form does not ask stays')
    assert.deepEqual([...INTERPRETERS], [...DAEMONS])
  })

  it('shows each refusal at the field it is about', () => {
    for (const [path, field] of [
      ['website.domains.1', 'domains'],
      ['website.runtime.version', 'version'],
      ['website.runtime', 'runtime'],
      ['website.database.size', 'size'],
      ['website.database.engine', 'database'],
      ['website.backup.days', 'backupDays'],
      ['organisation', 'organisation'],
      ['reason', 'reason'],
      ['website.unheard', null],
    ] as const)
      assert.equal(fieldOf(path), field, path)
    assert.equal(zoneOf('x.lain.id', zones), null)
  })
})

describe('days until a certificate ends', () => {
  it('are whole ones, and of what is over less than none', () => {
    const day = 86_400_000
    assert.deepEqual([daysUntil(10 * day, 0), daysUntil(day - 1, 0), daysUntil(0, 1), daysUntil(0, 2 * day)], [10, 0, -1, -2])
  })
})
