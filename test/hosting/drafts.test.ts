// What a hosting form becomes before anybody touches it: known, open, refused, by hand; and which name the website gets.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Answers } from '../../daemon/domain/form.ts'
import { SiteName } from '../../daemon/domain/safe.ts'
import { Website } from '../../daemon/domain/website.ts'
import { hostingDraft } from '../../daemon/hosting/drafts.ts'
import { phpFor } from '../../daemon/hosting/php.ts'
import { siteNameFor } from '../../daemon/hosting/site-name.ts'
import { ANSWERS, GROUND, HOST, KEY, told } from './support/ground.ts'

const draft = (over: Answers = {}, ground = GROUND) => hostingDraft({ ...ANSWERS, ...over }, ground)

describe('a hosting form as a website', () => {
  it('is whole where the form says it all and one host is ready', () => {
    const { website, open, refused, byHand } = draft()
    assert.deepEqual([open, refused, byHand], [[], [], []])
    const made = Website.parse(website)
    assert.equal(made.name, 'ppdb')
    assert.equal(made.host, 'alpha')
    assert.deepEqual(made.domains, ['ppdb.example.go.id'])
    assert.deepEqual(made.runtime, { kind: 'php', version: '8.2', children: 8, memory: 128, upload: 32 })
    assert.equal(made.quota, 2560)
    assert.deepEqual(made.database, { engine: 'mariadb', connections: 20, size: 1024 })
    assert.deepEqual(made.backup, { every: 'daily', days: 30 })
    assert.deepEqual(made.records, [{ zone: 'example.go.id', domain: 'ppdb.example.go.id', address: '10.1.0.10', ttl: 3600 }])
    assert.deepEqual(made.keys, [KEY])
  })

  it('is refused without the number of a recommendation, however that is written', () => {
    for (const recommendation of ['', '-', 'tidak ada', 'Belum ada', '0', null]) {
      const { refused } = draft({ recommendation })
      assert.equal(refused.length, 1, String(recommendation))
      assert.match(refused[0]?.en ?? '', /recommendation/)
    }
    assert.equal(draft({ recommendation: '555/041/REK/2026' }).refused.length, 0)
    // The officer looked and did not find it.
    assert.equal(draft({ recommendationPresent: false }).refused.length, 1)
  })

  it('says where no test of feasibility is known', () => {
    assert.deepEqual(told(draft({ testMinutes: null }).open), ['feasibility'])
    assert.deepEqual(told(draft({ testMinutes: null, testPresent: true }).open), [])
  })

  it('is refused where the name leads to another website', () => {
    const ground = { ...GROUND, websites: new Map([['lama', ['ppdb.example.go.id']]]) }
    assert.match(draft({}, ground).refused[0]?.en ?? '', /lama/)
  })

  it('leaves the host open where there are several, and says so where there is none', () => {
    const two = { ...GROUND, hosts: [HOST, { ...HOST, id: 'beta', name: 'Beta' }] }
    assert.ok(told(draft({}, two).open).includes('host'))
    assert.equal(draft({}, two).website['host'], undefined)
    assert.match(draft({}, { ...GROUND, hosts: [] }).open.find(({ field }) => field === 'host')?.words.en ?? '', /No host is ready/)
  })

  it('takes the nearest PHP that the host has, and tells when it is another', () => {
    const { website, open } = draft({ platformVersion: '7.4' })
    assert.equal((website['runtime'] as { version: string }).version, '8.2')
    assert.match(open[0]?.words.en ?? '', /PHP 7\.4 was asked for.*8\.2/)
  })

  it('leaves to hands what no plan makes', () => {
    const { byHand, website } = draft({ platform: 'java', dbms: 'sqlserver' })
    assert.deepEqual(
      byHand.map(({ en }) => en.includes('Java') || en.includes('SQL Server')),
      [true, true],
    )
    assert.equal(website['database'], null)
    assert.equal(website['runtime'], undefined)
    assert.deepEqual(
      draft({ dbms: 'Oracle 19c' }).byHand.map(({ en }) => en),
      ['No plan makes a database of Oracle 19c: prepare it by hand.'],
    )
  })

  it('tells of a key that cannot be used and keeps the others', () => {
    const { website, open } = draft({ keys: [KEY, 'ssh-ed25519 AAAAbroken'] })
    assert.deepEqual(website['keys'], [KEY])
    assert.deepEqual(told(open), ['keys.1'])
  })

  it('asks to have a name pointed here that is in no zone of ours', () => {
    const { website, open } = draft({ domain: 'situs.kabupaten.example' })
    assert.deepEqual(website['records'], [])
    assert.match(open[0]?.words.en ?? '', /its owner has to point it to 10\.1\.0\.10/)
  })

  it('takes no form for more than it says: answers of an older version, of other types, none at all', () => {
    assert.equal(hostingDraft({}, GROUND).refused.length, 1)
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(ANSWERS), 'aliases'), fc.jsonValue()), answers => {
        const { website } = hostingDraft(answers as Answers, GROUND)
        const whole = Website.safeParse(website)
        // What is there is right as far as it goes: only what is missing keeps it from being a website.
        if (!whole.success)
          for (const { path, code } of whole.error.issues)
            assert.ok(['invalid_type', 'invalid_value', 'invalid_union', 'too_small', 'too_big'].includes(code), `${path.join('.')}: ${code}`)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the name of a website', () => {
  for (const [domain, taken, name] of [
    ['ppdb.example.go.id', [], 'ppdb'],
    ['www.ppdb.example.go.id', [], 'ppdb'],
    ['ppdb.example.go.id', ['ppdb'], 'ppdb-2'],
    ['ppdb.example.go.id', ['ppdb', 'ppdb-2'], 'ppdb-3'],
    ['mail.example.go.id', [], 'mail-web'],
    ['112.example.go.id', [], 'web-112'],
    ['x.example.go.id', [], 'x-web'],
    ['xn--bcher-kva.example.go.id', [], 'xn-bcher-kva'],
    [`${'a'.repeat(60)}.example.go.id`, ['a'.repeat(31)], `${'a'.repeat(29)}-2`],
  ] as const)
    it(`${domain.slice(0, 40)} → ${name}`, () => assert.equal(siteNameFor(domain, new Set(taken)), name))

  it('is one that hosts take, whatever the domain', () => {
    fc.assert(
      fc.property(fc.domain(), domain => {
        const name = siteNameFor(domain, new Set())
        assert.ok(name === null || SiteName.safeParse(name).success)
      }),
    )
  })
})

describe('the PHP of a host', () => {
  for (const [asked, has, version, exact] of [
    [null, ['8.2', '8.3'], '8.3', true],
    ['8.2', ['8.2', '8.3'], '8.2', true],
    ['PHP 8.1.12', ['7.4', '8.2'], '8.2', false],
    ['8', ['7.4', '8.2', '8.3'], '8.3', true],
    ['7.4', ['8.2', '8.3'], '8.2', false],
    ['terbaru', ['8.2'], '8.2', false],
    ['8.3', ['8.2', '8.4'], '8.4', false],
    ['8.10', ['8.2', '8.10'], '8.10', true],
  ] as const)
    it(`${asked} of ${has.join(', ')} is ${version}`, () => assert.deepEqual(phpFor(asked, has), { version, exact }))
  it('is none where there is none', () => assert.equal(phpFor('8.2', []), null))
})
