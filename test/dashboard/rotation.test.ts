// A screen that turns its pages: which ones, how long, and what stops it.
import assert from 'node:assert/strict'
import { ALONE, type Plan, planOf, type Standing, turn } from '../../dashboard/shell/turns.ts'

const asked = (text: string): Plan | null => planOf(new URLSearchParams(text), path => /^\/(wall|floor|alarms|racks\/a4)$/.test(path))
const plan: Plan = { pages: ['/wall', '/floor', '/alarms'], every: 30 }
const alone: Standing = { path: '/wall', shownFor: 31_000, untouchedFor: ALONE + 1, critical: false }

describe('a screen that turns its pages', () => {
  it('takes pages that exist, each once, and racks and devices too', () => {
    assert.deepEqual(asked('rotate=wall,floor,racks/a4,nowhere,wall&every=20'), { pages: ['/wall', '/floor', '/racks/a4'], every: 20 })
    assert.equal(asked('rotate=wall'), null)
    assert.equal(asked('every=20'), null)
  })
  it('keeps to times that can be read', () => {
    assert.deepEqual(
      ['every=1', 'every=1e9', 'every=soon', ''].map(every => asked(`rotate=wall,floor&${every}`)?.every),
      [5, 3600, 30, 30],
    )
  })
  it('goes round, and comes back into the round from a page outside of it', () => {
    assert.equal(turn(plan, alone), '/floor')
    assert.equal(turn(plan, { ...alone, path: '/alarms' }), '/wall')
    assert.equal(turn(plan, { ...alone, path: '/racks/a4' }), '/wall')
    assert.equal(turn(plan, { ...alone, shownFor: 29_000 }), null)
  })
  it('stands still while somebody is at it', () => assert.equal(turn(plan, { ...alone, untouchedFor: 3_000, critical: true, path: '/floor' }), null))
  it('returns to the wall at once for a critical alarm, and stays there', () => {
    assert.equal(turn(plan, { ...alone, path: '/floor', shownFor: 100, critical: true }), '/wall')
    assert.equal(turn(plan, { ...alone, critical: true }), null)
  })
})
