// Records as the engine changes them: planned, agreed to, applied on a real BIND, proven at each server, taken back.
import assert from 'node:assert/strict'
import type { Change, State, Wanted } from '../../../daemon/domain/change.ts'
import { done, failed } from '../../../daemon/domain/outcome.ts'
import { type Engine, openEngine } from '../../../provisioning/engine/engine.ts'
import type { Hands } from '../../../provisioning/hands.ts'
import rrsets from '../../../provisioning/resources/rrset.ts'
import { type MemoryBook, memoryBook } from '../../support/change-book.ts'
import { hand, plannedChange, wish } from '../../support/engine-stage.ts'
import { hasNamed, type NamedPair, startNamed } from '../../support/named.ts'
import { bad, call, good, rrset, zoneOn } from './ground.ts'

const ZONE = 'plan.go.id'

describe('records in a plan', () => {
  let pair: NamedPair
  let book: MemoryBook
  let engine: Engine
  let patience = 10_000
  /** Between two steps of a walk something may happen. */
  let before: (names: readonly string[]) => Promise<void> = async () => undefined

  beforeEach(async function () {
    if (!hasNamed()) return this.skip()
    patience = 10_000
    before = async () => undefined
    book = memoryBook()
    pair = await startNamed([{ name: ZONE, records: 'old A 127.0.0.10\nold MX 10 old\n*.wild A 127.0.0.20\nhttps TYPE65 \\# 3 000100\n' }])
    const hands = {
      zone: async (name: string) => {
        if (name !== ZONE) return failed('notFound', `There is no zone ${name}.`)
        const held = await book.held({ kind: 'zone', id: name })
        const zone = zoneOn(pair, ZONE, { patience, ours: held.map(one => one.name) })
        const swap: typeof zone.swap = async (...given) => {
          await before(given[0].map(one => one.name))
          return await zone.swap(...given)
        }
        return done({ ...zone, swap, rights: [{ organisation: 7, owners: `*.dinkes.${ZONE}` }] })
      },
    } as unknown as Hands
    engine = openEngine({
      shelf: new Map([['rrset', rrsets]]),
      handsFor: change => ({ ...hands, change }),
      book,
      enter: () => Promise.resolve(done(() => Promise.resolve())),
      guard: { least: 10, share: 0.3 },
      clock: () => 1_790_000_000_000,
      log: call().log,
      tell: () => undefined,
      pause: () => Promise.resolve(),
    })
  })
  afterEach(() => pair?.close())

  const want = (host: string, type: string, state: State | null, more: Partial<Wanted> = {}): Wanted => ({
    resource: 'rrset',
    place: { kind: 'zone', id: ZONE },
    name: `${host === '' ? '' : `${host}.`}${ZONE}. ${type}`,
    state,
    ...more,
  })
  const a = (...last: readonly number[]) => rrset('A', 300, ...last.map(one => `127.0.0.${one}`))
  /** With a second person where one is needed. */
  const through = async (wanted: readonly Wanted[], organisation: number | null = null): Promise<Change> => {
    const { number, plan } = await plannedChange(engine, wanted, { organisation })
    if (plan.danger !== 'plain') good(await engine.consent(number, hand(5), plan.digest))
    return await good(await engine.apply(number, hand(1), plan.digest)).ended
  }
  const short = (host: string, type = 'A', server = pair.primary) => pair.dig(server, `${host}.${ZONE}`, type, '+short')

  it('are made, proven at both servers with what each answered, and taken back as they were', async () => {
    const change = await through([want('www', 'A', a(1, 2)), want('www', 'TXT', rrset('TXT', 300, '"v=spf1 -all"'))])
    assert.equal(change.state, 'verified', JSON.stringify(change))
    const [proof] = change.state === 'verified' ? change.proofs : []
    assert.equal(proof?.from, 'outside')
    assert.match(proof?.words.id ?? '', /2 server menjawab www\.plan\.go\.id\. A/)
    assert.deepEqual(
      ((proof?.facts['answers'] ?? []) as { server: string; right: boolean }[]).map(({ server, right }) => [server, right]),
      [
        [pair.primary, true],
        [pair.secondary, true],
      ],
    )
    const { ended } = good(await engine.undo(change.number, hand(1), 'it was too early'))
    assert.equal((await ended).state, 'undone')
    assert.equal(await short('www'), '')
    assert.equal(await short('www', 'TXT'), '')
  })

  it('by somebody else’s hand are not written over, are taken over as they are, and then are ours', async () => {
    const { number } = good(await engine.request(wish([want('old', 'A', a(9))])))
    good(await engine.approve(number, hand(2), 'person'))
    const taken = bad(await engine.plan(number, call()))
    assert.match(taken.message, /old\.plan\.go\.id\. A.*127\.0\.0\.10/)
    assert.equal((await through([want('old', 'A', a(10), { adopt: true })])).state, 'verified')
    assert.equal(await short('old'), '127.0.0.10')
    assert.equal((await through([want('old', 'A', a(9))])).state, 'verified')
    assert.equal(await short('old'), '127.0.0.9')
  })

  it('drift: what is missing, what is changed; what others made is counted only; types that are unknown here are left alone', async () => {
    await through([want('one', 'A', a(1)), want('two', 'A', a(2))])
    await pair.nsupdate(ZONE, [`update delete one.${ZONE} A`, `update delete two.${ZONE} A`, `update add two.${ZONE} 300 A 127.0.0.3`])
    const drift = good(await engine.drift({ kind: 'zone', id: ZONE }, call()))
    assert.deepEqual(drift.items.map(({ kind, name }) => `${kind} ${name}`).sort(), [`changed two.${ZONE}. A`, `missing one.${ZONE}. A`])
    assert.equal(drift.others, 5, 'a wildcard, the name server and its address, and two of somebody else: counted, not kept')
  })

  it('say how dangerous they are: one name is plain, what goes is destructive, what reaches beyond one name wants a second person', async () => {
    const danger = async (wanted: Wanted, organisation: number | null = null) => (await plannedChange(engine, [wanted], { organisation })).plan.danger
    assert.equal(await danger(want('www', 'A', a(1))), 'plain')
    assert.equal(await danger(want('', 'A', a(1))), 'privileged')
    assert.equal(await danger(want('', 'TXT', rrset('TXT', 300, '"v=spf1 -all"'))), 'privileged')
    assert.equal(await danger(want('*', 'A', a(1))), 'privileged')
    assert.equal(await danger(want('sub', 'NS', rrset('NS', 300, 'ns.other.id.'))), 'privileged')
    assert.equal(await danger(want('old', 'MX', null, { adopt: true })), 'destructive')
    assert.equal(await danger(want('www.dinkes', 'A', a(1)), 7), 'plain')
    assert.equal(await danger(want('www.dinkes', 'A', a(1)), 8), 'privileged')
    assert.equal(await danger(want('www', 'A', a(1)), 7), 'privileged')
  })

  it('that cannot stand are refused in the plan, by name and reason', async () => {
    const refusedFor = async (...wanted: readonly Wanted[]) => {
      const { number } = good(await engine.request(wish(wanted)))
      good(await engine.approve(number, hand(2), 'person'))
      return bad(await engine.plan(number, call()))
    }
    const cname = rrset('CNAME', 300, `www.${ZONE}.`)
    assert.match((await refusedFor(want('old', 'CNAME', cname))).message, /cannot stand beside A, MX/)
    assert.match((await refusedFor(want('both', 'A', a(1)), want('both', 'CNAME', cname))).message, /both.*cannot stand beside A/)
    assert.match((await refusedFor(want('', 'CNAME', cname))).message, /own name/)
    assert.match((await refusedFor(want('www', 'A', rrset('A', 300, '10.0.0.1\n')))).message, /cannot be seen/)
    assert.match((await refusedFor({ ...want('www', 'A', a(1)), name: 'www.other.id. A' })).message, /outside/)
    assert.match((await refusedFor({ ...want('www', 'A', a(1)), name: `www.${ZONE}` })).message, /must be written like/)
    // The other way round it can: what is there goes first.
    const turned = await through([want('old', 'A', null, { adopt: true }), want('old', 'MX', null, { adopt: true }), want('old', 'CNAME', cname)])
    assert.equal(turned.state, 'verified', JSON.stringify(turned))
    assert.equal(await short('old', 'CNAME'), `www.${ZONE}.`)
  })

  it('of one zone are one transaction: an address becomes a CNAME, and one serial number later all is there; so on the way back', async () => {
    const serial = async () => (await pair.dig(pair.primary, ZONE, 'SOA', '+short')).split(' ')[2]
    assert.equal(await serial(), '1')
    const wanted = [
      want('old', 'A', null, { adopt: true }),
      want('old', 'MX', null, { adopt: true }),
      want('old', 'CNAME', rrset('CNAME', 300, `www.${ZONE}.`)),
      ...Array.from({ length: 60 }, (_, i) => want(`n${i}`, 'A', a(i + 1))),
    ]
    const change = await through(wanted)
    assert.equal(change.state, 'verified', JSON.stringify(change).slice(0, 500))
    assert.deepEqual([await serial(), await short('old', 'CNAME')], ['2', `www.${ZONE}.`])
    const journal = await book.journal(change.id)
    assert.deepEqual(
      journal.slice(1, 127).map(entry => ('step' in entry ? `${entry.kind} ${entry.step}` : entry.kind)),
      [...wanted.map((_, i) => `starting ${i + 1}`), ...wanted.map((_, i) => `did ${i + 1}`)],
    )
    const { ended } = good(await engine.undo(change.number, hand(5), 'not wanted'))
    assert.equal((await ended).state, 'undone')
    assert.deepEqual([await serial(), await short('old'), await short('n59')], ['3', '127.0.0.10', ''])
  })

  it('too many for one message go in as many as they need', async () => {
    const long = (i: number) => rrset('TXT', 300, ...Array.from({ length: 3 }, (_, n) => `"${`${i}-${n}-`.padEnd(250, 'x')}"`))
    const change = await through(Array.from({ length: 120 }, (_, i) => want(`long${i}`, 'TXT', long(i))))
    assert.equal(change.state, 'verified', JSON.stringify(change).slice(0, 500))
    assert.equal((await pair.dig(pair.primary, ZONE, 'SOA', '+short')).split(' ')[2], '4')
  })

  it('changed by hand between plan and step: the rest is taken back, the other’s work stays', async () => {
    before = async () => {
      before = async () => undefined
      await pair.nsupdate(ZONE, [`update add two.${ZONE} 300 A 127.0.0.77`])
    }
    const change = await through([want('one', 'A', a(1)), want('two', 'A', a(2))])
    assert.ok(change.state === 'undone' && /127\.0\.0\.77/.test(change.why.message), JSON.stringify(change))
    const failed = (await book.journal(change.id)).find(({ kind }) => kind === 'failed')
    assert.equal(failed?.kind === 'failed' && failed.step, 2, 'the step that it was is named')
    assert.equal(await short('one'), '')
    assert.equal(await short('two'), '127.0.0.77')
    // What was ours and is changed since is not simply taken back: a person must look.
    const made = await through([want('three', 'A', a(3))])
    await pair.nsupdate(ZONE, [`update add three.${ZONE} 300 A 127.0.0.78`])
    assert.equal(bad(await engine.undo(made.number, hand(1), 'not wanted')).kind, 'conflict')
    assert.match(await short('three'), /127\.0\.0\.78/)
  })

  it('that a secondary has not fetched are unproven and say where; looked at again once it has, they are proven', async () => {
    patience = 700
    pair.cable.cut()
    const change = await through([want('late', 'A', a(1))])
    assert.equal(change.state, 'unproven')
    assert.ok(change.state === 'unproven')
    assert.match(change.why.message, new RegExp(`${pair.secondary}: absent, behind \\(serial 1 < 2\\)`))
    assert.match(change.why.words?.id ?? '', /tertinggal \(serial 1 < 2\)/)
    pair.cable.mend()
    await pair.rndc('secondary', 'refresh', ZONE)
    patience = 20_000
    const { ended } = good(await engine.verify(change.number))
    assert.equal((await ended).state, 'verified')
  })
})
