// Availability from what really happened: alarms of devices in the records, outages that people wrote down, the shipped catalogue and calendar.
import assert from 'node:assert/strict'
import { type Outages, openOutages } from '../../daemon/desk/outages.ts'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import { render } from '../../daemon/paper/render.ts'
import { tempFolder } from '../store/support/folder.ts'
import { must } from '../store/support/must.ts'
import { DAY, FRIDAY, HOUR, type House, openHouse } from './tickets/support/house.ts'

const MONDAY = FRIDAY - 4 * DAY
const RUNS_ON = [{ id: 'hosting', needs: [['web-1', 'web-2'], ['switch']] }]

describe('the availability of a service', () => {
  let house: House
  let outages: Outages
  let ids = 0

  beforeEach(async () => {
    // Opened on Monday at nine: of what was before nothing is known.
    house = await openHouse(tempFolder(), { now: MONDAY })
    ids = 0
    outages = openOutages({
      book: house.records.outages,
      monitoring: { runsOn: () => RUNS_ON, deviceName: id => id.toUpperCase(), down: house.records.alarms.down },
      catalogue: house.catalogue,
      time: () => house.calendars.time('desk'),
      audit: house.records.audit,
      making: language => ({ agency: house.catalogue.agency, language, at: house.clock.now }),
      render,
      clock: () => house.clock.now,
    })
  })
  afterEach(() => house.close())

  const silent = (device: string, from: number, until: number | null, over: Partial<Alarm> = {}) =>
    house.records.alarms.commit({
      alarms: [
        {
          id: ++ids,
          key: `${device}/down/${from}`,
          device,
          point: null,
          severity: 'critical',
          condition: { kind: 'down', since: from, why: 'timeout' } as unknown as Alarm['condition'],
          raisedAt: from + 30_000,
          clearedAt: until,
          acknowledged: null,
          cause: null,
          suppressed: false,
          notes: [],
          ...over,
        },
      ],
      notices: [],
    })
  const month = async (service = 'hosting') => {
    const [is] = must(await outages.availability(service, 3, await house.as('noc'))).months
    assert.ok(is)
    return is
  }

  it('counts when all of a group did not answer, also where another alarm explains it, and nothing else', async () => {
    house.clock.now = FRIDAY
    await silent('web-1', MONDAY + HOUR, MONDAY + 4 * HOUR)
    assert.equal((await month()).down, 0, 'the other one stands in')
    await silent('web-2', MONDAY + 3 * HOUR, MONDAY + 5 * HOUR, { suppressed: true })
    assert.equal((await month()).down, HOUR)
    await silent('switch', MONDAY + DAY, MONDAY + DAY + 2 * HOUR)
    await silent('web-1', MONDAY + DAY, MONDAY + DAY + HOUR, { condition: { kind: 'stale', since: MONDAY } })
    const is = await month()
    assert.deepEqual([is.down, is.working, is.running, is.kept], [3 * HOUR, 32 * HOUR, true, true])
    assert.equal(is.share, 29 / 32)
    assert.equal(must(await outages.availability('hosting', 3, await house.as('noc'))).months.length, 1, 'no month from before the records')
    assert.equal((await month('domain')).down, 0)
    assert.equal(must(await outages.availability('domain', 3, await house.as('noc'))).monitored, false)
  })

  it('goes on while they are silent, and ends when one answers', async () => {
    house.clock.now = FRIDAY
    await silent('switch', FRIDAY - HOUR, null)
    const { downtimes } = must(await outages.availability('hosting', 1, await house.as('noc')))
    assert.deepEqual(
      downtimes.map(({ from, until, devices }) => [from, until, devices]),
      [[FRIDAY - HOUR, null, ['SWITCH']]],
    )
    const asked = must(await outages.availability('hosting', 1, await house.as('pemohon')))
    assert.deepEqual(asked.downtimes[0]?.devices, [], 'what stands in the house is not for everybody')
    house.clock.now = FRIDAY + 2 * HOUR
    assert.equal((await month()).down, 3 * HOUR)
  })

  it('counts what officers write down, shows planned maintenance apart, and keeps both in the trail', async () => {
    house.clock.now = FRIDAY
    const officer = await house.as('petugas')
    const given = { services: ['hosting', 'domain'], from: FRIDAY - DAY, until: null, planned: false, reason: 'Basis data bersama penuh.' }
    const { id } = must(await outages.declare(given, officer))
    must(await outages.amend(id, { ...given, until: FRIDAY - DAY + 2 * HOUR }, officer))
    must(
      await outages.declare(
        { services: ['hosting'], from: FRIDAY - 2 * DAY, until: FRIDAY - 2 * DAY + HOUR, planned: true, reason: 'Peningkatan perangkat.' },
        officer,
      ),
    )
    const is = await month()
    assert.deepEqual([is.down, is.planned], [3 * HOUR, HOUR])
    assert.equal((await month('domain')).down, 2 * HOUR)
    must(await outages.withdraw(id, officer))
    assert.equal((await month('domain')).down, 0)
    const told = await house.records.audit.page({ size: 10, action: 'outage' })
    assert.deepEqual(
      told.map(({ action }) => action),
      ['outage.remove', 'outage.add', 'outage.change', 'outage.add'],
    )
  })

  it('refuses what cannot be, each at its field', async () => {
    const officer = await house.as('petugas')
    const now = house.clock.now
    const wrong = async (over: object): Promise<readonly string[]> => {
      const refused = await outages.declare(
        { services: ['hosting'], from: now - HOUR, until: now, planned: false, reason: 'Uji coba', ...over },
        officer,
      )
      return refused.ok ? [] : (refused.failure.errors ?? []).map(({ field }) => field)
    }
    assert.deepEqual(await wrong({}), [])
    assert.deepEqual(await wrong({ services: ['hosting', 'no-such'] }), ['services'])
    assert.deepEqual(await wrong({ until: now - 2 * HOUR }), ['until'])
    assert.deepEqual(await wrong({ planned: true, until: null }), ['until'])
    assert.deepEqual(await wrong({ from: now + HOUR, until: now + 2 * HOUR }), ['from'])
    assert.deepEqual(await wrong({ from: now + HOUR, until: now + 2 * HOUR, planned: true }), [])
    assert.deepEqual(await wrong({ planned: true, until: now + 400 * DAY }), ['until'])
    assert.equal(
      (await outages.amend(99, { services: ['hosting'], from: now - HOUR, until: now, planned: false, reason: 'Uji coba' }, officer)).ok,
      false,
    )
  })

  it('of all services in a month is a paper', async () => {
    house.clock.now = FRIDAY
    await silent('switch', MONDAY + DAY, MONDAY + DAY + 2 * HOUR)
    const { name, content } = must(await outages.print('2026-11', 'id'))
    assert.equal(name, 'ketersediaan-layanan-2026-11.pdf')
    assert.equal(Buffer.from(content.subarray(0, 5)).toString(), '%PDF-')
    const all = await outages.month('2026-11')
    assert.equal(all.length, house.catalogue.services.length)
    assert.equal(all.find(({ service }) => service === 'hosting')?.months[0]?.down, 2 * HOUR)
  })
})
