// How full the desk's days are: what takes a place, what gives it back, and what the calendar's page is told of it.
import assert from 'node:assert/strict'
import { tempFolder } from '../../store/support/folder.ts'
import { must } from '../../store/support/must.ts'
import { DAY, type House, openHouse } from './support/house.ts'

const FRIDAY = '2026-11-20'
const MONDAY = '2026-11-23'
const WEEK = { from: FRIDAY, to: '2026-11-26' }

describe('the places of a day', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse(tempFolder())
  })
  afterEach(() => house.close())

  const taken = async (service = 'splp') => {
    const { days } = must(await house.desk.capacity(WEEK))
    return Object.fromEntries(days.map(day => [day.date, day.taken[service] ?? 0]))
  }
  const slotOf = async (number: string) => must(await house.desk.view(number, await house.as('petugas'))).clock?.whole.slot

  it('are counted by service and working day, against what the service may take', async () => {
    for (let i = 0; i < 3; i++) await house.filed('splp')
    await house.filed('hosting')
    const { services, days } = must(await house.desk.capacity(WEEK))
    assert.equal(services.find(({ key }) => key === 'splp')?.perDay, 2)
    // No Saturday, no Sunday.
    assert.deepEqual(
      days.map(({ date }) => date),
      [FRIDAY, MONDAY, '2026-11-24', '2026-11-25', '2026-11-26'],
    )
    assert.deepEqual(days[0]?.taken, { splp: 2, hosting: 1 })
    assert.deepEqual(days[1]?.taken, { splp: 1 })
  })

  it('are given back by what is withdrawn, turned away or merged, on the day it was put on', async () => {
    const numbers = []
    for (let i = 0; i < 5; i++) numbers.push(await house.filed('splp'))
    const [first = '', second = '', third = '', fourth = '', fifth = ''] = numbers
    assert.deepEqual([await slotOf(fourth), await slotOf(fifth)], [MONDAY, '2026-11-24'])
    assert.deepEqual(await taken(), { [FRIDAY]: 2, [MONDAY]: 2, '2026-11-24': 1, '2026-11-25': 0, '2026-11-26': 0 })
    await house.do(third, 'pemohon', { kind: 'cancel', reason: 'Tidak jadi.' })
    assert.equal((await taken())[MONDAY], 1)
    await house.do(first, 'petugas', { kind: 'merge', into: second })
    assert.equal((await taken())[FRIDAY], 1)
    await house.do(fifth, 'petugas', { kind: 'reject', reason: 'Bukan kewenangan kami.' })
    assert.equal((await taken())['2026-11-24'], 0)
    // The next two take what became free, the earliest first.
    assert.equal(await slotOf(await house.filed('splp')), null)
    assert.equal(await slotOf(await house.filed('splp')), MONDAY)
  })

  it('stay taken by what is worked on, and are given back once only', async () => {
    const number = await house.filed('splp')
    await house.filed('splp')
    await house.complete(number)
    await house.do(number, 'petugas', { kind: 'verify', note: '' })
    await house.do(number, 'petugas', { kind: 'note', text: 'Berkas lengkap.', visibility: 'public' })
    assert.equal((await taken())[FRIDAY], 2)
    await house.do(number, 'pemohon', { kind: 'cancel', reason: 'Tidak jadi.' })
    assert.equal((await house.desk.act(number, { kind: 'cancel', reason: 'Lagi.' }, await house.as('pemohon'))).ok, false)
    assert.equal((await taken())[FRIDAY], 1)
  })

  it('are told for a span of dates that has an end', async () => {
    for (const dates of [
      { from: MONDAY, to: FRIDAY },
      { from: '2026-01-01', to: '2026-12-31' },
    ])
      assert.equal((await house.desk.capacity(dates)).ok, false)
  })
})

describe('what is due', () => {
  it('is counted by day for the viewer, however much there is, and listed for one day', async () => {
    const house = await openHouse(tempFolder())
    try {
      const officer = await house.as('petugas')
      const first = must(await house.desk.view(await house.filed('splp'), officer))
      house.clock.now += DAY
      for (let i = 0; i < 3; i++) await house.filed('hosting', 'pemohon-dinkes', { answers: { domain: `layanan-${i}.babelprov.go.id` } })
      const span = { from: '2026-11-20', to: '2027-02-20' }
      const all = must(await house.desk.due(span, officer)).days
      assert.equal(
        all.reduce((sum, { due }) => sum + due, 0),
        4,
      )
      const date = new Date((first.due ?? 0) + 7 * 3_600_000).toISOString().slice(0, 10)
      assert.ok(all.some(day => day.date === date))
      // Of others' tickets not even how many.
      assert.deepEqual(must(await house.desk.due(span, await house.as('pemohon'))).days, [{ date, due: 1 }])
      const midnight = Date.parse(`${date}T00:00:00+07:00`)
      const page = await house.desk.page(
        { view: 'all', search: '', sort: 'due', page: 1, size: 50, dueFrom: midnight, dueUntil: midnight + DAY },
        officer,
      )
      assert.ok(page.items.some(({ number }) => number === first.number))
      assert.ok(page.total < 4)
    } finally {
      await house.close()
    }
  })
})
