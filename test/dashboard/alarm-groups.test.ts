// Alarms by cause: what people see as one thing to do.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import { counts, groupsOf, tabOf, untakenOf, walk } from '../../dashboard/pages/alarms/groups.ts'

const alarm = (id: number, more: Partial<Alarm> = {}): Alarm => ({
  id,
  key: `d/${id}`,
  device: 'd',
  point: null,
  severity: 'warning',
  condition: { kind: 'stale', since: 0 },
  raisedAt: id * 1000,
  clearedAt: null,
  acknowledged: null,
  cause: null,
  suppressed: false,
  notes: [],
  ...more,
})
const acknowledged = { by: 'x', at: 0, comment: '' }

describe('alarms by cause', () => {
  it('gather effects of effects under the first cause', () => {
    const [group, ...rest] = groupsOf([alarm(1), alarm(2, { cause: 1 }), alarm(3, { cause: 2 }), alarm(4, { cause: 1, suppressed: true })])
    assert.equal(rest.length, 0)
    assert.deepEqual([group?.cause.id, group?.effects.map(each => each.id), group?.suppressed.map(each => each.id)], [1, [2, 3], [4]])
  })

  it('let an effect stand for itself when its cause has cleared', () => {
    const groups = groupsOf([alarm(1, { clearedAt: 5000 }), alarm(2, { cause: 1 })])
    assert.deepEqual(
      groups.map(group => group.cause.id),
      [2],
    )
  })

  it('stand together under the oldest while they settle after the end of their cause', () => {
    const over = alarm(1, { severity: 'critical', clearedAt: 5000 })
    const groups = groupsOf([
      over,
      alarm(4, { cause: 3 }),
      alarm(3, { cause: 1 }),
      alarm(2, { cause: 3, suppressed: true }),
      alarm(5, { severity: 'critical' }),
    ])
    assert.deepEqual(
      groups.map(({ cause, effects, suppressed }) => [cause, ...effects, ...suppressed].map(each => each.id)),
      [[5], [3, 4, 2]],
    )
  })

  it('put the gravest first, even when only an effect is grave', () => {
    const groups = groupsOf([alarm(1), alarm(2, { severity: 'unknown' }), alarm(3), alarm(4, { cause: 3, severity: 'critical' })])
    assert.deepEqual(
      groups.map(group => group.cause.id),
      [3, 1, 2],
    )
  })

  it('stand with someone once everything that counts is acknowledged', () => {
    const tabs = (alarms: readonly Alarm[]) => groupsOf(alarms).map(tabOf)
    assert.deepEqual(tabs([alarm(1, { acknowledged }), alarm(2, { cause: 1 })]), ['open'])
    assert.deepEqual(tabs([alarm(1, { acknowledged }), alarm(2, { cause: 1, acknowledged }), alarm(3, { cause: 1, suppressed: true })]), [
      'acknowledged',
    ])
    assert.deepEqual(tabs([alarm(1, { suppressed: true })]), ['suppressed'])
  })

  it('call for somebody again when something grave comes after its cause was taken on', () => {
    const calls = (...alarms: readonly Alarm[]) => groupsOf(alarms).map(group => untakenOf(group)?.id ?? null)
    const taken = { by: 'x', at: 10_000, comment: '' }
    const mains = alarm(1, { severity: 'critical', acknowledged: taken })
    const critical = (id: number, more: Partial<Alarm> = {}) => alarm(id, { cause: 1, severity: 'critical', ...more })
    assert.deepEqual(calls(alarm(1)), [1])
    // What stood there when it was taken on goes with it, and what is not grave too.
    assert.deepEqual(calls(mains, critical(2), alarm(20, { cause: 1 })), [null])
    // The battery runs low afterwards; until somebody has that too.
    assert.deepEqual(calls(mains, critical(2), critical(20)), [20])
    assert.deepEqual(calls(mains, critical(20, { acknowledged: { ...taken, at: 21_000 } })), [null])
    assert.deepEqual(calls(mains, critical(20, { suppressed: true })), [null])
    // A warning that was taken on turns grave; coming back as grave as it was is no news.
    const grave = (at: number) => ({ at, kind: 'severity' as const, by: null, text: 'critical' })
    const back = { at: 12_000, kind: 'raised' as const, by: null, text: 'reopened' }
    assert.deepEqual(calls(alarm(1, { severity: 'critical', acknowledged: taken, notes: [grave(11_000)] })), [1])
    assert.deepEqual(calls(mains, critical(2, { notes: [grave(11_000)] })), [2])
    assert.deepEqual(calls(alarm(1, { severity: 'critical', acknowledged: taken, notes: [grave(9_000), back] })), [null])
  })

  it('lose none and double none, whatever points at whatever', () => {
    const any = fc.array(fc.record({ cause: fc.option(fc.integer({ min: 1, max: 12 })), suppressed: fc.boolean() }), { maxLength: 12 })
    fc.assert(
      fc.property(any, rows => {
        const alarms = rows.map((row, index) => alarm(index + 1, row))
        assert.deepEqual(
          [...walk(groupsOf(alarms))].sort((one, other) => one - other),
          alarms.map(each => each.id),
        )
      }),
    )
  })

  it('count what is neither cleared nor suppressed', () => {
    assert.deepEqual(counts([alarm(1), alarm(2, { severity: 'critical' }), alarm(3, { clearedAt: 1 }), alarm(4, { suppressed: true })]), {
      critical: 1,
      warning: 1,
      unknown: 0,
    })
  })
})
