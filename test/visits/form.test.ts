// The form of a visit: rooms of the site by their names, racks as far as they are the asker's business, rules that are agreed to in their version.
import assert from 'node:assert/strict'
import { Form } from '../../daemon/domain/form.ts'
import { type CheckOptions, check } from '../../daemon/domain/form-check.ts'
import type { Places } from '../../daemon/domain/form-place.ts'
import { must } from '../store/support/must.ts'
import { textOfPdf } from '../support/pdf-text.ts'
import { DAY, MINUTE, openYard, type Yard } from './support/yard.ts'

const words = (text: string) => ({ id: text, en: text })
const field = (given: object) => ({ label: words('Isian'), ...given })
const form = Form.parse({
  title: words('Formulir'),
  sections: [
    {
      key: 'visit',
      title: words('Kunjungan'),
      fields: [
        field({ key: 'site', type: 'choice', options: ['dc', 'drc'].map(value => ({ value, label: words(value) })) }),
        field({ key: 'room', type: 'place', of: 'room', within: 'site' }),
        field({ key: 'racks', type: 'place', of: 'rack', within: 'site', many: true, required: false }),
        field({ key: 'rules', type: 'terms', version: '2', text: words('Tertib.') }),
      ],
    },
  ],
  statement: words('Benar.'),
  signer: { echelon: null, label: words('Pemohon') },
})
const PLACES: Places = {
  sites: [
    { id: 'utama', kind: 'dc', name: 'DC' },
    { id: 'cadangan', kind: 'drc', name: 'DRC' },
  ],
  rooms: [
    { name: 'Ruang Server', site: 'utama' },
    { name: 'Ruang DRC', site: 'cadangan' },
  ],
  racks: [{ name: 'A5', room: 'Ruang Server', site: 'utama' }],
}
const AGREED = { version: '2', at: '2026-11-20T08:00' }

describe('the form of a visit', function () {
  this.timeout(60_000)

  const read = (given: object, options: CheckOptions = {}) => {
    const { answers, mistakes } = check(form, { site: 'dc', room: 'Ruang Server', rules: AGREED, ...given }, 'requester', {
      places: PLACES,
      ...options,
    })
    return { answers, wrong: mistakes.map(({ path, reason }) => `${path}: ${reason.en}`) }
  }

  for (const [what, given, options, room, wrong] of [
    ['a room in any spelling is the room', { room: ' ruang  SERVER ' }, {}, 'Ruang Server', []],
    [
      'a room of another site is none',
      { room: 'Ruang DRC' },
      {},
      'Ruang DRC',
      [/^room: “Ruang DRC” is no room of this site; choose one of: Ruang Server$/],
    ],
    ['a room of the site that was chosen is one', { site: 'drc', room: 'ruang drc' }, {}, 'Ruang DRC', []],
    ['where nobody knows the rooms, what was written stands', { room: 'Lantai 2' }, { places: { ...PLACES, rooms: [] } }, 'Lantai 2', []],
    ['markup is no room', { room: '<b>x</b>' }, {}, '<b>x</b>', [/is no room/]],
  ] as const)
    it(`takes it that ${what}`, () => {
      const { answers, wrong: said } = read(given, options)
      assert.equal(answers['room'], room)
      assert.equal(said.length, wrong.length)
      for (const [i, one] of wrong.entries()) assert.match(said[i] ?? '', one)
    })

  it('tells nobody by its spelling which racks there are', () => {
    assert.deepEqual(read({ racks: ['a5', 'z9', 'Server E-Resep'] }).answers['racks'], ['a5', 'z9', 'Server E-Resep'])
  })

  it('keeps of rules which version was agreed to and when the desk took it, whatever the sender says', () => {
    const now = '2026-11-20T14:05'
    assert.deepEqual(read({ rules: { version: '2', at: '' } }, { now }).answers['rules'], { version: '2', at: now })
    assert.deepEqual(read({ rules: { version: '2', at: '1999-01-01T00:00' } }, { now }).answers['rules'], { version: '2', at: now })
    assert.deepEqual(read({ rules: { version: '2', at: '' } }, { now, was: { rules: AGREED } }).answers['rules'], AGREED)
    assert.deepEqual(read({ rules: { version: '1', at: AGREED.at } }).wrong, ['rules: Isian has a new version: read it and agree again'])
    assert.deepEqual(read({ rules: undefined }).wrong, ['rules: Isian: read it, then agree to it'])
    for (const bad of [true, 'ya', 7, [], {}, { version: 2, at: '' }]) assert.notEqual(read({ rules: bad }).wrong.length, 0, JSON.stringify(bad))
    const again = read({ rules: { version: '2', at: '' } }, { now }).answers
    assert.deepEqual(check(form, again, 'requester', { places: PLACES }).answers, again)
  })

  describe('at the desk', () => {
    let yard: Yard
    before(async () => {
      yard = await openYard()
    })
    after(() => yard.close())

    it('gives each the places that are their business', async () => {
      const seen = async (login: string) => {
        const { rooms, racks } = await yard.visits.places(await yard.as(login))
        return [rooms.map(({ name }) => name), racks.map(({ name }) => name)]
      }
      const [rooms, all] = await seen('petugas')
      const [theirs, own] = await seen('pemohon-dinkes')
      assert.deepEqual(theirs, rooms)
      assert.ok(rooms?.includes('Ruang Server'))
      assert.deepEqual(own, ['A5'])
      assert.equal(all?.length, yard.inventory.racks.length)
    })

    it('keeps the time the rules were agreed to, prints it, and asks a change of the request anew', async () => {
      const number = await yard.draft()
      yard.clock.now += 20 * MINUTE
      const requester = await yard.as('pemohon-dinkes')
      must(await yard.desk.desk.submit(number, requester))
      const ticket = (await yard.records.desk.tickets.find(number)) ?? (await yard.records.desk.tickets.byId(1))
      const answers = ticket?.events.findLast(event => event.kind === 'amended')?.answers ?? {}
      assert.deepEqual(answers['houseRules'], { version: '2026-1', at: '2026-11-20T09:00' })
      const officer = await yard.as('petugas')
      const { id } = must(await yard.desk.desk.make(ticket?.frame.number ?? '', 'form', officer))
      const paper = textOfPdf(must(await yard.desk.desk.content(id, officer)).content)
      assert.match(paper, /Setiap pengunjung menunjukkan kartu identitas asli/)
      assert.match(paper, /Disetujui 20 November 2026 09\.00, versi 2026-1/)
    })

    it('refuses a room that the site does not have, at its field', async () => {
      const number = await yard.draft({ answers: { room: 'Ruang Rahasia' }, from: yard.clock.now + DAY })
      const submitted = await yard.desk.desk.submit(number, await yard.as('pemohon-dinkes'))
      assert.deepEqual(submitted.ok ? [] : submitted.failure.errors?.map(one => one.field), ['room'])
    })
  })
})
