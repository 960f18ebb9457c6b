// At the gate: who is let in, turned away and told later, by whatever clock; as many inside as went in and not out.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { must } from '../store/support/must.ts'
import { DAY, HOUR, MINUTE, openYard, wordsOf, type Yard } from './support/yard.ts'

describe('a visit at the gate', () => {
  let yard: Yard
  beforeEach(async () => {
    yard = await openYard()
  })
  afterEach(() => yard.close())

  it('compares a whole number at the door, and turns another card away', async () => {
    const visit = await yard.approved()
    const wrong = await yard.door({ kind: 'in', visit: visit.id, visitor: 1, identity: '1971030605810418' })
    assert.match(wrong.words?.id ?? '', /bukan kartu Agus Setiawan/)
    assert.equal((await yard.door({ kind: 'in', visit: visit.id, visitor: 1, identity: '1971 0306 0581 0417' })).ok, true)
  })

  it('of twenty people is taken, and five of an escort are let in at a time', async () => {
    const people = Array.from({ length: 20 }, (_, i) => ({ name: `Tamu ${String.fromCharCode(65 + i)}`, identity: `19710306058104${10 + i}` }))
    const visit = await yard.approved({ people })
    const answers = await Promise.all(people.map((_, i) => yard.door({ kind: 'in', visit: visit.id, visitor: i + 1 })))
    assert.equal(answers.filter(({ ok }) => ok).length, 5)
    assert.match(answers.find(({ ok }) => !ok)?.words?.id ?? '', /sudah mendampingi 5 tamu/)
    await yard.door({ kind: 'out', visit: visit.id, visitor: answers.findIndex(({ ok }) => ok) + 1 })
    assert.equal((await yard.door({ kind: 'in', visit: visit.id, visitor: answers.findIndex(({ ok }) => !ok) + 1 })).ok, true)
  })

  it('told later with another card is written, for somebody went in, and says so', async () => {
    const visit = await yard.approved()
    const said = await yard.door({ kind: 'in', visit: visit.id, visitor: 1, identity: '1971030605810418', kept: true })
    assert.deepEqual([said.ok, said.conflict], [true, true])
    assert.match(said.words?.id ?? '', /bukan kartu Agus Setiawan/)
    assert.equal((await yard.visits.inside()).length, 1)
  })

  it('keeps guessers waiting after ten wrong codes', async () => {
    const noc = await yard.as('noc')
    for (let i = 0; i < 10; i++) assert.match(wordsOf(await yard.visits.look(`2345-678${i}`, noc)), /tidak dikenal/)
    const tired = await yard.visits.look('2345-6789', noc)
    assert.equal(tired.ok ? '' : tired.failure.kind, 'tooMany')
    yard.clock.now += 6 * MINUTE
    assert.match(wordsOf(await yard.visits.look('2345-6789', noc)), /tidak dikenal/)
  })

  it('told later by a device with a wrong clock is written as it was, once, and what the house knows better is said', async () => {
    const visit = await yard.approved()
    const other = await yard.approved({ people: [{ name: 'Budi Santoso', identity: '1971030605990001' }] })
    const { qr } = await yard.codeOf(visit.id, 1)
    const left = yard.clock.now
    // While the device has no line the second visit is called off.
    must(await yard.visits.cancel(other.id, 'Tidak jadi', await yard.as('petugas')))
    yard.clock.now += 2 * HOUR
    const wrong = 9 * DAY
    const acts = [
      {
        client: crypto.randomUUID(),
        kind: 'in' as const,
        visit: visit.id,
        visitor: 1,
        code: qr,
        at: left + 10 * MINUTE + wrong,
        matched: true,
        accepted: true,
      },
      {
        client: crypto.randomUUID(),
        kind: 'in' as const,
        visit: other.id,
        visitor: 1,
        at: left + 20 * MINUTE + wrong,
        matched: true,
        accepted: true,
      },
      { client: crypto.randomUUID(), kind: 'out' as const, visit: visit.id, visitor: 1, at: left + 30 * MINUTE + wrong },
    ]
    const noc = await yard.as('noc')
    const answers = must(await yard.visits.tell(acts, yard.clock.now + wrong, noc))
    assert.deepEqual(
      answers.map(({ ok, conflict }) => [ok, conflict]),
      [
        [true, false],
        [true, true],
        [true, false],
      ],
    )
    assert.match(answers[1]?.words?.id ?? '', /dibatalkan: tidak boleh masuk/)
    const [pass] = await yard.records.visits.passesOf(visit.id)
    assert.deepEqual([pass?.inAt, pass?.outAt], [left + 10 * MINUTE, left + 30 * MINUTE])
    // They are inside, whatever was allowed: the evacuation list says so.
    assert.deepEqual(
      (await yard.visits.inside()).map(({ name }) => name),
      ['Budi Santoso'],
    )
    assert.deepEqual(must(await yard.visits.tell(acts, yard.clock.now + wrong, noc)), answers)
    assert.equal((await yard.records.visits.passesOf(visit.id)).length, 1)
  })

  it('told a moment later by a device that had lost its line is not refused as if the visitor still stood there', async () => {
    const visit = await yard.approved()
    must(await yard.visits.cancel(visit.id, 'Tidak jadi', await yard.as('petugas')))
    const said = await yard.door({ kind: 'in', visit: visit.id, visitor: 1, kept: true })
    assert.deepEqual([said.ok, said.conflict], [true, true])
    assert.equal((await yard.visits.inside()).length, 1)
    assert.equal((await yard.door({ kind: 'in', visit: visit.id, visitor: 2 })).ok, false)
  })

  it('lets in as many as went in less those that went out, whatever the order; a code at most once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ who: fc.integer({ min: 1, max: 4 }), what: fc.constantFrom('code', 'name', 'out') }), { maxLength: 14 }),
        async steps => {
          const people = ['A', 'B', 'C', 'D'].map((letter, i) => ({ name: `Tamu ${letter} ${yard.clock.now}`, identity: `${yard.clock.now}${i}00` }))
          const visit = await yard.approved({ people, until: yard.clock.now + 3 * DAY, escort: 'petugas2' })
          const codes = await Promise.all(people.map((_, i) => yard.codeOf(visit.id, i + 1)))
          let ins = 0
          let outs = 0
          const byCode = new Map<number, number>()
          await Promise.all(
            steps.map(async ({ who, what }) => {
              const code = what === 'code' ? { code: codes[who - 1]?.qr ?? '' } : {}
              const { ok } = await yard.door({ kind: what === 'out' ? 'out' : 'in', visit: visit.id, visitor: who, ...code })
              if (!ok) return
              if (what === 'out') outs++
              else ins++
              if (what === 'code') byCode.set(who, (byCode.get(who) ?? 0) + 1)
            }),
          )
          const inside = (await yard.visits.inside()).filter(one => one.visit === visit.id)
          assert.equal(inside.length, ins - outs)
          assert.ok([...byCode.values()].every(times => times === 1))
          assert.equal((await yard.records.visits.passesOf(visit.id)).length, ins)
          for (const { visitor } of inside) await yard.door({ kind: 'out', visit: visit.id, visitor })
          yard.clock.now += MINUTE
        },
      ),
      { numRuns: 12 },
    )
  })
})
