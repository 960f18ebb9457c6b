// Before the time of a step and after it the next level hears of it: whoever sits on that chair then, the stand-in too.
import assert from 'node:assert/strict'
import { openDesk } from '../../../daemon/desk/desk.ts'
import { tempFolder } from '../../store/support/folder.ts'
import { must } from '../../store/support/must.ts'
import { DAY, type House, MINUTE, openHouse } from './support/house.ts'

describe('the escalation', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse(tempFolder())
  })
  afterEach(() => house.close())

  /** Before `prakom`, whose superior is `kabid`, whose superior is `kadis`. */
  const waitsForOrder = async (): Promise<string> => {
    const number = await house.filed('splp')
    await house.complete(number)
    await house.do(number, 'petugas', { kind: 'verify', note: '' })
    await house.do(number, 'kadis', { kind: 'dispose', to: await house.person('kabid'), note: 'Tindak lanjuti.' })
    await house.do(number, 'kabid', { kind: 'dispose', to: await house.person('prakom'), note: 'Mohon ditelaah.' })
    house.told.splice(0)
    return number
  }
  const escalated = async (number: string) =>
    must(await house.desk.view(number, await house.as('petugas'))).events.flatMap(event =>
      event.kind === 'escalated' ? [{ step: event.step, to: event.to, before: event.before }] : [],
    )
  const heard = (kind: 'due' | 'late') =>
    house.told
      .filter(told => told.kind === kind)
      .map(({ to }) => to.person ?? 0)
      .toSorted((a, b) => a - b)
  const people = async (...logins: string[]) => (await Promise.all(logins.map(house.person))).toSorted((a, b) => a - b)
  const minutesLater = async (minutes: number) => {
    house.clock.now += minutes * MINUTE
    await house.desk.tick()
  }

  it('tells who has the step and the level above before its time, the level above after it, once each', async () => {
    const number = await waitsForOrder()
    await minutesLater(5)
    assert.deepEqual(house.told, [])
    // Fifteen minutes are the standard of the order; a quarter of it is left.
    await minutesLater(7)
    assert.deepEqual(heard('due'), await people('prakom', 'kabid'))
    assert.deepEqual(await escalated(number), [{ step: 'order', to: 'kabid', before: true }])
    await minutesLater(5)
    assert.deepEqual(heard('late'), await people('kabid'))
    await minutesLater(1)
    await minutesLater(1)
    assert.deepEqual(await escalated(number), [
      { step: 'order', to: 'kabid', before: true },
      { step: 'order', to: 'kabid', before: false },
    ])
    assert.equal(house.told.length, 3)
    // In the outbox, too, once each.
    const letters = (await house.records.mailings.due(house.clock.now, 1000)).filter(({ id }) => /\/(due|late)\//.test(id))
    assert.equal(letters.length, 3)
    // What is said to leaders is none of the requester's business.
    const own = must(await house.desk.view(number, await house.as('pemohon')))
    assert.ok(own.events.every(({ kind }) => kind !== 'escalated'))
  })

  it('reaches the stand-in while he sits on the chair of the next level, and not before or after', async () => {
    const petugas = await house.person('petugas2')
    const start = house.clock.now
    await house.records.people.offices.add({
      person: petugas,
      role: 'approver',
      position: 'kabid',
      organisation: null,
      kind: 'plh',
      from: start + 10 * MINUTE,
      until: start + 15 * MINUTE,
      decree: 'Surat Perintah Plh. 800/208',
    })
    const number = await waitsForOrder()
    await minutesLater(12)
    assert.ok(heard('due').includes(petugas), 'the stand-in hears of it before')
    // His days are over when the time is.
    await minutesLater(5)
    assert.deepEqual(heard('late'), await people('kabid'))
    assert.equal((await escalated(number)).length, 2)
  })

  it('goes one level further up where nobody sits on the next chair', async () => {
    const number = await waitsForOrder()
    for (const office of await house.records.people.officesOf(await house.person('kabid'))) must(await house.records.people.offices.remove(office.id))
    await minutesLater(20)
    assert.deepEqual(heard('late'), await people('kadis'))
    assert.ok((await escalated(number)).every(({ to }) => to === 'kadis'))
  })

  it('tells the superior of the whole ticket a working day before its end, and at it', async () => {
    const number = await waitsForOrder()
    const { due } = must(await house.desk.view(number, await house.as('petugas')))
    assert.ok(due !== null)
    house.clock.now = due - DAY
    await house.desk.tick()
    house.clock.now = due + MINUTE
    await house.desk.tick()
    assert.deepEqual(
      (await escalated(number)).filter(({ step }) => step === 'whole'),
      [
        { step: 'whole', to: 'kabid', before: true },
        { step: 'whole', to: 'kabid', before: false },
      ],
    )
  })

  it('tells of the date that was agreed on anew, before and at it', async () => {
    const number = await waitsForOrder()
    const { due } = must(await house.desk.view(number, await house.as('petugas')))
    assert.ok(due !== null)
    house.clock.now = due + MINUTE
    await house.desk.tick()
    const before = (await escalated(number)).length
    const agreed = due + 7 * DAY
    await house.do(number, 'petugas', { kind: 'agree', due: agreed, reason: 'Perangkat belum tiba.', signer: 'Drs. Fajar Nugroho' })
    await house.desk.tick()
    assert.equal((await escalated(number)).length, before, 'the new date is a week away')
    house.clock.now = agreed - DAY + MINUTE
    await house.desk.tick()
    house.clock.now = agreed + MINUTE
    await house.desk.tick()
    assert.deepEqual(
      (await escalated(number)).slice(before).filter(({ step }) => step === 'whole'),
      [
        { step: 'whole', to: 'kabid', before: true },
        { step: 'whole', to: 'kabid', before: false },
      ],
    )
  })

  it('goes on with the others where one ticket cannot be looked at', async () => {
    const sick = await waitsForOrder()
    const well = await waitsForOrder()
    const { version } = house.sources.services
    const broken = must(await house.desk.view(sick, await house.as('petugas'))).id
    const { byId } = house.sources.tickets
    const desk = openDesk({
      ...house.sources,
      tickets: {
        ...house.sources.tickets,
        byId: async id => {
          const found = await byId(id)
          return id !== broken || found === null ? found : { ...found, frame: { ...found.frame, version: 99 } }
        },
      },
    })
    assert.ok(!(await version('splp', 99)).ok)
    house.clock.now += 20 * MINUTE
    assert.equal(await desk.tick(), 1)
    assert.equal((await escalated(well)).length, 2)
    assert.equal(await desk.reckon(), 2)
  })
})
