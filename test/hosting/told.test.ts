// What a ticket hears of its changes, and whose word lets them be made at all.
import assert from 'node:assert/strict'
import type { Change, Proof } from '../../daemon/domain/change.ts'
import { failed } from '../../daemon/domain/outcome.ts'
import type { StepKind } from '../../daemon/domain/service.ts'
import { DAEMON, type TicketEvent, type TicketFact, type TicketStatus } from '../../daemon/domain/ticket.ts'
import { wordOf } from '../../daemon/hosting/standing.ts'
import { lettingGo, tellingsOf } from '../../daemon/hosting/told.ts'
import { wish } from '../support/engine-stage.ts'

const HASAN = { account: 4, person: 4, name: 'Yulia Handayani', position: 'Pranata Komputer', organisation: 1 }
const at = (n: number) => Date.UTC(2026, 10, 20, 2, n)
const events = (...facts: TicketFact[]): TicketEvent[] => facts.map((fact, i) => ({ ...fact, seq: i + 1, at: at(i), by: HASAN }) as TicketEvent)
const ordered: TicketFact = { kind: 'disposed', step: 'order', to: { person: 1, name: 'Dewi', position: 'Petugas' }, note: 'Laksanakan' }
const ticket = (kind: StepKind, facts: readonly TicketFact[] = [ordered], status: TicketStatus = 'open') => ({
  number: 'T-2026-0001',
  status,
  step: { kind, label: { id: kind, en: kind } },
  events: events(...facts),
})

const hand = { account: 7, name: 'Dewi Saputri', at: at(30) }
const proof = (text: string, ok = true): Proof => ({
  ...{ ok, at: at(40), from: 'outside', facts: {}, words: { id: text, en: text } },
  of: { resource: 'nginx', place: { kind: 'host', id: 'alpha' }, name: 'ppdb' },
})
const base = (n: number, website: string | null) => ({
  ...wish([]),
  ...{ id: n, number: `C-2026-000${n}`, website, approved: { ...hand, by: 'ticket' as const }, consent: null },
  plan: { steps: [], digest: '', danger: 'plain' as const, guard: null, madeAt: 0, kept: 0 },
})
const why = failed('conflict', 'the port is closed').failure
const verified = (n: number, minute = 40, website: string | null = 'ppdb'): Change => ({
  ...base(n, website),
  ...{ state: 'verified', applied: { ...hand, endedAt: at(35) }, proofs: [proof('https answers')], verifiedAt: at(minute) },
})
const undone = (n: number): Change => ({ ...base(n, 'ppdb'), state: 'undone', applier: hand, endedAt: at(33), why })
const unproven = (n: number): Change => ({ ...base(n, 'ppdb'), state: 'unproven', applied: { ...hand, endedAt: at(33) }, proofs: [], why })
const options = { zone: 'Asia/Jakarta', language: 'en' as const }
const tell = (changes: readonly Change[], of = ticket('work'), byHand: readonly { id: string; en: string }[] = []) =>
  tellingsOf(of, changes, byHand, options)

describe('a ticket and its changes', () => {
  it('has its work ended by the proof: by who applied it, at that moment, with number and proofs', () => {
    const [worked, ...more] = tell([verified(1)])
    assert.deepEqual(more, [])
    assert.equal(worked?.kind, 'worked')
    if (worked?.kind !== 'worked') return
    assert.deepEqual([worked.by.account, worked.at], [7, at(40)])
    assert.match(worked.note, /C-2026-0001 \(Change notes\) was proven .*: 1 looks, all as wanted\.\n– https answers/)
  })

  it('waits for all that belongs to it, and takes the last proof', () => {
    assert.deepEqual(tell([verified(1), { ...base(2, null), state: 'planned' }]), [])
    const [worked] = tell([verified(1, 40), verified(2, 50, null)])
    assert.equal(worked?.kind === 'worked' && worked.at, at(50))
  })

  it('ends by the change that came after one that was undone, and not by one that was before it', () => {
    assert.equal(tell([undone(1), verified(2)]).at(-1)?.kind, 'worked')
    assert.equal(tell([unproven(1), verified(2)]).at(-1)?.kind, 'worked')
    assert.deepEqual(
      tell([verified(1), undone(2)]).map(({ kind }) => kind),
      ['note'],
    )
  })

  it('is told of what failed, once', () => {
    const [note] = tell([unproven(1)])
    assert.ok(note?.kind === 'note' && /did not find it so: the port is closed/.test(note.text))
    const there = ticket('work', [ordered, { kind: 'note', text: note?.kind === 'note' ? note.text : '', visibility: 'internal', channel: 'portal' }])
    assert.deepEqual(tell([unproven(1)], there), [])
  })

  it('is left at work where something of it is done by hand', () => {
    const [note, ...more] = tell([verified(1)], ticket('work'), [{ id: 'SQL Server', en: 'SQL Server by hand.' }])
    assert.ok(note?.kind === 'note' && /SQL Server by hand/.test(note.text))
    assert.deepEqual(more, [])
  })

  it('is left alone when somebody ended, paused or closed it', () => {
    for (const other of [ticket('report'), ticket('work', [ordered], 'paused'), ticket('work', [ordered], 'closed')])
      assert.deepEqual(tell([verified(1)], other), [])
  })

  it('keeps a note that the desk takes, however many looks there were', () => {
    const many = { ...verified(1), proofs: Array.from({ length: 400 }, (_, i) => proof(`look ${i} ${'x'.repeat(200)}`)) } as Change
    const [worked] = tell([many])
    assert.ok(worked?.kind === 'worked' && worked.note.length <= 4_000)
  })

  it('lets go of what was not begun and stops what is under way', () => {
    assert.deepEqual(
      (['requested', 'approved', 'planned', 'applying', 'applied', 'verified', 'undone'] as const).map(state => lettingGo({ state } as Change)),
      ['end', 'end', 'end', 'stop', null, null, null],
    )
  })
})

describe('the word of a ticket', () => {
  it('is that of whoever gave the order, when it is at work', () => {
    const word = wordOf(ticket('work'))
    assert.deepEqual(word, { ok: true, value: { account: 4, name: 'Yulia Handayani', at: at(0) } })
  })
  it('is that of whoever let it pass ahead, on the urgent path', () => {
    const urgent: TicketFact = { kind: 'urgent', reason: 'down', to: { person: 1, name: 'Dewi', position: '' } }
    assert.equal(wordOf(ticket('work', [urgent])).ok, true)
  })
  for (const [name, of, says] of [
    ['before the dispositions', ticket('dispose'), /not done.*It can be drafted/],
    ['when the work has ended', ticket('report'), /request for change/],
    ['while it is paused', ticket('work', [ordered], 'paused'), /Resume it first/],
    ['while it is with the applicant', ticket('verify', [], 'returned'), /to be completed/],
    ['when it came to nothing', ticket('work', [ordered], 'cancelled'), /has ended/],
    ['of a draft', { ...ticket('work'), step: null }, /not handed in/],
    ['without any disposition', ticket('work', []), /no disposition/],
  ] as const)
    it(`is missing ${name}`, () => {
      const word = wordOf(of)
      assert.ok(!word.ok && word.failure.kind === 'conflict')
      assert.match(word.failure.message, says)
    })
  it('of the daemon itself has no account', () => {
    const word = wordOf({ ...ticket('work'), events: events(ordered).map(event => ({ ...event, by: DAEMON })) })
    assert.equal(word.ok && word.value.account, 0)
  })
})
