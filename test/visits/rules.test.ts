// The rules by tables: windows, lists of visitors, who is the same person, blocks, freezes, what identity numbers become, codes, hours of a badge.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Badge, Block, Freeze } from '../../daemon/domain/visit-record.ts'
import { instantOf } from '../../daemon/visits/asked.ts'
import { codesOf, hashOf, newNonce, saltOf } from '../../daemon/visits/codes.ts'
import { identityHash, minimise, minimiseAnswers } from '../../daemon/visits/identity.ts'
import { opens } from '../../daemon/visits/presence.ts'
import { blockOf, freezesOver, samePerson, visitorsMistake, windowMistake } from '../../daemon/visits/rules.ts'

const NOW = Date.UTC(2026, 10, 20, 2)
const HOUR = 3_600_000
const DAY = 24 * HOUR
const KEY = Buffer.alloc(32, 7)
const person = (name: string, last: string | null = null, hash: string | null = null) => ({ name, last, hash })
const ruleOf = (outcome: ReturnType<typeof windowMistake>) => (outcome === null || outcome.ok ? null : (outcome.failure.words?.id ?? ''))

describe('the rules of visits', () => {
  for (const [what, from, until, says] of [
    ['of four hours', NOW, NOW + 4 * HOUR, null],
    ['that has begun', NOW - HOUR, NOW + HOUR, null],
    ['of exactly 14 days', NOW, NOW + 14 * DAY, null],
    ['of a millisecond more', NOW, NOW + 14 * DAY + 1, /14 hari/],
    ['without an end', NOW, Number.NaN, /belum punya waktu keluar/],
    ['without a beginning', Number.NaN, NOW, /belum punya waktu keluar/],
    ['that ends as it begins', NOW + HOUR, NOW + HOUR, /berakhir sebelum dimulai/],
    ['that is over', NOW - 2 * HOUR, NOW, /sudah lewat/],
    ['of the year after next', NOW + 400 * DAY, NOW + 401 * DAY, /satu tahun/],
  ] as const)
    it(`a window ${what}`, () => {
      const said = ruleOf(windowMistake({ from, until }, { now: NOW, longest: 14 }))
      if (says === null) assert.equal(said, null)
      else assert.match(said ?? '', says)
    })

  for (const [name, fine] of [
    ["Ny. Hj. Siti Nur'aini, S.Kom.", true],
    ['I Gusti Ngurah (Bali)', true],
    ['José Müller-Łódź', true],
    ['山田太郎', true],
    ['<b>Agus</b>', false],
    ['=HYPERLINK("x")', false],
    ['Agus\u202Egnas', false],
    ['A\nB', false],
    ['', false],
  ] as const)
    it(`a visitor called ${JSON.stringify(name)} is ${fine ? 'fine' : 'not taken'}`, () => {
      assert.equal(visitorsMistake([person(name)]) === null, fine)
    })

  it('takes a list of 20 people and none of 21, and nobody twice', () => {
    const many = Array.from({ length: 21 }, (_, i) => person(`Tamu ${i}`))
    assert.equal(visitorsMistake(many.slice(0, 20)), null)
    assert.match(ruleOf(visitorsMistake(many)) ?? '', /20 orang/)
    assert.match(ruleOf(visitorsMistake([person('Agus S.'), person('agus  s')])) ?? '', /dua kali/)
  })

  for (const [one, other, same] of [
    [person('Agus', '0417', 'h1'), person('Agus Setiawan', '0417', 'h1'), true],
    [person('Agus', '0417', 'h1'), person('Agus', '0417', 'h2'), false],
    [person('Agus', '0417'), person('AGUS', '0417', 'h1'), true],
    [person('Agus', '0417'), person('Agus', '9999'), false],
    [person('Agus'), person('Agus', '9999', 'h'), true],
    [person('Agus'), person('Budi'), false],
  ] as const)
    it(`${one.name} ${one.last}/${one.hash} and ${other.name} ${other.last}/${other.hash} are ${same ? 'one' : 'two'}`, () => {
      assert.equal(samePerson(one, other), same)
      assert.equal(samePerson(other, one), same)
    })

  it('keeps out whom the list names: by number, by name, by card; not whom it does not', () => {
    const block = (given: Partial<Block>): Block => ({
      id: 1,
      name: '',
      hash: null,
      last: null,
      card: null,
      reason: 'x',
      by: 'y',
      at: 0,
      goneAt: null,
      ...given,
    })
    const blocks = [block({ name: 'Joko', hash: 'h9', last: '1111' }), block({ id: 2, name: 'Sari' }), block({ id: 3, card: 'T-07' })]
    assert.equal(blockOf(blocks, person('Nama Lain', '1111', 'h9'))?.id, 1)
    assert.equal(blockOf(blocks, person('Joko', '2222', 'h8')), null)
    assert.equal(blockOf(blocks, person('SARI', '3333', 'h7'))?.id, 2)
    assert.equal(blockOf(blocks, { ...person('Budi'), card: 'T-07' })?.id, 3)
    assert.equal(blockOf([block({ name: 'Joko', goneAt: 5 })], person('Joko')), null)
    const both = [block({ name: 'Joko', hash: 'h9', last: '1111', card: 'X-9' })]
    assert.equal(blockOf(both, person('Joko', '1111', 'h9'))?.id, 1)
    assert.equal(blockOf(both, { ...person('Joko', '1111', 'h9'), card: 'T-01' })?.id, 1)
    assert.equal(blockOf(both, { ...person('Budi', '2222', 'h2'), card: 'X-9' })?.id, 1)
    assert.equal(blockOf(both, { ...person('Budi', '2222', 'h2'), card: 'T-01' }), null)
    assert.equal(blockOf([block({ card: 'T-07' })], person('')), null)
  })

  it('finds the freezes a visit falls into, of its site and rooms', () => {
    const freeze = (given: Partial<Freeze>): Freeze => ({
      id: 1,
      site: 'dc',
      rooms: [],
      from: NOW,
      until: NOW + DAY,
      reason: 'x',
      by: 'y',
      goneAt: null,
      ...given,
    })
    const visit = { site: 'dc', rooms: ['a'], from: NOW + HOUR, until: NOW + 2 * HOUR }
    assert.equal(freezesOver([freeze({})], visit).length, 1)
    assert.equal(freezesOver([freeze({ site: 'drc' })], visit).length, 0)
    assert.equal(freezesOver([freeze({ rooms: ['b'] })], visit).length, 0)
    assert.equal(freezesOver([freeze({ rooms: ['a', 'b'] })], visit).length, 1)
    assert.equal(freezesOver([freeze({ from: NOW + 2 * HOUR })], visit).length, 0)
    assert.equal(freezesOver([freeze({ goneAt: NOW })], visit).length, 0)
  })

  it('keeps of a number its last four characters, whatever it is, and tells two numbers apart', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z]{6,20}$/), fc.stringMatching(/^[0-9A-Z]{6,20}$/), (one, other) => {
        const kept = minimise(KEY, one)
        assert.equal(kept.text, `•••• ${one.slice(-4)}`)
        assert.equal(JSON.stringify(kept).includes(one), false)
        assert.equal(kept.hash === minimise(KEY, other).hash, one === other)
        assert.notEqual(identityHash(KEY, one), identityHash(Buffer.alloc(32, 8), one))
        // Sent again as it was kept it stays so.
        assert.deepEqual(minimise(KEY, kept.text), { text: kept.text, last: kept.last, hash: null })
      }),
    )
    assert.equal(minimise(KEY, '12345').text.includes('5'), false)
    const { answers, marks } = minimiseAnswers(KEY, { visitors: [{ name: 'Agus', identity: '1971 0306.0581-0417' }], purpose: 'x' })
    assert.deepEqual(answers, { visitors: [{ name: 'Agus', identity: '•••• 0417' }], purpose: 'x' })
    assert.deepEqual(marks, [{ name: 'agus', last: '0417', hash: identityHash(KEY, '1971030605810417') }])
  })

  it('makes codes without look-alikes, found again however they are typed, and by no other', async () => {
    const salt = saltOf(KEY)
    const seen = new Set<string>()
    for (let i = 0; i < 20; i++) {
      const { qr, short } = codesOf(KEY, 1, 1, newNonce())
      assert.match(qr, /^SUAR-[2-9A-HJKMNP-TV-Z]{20}$/)
      assert.match(short, /^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/)
      const hash = await hashOf(short, salt)
      assert.equal(await hashOf(` ${short.toLowerCase().replace('-', ' ')} `, salt), hash)
      seen.add(hash ?? '').add((await hashOf(qr, salt)) ?? '')
    }
    assert.equal(seen.size, 40)
    for (const none of ['', '1234-5678', 'SUAR-1', '0OIL-UUUU', 'x'.repeat(80)]) assert.equal(await hashOf(none, salt), null, none)
  })

  it('reads local times of a zone, over changes of its clocks too', () => {
    assert.equal(instantOf('2026-11-20T09:00', 'Asia/Jakarta'), NOW)
    assert.equal(instantOf('2026-03-29T03:30', 'Europe/Berlin'), Date.UTC(2026, 2, 29, 1, 30))
    assert.ok(Number.isNaN(instantOf('', 'Asia/Jakarta')))
    assert.ok(Number.isNaN(instantOf('besok', 'Asia/Jakarta')))
  })

  it('opens for a badge in its time and hours only', () => {
    const badge: Badge = {
      id: 1, card: '1', kind: 'standing', state: 'active', holder: 'x', organisation: '', doors: [], rooms: [], zones: [], from: NOW, until: NOW + 10 * DAY,
      hours: { from: 22 * 60, until: 6 * 60 }, addedAt: 0, usedAt: null, reviewedAt: null, handed: null, revision: 1,
    } // biome-ignore format: one line a group
    const at = (hour: number) => Date.UTC(2026, 10, 21, hour - 7)
    assert.deepEqual(
      [23, 29, 30, 12, 21.99].map(hour => opens(badge, at(hour), 'Asia/Jakarta')),
      [true, true, false, false, false],
    )
    assert.equal(opens({ ...badge, hours: null }, NOW - 1, 'Asia/Jakarta'), false)
    assert.equal(opens({ ...badge, hours: null }, NOW, 'Asia/Jakarta'), true)
    assert.equal(opens({ ...badge, hours: null, state: 'lost' }, NOW, 'Asia/Jakarta'), false)
    assert.equal(opens({ ...badge, kind: 'visitor' }, NOW, 'Asia/Jakarta'), false)
  })
})
