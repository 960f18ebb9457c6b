// The wall says that all is well only when it knows: every way of not knowing has its own word.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { doubtOf, type Told } from '../../dashboard/live/doubt.ts'

const NOW = 1_800_000_000_000
const well: Told = {
  now: NOW,
  health: { startedAt: NOW - 3_600_000, fresh: 6572, points: 6572 },
  healthAt: NOW - 1000,
  newest: NOW - 500,
  devices: [{ status: 'up' }, { status: 'up' }],
}
const kind = (over: Partial<Told>): string => doubtOf({ ...well, ...over }).kind

describe('what the wall may claim', () => {
  it('has no doubt when all of it is read and answers', () => assert.equal(kind({}), 'none'))
  it('waits for the first reading', () => {
    assert.equal(kind({ health: null, healthAt: 0 }), 'firstReading')
    assert.equal(kind({ newest: 0, health: { startedAt: NOW - 900, fresh: 0, points: 0 }, devices: [{ status: 'new' }] }), 'firstReading')
  })
  it('tells a site that never answered from one that has not been asked', () =>
    assert.deepEqual(doubtOf({ ...well, newest: 0, devices: [{ status: 'down' }, { status: 'new' }] }), { kind: 'silent', devices: 1 }))
  it('says that it still reads while young, and what is missing when old', () => {
    const few = { fresh: 900, points: 6572 }
    assert.equal(kind({ health: { startedAt: NOW - 20_000, ...few } }), 'reading')
    assert.deepEqual(doubtOf({ ...well, health: { startedAt: NOW - 3_600_000, ...few } }), { kind: 'unread', missing: 5672, points: 6572 })
  })
  it('does not believe a daemon that fell silent, nor readings that stopped', () => {
    assert.deepEqual(doubtOf({ ...well, healthAt: NOW - 16_000 }), { kind: 'mute', since: NOW - 16_000 })
    assert.deepEqual(doubtOf({ ...well, newest: NOW - 31_000 }), { kind: 'noData', since: NOW - 31_000 })
  })
  it('counts devices that do not answer, and those that have not yet', () => {
    assert.deepEqual(doubtOf({ ...well, devices: [{ status: 'up' }, { status: 'down' }] }), { kind: 'silent', devices: 1 })
    assert.deepEqual(doubtOf({ ...well, devices: [{ status: 'up' }, { status: 'new' }] }), { kind: 'unanswered', devices: 1 })
    assert.equal(kind({ devices: [] }), 'noDevices')
  })
  it('is never sure with nine tenths unread, a silent device, or old news', () => {
    const status = fc.constantFrom('new' as const, 'up' as const, 'down' as const)
    const told = fc.record({
      points: fc.nat(10_000),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      healthAge: fc.nat(60_000),
      dataAge: fc.nat(120_000),
      devices: fc.array(fc.record({ status }), { maxLength: 6 }),
    })
    fc.assert(
      fc.property(told, ({ points, share, healthAge, dataAge, devices }) => {
        const fresh = Math.floor(points * share)
        const sure = doubtOf({
          now: NOW,
          health: { startedAt: NOW - 3_600_000, fresh, points },
          healthAt: NOW - healthAge,
          newest: NOW - dataAge,
          devices,
        })
        const known = points > 0 && fresh >= points * 0.9 && healthAge <= 15_000 && dataAge <= 30_000
        assert.equal(sure.kind === 'none', known && devices.length > 0 && devices.every(one => one.status === 'up'))
      }),
    )
  })
})
