// Whatever people try in whatever order: a ticket is at one step, what has ended stays ended, and every disposition names who held the chair.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { actionsOf } from '../../../daemon/desk/tickets/actions.ts'
import { decide } from '../../../daemon/desk/tickets/decide.ts'
import type { Context, Holder } from '../../../daemon/desk/tickets/guards.ts'
import { apply, BEGIN, fold, type TicketState } from '../../../daemon/desk/tickets/state.ts'
import type { Viewer } from '../../../daemon/domain/people.ts'
import { Service } from '../../../daemon/domain/service.ts'
import { type Actor, DAEMON, ENDED, type TicketEvent, type TicketFact } from '../../../daemon/domain/ticket.ts'
import { TicketAction } from '../../../daemon/domain/ticket-action.ts'
import type { TicketFrame } from '../../../daemon/domain/ticket-record.ts'
import { viewer } from '../../support/viewers.ts'

const words = (text: string) => ({ id: text, en: text })
const step = (key: string, kind: string, owner: string) => ({ key, kind, owner, label: words(key) })
const service = Service.parse({
  key: 'layanan',
  reference: 'SV0',
  name: words('Layanan'),
  summary: words('-'),
  group: 'desk',
  products: [{ key: 'produk', name: words('Produk'), standard: { min: 1, max: 5, unit: 'workday' } }],
  form: {
    title: words('Formulir'),
    sections: [{ key: 'a', title: words('A'), fields: [{ key: 'isi', label: words('Isi'), type: 'text' }] }],
    statement: words('-'),
    signer: { echelon: null, label: words('Pemohon') },
  },
  steps: [
    step('submit', 'submit', 'requester'),
    step('verify', 'verify', 'petugas'),
    step('kadis', 'dispose', 'kadis'),
    step('kabid', 'dispose', 'kabid'),
    step('order', 'order', 'prakom'),
    step('work', 'work', 'petugas'),
    step('report', 'report', 'petugas'),
    step('minutes', 'minutes', 'petugas'),
    step('archive', 'archive', 'petugas'),
  ],
  phases: [{ key: 'tahap', name: words('Tahap'), side: 'house' }],
  evaluation: [words('Bagaimana?')],
})

const CHAIRS: Readonly<Record<string, readonly number[]>> = { kadis: [1], kabid: [2], prakom: [3], petugas: [4, 5] }
const holder = (person: number): Holder => ({ person, name: `orang ${person}`, position: `jabatan ${person}`, standIn: false })
const people: readonly Viewer[] = [
  ...['kadis', 'kabid', 'prakom'].map((chair, i) => viewer('approver', { person: i + 1, positions: [chair] })),
  viewer('officer', { person: 4, positions: ['petugas'] }),
  viewer('officer', { person: 5, positions: ['petugas'] }),
  viewer('requester', { person: 7, organisations: [7] }),
  viewer('requester', { person: 8, organisations: [8] }),
  viewer('noc', { person: 9 }),
  viewer('auditor', { person: 10 }),
]
const frame: TicketFrame = {
  id: 1,
  number: 'T-2026-0001',
  kind: 'request',
  service: 'layanan',
  version: 1,
  organisation: 7,
  requester: { person: 7, name: 'orang 7', email: '', phone: '' },
  channel: 'portal',
  about: null,
  createdAt: 0,
  createdBy: 7,
}

const contextOf = (state: TicketState, by: Viewer, at: number): Context => {
  const here = state.step === null ? undefined : service.steps[state.step]
  const next = state.step === null ? undefined : service.steps[state.step + 1]
  const chair = (key: string | undefined): Holder[] => (CHAIRS[key ?? ''] ?? []).map(holder)
  return {
    at,
    frame,
    service,
    actor: { account: by.account, person: by.person, name: by.name, position: `jabatan ${by.person}`, organisation: null },
    holders: chair(here?.owner),
    receivers: chair(next?.owner),
    workers: chair('petugas'),
    named: person => (person <= 5 ? holder(person) : null),
    chair: key => key,
    signerReaches: true,
    mistakes: { requester: [], officer: [] },
    filled: { requester: null, officer: null },
    breached: at % 2 === 0,
    team: null,
    matrix: {
      low: { low: 'low', medium: 'low', high: 'medium' },
      medium: { low: 'low', medium: 'medium', high: 'high' },
      high: { low: 'medium', medium: 'high', high: 'critical' },
    },
    into: { id: 2, organisation: 7, open: true },
    drawn: { document: 11, minutes: '1/BA', agenda: 3 },
  }
}

const person = fc.integer({ min: 1, max: 10 })
const text = fc.constantFrom('Tindak lanjuti.', 'Mohon ditelaah.', 'Sudah diperiksa.')
const action = fc.oneof(
  fc.constant({ kind: 'verify' }),
  fc.record({ kind: fc.constant('return'), reason: text }),
  fc.constant({ kind: 'resubmit' }),
  fc.record({ kind: fc.constant('dispose'), to: person, note: text }),
  fc.record({ kind: fc.constant('sendBack'), note: text }),
  fc.record({ kind: fc.constant('take'), person: fc.option(person, { nil: undefined }) }),
  fc.record({ kind: fc.constant('urgent'), to: person, reason: text }),
  fc.record({ kind: fc.constant('ratify'), note: text }),
  fc.record({ kind: fc.constant('phase'), phase: fc.constantFrom('tahap', 'lain') }),
  fc.record({ kind: fc.constant('work'), note: text }),
  fc.record({ kind: fc.constant('report'), text }),
  fc.constant({ kind: 'minutes' }),
  fc.constant({ kind: 'archive' }),
  fc.record({ kind: fc.constant('pause'), reason: fc.constantFrom('requester', 'server'), note: text }),
  fc.constant({ kind: 'resume' }),
  fc.record({ kind: fc.constant('reject'), reason: text }),
  fc.record({ kind: fc.constant('cancel'), reason: text }),
  fc.constant({ kind: 'merge', into: 'T-2026-0002' }),
  fc.record({ kind: fc.constant('note'), text, visibility: fc.constantFrom('public', 'internal') }),
  fc.record({ kind: fc.constant('task'), title: text }),
  fc.record({ kind: fc.constant('taskDone'), task: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('watch'), on: fc.boolean() }),
  fc.record({ kind: fc.constant('evaluate'), scores: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }) }),
)
/** Null: whoever can takes the procedure one step on, so that tries get to its end too. */
const tries = fc.array(
  fc.record({ by: fc.integer({ min: 0, max: people.length - 1 }), action: fc.option(action, { freq: 2, nil: null }), signed: fc.boolean() }),
  { maxLength: 120 },
)
const ONWARD = [
  { kind: 'resume' }, { kind: 'resubmit' }, { kind: 'verify' }, { kind: 'ratify', note: 'Disahkan.' }, { kind: 'work', note: 'Dikerjakan.' },
  { kind: 'report', text: 'Selesai.' }, { kind: 'minutes' }, { kind: 'archive' }, ...[1, 2, 3, 4].map(to => ({ kind: 'dispose', to, note: 'Lanjut.' })),
].map(given => TicketAction.parse(given)) // biome-ignore format: the procedure

function onward(state: TicketState, at: number): { who: Viewer; facts: readonly TicketFact[] } | null {
  for (const next of ONWARD)
    for (const who of people) {
      const made = decide(state, next, who, contextOf(state, who, at))
      if (made.ok) return { who, facts: made.value }
    }
  return null
}

interface Played {
  readonly events: readonly TicketEvent[]
  readonly states: readonly TicketState[]
}

/** Plays the tries; what is refused changes nothing. The minutes come back signed now and then, as they do. */
function play(given: readonly { by: number; action: object | null; signed: boolean }[]): Played {
  const events: TicketEvent[] = []
  const states: TicketState[] = [BEGIN]
  const add = (facts: readonly TicketFact[], by: Actor) => {
    for (const fact of facts) {
      const event: TicketEvent = { ...fact, seq: events.length + 1, at: events.length * 1000, by }
      events.push(event)
      states.push(apply(states.at(-1) ?? BEGIN, event, service))
    }
  }
  add(
    [
      { kind: 'created', channel: 'portal' },
      { kind: 'submitted', received: 0, slot: null },
    ],
    DAEMON,
  )
  for (const { by, action: raw, signed } of given) {
    const state = states.at(-1) ?? BEGIN
    const next = raw === null ? onward(state, events.length * 1000) : null
    if (next !== null) add(next.facts, contextOf(state, next.who, 0).actor)
    const who = people[by] ?? people[0]
    const parsed = TicketAction.safeParse(raw)
    if (who !== undefined && parsed.success) {
      const context = contextOf(state, who, events.length * 1000)
      const facts = decide(state, parsed.data, who, context)
      if (facts.ok) add(facts.value, context.actor)
    }
    const after = states.at(-1) ?? BEGIN
    if (signed && after.minutes !== null && after.minutes.state === 'draft' && !ENDED.has(after.status))
      add([{ kind: 'document', document: after.minutes.document, title: 'BA', state: 'returned' }], DAEMON)
  }
  return { events, states }
}

describe('the state of a ticket', () => {
  it('gets to its end when everybody does his part', () => {
    const { states } = play(Array.from({ length: 10 }, () => ({ by: 0, action: null, signed: true })))
    assert.equal(states.at(-1)?.status, 'closed')
  })

  it('is at one step at a time, moves one step or to the work, and never past the end', () => {
    fc.assert(
      fc.property(tries, given => {
        const { states, events } = play(given)
        for (const [i, state] of states.entries()) {
          const before = states[i - 1]
          if (before === undefined || state.step === null || before.step === null) continue
          assert.ok(state.step >= 1 && state.step < service.steps.length)
          const moved = state.step - before.step
          const kind = events[i - 1]?.kind
          if (kind === 'urgent') assert.equal(service.steps[state.step]?.kind, 'work')
          else if (kind === 'sentBack') assert.equal(moved, -1)
          else assert.ok(moved === 0 || moved === 1, `${kind} moved ${moved} steps`)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('stays ended once it has ended, for everybody', () => {
    fc.assert(
      fc.property(tries, given => {
        const { states, events } = play(given)
        const end = states.findIndex(({ status }) => ENDED.has(status))
        if (end < 0) return
        for (const [i, state] of states.slice(end).entries()) {
          assert.equal(state.status, states[end]?.status)
          assert.equal(state.endedAt, states[end]?.endedAt)
          if (i > 0) assert.ok(['note', 'watched', 'evaluated'].includes(events[end + i - 1]?.kind ?? ''), events[end + i - 1]?.kind)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('lets only who holds the chair dispose, and only to who holds the next one', () => {
    fc.assert(
      fc.property(tries, given => {
        const { states, events } = play(given)
        for (const [i, event] of events.entries()) {
          if (event.kind !== 'disposed') continue
          const at = service.steps[states[i]?.step ?? 0]
          const next = service.steps[(states[i]?.step ?? 0) + 1]
          assert.equal(at?.key, event.step)
          assert.ok(CHAIRS[at?.owner ?? '']?.includes(event.by.person ?? 0), `${event.by.person} disposed for ${at?.owner}`)
          assert.ok(CHAIRS[next?.owner ?? '']?.includes(event.to.person))
          assert.notEqual(event.by.position, '')
        }
        const archived = states.find(({ status }) => status === 'closed')
        if (archived !== undefined) assert.deepEqual([archived.owed, archived.minutes?.state], [[], 'returned'])
      }),
      { numRuns: 300 },
    )
  })

  it('never offers what it then refuses for the state it is in, and is the same however often it is folded', () => {
    fc.assert(
      fc.property(tries, given => {
        const { states, events } = play(given)
        assert.deepEqual(fold(events, service), states.at(-1))
        const state = states.at(-1) ?? BEGIN
        for (const who of people) {
          const context = contextOf(state, who, 1000)
          const offered = actionsOf(state, who, context, false)
          const free = offered.filter(({ why }) => why === null).map(({ kind }) => kind)
          for (const kind of ['verify', 'resume', 'resubmit', 'minutes', 'archive', 'watch'] as const) {
            const made = decide(state, TicketAction.parse(kind === 'watch' ? { kind, on: true } : { kind }), who, context)
            assert.equal(made.ok, free.includes(kind), `${kind} for ${who.roles[0]}`)
          }
        }
      }),
      { numRuns: 200 },
    )
  })
})
