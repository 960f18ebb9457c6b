// What the desk's pages work out by themselves: time left, the bar of a day, the chain, what belongs to a list, months. No browser.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { TicketHead, TicketView } from '../../daemon/domain/ticket-view.ts'
import { createTickets } from '../../dashboard/live/tickets.ts'
import { dueWithin } from '../../dashboard/pages/calendar/due.ts'
import { moveMonth, readMonth, weeksOf } from '../../dashboard/pages/calendar/month.ts'
import { withNews } from '../../dashboard/pages/requests/merge.ts'
import { chainOf } from '../../dashboard/pages/ticket/steps.ts'
import { grouped, groupOf, kindOfStep } from '../../dashboard/pages/tickets/groups.ts'
import { belongs, mergeNews, readQuery, urlOf } from '../../dashboard/pages/tickets/query.ts'
import { dayBar } from '../../dashboard/parts/clock/day.ts'
import { partUsed, remainingAt, urgencyOf, usedAt } from '../../dashboard/parts/clock/remaining.ts'
import { eventsOf, NOW, ticketStory, told, wib } from '../support/ticket-story.ts'

const MINUTE = 60_000

async function running(over: Partial<TicketView> = {}, at = NOW) {
  const view = await ticketStory(over, at)
  const step = view.clock?.steps.find(one => one.key === 'order')
  assert.ok(step && view.clock)
  return { view, clock: view.clock, step }
}

describe('the service clock on a page', () => {
  it('runs the figures of the daemon on by itself, up to the deadline and past it', async () => {
    const { view, step } = await running()
    assert.equal(remainingAt(view, step, NOW), 3 * MINUTE + 28_000)
    assert.equal(remainingAt(view, step, NOW + MINUTE), 2 * MINUTE + 28_000)
    assert.equal(remainingAt(view, step, NOW + 10 * MINUTE), -6 * MINUTE - 32_000)
    assert.equal(urgencyOf(view, step, NOW), 'soon')
    assert.equal(urgencyOf(view, step, NOW + 10 * MINUTE), 'breached')
    assert.equal(usedAt(view, step, NOW), 11 * MINUTE + 32_000)
    assert.ok(Math.abs((partUsed(view, step, NOW) ?? 0) - 11.533 / 15) < 0.001)
  })

  it('stands still when the desk has closed', async () => {
    const { view, step } = await running()
    assert.equal(remainingAt(view, step, wib('20 16.00')), remainingAt(view, step, wib('20 23.00')))
  })

  it('stands still in a pause, however long the page is open', async () => {
    const events = eventsOf(told.slice(0, 3))
    const view = await ticketStory({ events, status: 'returned' }, wib('20 09.00'))
    const step = view.clock?.steps.find(one => one.key === 'verify')
    assert.ok(step)
    assert.equal(step.state, 'paused')
    assert.equal(remainingAt(view, step, wib('20 15.00')), step.remaining)
    assert.equal(urgencyOf(view, step, wib('20 15.00')), 'fine')
  })

  it('draws the day: what ran, the pause hatched, the step that runs, what is left', async () => {
    const { view, clock } = await running()
    const bar = dayBar(clock, view, NOW)
    assert.ok(bar)
    assert.deepEqual([bar.from, bar.until], [wib('20 08.00'), wib('20 16.00')])
    assert.deepEqual(
      bar.segments.map(one => [one.kind, one.from, one.until]),
      [
        ['ran', wib('20 08.00'), wib('20 08.31')],
        ['pause', wib('20 08.31'), wib('20 13.05')],
        ['ran', wib('20 13.05'), wib('20 13.21')],
        ['ran', wib('20 13.21'), wib('20 13.43')],
        ['ran', wib('20 13.43'), wib('20 13.54')],
        ['now', wib('20 13.54'), NOW],
        ['left', NOW, wib('20 14.09')],
      ],
    )
    assert.equal(bar.ticks.length, 9)
  })

  it('never draws outside the day, nor two things in one place', async () => {
    const { view, clock } = await running()
    fc.assert(
      fc.property(fc.integer({ min: -12 * 60, max: 12 * 60 }), minutes => {
        const bar = dayBar(clock, view, NOW + minutes * MINUTE)
        assert.ok(bar)
        for (const [i, one] of bar.segments.entries()) {
          assert.ok(one.left >= -1e-9 && one.left + one.width <= 100 + 1e-9)
          const next = bar.segments[i + 1]
          if (minutes >= 0 && next !== undefined) assert.ok(one.left + one.width <= next.left + 1e-9, `${one.kind} runs into ${next.kind}`)
        }
      }),
    )
  })

  it('has no bar on a day off', async () => {
    const { view, clock } = await running()
    assert.equal(dayBar(clock, { ...view, today: [] }, NOW), null)
  })
})

describe('the chain of steps', () => {
  it('names who did each step and who has it now', async () => {
    const chain = chainOf(await ticketStory())
    assert.deepEqual(
      chain.slice(0, 5).map(one => [one.step.key, one.state, one.who]),
      [
        ['verify', 'done', 'Dewi Saputri'],
        ['dispose-kadis', 'done', 'Ir. Hasan Basri'],
        ['dispose-kabid', 'done', 'Rini Marlina, M.Kom.'],
        ['order', 'now', 'Yulia Handayani'],
        ['work', 'todo', null],
      ],
    )
  })

  it('calls what never came skipped once the ticket has ended', async () => {
    const view = await ticketStory({ status: 'cancelled', endedAt: NOW, step: null, turn: null })
    assert.equal(chainOf(view).at(-1)?.state, 'skipped')
  })
})

async function head(over: Partial<TicketHead> = {}): Promise<TicketHead> {
  const { serviceDefinition: _, clock: __, events: ___, ...rest } = await ticketStory()
  return { ...rest, ...over }
}

describe('the list of tickets', () => {
  it('reads whatever stands in its address and asks only for what there is', () => {
    const query = readQuery(new URLSearchParams('view=late&status=flying&organisation=-3&page=zwei&sort=up&search=rak%20B6'), 'inbox')
    assert.deepEqual([query.view, query.status, query.organisation, query.page, query.sort], ['late', null, null, 1, 'due'])
    assert.equal(urlOf(query), '/api/v1/tickets?view=late&search=rak+B6&sort=due&page=1&size=50')
    fc.assert(fc.property(fc.string(), text => assert.match(urlOf(readQuery(new URLSearchParams(text), 'all')), /^\/api\/v1\/tickets\?view=/)))
  })

  it('changes rows in place, marks what has left, and only counts what is new', async () => {
    const query = readQuery(new URLSearchParams('view=inbox'), 'inbox')
    const eyes = { person: 14, isMine: (one: TicketHead) => one.turn?.person === 14 }
    const [one, two] = [await head(), await head({ id: 413, number: 'T-2026-0413' })]
    const news = new Map([
      [two.id, { ...two, seq: two.seq + 1, turn: { chair: 'petugas', person: 11, name: 'Dewi Saputri' } }],
      [414, await head({ id: 414, number: 'T-2026-0414' })],
      [415, await head({ id: 415, turn: { chair: 'kadis', person: 12, name: '' } })],
    ])
    const { rows, fresh } = mergeNews([one, two], news, is => belongs(is, query, eyes))
    assert.deepEqual(
      rows.map(row => [row.head.number, row.gone]),
      [
        ['T-2026-0412', false],
        ['T-2026-0413', true],
      ],
    )
    assert.equal(rows[1]?.head.turn?.name, 'Dewi Saputri')
    assert.deepEqual(
      fresh.map(is => is.id),
      [414],
    )
  })

  it('keeps what only the daemon can know: a full text search takes in and throws out nothing by itself', async () => {
    const query = readQuery(new URLSearchParams('search=rak'), 'all')
    assert.equal(belongs(await head(), query, { person: 1, isMine: () => false }), null)
    assert.equal(belongs(await head({ status: 'draft' }), query, { person: 1, isMine: () => false }), false)
  })

  it('groups by what runs out first and does not move a row while it is read', async () => {
    const at = NOW
    const tomorrow = wib('21 00.00')
    const asked = await Promise.all([
      head({ id: 1, stepDue: wib('24 10.00'), lateness: 'fine' }),
      head({ id: 2, stepDue: wib('20 15.30'), lateness: 'fine' }),
      head({ id: 3, stepDue: wib('20 13.00'), lateness: 'breached' }),
      head({ id: 4, status: 'paused', lateness: 'fine' }),
      head({ id: 5, stepDue: wib('20 14.09'), lateness: 'soon' }),
    ])
    const list = grouped(
      asked.map(one => ({ asked: one, head: { ...one, lateness: 'breached' } })),
      at,
      tomorrow,
    )
    assert.deepEqual(
      list.map(one => [one.row.asked.id, one.group]),
      [
        [3, 'breached'],
        [5, 'soon'],
        [2, 'today'],
        [1, 'later'],
        [4, 'waiting'],
      ],
    )
    assert.equal(groupOf(await head({ endedAt: NOW }), at, tomorrow), 'ended')
    assert.deepEqual(['dispose-kadis', 'order', 'ordering'].map(kindOfStep), ['dispose', 'order', null])
  })
})

describe('what a page holds of tickets', () => {
  it('keeps the newest, whichever comes last', async () => {
    const tickets = createTickets()
    const view = await ticketStory()
    const older = { ...view, seq: view.seq - 1, title: 'older' }
    tickets.apply({ topic: 'ticket:T-2026-0412', full: true, ticket: view })
    tickets.apply({ topic: 'ticket:T-2026-0412', full: false, ticket: older })
    assert.equal(tickets.view(view.number).value?.title, view.title)
    const [was, is] = [await head({ seq: 3, title: 'was' }), await head({ seq: 4, title: 'is' })]
    tickets.apply({ topic: 'tickets', full: true, tickets: [is] })
    tickets.apply({ topic: 'tickets', full: false, tickets: [was] })
    assert.equal(tickets.heads.value.get(412)?.title, 'is')
    assert.equal(tickets.anew.value, 1)
  })

  it('forgets what it was told before a gap: the list that is asked for then is newer', async () => {
    const tickets = createTickets()
    const [open, moved] = [await head({ seq: 3, status: 'open' }), await head({ id: 7, number: 'T-2026-0007', seq: 4 })]
    tickets.apply({ topic: 'tickets', full: true })
    tickets.apply({ topic: 'tickets', full: false, tickets: [open, moved] })
    // The page that followed them was left; meanwhile both went on, and another page follows anew.
    tickets.apply({ topic: 'tickets', full: true })
    const asked = [await head({ seq: 9, status: 'closed', endedAt: NOW })]
    assert.deepEqual(
      mergeNews(asked, tickets.heads.value, () => true),
      { rows: [{ head: asked[0], asked: asked[0], gone: false }], fresh: [] },
      'nothing is called new that has gone from the list',
    )
    assert.deepEqual(
      withNews(asked, tickets.heads.value).map(({ status }) => status),
      ['closed'],
    )
    // What overtook the answer by a moment does not undo it; a draft changes under the same number of events.
    assert.deepEqual(
      withNews(asked, new Map([[open.id, open]])).map(({ status }) => status),
      ['closed'],
    )
    const draft = await head({ seq: 1, status: 'draft', title: 'was', changedAt: 5 })
    assert.deepEqual(
      withNews([draft], new Map([[draft.id, { ...draft, title: 'is', changedAt: 6 }]])).map(({ title }) => title),
      ['is'],
    )
  })

  it('does not grow with the weeks a tab is open', async () => {
    const tickets = createTickets()
    const one = await head()
    for (let id = 1; id <= 5_000; id += 100)
      tickets.apply({ topic: 'tickets', full: false, tickets: Array.from({ length: 100 }, (_, i) => ({ ...one, id: id + i })) })
    assert.equal(tickets.heads.value.size, 2_000)
    assert.ok(tickets.heads.value.has(5_000), 'the newest stay')
  })
})

describe('a month of the calendar', () => {
  it('has whole weeks from Monday that hold every day of it once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2198 }), fc.integer({ min: 1, max: 12 }), (year, no) => {
        const month = `${year}-${String(no).padStart(2, '0')}`
        const weeks = weeksOf(month)
        assert.ok(weeks.every(week => week.length === 7 && new Date(`${week[0]}T00:00:00Z`).getUTCDay() === 1))
        const days = weeks.flat().filter(date => date.startsWith(month))
        assert.equal(days.length, new Date(Date.UTC(year, no, 0)).getUTCDate())
        assert.equal(moveMonth(moveMonth(month, 7), -7), month)
      }),
    )
    assert.equal(readMonth('2026-13'), null)
    assert.equal(readMonth("2026-11' or 1"), null)
  })
})

describe('what is due on a day', () => {
  const head = (id: number, due: number | null, seq = 1, status: TicketHead['status'] = 'open') => ({ id, due, seq, status }) as TicketHead
  const ids = (asked: readonly TicketHead[], news: readonly TicketHead[]) =>
    dueWithin(asked, new Map(news.map(one => [one.id, one])), 100, 200).map(({ id }) => id)

  it('follows the stream without asking again: moved here, moved away, done, put back in time', () => {
    const asked = [head(1, 110), head(2, 150), head(3, 199)]
    assert.deepEqual(ids(asked, []), [1, 2, 3])
    assert.deepEqual(ids(asked, [head(4, 120), head(5, 200), head(6, null)]), [1, 4, 2, 3])
    assert.deepEqual(ids(asked, [head(2, 900, 2), head(3, 199, 2, 'closed')]), [1])
    assert.deepEqual(ids(asked, [head(1, 190, 2, 'paused')]), [2, 1, 3])
    // What the stream told before it was asked is older.
    assert.deepEqual(ids([head(1, 110, 5)], [head(1, 900, 4)]), [1])
  })
})
