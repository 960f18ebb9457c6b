// What tier II asks of the small house, and what it lacks when something is taken away.
import assert from 'node:assert/strict'
import type { Redundancy } from '../../daemon/domain/plant.ts'
import { openFailover } from '../../daemon/plant/failover.ts'
import { flowOf } from '../../daemon/plant/flow.ts'
import { compile } from '../../daemon/plant/graph.ts'
import { redundancyOf } from '../../daemon/plant/redundancy.ts'
import { HOUSE, HOUSE_READS, layoutOf, reads, right } from './support/plants.ts'

const judged = (given: object = {}, values = HOUSE_READS): Redundancy =>
  redundancyOf(openFailover(flowOf(right(compile(layoutOf({ ...HOUSE, ...given }))), reads(values))))[0]!
const power = (change: (node: (typeof HOUSE.power)[number]) => object | null) => ({ power: HOUSE.power.map(change).filter(node => node !== null) })
const codes = ({ findings }: Redundancy) => findings.map(({ code, says }) => `${code} ${says}`)
const second = { id: 'genset-2', name: 'Genset 2', kind: 'genset', capacity: 20_000 }
const twoGensets = { power: [...HOUSE.power.map(node => (node.id === 'ats' ? { ...node, from: ['pln', 'genset', 'genset-2'] } : node)), second] }

describe('redundancy', () => {
  it('finds tier II met with two of everything, and remarks what it does not forbid', () => {
    const found = judged(twoGensets)
    assert.deepEqual([found.site, found.tier, found.verdict], ['dc', 2, 'met'])
    assert.deepEqual(codes(found), ['upsMet met', 'gensetMet met', 'coolingMet met', 'singleCord remark'])
  })

  it('names the one genset, the one UPS, the missing switch, the cooling that is alone', () => {
    assert.deepEqual(codes(judged()), ['upsMet met', 'gensetSingle lacking', 'coolingMet met', 'singleCord remark'])
    const oneUps = judged(power(node => (node.id === 'ups-b' ? null : node.id === 'panel-b' ? { ...node, from: ['ups-a'] } : node)))
    assert.deepEqual(
      oneUps.findings.find(finding => finding.code === 'upsSingle'),
      { code: 'upsSingle', says: 'lacking', node: 'ups-a' },
    )
    assert.deepEqual(
      oneUps.findings.find(finding => finding.code === 'feedsMeet'),
      { code: 'feedsMeet', says: 'remark', racks: ['r1', 'r2'], node: 'ups-a' },
    )
    const noGenset = judged(power(node => (node.id === 'genset' ? null : node.id === 'ats' ? { ...node, from: ['pln'] } : node)))
    assert.ok(codes(noGenset).includes('gensetNone lacking'))
    assert.ok(codes(judged(power(node => (node.id === 'ats' ? { ...node, kind: 'panel' } : node)))).includes('transferNone lacking'))
    assert.ok(codes(judged(power(node => (node.id === 'crac-2' ? null : node)))).includes('coolingSingle lacking'))
  })

  it('two are not enough when one cannot carry what both do', () => {
    // With UPS A gone, B carries 2200 W; with B gone, A 2600 W.
    const small = judged(power(node => (node.kind === 'ups' ? { ...node, capacity: 2_400 } : node)))
    assert.deepEqual(
      small.findings.filter(finding => finding.code === 'upsOver').map(({ node, failed, load }) => [node, failed, Math.round(load)]),
      [['ups-a', 'ups-b', 2600]],
    )
    const warm = judged(power(node => (node.kind === 'cooling' ? { ...node, capacity: 2_500 } : node)))
    assert.deepEqual(
      warm.findings.find(finding => finding.code === 'coolingOver'),
      { code: 'coolingOver', says: 'lacking', room: 'hall', heat: 2600, spare: 2500 },
    )
    const weak = judged({ power: twoGensets.power.map(node => (node.kind === 'genset' ? { ...node, capacity: 3_000 } : node)) })
    assert.equal(weak.findings.filter(finding => finding.code === 'gensetOver').length, 2)
  })

  it('does not say met where a rating is not known', () => {
    const { capacity: _, ...unrated } = second
    const found = judged({ power: twoGensets.power.map(node => (node.id === 'genset-2' ? unrated : node)) })
    assert.equal(found.verdict, 'unknown')
    assert.ok(codes(found).includes('gensetUnrated unknown'))
    const cold = judged({ power: twoGensets.power.map(node => (node.id === 'crac-1' ? { ...node, capacity: undefined } : node)) })
    assert.deepEqual(
      cold.findings.find(finding => finding.code === 'coolingUnrated'),
      { code: 'coolingUnrated', says: 'unknown', room: 'hall', node: 'crac-1' },
    )
  })

  it('does not call lacking what nobody wrote down', () => {
    const found = judged({ power: [], racks: HOUSE.racks.map(rack => ({ ...rack, feeds: [] })) })
    assert.deepEqual([found.verdict, codes(found)], ['unknown', ['powerUnknown unknown']])
  })

  it('asks of tier III that anything can be taken out for as long as work lasts, and nothing of tier I', () => {
    const three = judged({ site: { id: 'dc', name: 'DC', tier: 3 }, ...twoGensets })
    assert.equal(three.verdict, 'lacking')
    // The batteries do not last as long as work on the one switch.
    assert.deepEqual(
      three.findings.filter(({ says }) => says === 'lacking'),
      [{ code: 'notMaintainable', says: 'lacking', node: 'ats', dark: 2 }],
    )
    assert.deepEqual(codes(judged({ site: { id: 'dc', name: 'DC', tier: 1 } })), ['singleCord remark'])
  })
})
