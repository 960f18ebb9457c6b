// Which application a request is about: chosen from the register, or brought by the request and entered there once the desk has looked at it.
import assert from 'node:assert/strict'
import type { ApplicationView } from '../../../daemon/domain/application-view.ts'
import type { Failure, Outcome } from '../../../daemon/domain/outcome.ts'
import { responsibleAt } from '../../../daemon/domain/people.ts'
import { tempFolder } from '../../store/support/folder.ts'
import { must } from '../../store/support/must.ts'
import { DAY, type House, openHouse } from './support/house.ts'

const failure = (outcome: Outcome<unknown>): Failure => {
  assert.ok(!outcome.ok)
  return outcome.failure
}

describe('the application of a request', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse(tempFolder())
  })
  afterEach(() => house.close())

  const simpeg = async () => {
    const found = (await house.records.people.applications.all()).find(({ name }) => name === 'SIMPEG')
    assert.ok(found)
    return found
  }
  const page = async (id: number, login: string): Promise<ApplicationView> => must(await house.desk.application(id, await house.as(login)))
  const verified = async (number: string) => {
    await house.complete(number)
    return house.do(number, 'petugas', { kind: 'verify', note: '' })
  }

  it('is one of the register however its name was typed, and stays it when it is renamed', async () => {
    const { id, ...rest } = await simpeg()
    const number = await house.filed('system-needs', 'pemohon', { answers: { application: ' simpeg ' } })
    const view = must(await house.desk.view(number, await house.as('pemohon')))
    assert.deepEqual(view.answers['application'], { id, name: 'SIMPEG' })
    assert.deepEqual(view.application, { id, name: 'SIMPEG' })

    must(await house.records.people.applications.change(id, { ...rest, name: 'SIMPEG Terpadu' }))
    const renamed = must(await house.desk.view(number, await house.as('pemohon')))
    assert.deepEqual([renamed.application?.name, renamed.answers['application']], ['SIMPEG Terpadu', { id, name: 'SIMPEG' }])
    assert.deepEqual(
      (await page(id, 'pemohon')).tickets.map(ticket => ticket.number),
      [number],
    )
  })

  it('enters the register with those who answer for it when the request is verified, not before', async () => {
    const number = await house.filed('hosting', 'pemohon', { answers: { application: 'Portal Diklat', domain: 'diklat.babelprov.go.id' } })
    const there = async () => (await house.records.people.applications.all()).find(({ name }) => name === 'Portal Diklat')
    assert.equal(await there(), undefined)
    const before = must(await house.desk.view(number, await house.as('pemohon')))
    assert.deepEqual([before.application, before.answers['application']], [null, 'Portal Diklat'])

    const after = await verified(number)
    const entered = await there()
    assert.ok(entered)
    assert.deepEqual(after.application, { id: entered.id, name: 'Portal Diklat' })
    const asker = await house.person('pemohon')
    assert.equal(responsibleAt(entered, 'structural', house.clock.now), asker)
    assert.equal(responsibleAt(entered, 'technical', house.clock.now - 1), null)
    const { history, responsible, organisation } = await page(entered.id, 'pemohon')
    assert.deepEqual(
      history.map(({ what, ticket }) => [what, ticket]),
      [['add', number]],
    )
    assert.deepEqual(
      responsible.map(({ as, now }) => [as, now]),
      [
        ['structural', true],
        ['technical', true],
      ],
    )
    assert.equal(organisation.short, 'BKPSDMD')
    // What happens to it afterwards enters it no second time.
    await house.do(number, 'kadis', { kind: 'dispose', to: await house.person('kabid'), note: 'Lanjut.' })
    assert.equal((await house.records.people.applications.all()).filter(({ name }) => name === 'Portal Diklat').length, 1)
  })

  it('is one for two requests that name it at the same time in different ways', async () => {
    const one = await house.filed('hosting', 'pemohon', { answers: { application: 'e-Cuti', domain: 'cuti.babelprov.go.id' } })
    const other = await house.filed('system-needs', 'pemohon', { answers: { application: 'E-CUTI' } })
    const [first, second] = [await verified(one), await verified(other)]
    assert.ok(first.application)
    assert.deepEqual(second.application, first.application)
    assert.equal((await page(first.application.id, 'petugas')).total, 2)
    assert.equal((await page(first.application.id, 'petugas')).history.length, 1)
  })

  it('never enters the register from a request that was turned away', async () => {
    const number = await house.filed('hosting', 'pemohon', { answers: { application: 'Salah Alamat', domain: 'salah.babelprov.go.id' } })
    await house.do(number, 'petugas', { kind: 'reject', reason: 'Bukan kewenangan.' })
    assert.ok(!(await house.records.people.applications.all()).some(({ name }) => name === 'Salah Alamat'))
  })

  it('has one open test, by its number or, as long as it has none, by its name within the organisation', async () => {
    const { id } = await simpeg()
    const test = (login: string, application: unknown) =>
      house.filed('feasibility-test', login, { products: ['vulnerability'], answers: { application } })
    const first = await test('pemohon', { id, name: 'whatever a page says' })
    assert.match(await test('pemohon', 'Simpeg').then(String, (error: unknown) => String(error)), new RegExp(first))
    // Another organisation may have one of the same name.
    await test('pemohon-dinkes', 'Antrean')
    await test('pemohon', 'Antrean')
    assert.match(await test('pemohon', 'ANTREAN ').then(String, (error: unknown) => String(error)), /T-2026-000/)
  })

  it('is of the organisation that asks: another one is refused at its field', async () => {
    const { id } = await simpeg()
    const draft = await house.draft('system-needs', 'pemohon-dinkes', { answers: { application: { id, name: 'SIMPEG' } } })
    const refused = failure(await house.desk.submit(draft, await house.as('pemohon-dinkes')))
    assert.deepEqual(
      refused.errors?.map(({ field }) => field),
      ['application'],
    )
    assert.equal(failure(await house.desk.application(id, await house.as('pemohon-dinkes'))).kind, 'notFound')
    const choices = must(await house.desk.choices(draft, await house.as('pemohon-dinkes')))
    assert.deepEqual(
      choices.map(({ name }) => name),
      ['SIMRS Provinsi'],
    )
  })

  it('may be something else where the form says so, and that stays out of the register', async () => {
    const number = await house.filed('dc-operations', 'pemohon', { answers: { application: 'Berkas RKPD 2026' } })
    const after = await verified(number)
    assert.deepEqual([after.application, after.answers['application']], [null, 'Berkas RKPD 2026'])
    assert.ok(!(await house.records.people.applications.all()).some(({ name }) => name === 'Berkas RKPD 2026'))
  })

  it('shows who answers for it today, and who did before', async () => {
    const { id, ...rest } = await simpeg()
    const [asker, technician] = [await house.person('pemohon'), await house.person('teknis-bkpsdmd')]
    const now = house.clock.now
    must(
      await house.records.people.applications.change(id, {
        ...rest,
        responsible: [
          { as: 'technical', person: asker, from: null, until: now - DAY },
          { as: 'technical', person: technician, from: now - DAY + 1, until: null },
        ],
      }),
    )
    const { responsible } = await page(id, 'auditor')
    assert.deepEqual(
      responsible.map(one => one.now),
      [true, false],
    )
    const draft = await house.draft('system-needs')
    const [choice] = must(await house.desk.choices(draft, await house.as('pemohon'))).filter(({ name }) => name === 'SIMPEG')
    assert.equal(choice?.technical?.name, responsible[0]?.name)
    assert.equal(choice?.structural, null)
  })

  it('names the team by whose decree a request was verified', async () => {
    const person = await house.person('petugas')
    const span = { from: house.clock.now - DAY, until: house.clock.now + DAY }
    const team = await house.records.people.teams.add({
      name: 'Tim Pengelola Pusat Data',
      decree: 'SK Sekda 100/2026',
      ...span,
      members: [{ person, duty: '' }],
    })
    await house.records.people.teams.remove(1)
    const byTeam = (await verified(await house.filed('system-needs'))).events.find(({ kind }) => kind === 'verified')
    assert.ok(byTeam?.kind === 'verified')
    assert.deepEqual(byTeam.team, { id: team.id, name: 'Tim Pengelola Pusat Data', decree: 'SK Sekda 100/2026' })
    house.clock.now += 3 * DAY
    const later = (await verified(await house.filed('system-needs'))).events.find(({ kind }) => kind === 'verified')
    assert.ok(later?.kind === 'verified')
    assert.equal(later.team, undefined)
  })
})
