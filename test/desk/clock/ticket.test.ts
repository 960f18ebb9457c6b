// The clock of tickets as the official procedure has them: the worked examples, dispositions, returns, phases, overload, agreement.
import assert from 'node:assert/strict'
import { slotFor } from '../../../daemon/desk/clock/capacity.ts'
import { type EscalationRule, escalations } from '../../../daemon/desk/clock/escalation.ts'
import { fromTicket } from '../../../daemon/desk/clock/from-ticket.ts'
import { ticketClock } from '../../../daemon/desk/clock/ticket-clock.ts'
import { workingTime } from '../../../daemon/desk/clock/working.ts'
import { DAEMON, type TicketEvent, type TicketFact } from '../../../daemon/domain/ticket.ts'
import { lineText, lineTime, standardText, workText } from '../../../daemon/domain/words/clock-words.ts'
import { calendarOf, clockOf, desk, event, exactly, HOUR, MINUTE, range, received, say, serviceOf, shipped, stepOf, wib } from './support.ts'

const fiveDays = serviceOf(exactly(5, 'workday'))

/** A ticket's own events, numbered as they come. */
const tell = (...facts: readonly (readonly [string, TicketFact])[]): TicketEvent[] =>
  facts.map(([at, fact], i) => ({ ...fact, seq: i + 1, at: wib(at), by: DAEMON }))
const to = { person: 1, name: 'Rini Marlina', position: 'kabid' }

/** Colocation of two servers: handed in in the evening, returned for a missing picture, at the third signature now. */
const colocation = tell(
  ['2026-11-19 16.40', { kind: 'created', channel: 'portal' }],
  ['2026-11-19 16.42', { kind: 'submitted', received: wib('2026-11-20 08.00'), slot: null }],
  ['2026-11-20 08.31', { kind: 'returned', reason: 'foto pelat nama perangkat belum ada' }],
  ['2026-11-20 13.05', { kind: 'resubmitted' }],
  ['2026-11-20 13.21', { kind: 'verified', note: 'Berkas lengkap' }],
  ['2026-11-20 13.43', { kind: 'disposed', step: 'kadis', to, note: 'Tindak lanjuti sesuai standar pelayanan.' }],
  ['2026-11-20 13.54', { kind: 'disposed', step: 'kabid', to, note: 'Mohon dicarikan rak dengan jalur A dan B.' }],
)
const calendars = [{ version: 1, since: 0 }]
const colocationAt = (now: number) =>
  ticketClock({
    service: fiveDays,
    events: fromTicket({ service: fiveDays, products: ['product-1'], events: colocation, calendars }),
    calendar: () => desk,
    now,
  })

describe('the clock of a ticket', () => {
  it('tells the colocation of two servers minute by minute', () => {
    const clock = colocationAt(wib('2026-11-20 14.05.32'))
    assert.equal(say(clock.whole.received), '2026-11-20 08.00')
    const verify = stepOf(clock, 'verify')
    assert.equal(workText(verify.used, 'id'), '47 mnt')
    assert.equal(verify.state, 'done')
    assert.equal(workText(stepOf(clock, 'kadis').used, 'id'), '22 mnt')
    assert.equal(workText(stepOf(clock, 'kabid').used, 'id'), '11 mnt')
    const order = stepOf(clock, 'order')
    assert.equal(order.state, 'running')
    assert.equal(say(order.due), '2026-11-20 14.09')
    assert.equal(order.remaining, 3 * MINUTE + 28_000)
    assert.equal(workText(clock.whole.used, 'id'), '1 j 31 mnt')
    assert.equal(workText(clock.whole.paused, 'id'), '4 j 34 mnt')
    assert.equal(say(clock.whole.due), '2026-11-27 16.00')
    assert.equal(clock.whole.remainingDays, 5)
    assert.equal(clock.whole.verdict, 'onTime')
    const at = { zone: 'Asia/Jakarta', lang: 'id' as const, now: wib('2026-11-20 14.05') }
    const lines = clock.explanation.map(line => `${lineTime(line, at)} ${lineText(line, at)}`)
    assert.deepEqual(lines, [
      '19 Nov 16.42 Diajukan di luar jam layanan. Diterima 20 November 08.00, jam mulai berjalan.',
      '08.31–13.05 Jeda 4 j 34 mnt, menunggu pemohon: foto pelat nama perangkat belum ada.',
      '08.00 Standar 5 hari kerja.',
      '08.00 Hari ke-1: Senin, 23 November 2026, hari kerja berikutnya.',
      '08.00 Istirahat tidak menghentikan jam.',
      '08.00 Batas Jumat, 27 November 2026 16.00 WIB.',
    ])
  })

  for (const [handedIn, onTheDesk] of [
    ['2026-11-18 08.00', '2026-11-18 12.00'],
    ['2026-11-18 14.30', '2026-11-19 10.30'],
    ['2026-11-20 14.30', '2026-11-23 10.30'],
    ['2026-11-21 09.00', '2026-11-23 12.00'],
    // The eve of Christmas is cuti bersama, then Christmas, then a weekend.
    ['2026-12-23 14.30', '2026-12-28 10.30'],
  ] as const)
    it(`handed in ${handedIn}, on the desk by ${onTheDesk}`, () => {
      const at = wib(handedIn)
      const clock = clockOf(fiveDays, desk, at, [received(desk, at), event(at, { kind: 'stepStarted', step: 'verify' })])
      assert.equal(say(stepOf(clock, 'order').due), onTheDesk)
      assert.equal(stepOf(clock, 'work').state, 'waiting')
    })

  it('measures from the first step to the archive, and names the step that lost the time', () => {
    const events = [
      ...colocation,
      ...tell(
        ['2026-11-23 09.00', { kind: 'disposed', step: 'order', to, note: '' }],
        ['2026-11-27 15.00', { kind: 'worked', note: '' }],
        ['2026-11-27 15.40', { kind: 'reported', text: '', recommendation: '' }],
        ['2026-11-27 15.50', { kind: 'archived', agenda: 1 }],
      ),
    ]
    const clock = ticketClock({
      service: fiveDays,
      events: fromTicket({ service: fiveDays, products: ['product-1'], events, calendars }),
      calendar: () => desk,
      now: wib('2026-12-10 09.00'),
    })
    assert.ok(clock.steps.slice(1).every(({ state }) => state === 'done'))
    assert.equal(clock.whole.state, 'done')
    assert.equal(clock.whole.verdict, 'onTime')
    assert.equal(clock.whole.remaining, null)
    // 126 minutes on Friday and an hour on Monday, of fifteen minutes.
    assert.equal(stepOf(clock, 'order').verdict, 'breached')
    assert.deepEqual(clock.slowest, { step: 'order', over: (126 + 60 - 15) * MINUTE })
    // Its own five days began on Monday 23.
    assert.equal(say(stepOf(clock, 'work').due), '2026-11-30 16.00')
  })

  it('gives a step sent back its own time, not that of the step between', () => {
    const events = fromTicket({
      service: fiveDays,
      products: [],
      calendars,
      events: tell(
        ['2026-11-18 08.00', { kind: 'submitted', received: wib('2026-11-18 08.00'), slot: null }],
        ['2026-11-18 09.00', { kind: 'verified', note: '' }],
        ['2026-11-18 09.10', { kind: 'disposed', step: 'kadis', to, note: '' }],
        ['2026-11-18 09.12', { kind: 'sentBack', step: 'kadis', note: 'bukan bidang kami' }],
      ),
    })
    const clock = clockOf(fiveDays, desk, wib('2026-11-18 09.15'), events)
    const kadis = stepOf(clock, 'kadis')
    assert.equal(kadis.state, 'running')
    assert.equal(kadis.used, 13 * MINUTE)
    assert.equal(kadis.paused, 0)
    assert.equal(say(kadis.due), '2026-11-18 09.32')
    assert.equal(stepOf(clock, 'kabid').used, 2 * MINUTE)
  })

  it('takes the difficulty for the target and breaches only past the end of the range', () => {
    const service = serviceOf(range(3, 5, 'workday'))
    const at = wib('2026-11-16 09.00')
    const begin = [received(desk, at)]
    const due = (level: 'easy' | 'medium' | 'hard' | null, now: string) =>
      clockOf(service, desk, wib(now), level === null ? begin : [...begin, event(at, { kind: 'difficulty', level })]).whole
    assert.equal(say(due('easy', '2026-11-16 10.00').target), '2026-11-19 16.00')
    assert.equal(say(due('medium', '2026-11-16 10.00').target), '2026-11-20 16.00')
    assert.equal(say(due('hard', '2026-11-16 10.00').target), '2026-11-23 16.00')
    assert.equal(say(due(null, '2026-11-16 10.00').target), '2026-11-23 16.00')
    for (const level of ['easy', 'medium', 'hard'] as const) assert.equal(say(due(level, '2026-11-16 10.00').due), '2026-11-23 16.00')
    assert.equal(due('easy', '2026-11-19 16.00').verdict, 'onTime')
    assert.equal(due('easy', '2026-11-20 08.00').verdict, 'late')
    assert.equal(due('hard', '2026-11-20 08.00').verdict, 'onTime')
    assert.equal(due('easy', '2026-11-23 16.00').verdict, 'late')
    assert.equal(due('easy', '2026-11-23 16.00.01').verdict, 'breached')
  })

  it('rounds the middle of a range up to whole units and never beyond it', () => {
    const at = wib('2026-11-16 09.00')
    const target = (min: number, max: number) =>
      clockOf(serviceOf(range(min, max, 'workday')), desk, at, [received(desk, at), event(at, { kind: 'difficulty', level: 'medium' })]).whole.target
    assert.equal(say(target(1, 2)), '2026-11-18 16.00')
    assert.equal(say(target(1, 5)), '2026-11-19 16.00')
    assert.equal(say(target(5, 15)), '2026-11-30 16.00')
  })

  it('runs on the longest of the products asked for', () => {
    const service = serviceOf(range(1, 2, 'workday'), exactly(2, 'week'), range(1, 5, 'workday'))
    const at = wib('2026-11-16 09.00')
    const due = (...products: string[]) =>
      say(clockOf(service, desk, at, [received(desk, at), event(at, { kind: 'productsChosen', products })]).whole.due)
    assert.equal(due('product-1'), '2026-11-18 16.00')
    assert.equal(due('product-1', 'product-3'), '2026-11-23 16.00')
    assert.equal(due('product-3', 'product-2'), '2026-11-30 16.00')
    assert.equal(due(), '2026-11-30 16.00')
  })

  it('runs only in the phases of the house, one standard after the other', () => {
    const base = serviceOf(range(3, 5, 'workday'), range(5, 15, 'workday'))
    const service = {
      ...base,
      phases: [
        { key: 'collect', name: { id: '-', en: '-' }, side: 'requester' as const, papers: [] },
        { key: 'analyse', name: { id: '-', en: '-' }, side: 'house' as const, product: 'product-1', papers: [] },
        { key: 'implement', name: { id: '-', en: '-' }, side: 'house' as const, product: 'product-2', papers: [] },
      ],
    }
    const at = wib('2026-06-29 08.00')
    const events = [
      received(desk, at),
      event(at, { kind: 'productsChosen', products: ['product-1', 'product-2'] }),
      event(at, { kind: 'phase', phase: 'collect', side: 'requester' }),
      event(wib('2026-07-06 08.00'), { kind: 'phase', phase: 'analyse', side: 'house' }),
      event(wib('2026-07-09 10.00'), { kind: 'phase', phase: 'implement', side: 'house' }),
    ]
    const clock = clockOf(service, desk, wib('2026-07-09 12.00'), events)
    const [collect, analyse, implement] = clock.phases
    assert.equal(collect?.due, null)
    assert.equal(collect?.used, 40 * HOUR)
    assert.equal(say(analyse?.due ?? null), '2026-07-13 16.00')
    assert.equal(analyse?.used, 26 * HOUR)
    assert.equal(say(implement?.due ?? null), '2026-07-30 16.00')
    // Received on a Monday that is day 0; four days of the requester's do not count; then 5 + 15.
    assert.equal(say(clock.whole.due), '2026-07-31 16.00')
    assert.equal(clock.whole.used, 28 * HOUR)
  })

  it('puts one standard after the other without losing a day between, also where a day has 24 hours', () => {
    const day = [{ from: '00:00', until: '24:00' }]
    const always = workingTime(calendarOf({ intake: null, week: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day } }))
    const phase = (key: string, product: string) => ({ key, name: { id: '-', en: '-' }, side: 'house' as const, product, papers: [] })
    const service = { ...serviceOf(exactly(1, 'workday'), exactly(2, 'workday')), phases: [phase('one', 'product-1'), phase('two', 'product-2')] }
    const at = wib('2026-07-06 10.00')
    assert.equal(say(clockOf(service, always, at, [received(always, at)]).whole.due), '2026-07-10 00.00')
    assert.equal(say(clockOf(service, desk, at, [received(desk, at)]).whole.due), '2026-07-09 16.00')
  })

  it('begins on the next working day with room when the day is full', () => {
    const taken = new Map([
      ['2026-11-20', 4],
      ['2026-11-23', 4],
    ])
    const at = wib('2026-11-20 09.00')
    const slot = slotFor(desk, { key: 'colocation', capacityPerDay: 4 }, at, (_, date) => taken.get(date) ?? 0)
    assert.deepEqual(slot, {
      date: '2026-11-24',
      start: wib('2026-11-24 08.00'),
      reason: 'overload',
      full: [
        { date: '2026-11-20', taken: 4 },
        { date: '2026-11-23', taken: 4 },
      ],
    })
    const clock = clockOf(fiveDays, desk, at, [received(desk, at, slot.date), event(at, { kind: 'stepStarted', step: 'verify' })])
    assert.equal(clock.whole.state, 'waiting')
    assert.equal(say(clock.whole.due), '2026-12-01 16.00')
    assert.equal(say(stepOf(clock, 'verify').due), '2026-11-24 11.00')
    assert.equal(clock.explanation.find(({ kind }) => kind === 'overload')?.at, at)
    const same = clockOf(fiveDays, desk, at, [received(desk, at, '2026-11-20')])
    assert.deepEqual([same.whole.state, same.explanation.some(({ kind }) => kind === 'overload')], ['running', false])
    assert.deepEqual(slotFor(desk, { key: 'colocation', capacityPerDay: null }, at, () => 99).full, [])
  })

  it('keeps the promise and shows both dates when a holiday is added later', () => {
    const later = workingTime(calendarOf({ ...shipped('desk'), exceptions: [{ kind: 'closed', date: '2026-11-25', reason: 'Pilkada' }] }), 2)
    const at = wib('2026-11-19 09.00')
    const question = (now: string, events = [received(desk, at), event(at, { kind: 'promised', due: desk.nextOpen(wib('2026-11-26 16.00')) })]) =>
      ticketClock({
        service: fiveDays,
        events: [...events, event(wib('2026-11-23 09.00'), { kind: 'calendarChanged', version: 2 })],
        calendar: version => (version === 2 ? later : desk),
        now: wib(now),
      })
    const clock = question('2026-11-24 09.00')
    assert.equal(say(clock.whole.due), '2026-11-27 16.00')
    assert.equal(say(clock.promised?.due ?? null), '2026-11-26 16.00')
    assert.deepEqual([clock.promised?.version, clock.calendar.version], [1, 2])
    const kinds = clock.explanation.map(({ kind }) => kind)
    assert.ok(kinds.includes('promised') && kinds.includes('calendarChanged') && kinds.includes('exception'))
    // What was over before the edit stays judged by what was in force then.
    const over = question('2026-11-24 09.00', [received(desk, at), event(wib('2026-11-20 09.00'), { kind: 'ended', how: 'closed' })])
    assert.equal(over.calendar.version, 1)
    assert.equal(say(over.whole.due), '2026-11-26 16.00')
  })

  it('judges a step that is done by the calendar of its day, and what runs by the newest', () => {
    const later = workingTime(calendarOf({ ...shipped('desk'), exceptions: [{ kind: 'closed', date: '2026-11-18', reason: 'baru dicatat' }] }), 2)
    const at = wib('2026-11-18 09.00')
    const clock = ticketClock({
      service: fiveDays,
      events: [
        received(desk, at),
        event(at, { kind: 'stepStarted', step: 'verify' }),
        event(wib('2026-11-18 11.00'), { kind: 'stepDone', step: 'verify' }),
        event(wib('2026-11-18 11.00'), { kind: 'stepStarted', step: 'kadis' }),
        event(wib('2026-11-18 12.00'), { kind: 'calendarChanged', version: 2 }),
      ],
      calendar: version => (version === 2 ? later : desk),
      now: wib('2026-11-19 08.10'),
    })
    assert.equal(stepOf(clock, 'verify').used, 2 * HOUR)
    assert.equal(stepOf(clock, 'kadis').used, 10 * MINUTE)
  })

  it('knows the versions of the calendar that came after it was received', () => {
    const events = fromTicket({
      service: fiveDays,
      products: ['product-1'],
      events: colocation,
      calendars: [
        { version: 3, since: 0 },
        { version: 4, since: wib('2026-11-20 13.30') },
        { version: 5, since: wib('2026-11-21 09.00') },
      ],
    })
    const told = events.flatMap((one, i) => (one.kind === 'calendarChanged' ? [[one.version, say(one.at), i === events.length - 1]] : []))
    assert.deepEqual(told, [
      [4, '2026-11-20 13.30', false],
      [5, '2026-11-21 09.00', true],
    ])
    assert.ok(events.every(({ at }, i) => i === 0 || (events[i - 1]?.at ?? 0) <= at))
    assert.equal(events[0]?.kind === 'received' && events[0].calendar, 3)
  })

  it('expects what comes after an overdue step no sooner than now', () => {
    const at = wib('2026-11-18 09.00')
    const now = wib('2026-11-18 15.00')
    const clock = clockOf(fiveDays, desk, now, [received(desk, at), event(at, { kind: 'stepStarted', step: 'verify' })])
    assert.deepEqual([say(stepOf(clock, 'verify').due), say(stepOf(clock, 'kadis').due)], ['2026-11-18 12.00', '2026-11-18 15.30'])
  })

  it('takes a step begun twice as begun once, and nothing that comes after the end', () => {
    const at = wib('2026-11-18 09.00')
    const clock = clockOf(fiveDays, desk, wib('2026-11-18 12.00'), [
      received(desk, at),
      event(at, { kind: 'stepStarted', step: 'verify' }),
      event(wib('2026-11-18 10.00'), { kind: 'stepStarted', step: 'verify' }),
      event(wib('2026-11-18 11.00'), { kind: 'ended', how: 'cancelled' }),
      event(wib('2026-11-18 11.30'), { kind: 'stepStarted', step: 'kadis' }),
      event(wib('2026-11-18 11.30'), { kind: 'difficulty', level: 'easy' }),
    ])
    assert.deepEqual([stepOf(clock, 'verify').started, stepOf(clock, 'verify').used], [at, 2 * HOUR])
    assert.equal(stepOf(clock, 'kadis').state, 'waiting')
    assert.ok(!clock.explanation.some(({ kind }) => kind === 'difficulty'))
  })

  it('tells of the holidays it skipped, not of those that fall on a weekend', () => {
    const at = wib('2026-03-17 09.00')
    const clock = clockOf(fiveDays, desk, at, [received(desk, at)])
    assert.equal(say(clock.whole.due), '2026-03-31 16.00')
    const line = clock.explanation.find(({ kind }) => kind === 'daysOff')
    assert.deepEqual(line?.kind === 'daysOff' && line.days.map(({ date }) => date.slice(8)), ['18', '19', '20', '23', '24'])
  })

  it('asks for an agreement after a breach, and judges by what was agreed', () => {
    const at = wib('2026-11-16 09.00')
    const events = [received(desk, at)]
    const late = wib('2026-11-24 09.00')
    assert.equal(clockOf(fiveDays, desk, late, events).needsAgreement, true)
    const agreed = [
      ...events,
      event(late, { kind: 'agreed', due: wib('2026-11-30 16.00'), reason: 'perangkat belum tiba', signer: 'Drs. Fajar Nugroho' }),
    ]
    const clock = clockOf(fiveDays, desk, wib('2026-11-25 09.00'), agreed)
    assert.equal(clock.needsAgreement, false)
    assert.equal(clock.agreed?.kept, null)
    assert.equal(clock.whole.verdict, 'breached')
    assert.equal(clockOf(fiveDays, desk, wib('2026-12-01 09.00'), agreed).needsAgreement, true)
    const closed = [...agreed, event(wib('2026-11-30 15.00'), { kind: 'ended', how: 'closed' })]
    assert.equal(clockOf(fiveDays, desk, wib('2026-12-01 09.00'), closed).agreed?.kept, true)
  })

  it('tells the next level before and after, and nobody while the clock stands', () => {
    const rules: EscalationRule[] = [
      { key: 'soon', of: 'whole', amount: -1, unit: 'workday', to: 'kabid' },
      { key: 'now', of: 'whole', amount: 0, unit: 'hour', to: 'kabid' },
      { key: 'over', of: 'whole', amount: 1, unit: 'hour', to: 'kadis' },
      { key: 'step', of: 'step', amount: -5, unit: 'minute', to: 'kabid' },
    ]
    const told = escalations(desk, colocationAt(wib('2026-11-20 14.00')), rules).map(({ rule, at, step, before }) => [rule, step, say(at), before])
    assert.deepEqual(told, [
      ['step', 'order', '2026-11-20 14.04', true],
      ['soon', null, '2026-11-26 16.00', true],
      ['now', null, '2026-11-27 16.00', false],
      ['over', null, '2026-11-30 09.00', false],
    ])
    assert.deepEqual(escalations(desk, colocationAt(wib('2026-11-20 14.00')), []), [])
    const standing = clockOf(fiveDays, desk, wib('2026-11-20 12.00'), [
      received(desk, wib('2026-11-20 08.00')),
      event(wib('2026-11-20 09.00'), { kind: 'paused', reason: 'server', note: '' }),
    ])
    assert.deepEqual(escalations(desk, standing, rules), [])
  })

  it('takes a clock that was set back as the time of the event before, and says so', () => {
    const clock = clockOf(fiveDays, desk, wib('2026-11-18 12.00'), [
      received(desk, wib('2026-11-18 09.00')),
      event(wib('2026-11-18 09.00'), { kind: 'stepStarted', step: 'verify' }),
      event(wib('2026-11-18 10.00'), { kind: 'paused', reason: 'server', note: '' }),
      event(wib('2026-11-18 09.30'), { kind: 'resumed' }),
    ])
    assert.equal(clock.whole.paused, 0)
    assert.equal(clock.whole.used, 3 * HOUR)
    const line = clock.explanation.find(({ kind }) => kind === 'setBack')
    assert.equal(line?.at, wib('2026-11-18 10.00'))
    // Looked at by a computer whose clock is behind the last event: nothing runs backwards.
    const behind = clockOf(fiveDays, desk, wib('2026-11-18 08.00'), [
      received(desk, wib('2026-11-18 09.00')),
      event(wib('2026-11-18 10.00'), { kind: 'difficulty', level: 'easy' }),
    ])
    assert.deepEqual([behind.whole.state, behind.whole.used], ['running', HOUR])
  })

  it('says that a year without an official list is an estimate', () => {
    const at = wib('2026-12-29 09.00')
    const clock = clockOf(fiveDays, desk, at, [received(desk, at)])
    assert.equal(say(clock.whole.due), '2027-01-05 16.00')
    assert.deepEqual(
      clock.explanation.filter(({ kind }) => kind === 'estimate'),
      [{ kind: 'estimate', at, years: [2027] }],
    )
  })

  it('knows nothing of a draft, and stops with every end', () => {
    const draft = clockOf(fiveDays, desk, wib('2026-11-18 09.00'), [])
    assert.deepEqual([draft.whole.state, draft.whole.due, draft.explanation], ['waiting', null, []])
    for (const how of ['rejected', 'cancelled', 'merged', 'closed'] as const) {
      const ended = clockOf(fiveDays, desk, wib('2027-03-01 09.00'), [
        received(desk, wib('2026-11-18 09.00')),
        event(wib('2026-11-18 09.00'), { kind: 'stepStarted', step: 'verify' }),
        event(wib('2026-11-18 10.00'), { kind: 'ended', how }),
      ])
      assert.deepEqual([ended.whole.state, ended.whole.verdict, ended.whole.used], ['done', 'onTime', HOUR])
      assert.equal(stepOf(ended, 'verify').state, 'done')
    }
  })

  it('writes standards and durations as people read them', () => {
    assert.equal(standardText(range(3, 5, 'workday'), 'id'), '3–5 hari kerja')
    assert.equal(standardText(exactly(1, 'workday'), 'en'), '1 working day')
    assert.equal(workText(37 * HOUR + 30 * MINUTE, 'id'), '37 j 30 mnt')
    assert.equal(workText(0, 'en'), '0 min')
  })
})
