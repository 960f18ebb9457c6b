// A ticket's own events read as the clock's: what begins and ends a step, on the ways a ticket really takes.
import assert from 'node:assert/strict'
import { fromTicket } from '../../../daemon/desk/clock/from-ticket.ts'
import { ticketClock } from '../../../daemon/desk/clock/ticket-clock.ts'
import type { TicketClock } from '../../../daemon/domain/clock.ts'
import { DAEMON, type TicketFact } from '../../../daemon/domain/ticket.ts'
import { type ClockService, desk, exactly, HOUR, MINUTE, say, serviceOf, stepOf, wib } from './support.ts'

const base = serviceOf(exactly(2, 'workday'), exactly(5, 'workday'))
const words = { id: '-', en: '-' }
const service: ClockService = {
  ...base,
  steps: base.steps.flatMap(step =>
    step.kind === 'archive'
      ? [{ key: 'minutes', kind: 'minutes' as const, owner: 'petugas', label: words, standard: exactly(1, 'hour') }, step]
      : [step],
  ),
}
const to = { person: 1, name: 'Dewi Saputri', position: 'petugas' }
type Told = readonly (readonly [string, TicketFact])[]
const clockAt = (now: string, told: Told, products: readonly string[] = ['product-1']): TicketClock => {
  const events = told.map(([at, fact], i) => ({ ...fact, seq: i + 1, at: wib(at), by: DAEMON }))
  return ticketClock({
    service,
    events: fromTicket({ service, products, events, calendars: [{ version: 1, since: 0 }] }),
    calendar: () => desk,
    now: wib(now),
  })
}
const filed: Told = [['2026-07-06 08.00', { kind: 'submitted', received: wib('2026-07-06 08.00'), slot: null }]]
const states = (clock: TicketClock) => clock.steps.map(({ state }) => state[0]).join('')

describe('from a ticket to its clock', () => {
  it('runs the step that is on, from submission to archive', () => {
    const way: readonly (readonly [string, TicketFact, string])[] = [
      ['2026-07-06 09.00', { kind: 'verified', note: '' }, 'ddrwwwwww'],
      ['2026-07-06 09.10', { kind: 'disposed', step: 'kadis', to, note: '' }, 'dddrwwwww'],
      ['2026-07-06 09.20', { kind: 'disposed', step: 'kabid', to, note: '' }, 'ddddrwwww'],
      ['2026-07-06 09.30', { kind: 'disposed', step: 'order', to, note: '' }, 'dddddrwww'],
      ['2026-07-06 09.35', { kind: 'taken', person: 1, name: 'Dewi Saputri' }, 'dddddrwww'],
      ['2026-07-07 15.00', { kind: 'worked', note: '' }, 'ddddddrww'],
      ['2026-07-07 15.30', { kind: 'reported', text: '', recommendation: '' }, 'dddddddrw'],
      ['2026-07-07 15.40', { kind: 'minuted', document: 7, number: '1/BA' }, 'dddddddrw'],
      ['2026-07-08 09.00', { kind: 'document', document: 7, title: 'Berita acara', state: 'sent' }, 'dddddddpw'],
      ['2026-07-08 10.00', { kind: 'document', document: 7, title: 'Berita acara', state: 'returned' }, 'ddddddddr'],
      ['2026-07-08 10.05', { kind: 'archived', agenda: 1 }, 'ddddddddd'],
    ]
    assert.equal(states(clockAt('2026-07-06 08.30', filed)), 'drwwwwwww')
    for (const [i, [at, , is]] of way.entries())
      assert.equal(
        states(clockAt(at, [...filed, ...way.slice(0, i + 1).map(([when, fact]) => [when, fact] as const)])),
        is,
        `after ${way[i]?.[1].kind}`,
      )
  })

  it('goes straight to the work on the urgent path', () => {
    const clock = clockAt('2026-07-06 10.00', [
      ...filed,
      ['2026-07-06 08.20', { kind: 'urgent', reason: 'layanan mati', to }],
      ['2026-07-06 09.00', { kind: 'ratified', step: 'kadis', note: '' }],
    ])
    assert.equal(states(clock), 'ddwwwrwww')
    assert.equal(stepOf(clock, 'verify').used, 20 * MINUTE)
    assert.equal(stepOf(clock, 'work').used, 100 * MINUTE)
    assert.equal(say(stepOf(clock, 'work').due), '2026-07-08 16.00')
  })

  it('runs on the products it was changed to', () => {
    assert.equal(say(clockAt('2026-07-06 09.00', filed).whole.due), '2026-07-08 16.00')
    const amended: Told = [...filed, ['2026-07-06 08.30', { kind: 'amended', answers: {}, side: 'officer', products: ['product-2'] }]]
    assert.equal(say(clockAt('2026-07-06 09.00', amended).whole.due), '2026-07-13 16.00')
    const before: Told = [['2026-07-06 07.00', { kind: 'amended', answers: {}, side: 'requester', products: ['product-2'] }], ...filed]
    assert.equal(say(clockAt('2026-07-06 09.00', before).whole.due), '2026-07-13 16.00')
  })

  it('takes a return and a pause, one after the other, for what they are', () => {
    const clock = clockAt('2026-07-06 15.00', [
      ...filed,
      ['2026-07-06 09.00', { kind: 'returned', reason: 'kurang foto' }],
      ['2026-07-06 11.00', { kind: 'resubmitted' }],
      ['2026-07-06 12.00', { kind: 'paused', reason: 'server', note: 'listrik padam' }],
      ['2026-07-06 14.00', { kind: 'resumed', note: '' }],
      ['2026-07-06 14.30', { kind: 'note', text: 'terima kasih', visibility: 'public', channel: 'portal' }],
    ])
    const verify = stepOf(clock, 'verify')
    assert.deepEqual([verify.used, verify.paused, say(verify.due)], [3 * HOUR, 4 * HOUR, '2026-07-06 15.00'])
    assert.equal(verify.verdict, 'onTime')
    assert.deepEqual(
      clock.explanation.filter(({ kind }) => kind === 'stopped').map(line => (line.kind === 'stopped' ? [line.reason, line.note, line.cost] : [])),
      [
        ['requester', 'kurang foto', 2 * HOUR],
        ['server', 'listrik padam', 2 * HOUR],
      ],
    )
  })

  it('stands while it is paused and while its minutes lie with the requester, whichever ends first', () => {
    const minutes: Told = [
      ...filed,
      ['2026-07-06 09.00', { kind: 'verified', note: '' }],
      ['2026-07-06 09.10', { kind: 'disposed', step: 'kadis', to, note: '' }],
      ['2026-07-06 09.20', { kind: 'disposed', step: 'kabid', to, note: '' }],
      ['2026-07-06 09.30', { kind: 'disposed', step: 'order', to, note: '' }],
      ['2026-07-07 09.00', { kind: 'worked', note: '' }],
      ['2026-07-07 09.10', { kind: 'reported', text: '', recommendation: '' }],
      ['2026-07-07 09.20', { kind: 'minuted', document: 7, number: '1/BA' }],
    ]
    const paper = (state: 'sent' | 'returned' | 'void'): TicketFact => ({ kind: 'document', document: 7, title: 'Berita acara', state })
    const paused: TicketFact = { kind: 'paused', reason: 'server', note: 'listrik padam' }
    const resumed: TicketFact = { kind: 'resumed', note: '' }
    const within = (...told: Told) => {
      const clock = clockAt('2026-07-07 14.00', [...minutes, ...told])
      return [clock.whole.state, clock.whole.paused / HOUR]
    }
    // An officer's pause over before the requester has signed: the paper is still with him.
    assert.deepEqual(within(['2026-07-07 10.00', paper('sent')], ['2026-07-07 11.00', paused], ['2026-07-07 12.00', resumed]), ['paused', 4])
    // The paper back, or made void, while the ticket is paused: it stays paused (frappe/helpdesk#1554).
    for (const back of ['returned', 'void'] as const)
      assert.deepEqual(
        within(['2026-07-07 10.00', paper('sent')], ['2026-07-07 11.00', paused], ['2026-07-07 12.00', paper(back)]),
        ['paused', 4],
        back,
      )
    // Sent out during the pause: it goes on standing after it, for the other reason.
    assert.deepEqual(within(['2026-07-07 10.00', paused], ['2026-07-07 11.00', paper('sent')], ['2026-07-07 12.00', resumed]), ['paused', 4])
    assert.deepEqual(
      within(
        ['2026-07-07 10.00', paused],
        ['2026-07-07 11.00', paper('sent')],
        ['2026-07-07 12.00', paper('returned')],
        ['2026-07-07 13.00', resumed],
      ),
      ['running', 3],
    )
  })

  it('expects nothing more of a ticket that was rejected', () => {
    const clock = clockAt('2026-08-01 09.00', [...filed, ['2026-07-06 08.40', { kind: 'rejected', reason: 'bukan kewenangan' }]])
    assert.equal(states(clock), 'ddwwwwwww')
    assert.ok(clock.steps.slice(2).every(({ due }) => due === null))
    assert.deepEqual([clock.whole.used, clock.needsAgreement], [40 * MINUTE, false])
  })
})
