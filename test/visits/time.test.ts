// What time does to visits: they overstay, expire, owe something; and who is inside is counted where they are.
import assert from 'node:assert/strict'
import type { Paper } from '../../daemon/domain/paper.ts'
import { evacuationPaper } from '../../daemon/paper/kinds/evacuation.ts'
import { visitLogPaper } from '../../daemon/paper/kinds/visit-log.ts'
import { openPrints } from '../../daemon/visits/prints.ts'
import { must } from '../store/support/must.ts'
import { until } from '../support/daemon.ts'
import { DAY, HOUR, MINUTE, openYard, wordsOf, type Yard } from './support/yard.ts'

describe('a visit and its time', () => {
  let yard: Yard
  beforeEach(async () => {
    yard = await openYard()
  })
  afterEach(() => yard.close())

  it('overstays with an alarm that grows, and is quiet when the last one is out', async () => {
    const visit = await yard.approved({ until: yard.clock.now + HOUR })
    await yard.door({ kind: 'in', visit: visit.id, visitor: 1 })
    const code = `visit.overstay.${visit.id}`
    yard.clock.now = visit.until + MINUTE
    await yard.visits.tick()
    assert.equal(yard.alarms.get(code)?.severity, 'warning')
    assert.equal(must(await yard.visits.one(visit.id, await yard.as('noc'))).overstay, true)
    const told = await yard.records.mailings.due(yard.clock.now)
    assert.equal(told.filter(({ id }) => id.includes('overstay')).length, 1)
    yard.clock.now = visit.until + HOUR + MINUTE
    await yard.visits.tick()
    assert.equal(yard.alarms.get(code)?.severity, 'critical')
    assert.equal((await yard.records.mailings.due(yard.clock.now)).filter(({ id }) => id.includes('overstay')).length, 1)
    await yard.door({ kind: 'out', visit: visit.id, visitor: 1 })
    await yard.visits.tick()
    assert.equal(yard.alarms.has(code), false)
    assert.equal(must(await yard.visits.one(visit.id, await yard.as('noc'))).state, 'ended')
  })

  it('overstays at the moment it should be over, and no longer than somebody is inside, whatever the rounds', async () => {
    const visit = await yard.approved({ until: yard.clock.now + HOUR })
    const code = `visit.overstay.${visit.id}`
    yard.clock.now = visit.until - 150
    await yard.door({ kind: 'in', visit: visit.id, visitor: 1 })
    // The house's clock goes on as the machine's does.
    yard.clock.now = visit.until + 1
    const alarmed = () => Promise.resolve(yard.alarms.get(code)?.severity ?? 'none')
    await until('the alarm', alarmed, severity => severity === 'warning', 5_000)
    await yard.door({ kind: 'out', visit: visit.id, visitor: 1 })
    await until('its end', alarmed, severity => severity === 'none', 5_000)
  })

  it('expires when nobody came, and its code says so', async () => {
    const visit = await yard.approved({ until: yard.clock.now + HOUR })
    const { qr } = await yard.codeOf(visit.id, 1)
    yard.clock.now = visit.until + MINUTE
    assert.match((await yard.door({ kind: 'in', visit: visit.id, visitor: 1, code: qr })).words?.id ?? '', /berakhir/)
    await yard.visits.tick()
    assert.equal(must(await yard.visits.one(visit.id, await yard.as('noc'))).state, 'expired')
    assert.equal((await yard.visits.look(qr, await yard.as('noc'))).ok, false)
  })

  it('of an emergency enters first and owes its report; a walk-in owes its approval within the working day', async () => {
    const entry = {
      site: 'demo', doors: ['d1'], racks: [], purpose: 'Asap dari rak B2', until: yard.clock.now + 2 * HOUR, organisation: null, goods: [],
      visitors: [{ name: 'Damkar Satu', company: 'Damkar', identity: '', mobile: '', badge: '' }],
    } // biome-ignore format: one line a group
    const noc = await yard.as('noc')
    const emergency = must(await yard.visits.enter({ ...entry, kind: 'emergency', escort: null, accepted: false }, noc))
    assert.deepEqual([emergency.state, emergency.owes], ['inside', 'report'])
    const walkIn = must(
      await yard.visits.enter(
        {
          ...entry,
          kind: 'walkIn',
          visitors: [{ name: 'Tamu Mendadak', company: '', identity: '', mobile: '', badge: '' }],
          escort: await yard.person('petugas'),
          accepted: true,
        },
        noc,
      ),
    )
    assert.equal(walkIn.owes, 'approval')
    assert.match(
      wordsOf(await yard.visits.approve(walkIn.id, { from: 0, until: 0, doors: [], racks: [], escort: 0 }, { ...noc, roles: ['approver'] })),
      /sendiri/,
    )
    yard.clock.now += 9 * HOUR
    await yard.visits.tick()
    assert.deepEqual([...yard.alarms.keys()].filter(code => code.startsWith('visit.owed')).sort(), [
      `visit.owed.${emergency.id}`,
      `visit.owed.${walkIn.id}`,
    ])
    // However long it is owed.
    yard.clock.now += 65 * DAY
    await yard.visits.tick()
    assert.equal([...yard.alarms.keys()].filter(code => code.startsWith('visit.owed')).length, 2)
    must(await yard.visits.report(emergency.id, 'Asap dari catu daya; dimatikan.', noc))
    must(await yard.visits.approve(walkIn.id, { from: 0, until: 0, doors: [], racks: [], escort: 0 }, await yard.as('kabid')))
    await yard.visits.tick()
    assert.deepEqual(
      [...yard.alarms.keys()].filter(code => code.startsWith('visit.owed')),
      [],
    )
  })

  it('is on the evacuation list of its own site', async () => {
    const there = yard.inventory.sites[0]
    assert.ok(there !== undefined)
    const entry = {
      kind: 'emergency' as const,
      racks: [],
      purpose: 'Asap',
      until: yard.clock.now + HOUR,
      escort: null,
      organisation: null,
      goods: [],
      accepted: true,
    }
    const guest = (name: string) => [{ name, company: '', identity: '', mobile: '', badge: '' }]
    const noc = await yard.as('noc')
    must(await yard.visits.enter({ ...entry, site: 'demo', doors: ['d1'], visitors: guest('Damkar Satu') }, noc))
    must(await yard.visits.enter({ ...entry, site: 'demo', doors: ['d1'], visitors: guest('Damkar Dua') }, noc))
    const set: Paper[] = []
    const prints = openPrints({
      visits: {
        log: yard.visits.log,
        // The other site of the demonstration has no door of its own.
        inside: async () => (await yard.visits.inside()).map(one => (one.name === 'Damkar Dua' ? { ...one, site: there.id } : one)),
      },
      inventory: () => yard.inventory,
      office: () => ({
        frame: yard.desk.office.frame,
        render(paper) {
          set.push(paper as Paper)
          return yard.desk.office.render(paper as Paper)
        },
      }),
      papers: { log: visitLogPaper, evacuation: evacuationPaper },
      clock: () => yard.clock.now,
    })
    must(await prints.evacuationPdf())
    const blocks = set[0]?.blocks ?? []
    const cut = blocks.findIndex(({ kind }) => kind === 'page-break')
    const [here, away] = [JSON.stringify(blocks.slice(0, cut)), JSON.stringify(blocks.slice(cut))]
    assert.deepEqual([here.includes('Damkar Satu'), here.includes('Damkar Dua'), here.includes(yard.inventory.site.name)], [true, false, true])
    assert.deepEqual([away.includes('Damkar Satu'), away.includes('Damkar Dua'), away.includes(there.name)], [false, true, true])
  })
})
