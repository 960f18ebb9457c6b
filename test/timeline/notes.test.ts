// Notes and tickets on the timeline, on real records: what staff write stays as it was written, and a ticket is told of where its visit goes.
import assert from 'node:assert/strict'
import type { TimelineOf } from '../../daemon/domain/timeline.ts'
import { openTimelineAnswers } from '../../daemon/timeline-answers.ts'
import { must } from '../store/support/must.ts'
import { HOUR, MINUTE, openYard, type Yard } from '../visits/support/yard.ts'

describe('notes and tickets on the timeline', function () {
  this.timeout(60_000)
  let yard: Yard
  beforeEach(async () => {
    yard = await openYard()
  })
  afterEach(async () => await yard.close())

  const open = () =>
    openTimelineAnswers({
      records: yard.records,
      place: { inventory: yard.inventory, versions: async () => [] } as never,
      fleet: { byId: () => undefined, members: () => [] } as never,
      model: { point: () => undefined },
      care: { between: async () => [], assets: async () => [] },
      clock: () => yard.clock.now,
    })
  const told = async (of: TimelineOf, kinds: readonly ('note' | 'ticket')[]) =>
    must(await open().timeline({ of, kinds, size: 50 })).facts.map(({ text, by, withdrawn }) => [text.id, by, withdrawn?.reason ?? null])

  it('keeps a note as it was written, tells who looks, and withdraws it with a reason for all to read', async () => {
    const noc = await yard.as('noc')
    const stirred: string[] = []
    yard.records.placeNotes.onChange(() => stirred.push('stirred'))
    const { note, withdraw } = open()
    const rack = yard.inventory.racks[0]
    assert.ok(rack)
    const written = must(await note({ of: 'rack', id: rack.id }, 'Kipas rak berbunyi\nsejak pagi', noc))
    yard.clock.now += MINUTE
    must(await note({ of: 'site' }, 'Tamu inspektorat pukul 14', noc))
    assert.deepEqual(await told({ of: 'rack', id: rack.id }, ['note']), [['Kipas rak berbunyi\nsejak pagi', noc.name, null]])
    yard.clock.now += 3 * HOUR
    must(await withdraw(written.id, 'rak yang lain', noc))
    assert.equal(stirred.length, 3)
    assert.deepEqual(await told({ of: 'rack', id: rack.id }, ['note']), [
      ['Catatan dicabut: rak yang lain', noc.name, null],
      ['Kipas rak berbunyi\nsejak pagi', noc.name, 'rak yang lain'],
    ])
    assert.equal((await told({ of: 'site' }, ['note'])).length, 3)
    const again = await withdraw(written.id, 'sekali lagi', noc)
    assert.match(again.ok ? '' : again.failure.message, /withdrawn already/)
    const nowhere = await note({ of: 'rack', id: 'z9' }, 'catatan', noc)
    assert.match(nowhere.ok ? '' : nowhere.failure.message, /no place "z9"/)
    const trail = (await yard.records.audit.page({ size: 20 })).map(({ action }) => action).filter(action => action.startsWith('place.note'))
    assert.deepEqual(trail, ['place.note.withdraw', 'place.note', 'place.note'])
  })

  it('tells of a ticket where its visit goes, from its filing through its approvals, and nowhere else', async () => {
    const number = await yard.ordered()
    const [visit] = (await yard.visits.stream.all(await yard.as('noc'))).values()
    assert.equal(visit?.ticket, number)
    const steps = (await told({ of: 'visit', id: visit?.id ?? 0 }, ['ticket'])).map(([text]) => text)
    for (const step of ['diajukan', 'disetujui dan diteruskan'])
      assert.ok(
        steps.some(text => text?.endsWith(`${step}: T-2026-0001`)),
        steps.join('\n'),
      )
    assert.deepEqual(
      (await told({ of: 'site' }, ['ticket'])).map(([text]) => text),
      steps,
    )
    // Another ticket without a place of its own is none of the timeline's.
    yard.clock.now += HOUR
    const empty = await open().timeline({ of: { of: 'site' }, kinds: ['ticket'], from: yard.clock.now - MINUTE, size: 50 })
    assert.deepEqual(must(empty).facts, [])
  })
})
