// Small decisions of hosting, by tables: what counts as an outage, when it is night, whose drift it is, which page of a list, what a person does by hand.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { PlanStep } from '../../../daemon/domain/change.ts'
import type { DriftReport, WebsiteRow } from '../../../daemon/domain/hosting-view.ts'
import { done, failed } from '../../../daemon/domain/outcome.ts'
import { Website } from '../../../daemon/domain/website.ts'
import { driftsOf } from '../../../daemon/hosting-drift.ts'
import { instructionsFor } from '../../../daemon/hosting-instructions.ts'
import { isNight } from '../../../daemon/hosting-rounds.ts'
import { troubleIn } from '../../../daemon/hosting-watch.ts'
import { pageOf } from '../../../daemon/hosting-website-rows.ts'

const answered = (code: number, doubt: string | null = null) =>
  done({ code, location: null, body: '', certificate: { fingerprint: 'f', notAfter: 0, doubt } })

describe('what counts as an outage', () => {
  for (const [what, answer, isSuspended, wrong] of [
    ['an answer', answered(200), false, null],
    ['a page that is not there', answered(404), false, null],
    ['a server that failed', answered(502), false, /502/],
    ['a suspended website that says so', answered(503), true, null],
    ['a live one that says 503', answered(503), false, /503/],
    ['a suspended one that serves all the same', answered(200), true, /200/],
    ['a certificate that nobody believes', answered(200, 'CERT_HAS_EXPIRED'), false, /CERT_HAS_EXPIRED/],
    ['silence', failed('timeout', 'it did not answer in time.'), false, /in time/],
  ] as const)
    it(`${wrong === null ? 'is not' : 'is'} ${what}`, () => {
      const trouble = troubleIn(answer, isSuspended)
      if (wrong === null) assert.equal(trouble, null)
      else for (const lang of ['id', 'en'] as const) assert.match(trouble?.[lang] ?? '', wrong)
    })
})

describe('the night', () => {
  const at = (day: number, hour: number) => Date.UTC(2026, 10, day, hour - 7)
  it('comes once a day from its hour on, in the time zone of the site', () => {
    assert.equal(isNight(at(20, 1), 'Asia/Jakarta', 2, null), null)
    assert.equal(isNight(at(20, 2), 'Asia/Jakarta', 2, '2026-11-19'), '2026-11-20')
    assert.equal(isNight(at(20, 3), 'Asia/Jakarta', 2, '2026-11-20'), null)
    assert.equal(isNight(at(21, 1), 'Asia/Jakarta', 2, '2026-11-20'), null)
    assert.equal(isNight(at(21, 14), 'Asia/Jakarta', 2, '2026-11-20'), '2026-11-21', 'also when the daemon slept over it')
  })
})

describe('what was found changed', () => {
  const website = (name: string, host: string) => ({
    name,
    wanted: Website.parse({
      ...{ name, host, domains: [`${name}.example.go.id`], runtime: { kind: 'static' }, quota: 64 },
      records: [{ zone: 'example.go.id', domain: `${name}.example.go.id`, address: '192.0.2.1' }],
    }),
  })
  const item = (kind: 'host' | 'zone', id: string, resource: string, name: string) =>
    ({ kind: 'changed', resource, place: { kind, id }, name, wanted: {}, found: { kind: 'absent' } }) as const
  it('belongs to the website of its name on that host, a database by its underscores, a record by the names of the website', () => {
    const items = [
      item('host', 'a', 'nginx', 'one-two'),
      item('host', 'a', 'mariadb', 'one_two'),
      item('host', 'b', 'nginx', 'one-two'),
      item('zone', 'example.go.id', 'rrset', 'one-two.example.go.id. A'),
      item('zone', 'example.go.id', 'rrset', 'mail.example.go.id. MX'),
      item('host', 'a', 'nginx', 'nobody'),
    ]
    const reports: DriftReport[] = [{ place: { kind: 'host', id: 'a' }, at: 1, checked: 6, tookMs: 1, items }]
    const found = driftsOf([website('one-two', 'a'), website('other', 'a')], reports)
    assert.deepEqual([...found.keys()], ['one-two'])
    assert.deepEqual(
      found.get('one-two')?.map(({ resource, place }) => `${place.id} ${resource}`),
      ['a nginx', 'a mariadb', 'example.go.id rrset'],
    )
  })
})

describe('a page of websites', () => {
  const row = fc.record<WebsiteRow>({
    name: fc.stringMatching(/^[a-z]{2,6}$/),
    domain: fc.stringMatching(/^[a-z]{2,6}\.go\.id$/),
    aliases: fc.nat(3),
    host: fc.constantFrom('a', 'b'),
    organisation: fc.nat(3),
    organisationName: fc.constantFrom('Dinkes', 'Kota'),
    state: fc.constantFrom('live', 'troubled'),
    runtime: fc.constant('static'),
    used: fc.option(fc.nat(100)),
    quota: fc.integer({ min: 1, max: 100 }),
    certificateUntil: fc.option(fc.nat()),
    up: fc.constantFrom(true, false, null),
    drift: fc.nat(3),
    revision: fc.constant(1),
  })
  it('is a part of the whole list, each row once, in the same order however it is cut', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { selector: ({ name }) => name, maxLength: 30 }),
        fc.constantFrom('name', '-domain', 'used', '-certificate', 'state'),
        fc.integer({ min: 1, max: 7 }),
        (rows, sort, size) => {
          const query = { search: '', sort, state: undefined, host: undefined } as const
          const whole = pageOf(rows, { ...query, page: 1, size: 500 }).items
          assert.equal(whole.length, rows.length)
          const pages = Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => pageOf(rows, { ...query, page: i + 1, size }).items).flat()
          assert.deepEqual(pages, whole)
        },
      ),
    )
  })
})

describe('what a person does where something could not be put back', () => {
  const words = { id: 'x', en: 'the record' }
  const step = (given: Partial<PlanStep>): PlanStep => ({
    ...{
      no: 1,
      resource: 'rrset',
      place: { kind: 'zone', id: 'example.go.id' },
      name: 'www.example.go.id. A',
      action: 'change',
      danger: 'plain',
      words,
    },
    ...{ before: { type: 'A', ttl: 300, data: ['192.0.2.1', '192.0.2.2'] }, after: null },
    ...given,
  })
  const lines = (steps: readonly PlanStep[], at: number) => {
    const { failure } = failed('refused', 'it said no.')
    const change = { number: 'C-2026-0001', state: 'undoFailed', plan: { steps }, why: failure } as never
    const journal = [
      ...steps.map(({ no }) => ({ at: 1, kind: 'did' as const, step: no, undo: {} })),
      { at: 2, kind: 'undoFailed' as const, step: at, failure },
    ]
    return instructionsFor(change, journal).map(({ en }) => en)
  }
  it('is said for a record as lines of nsupdate, all of it', () => {
    const text = lines([step({})], 1).join('\n')
    for (const part of [
      'it said no.',
      'update delete www.example.go.id. A',
      'update add www.example.go.id. 300 A 192.0.2.1',
      '192.0.2.2',
      'press “Undo”',
    ])
      assert.ok(text.includes(part), `${part} in ${text}`)
  })
  it('is said for a file by its path, what was put aside, the test and the reload, and which steps still follow', () => {
    const host = { kind: 'host', id: 'alpha' } as const
    const steps = [step({ place: host, resource: 'user', name: 'web' }), step({ no: 2, place: host, resource: 'nginx', name: 'web' })]
    const text = lines(steps, 2).join('\n')
    for (const part of ['/etc/nginx/suar.d/web.conf', '/var/lib/suar-host/kept/c-2026-0001-2/', 'nginx -t', 'nginx -s reload', 'by itself: 1.'])
      assert.ok(text.includes(part), `${part} in ${text}`)
  })
})
