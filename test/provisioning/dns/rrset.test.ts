// What may be wanted of records, who may want it, and how it is put back: rules without any server.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { inOrder, revertOf } from '../../../provisioning/dns/history.ts'
import { reverseOwner, reverseZone } from '../../../provisioning/dns/reverse.ts'
import { covers, isGranted, wantsSecond } from '../../../provisioning/dns/rights.ts'
import { nameMistake, RRSET_TYPES, Rrset, rrsetOf } from '../../../provisioning/dns/rrset.ts'
import { swapsOf } from '../../../provisioning/dns/typed.ts'
import { bad, good, rrset } from './ground.ts'

const ZONE = 'example.go.id'
const typed = (type: string, ...data: readonly string[]) => rrsetOf({ owner: `www.${ZONE}`, type, ttl: 300, data }, ZONE)

describe('records that people type', () => {
  it('are taken in their one text', () => {
    const table: readonly (readonly [string, string, string])[] = [
      ['a', ' 10.0.0.1', '10.0.0.1'],
      ['AAAA', '2001:DB8::0001', '2001:db8::1'],
      ['CNAME', 'Web.Example.go.id', 'web.example.go.id.'],
      ['CNAME', '_x.domains.example', '_x.domains.example.'],
      ['MX', '10 mail.example.go.id', '10 mail.example.go.id.'],
      ['MX', '0 .', '0 .'],
      ['TXT', 'v=spf1 include:_spf.example.go.id -all', '"v=spf1 include:_spf.example.go.id -all"'],
      ['TXT', '"one" "two"', '"one" "two"'],
      ['TXT', 'Dinas Perikanan · Pesisir', '"Dinas Perikanan \\194\\183 Pesisir"'],
      ['TXT', 'k'.repeat(300), `"${'k'.repeat(255)}" "${'k'.repeat(45)}"`],
      ['SRV', '0 5 443 www.example.go.id', '0 5 443 www.example.go.id.'],
      ['CAA', '0 issue "letsencrypt.org"', '0 issue "letsencrypt.org"'],
      ['CAA', '0 iodef mailto:noc@example.go.id', '0 iodef "mailto:noc@example.go.id"'],
      ['PTR', 'www.example.go.id', 'www.example.go.id.'],
      ['NS', 'ns1.example.go.id', 'ns1.example.go.id.'],
      ['SSHFP', `4 2 ${'AB'.repeat(32)}`, `4 2 ${'ab'.repeat(32)}`],
      ['TLSA', `3 1 1 ${'ab'.repeat(32)}`, `3 1 1 ${'ab'.repeat(32)}`],
      ['DS', `12345 13 2 ${'ab'.repeat(32)}`, `12345 13 2 ${'ab'.repeat(32)}`],
    ]
    for (const [type, text, one] of table) {
      const { state } = good(typed(type, text))
      assert.deepEqual(state.data, [one], `${type} ${text}`)
      assert.ok(Rrset.safeParse(state).success, `${type} ${one}`)
    }
  })

  it('are refused with field, reason and remedy in both languages', () => {
    const table: readonly (readonly [string, string, RegExp])[] = [
      ['A', '10.0.0.256', /IPv4/],
      ['A', '2001:db8::1', /IPv4/],
      ['A', '0.0.0.0', /IPv4/],
      ['AAAA', '10.0.0.1', /IPv6/],
      ['CNAME', '10.0.0.1 x', /one name/],
      ['MX', 'mail.example.go.id', /preference/],
      ['MX', '10 10.0.0.1_', /preference/],
      ['MX', '10 .', /preference/],
      ['SRV', '0 5 70000 www.example.go.id', /priority/],
      ['CAA', '0 isue "letsencrypt.org"', /tag/],
      ['CAA', '1 issue "letsencrypt.org"', /tag/],
      ['CAA', '0 iodef "ftp://x"', /tag/],
      ['NS', '_ns.example.go.id', /name server/],
      ['SSHFP', '4 2 abcd', /fingerprint/],
      ['SSHFP', `9 2 ${'ab'.repeat(32)}`, /fingerprint/],
      ['TLSA', `3 1 1 ${'ab'.repeat(31)}`, /matching/],
      ['DS', `12345 13 1 ${'ab'.repeat(20)}`, /digest/],
      ['TXT', '"open', /quotes/],
      ['TXT', 'k'.repeat(5000), /quotes/],
      ['SPF', 'v=spf1', /no type/],
    ]
    for (const [type, text, reason] of table) {
      const failure = bad(typed(type, text))
      assert.equal(failure.kind, 'invalid')
      const [error] = failure.errors ?? []
      assert.match(error?.reason ?? '', reason, `${type} ${text}`)
      assert.ok((error?.words?.id ?? '') !== (error?.words?.en ?? ''))
    }
    assert.match(bad(typed('CNAME', 'a.id', 'b.id')).message, /has one CNAME/)
    assert.equal(bad(typed('A')).errors?.[0]?.field, 'data')
  })

  it('never carry control signs or what cannot be seen, however they are written', () => {
    const hostile = ['a\nb', 'a\rb', 'a\0b', 'a\u2028b', 'a\u202eb', 'a\u200bb', '"a\\010b"', '"a\\226\\128\\174b"', '"a\\127b"']
    for (const text of hostile) assert.match(bad(typed('TXT', text)).message, /cannot be seen/, JSON.stringify(text))
    for (const type of RRSET_TYPES) {
      assert.ok(!typed(type, '10.0.0.1\nupdate delete www.example.go.id').ok, type)
      assert.ok(!rrsetOf({ owner: `www.${ZONE}\n`, type, ttl: 300, data: ['10.0.0.1'] }, ZONE).ok, type)
    }
  })

  it('stay in their zone, under names that may be', () => {
    const own = (owner: string, type = 'A', data = '10.0.0.1') => rrsetOf({ owner, type, ttl: 300, data: [data] }, ZONE)
    for (const owner of ['www.example.go.id', 'WWW.example.go.id.', 'example.go.id', '*.example.go.id', 'a-b.example.go.id']) good(own(owner))
    for (const owner of [
      'www.example.com',
      'badexample.go.id',
      'a_b.example.go.id',
      'a.*.example.go.id',
      '-a.example.go.id',
      'a b.example.go.id',
      '..',
      '',
    ])
      assert.equal(bad(own(owner)).errors?.[0]?.field, 'owner', owner)
    good(own('_dmarc.example.go.id', 'TXT', 'v=DMARC1'))
    assert.match(bad(own('example.go.id', 'CNAME', 'www.example.go.id')).message, /own name/)
    assert.equal(nameMistake('www.example.go.id. A', ZONE), null)
    for (const name of ['www.example.go.id A', 'WWW.example.go.id. A', 'www.example.go.id.', 'www.example.go.id. SOA', 'www.example.com. A', '. A'])
      assert.ok(nameMistake(name, ZONE), name)
  })

  it('in any wild text are refused or come out so that they are taken as they are', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...RRSET_TYPES),
        fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { minLength: 1, maxLength: 3 }),
        (type, data) => {
          const taken = typed(type, ...data)
          if (!taken.ok) return
          assert.ok(Rrset.safeParse(taken.value.state).success)
          assert.ok(/^[\x20-\x7e]*$/.test(taken.value.state.data.join('')))
          assert.deepEqual(good(typed(type, ...taken.value.state.data)).state, taken.value.state)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('that a program wants must be in their one text already, or a plan would find them changed for ever', () => {
    const wrong = (data: readonly string[], type = 'A') => Rrset.safeParse({ type, ttl: 300, data }).success
    assert.ok(wrong(['10.0.0.1', '10.0.0.2']))
    assert.ok(!wrong(['10.0.0.2', '10.0.0.1']), 'sorted')
    assert.ok(!wrong(['10.0.0.1', '10.0.0.1']), 'each once')
    assert.ok(!wrong(['2001:DB8::1'], 'AAAA'))
    assert.ok(!wrong(['web.example.go.id'], 'CNAME'))
    assert.ok(!wrong(['text'], 'TXT'))
    assert.ok(!Rrset.safeParse({ type: 'A', ttl: -1, data: ['10.0.0.1'] }).success)
    assert.ok(!Rrset.safeParse({ type: 'SOA', ttl: 1, data: ['x'] }).success)
  })
})

describe('changes that people send', () => {
  it('are read into their one text, what goes before what comes', () => {
    const swaps = good(
      swapsOf(
        [
          { name: 'WWW.example.go.id cname', before: null, after: { type: 'CNAME', ttl: 60, data: ['web.example.go.id'] } },
          { name: 'www.example.go.id. A', before: { type: 'A', ttl: 60, data: ['10.0.0.2', '10.0.0.1'] }, after: null },
        ],
        ZONE,
      ),
    )
    assert.deepEqual(swaps, [
      { name: 'www.example.go.id. A', before: rrset('A', 60, '10.0.0.1', '10.0.0.2'), after: null },
      { name: 'www.example.go.id. CNAME', before: null, after: rrset('CNAME', 60, 'web.example.go.id.') },
    ])
  })
  it('are refused with every mistake at its field', () => {
    const a = (data: string, type = 'A') => ({ type, ttl: 60, data: [data] })
    const failure = bad(
      swapsOf(
        [
          { name: 'www.example.go.id A', before: null, after: a('10.0.0.1\n') },
          { name: 'www.other.id A', before: null, after: a('10.0.0.1') },
          { name: 'two.example.go.id A', before: null, after: a('2001:db8::1', 'AAAA') },
          { name: 'www.example.go.id. A', before: a('10.0.0.1'), after: null },
          { name: 'www.example.go.id. A update delete', before: null, after: a('10.0.0.1') },
        ],
        ZONE,
      ),
    )
    assert.deepEqual(
      failure.errors?.map(({ field }) => field),
      ['changes.0.after.data.0', 'changes.1.name', 'changes.2.name', 'changes.3.name', 'changes.4.name'],
    )
  })
})

describe('rights in a zone', () => {
  const rights = [
    { organisation: 7, owners: '*.dinkes.example.go.id' },
    { organisation: 7, owners: 'dinkes.example.go.id' },
    { organisation: 8, owners: '*.pesisir.example.go.id' },
  ]
  it('cover whole labels', () => {
    assert.ok(covers('*.dinkes.example.go.id', 'a.b.dinkes.example.go.id.'))
    assert.ok(!covers('*.dinkes.example.go.id', 'dinkes.example.go.id.'))
    assert.ok(!covers('*.dinkes.example.go.id', 'xdinkes.example.go.id.'))
    assert.ok(covers('Dinkes.example.go.id', 'dinkes.example.go.id.'))
  })
  it('are one organisation’s, and never for name servers', () => {
    assert.ok(isGranted(rights, 7, 'www.dinkes.example.go.id. A'))
    assert.ok(isGranted(rights, 7, 'dinkes.example.go.id. MX'))
    assert.ok(!isGranted(rights, 8, 'www.dinkes.example.go.id. A'))
    assert.ok(!isGranted(rights, 8, 'pesisir.example.go.id. A'))
    assert.ok(!isGranted(rights, 7, 'sub.dinkes.example.go.id. NS'))
    assert.ok(!isGranted(rights, 7, 'not a name'))
  })
  it('and names that reach beyond one service want a second person', () => {
    const second = (name: string, organisation: number | null = null) => wantsSecond(name, ZONE, rights, organisation)
    for (const name of ['example.go.id. A', 'example.go.id. TXT', '*.dinkes.example.go.id. A', 'sub.example.go.id. NS', 'sub.example.go.id. DS'])
      assert.ok(second(name) && second(name, 7), name)
    assert.ok(!second('www.example.go.id. A'), 'an officer of ours, one name')
    assert.ok(!second('www.dinkes.example.go.id. A', 7))
    assert.ok(second('www.dinkes.example.go.id. A', 8))
    assert.ok(second('www.example.go.id. A', 7))
    assert.ok(!wantsSecond('www.example.go.id. A', ZONE, [], 7), 'no rights were given in this zone at all')
  })
})

describe('names of addresses', () => {
  it('stand where RFC 1035 and 3596 put them', () => {
    assert.equal(reverseOwner('10.20.0.5'), '5.0.20.10.in-addr.arpa.')
    assert.equal(reverseOwner('2001:db8::5'), `5.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa.`)
    assert.equal(reverseOwner('10.20.0'), null)
    const zones = ['10.in-addr.arpa', '20.10.in-addr.arpa', '8.b.d.0.1.0.0.2.ip6.arpa', 'example.go.id']
    assert.equal(reverseZone('10.20.0.5', zones), '20.10.in-addr.arpa')
    assert.equal(reverseZone('10.120.0.5', zones), '10.in-addr.arpa')
    assert.equal(reverseZone('2001:db8::5', zones), '8.b.d.0.1.0.0.2.ip6.arpa')
    assert.equal(reverseZone('192.0.2.1', zones), null)
  })
})

describe('the way back of records', () => {
  const name = (host: string) => `${host}.${ZONE}. A`
  const [one, two, three] = ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(address => rrset('A', 300, address)) as [
    ReturnType<typeof rrset>,
    ReturnType<typeof rrset>,
    ReturnType<typeof rrset>,
  ]
  const entry = (host: string, before: typeof one | null, after: typeof one | null) => ({ zone: ZONE, name: name(host), before, after })

  it('goes over several changes to how it was before the first', () => {
    const wanted = good(revertOf([entry('a', one, two), entry('a', two, three), entry('b', null, one)], (_, at) => (at === name('a') ? three : one)))
    assert.deepEqual(
      wanted.map(({ name, state }) => [name, state]),
      [
        [name('b'), null],
        [name('a'), one],
      ],
    )
  })
  it('is refused when somebody changed it since, and says what it is now', () => {
    const failure = bad(revertOf([entry('a', one, two)], () => three))
    assert.equal(failure.kind, 'conflict')
    assert.match(failure.message, /10\.0\.0\.3/)
    assert.equal(bad(revertOf([entry('a', one, null)], () => three)).kind, 'conflict')
  })
  it('wants nothing of what is back already', () => {
    assert.deepEqual(good(revertOf([entry('a', one, two)], () => one)), [])
    assert.deepEqual(good(revertOf([entry('a', null, two)], () => null)), [])
  })
  it('takes away before it puts there', () => {
    const cname = { ...entry('a', null, null), name: `a.${ZONE}. CNAME`, before: rrset('CNAME', 300, 'b.example.go.id.'), after: null }
    const wanted = good(revertOf([entry('a', null, one), cname], (_, at) => (at.endsWith('CNAME') ? null : one)))
    assert.deepEqual(
      inOrder(wanted).map(({ state }) => state?.['type'] ?? null),
      [null, 'CNAME'],
    )
  })
})
