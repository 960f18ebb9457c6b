// What the engine decides: what is planned, who may apply it, what comes of a failure, a stop, a crash of a resource.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { failed } from '../../../daemon/domain/outcome.ts'
import { memoryBook } from '../../support/change-book.ts'
import { carriedOut, engineOver, hand, note, plannedChange, quietCall, wish } from '../../support/engine-stage.ts'
import type { Mishap } from '../../support/folder-place.ts'

describe('the engine', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'suar-engine-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  const files = () => {
    mkdirSync(join(root, 'alpha'), { recursive: true })
    return Object.fromEntries(readdirSync(join(root, 'alpha')).map(name => [name, readFileSync(join(root, 'alpha', name), 'utf8')]))
  }

  it('plans only what differs, with what was and what will be, and the same wish again is no step at all', async () => {
    const { engine } = engineOver(root, memoryBook())
    const first = await carriedOut(engine, [note('a', 'one'), note('b', 'two')])
    assert.equal(first.state, 'verified')
    const { plan } = await plannedChange(engine, [note('a', 'one'), note('b', 'three'), note('c', null)])
    assert.deepEqual(
      plan.steps.map(({ no, name, action, before, after }) => [no, name, action, before, after]),
      [[1, 'b', 'change', { content: 'two' }, { content: 'three' }]],
    )
    assert.equal(plan.kept, 2)
    assert.equal((await plannedChange(engine, [note('a', 'one')])).plan.steps.length, 0)
  })

  it('refuses a plan that no longer fits what is there, names what moved, and leaves the change to be planned again', async () => {
    const { engine } = engineOver(root, memoryBook())
    const { number, plan } = await plannedChange(engine, [note('a', 'one')])
    await carriedOut(engine, [note('a', 'meanwhile')])
    const late = await engine.apply(number, hand(1), plan.digest)
    assert.ok(!late.ok && late.failure.kind === 'conflict')
    assert.match(late.failure.message, /stale.*note a/)
    const again = await engine.plan(number, quietCall)
    assert.ok(again.ok && again.value.state === 'planned' && again.value.plan.steps[0]?.before?.['content'] === 'meanwhile')
  })

  it('never writes over what somebody else made, shows it, and takes it over only when that is the wish', async () => {
    mkdirSync(join(root, 'alpha'))
    writeFileSync(join(root, 'alpha', 'site'), 'by hand')
    const { engine } = engineOver(root, memoryBook())
    const asked = await engine.request(wish([note('site', 'ours now')]))
    assert.ok(asked.ok)
    await engine.approve(asked.value.number, hand(2), 'person')
    const taken = await engine.plan(asked.value.number, quietCall)
    assert.ok(!taken.ok && taken.failure.kind === 'conflict')
    assert.match(taken.failure.message, /note\/site: written by hand/)
    assert.deepEqual(files(), { site: 'by hand' })

    const drift = await engine.drift({ kind: 'host', id: 'alpha' }, quietCall)
    assert.deepEqual(drift.ok && drift.value.items.map(({ kind, name }) => [kind, name]), [['foreign', 'site']])
    const adopted = await carriedOut(engine, [note('site', 'by hand', { adopt: true })])
    assert.equal(adopted.state, 'verified')
    assert.deepEqual(files(), { 'site.ours': '{"content":"by hand"}' })
  })

  it('takes back what was done when a step fails, the last first, and says why', async () => {
    const mishap: Mishap = (doing, name) => (doing === 'apply' && name === 'c' ? failed('invalid', 'the server says no to c') : null)
    const book = memoryBook()
    await carriedOut(engineOver(root, book).engine, [note('a', 'was')])
    const before = files()
    const { engine } = engineOver(root, book, mishap)
    const ended = await carriedOut(engine, [note('a', 'new'), note('b', 'new'), note('c', 'new'), note('d', 'new')])
    assert.ok(ended.state === 'undone' && ended.why.message === 'the server says no to c')
    assert.deepEqual(files(), before)
    const told = (await book.journal(ended.id)).map(entry => ('step' in entry ? `${entry.kind} ${entry.step}` : entry.kind))
    assert.deepEqual(told, [
      'began',
      ...['starting 1', 'did 1', 'starting 2', 'did 2', 'starting 3', 'failed 3'],
      ...['undoing 3', 'undid 3', 'undoing 2', 'undid 2', 'undoing 1', 'undid 1'],
      'undone',
    ])
  })

  it('tries again what may succeed by itself, and a step that throws is a step that failed', async () => {
    let busy = 2
    const once: Mishap = (doing, name) => (doing === 'apply' && name === 'a' && busy-- > 0 ? failed('busy', 'in a moment') : null)
    assert.equal((await carriedOut(engineOver(root, memoryBook(), once).engine, [note('a', 'x')])).state, 'verified')
    const thrown: Mishap = (doing, name) => {
      if (doing === 'apply' && name === 'z') throw new Error('a bug')
      return null
    }
    const ended = await carriedOut(engineOver(root, memoryBook(), thrown).engine, [note('y', '1'), note('z', '1')])
    assert.equal(ended.state, 'undone')
    assert.deepEqual(Object.keys(files()), ['a.ours'])
  })

  it('is left to a person when it cannot be undone, and goes on from there when it can', async () => {
    let stuck = true
    const mishap: Mishap = (doing, name) =>
      doing === 'apply' && name === 'c' ? failed('invalid', 'no') : doing === 'undo' && name === 'b' && stuck ? failed('full', 'no space left') : null
    const { engine } = engineOver(root, memoryBook(), mishap)
    const ended = await carriedOut(engine, [note('a', '1'), note('b', '1'), note('c', '1')])
    assert.ok(ended.state === 'undoFailed' && ended.why.kind === 'full')
    assert.deepEqual(Object.keys(files()), ['a.ours', 'b.ours'])
    stuck = false
    const again = await engine.undo(ended.number, hand(1), 'space was made')
    assert.ok(again.ok)
    assert.equal((await again.value.ended).state, 'undone')
    assert.deepEqual(files(), {})
  })

  it('undoes one that was applied, unless something of it was changed since', async () => {
    const { engine } = engineOver(root, memoryBook())
    const first = await carriedOut(engine, [note('a', '1'), note('b', '1')])
    const second = await carriedOut(engine, [note('b', '2')])
    const late = await engine.undo(first.number, hand(1), 'a mistake')
    assert.ok(!late.ok)
    assert.match(late.failure.message, /note b was changed since/)
    for (const { number } of [second, first]) {
      const undone = await engine.undo(number, hand(1), 'a mistake')
      assert.ok(undone.ok)
      assert.equal((await undone.value.ended).state, 'undone')
    }
    assert.deepEqual(files(), {})
    const drift = await engine.drift({ kind: 'host', id: 'alpha' }, quietCall)
    assert.ok(drift.ok && drift.value.checked === 0 && drift.value.items.length === 0)
  })

  it('wants a second person for what can do harm: not who asked, and not who applies', async () => {
    const { engine } = engineOver(root, memoryBook())
    const { number, plan } = await plannedChange(engine, [note('a', '1', { risky: true })])
    assert.equal(plan.danger, 'privileged')
    const refusals = [
      await engine.apply(number, hand(3), plan.digest),
      await engine.consent(number, hand(1), plan.digest),
      await engine.consent(number, hand(4), 'another digest'),
    ]
    for (const refusal of refusals) assert.ok(!refusal.ok)
    assert.ok((await engine.consent(number, hand(4), plan.digest)).ok)
    assert.ok(!(await engine.apply(number, hand(4), plan.digest)).ok)
    const begun = await engine.apply(number, hand(3), plan.digest)
    assert.ok(begun.ok)
    assert.equal((await begun.value.ended).state, 'verified')
  })

  it('keeps the second person’s word on the very plan he saw, and on no other', async () => {
    const { engine } = engineOver(root, memoryBook())
    const { number, plan } = await plannedChange(engine, [note('a', '1', { risky: true })])
    await engine.consent(number, hand(4), plan.digest)
    const same = await engine.plan(number, quietCall)
    assert.ok(same.ok && same.value.state === 'planned' && same.value.consent?.account === 4)
    await carriedOut(engine, [note('a', '0')])
    const other = await engine.plan(number, quietCall)
    assert.ok(other.ok && other.value.state === 'planned' && other.value.consent === null)
  })

  it('asks a second person when a third of a place would change at once; a website of its own may change wholly', async () => {
    const { engine } = engineOver(root, memoryBook())
    const many = Array.from({ length: 12 }, (_, i) => `n${i}`)
    const over = await carriedOut(
      engine,
      many.map(name => note(name, '1')),
      { website: 'bkd' },
    )
    assert.equal(over.state, 'verified')
    const some = await plannedChange(
      engine,
      many.slice(0, 4).map(name => note(name, '2')),
    )
    assert.match(some.plan.guard?.en ?? '', /4 of the 12 things at alpha \(33 %\)/)
    assert.ok(!(await engine.apply(some.number, hand(1), some.plan.digest)).ok)
    assert.equal(
      (
        await plannedChange(
          engine,
          many.slice(0, 3).map(name => note(name, '2')),
        )
      ).plan.guard,
      null,
    )
    assert.equal(
      (
        await plannedChange(
          engine,
          many.map(name => note(name, null)),
          { website: 'bkd' },
        )
      ).plan.guard,
      null,
    )
  })

  it('freezes a place after three failures, says so once, and a good change sets it right again after the thaw', async () => {
    let broken = true
    const book = memoryBook()
    const { engine, events } = engineOver(root, book, doing => (doing === 'apply' && broken ? failed('invalid', 'no') : null))
    for (let i = 0; i < 3; i++) assert.equal((await carriedOut(engine, [note('a', String(i))])).state, 'undone')
    assert.equal(events.filter(({ kind }) => kind === 'frozen').length, 1)
    const { number, plan } = await plannedChange(engine, [note('a', '9')])
    const cold = await engine.apply(number, hand(1), plan.digest)
    assert.ok(!cold.ok)
    assert.match(cold.failure.message, /frozen/)
    broken = false
    await book.countFailure({ kind: 'host', id: 'alpha' }, false)
    const begun = await engine.apply(number, hand(1), plan.digest)
    assert.ok(begun.ok && (await begun.value.ended).state === 'verified')
  })

  it('halts between two steps at the stop switch, holds its place, and goes on when it is switched back', async () => {
    const book = memoryBook()
    const stop = { ...hand(7), reason: 'the storage smells of smoke' }
    const { engine } = engineOver(root, book, (doing, name) => {
      if (doing === 'apply' && name === 'b') book.stop(stop)
      return null
    })
    const halted = await carriedOut(engine, [note('a', '1'), note('b', '1'), note('c', '1')])
    assert.equal(halted.state, 'applying')
    assert.deepEqual(Object.keys(files()), ['a.ours', 'b.ours'])
    const { number, plan } = await plannedChange(engine, [note('d', '1')])
    const refusal = await engine.apply(number, hand(1), plan.digest)
    assert.ok(!refusal.ok)
    assert.match(refusal.failure.message, /stopped by officer 7/)
    const place = { kind: 'host' as const, id: 'alpha' }
    assert.equal(await book.take([place], 'another'), halted.number)
    book.stop(null)
    const [taken] = await engine.resume()
    assert.equal((await taken)?.state, 'verified')
    assert.deepEqual(Object.keys(files()), ['a.ours', 'b.ours', 'c.ours'])
    assert.equal(await book.take([place], 'another'), null)
  })

  it('goes back when a person stops it', async () => {
    const gate = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    const book = memoryBook()
    const { engine } = engineOver(root, {
      ...book,
      async append(id, entry) {
        await book.append(id, entry)
        if (entry.kind !== 'did' || entry.step !== 2) return
        reached.resolve()
        await gate.promise
      },
    })
    const { number, plan } = await plannedChange(engine, [note('a', '1'), note('b', '1'), note('c', '1')])
    const begun = await engine.apply(number, hand(1), plan.digest)
    assert.ok(begun.ok)
    await reached.promise
    assert.ok((await engine.stop(number, hand(3), 'wrong host')).ok)
    gate.resolve()
    const ended = await begun.value.ended
    assert.ok(ended.state === 'undone')
    assert.match(ended.why.message, /Stopped by officer 3: wrong host/)
    assert.deepEqual(files(), {})
  })

  it('lets one change at a time work at a place, others elsewhere, and none waits for ever', async () => {
    const gate = Promise.withResolvers<void>()
    const book = memoryBook()
    let inside = 0
    let most = 0
    const { engine } = engineOver(
      root,
      {
        ...book,
        async append(id, entry) {
          if (entry.kind === 'starting') most = Math.max(most, ++inside)
          if (entry.kind === 'starting' && id === 1) await gate.promise
          if (entry.kind === 'did') inside--
          await book.append(id, entry)
        },
      },
      undefined,
      200,
    )
    const first = await plannedChange(engine, [note('a', '1')])
    const second = await plannedChange(engine, [note('b', '1')])
    const beside = await plannedChange(engine, [note('c', '1', { place: { kind: 'host', id: 'beta' } })])
    const begun = await engine.apply(first.number, hand(1), first.plan.digest)
    assert.ok(begun.ok)
    const elsewhere = await engine.apply(beside.number, hand(1), beside.plan.digest)
    assert.ok(elsewhere.ok && (await elsewhere.value.ended).state === 'verified')
    const waited = await engine.apply(second.number, hand(1), second.plan.digest)
    assert.ok(!waited.ok && waited.failure.kind === 'busy')
    assert.match(waited.failure.message, new RegExp(first.number))
    const patient = engine.apply(second.number, hand(1), second.plan.digest)
    gate.resolve()
    await begun.value.ended
    const through = await patient
    assert.ok(through.ok && (await through.value.ended).state === 'verified')
    assert.equal(most, 2)
  })

  it('calls a change unproven when a look does not find it so, and verified once it does', async () => {
    let hidden = true
    const { engine } = engineOver(root, memoryBook(), doing => (doing === 'verify' && hidden ? failed('timeout', 'nobody answers') : null))
    const ended = await carriedOut(engine, [note('a', '1')])
    assert.ok(ended.state === 'unproven' && ended.why.kind === 'timeout')
    hidden = false
    const again = await engine.verify(ended.number)
    assert.ok(again.ok && (await again.value.ended).state === 'verified')
  })

  it('says of a wish that cannot be, which field and why', async () => {
    const { engine } = engineOver(root, memoryBook())
    const asked = await engine.request(
      wish([note('a', '1'), note('a', '2'), { ...note('b', '1'), resource: 'nothing' }, { ...note('c', '1'), state: { content: 1 } }]),
    )
    assert.ok(asked.ok)
    await engine.approve(asked.value.number, hand(2), 'ticket')
    const refusal = await engine.plan(asked.value.number, quietCall)
    assert.deepEqual(!refusal.ok && refusal.failure.errors?.map(({ field }) => field), [
      'host/alpha/note/a',
      'host/alpha/nothing/b',
      'host/alpha/note/c.content',
    ])
  })

  it('leaves everything as after or everything as before, whatever fails where', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ was: fc.option(fc.constantFrom('x', 'y')), wanted: fc.option(fc.constantFrom('x', 'y', 'z')), fails: fc.boolean() }), {
          minLength: 1,
          maxLength: 8,
        }),
        async things => {
          rmSync(root, { recursive: true, force: true })
          const book = memoryBook()
          await carriedOut(
            engineOver(root, book).engine,
            things.map(({ was }, i) => note(`n${i}`, was)),
          )
          const before = files()
          const mishap: Mishap = (doing, name) =>
            doing === 'apply' && things[Number(name.slice(1))]?.fails === true ? failed('invalid', 'no') : null
          const ended = await carriedOut(
            engineOver(root, book, mishap).engine,
            things.map(({ wanted }, i) => note(`n${i}`, wanted)),
          )
          const after = Object.fromEntries(
            things.flatMap(({ wanted }, i) => (wanted === null ? [] : [[`n${i}.ours`, JSON.stringify({ content: wanted })]])),
          )
          const touched = things.some(({ was, wanted, fails }) => fails && was !== wanted)
          assert.equal(ended.state, touched ? 'undone' : 'verified')
          assert.deepEqual(files(), touched ? before : after)
        },
      ),
      { numRuns: 60 },
    )
  })
})
