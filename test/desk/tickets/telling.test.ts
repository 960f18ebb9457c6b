// Who hears what, where: of returns that were answered, of mergers, and in the chat of those no letter reaches.
import assert from 'node:assert/strict'
import { tempFolder } from '../../store/support/folder.ts'
import { must } from '../../store/support/must.ts'
import { type House, openHouse } from './support/house.ts'

describe('the desk tells', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse(tempFolder())
  })
  afterEach(() => house.close())

  const heard = (kind: string) => house.told.filter(told => told.kind === kind)

  it('who has it in hand that the papers were completed, and nobody else', async () => {
    const number = await house.filed('splp')
    await house.do(number, 'petugas', { kind: 'return', reason: 'Surat belum ditandatangani.' })
    house.told.splice(0)
    must(await house.desk.submit(number, await house.as('pemohon')))
    const officers = (await house.records.people.withRole('officer', house.clock.now)).map(({ person }) => person.id)
    assert.ok(heard('resubmitted').length > 0)
    assert.ok(heard('resubmitted').every(({ to }) => officers.includes(to.person ?? 0)))
    assert.equal(heard('turn').length, 0)
  })

  it('the requester, and who watches, into which ticket theirs was merged, and why one was withdrawn', async () => {
    const [one, other, third] = [await house.filed('splp'), await house.filed('splp'), await house.filed('splp')]
    await house.do(other, 'noc', { kind: 'watch', on: true })
    await house.do(other, 'petugas', { kind: 'merge', into: one })
    assert.deepEqual(
      heard('merged').map(({ to, figures }) => [to.person, figures['into']]),
      [
        [await house.person('pemohon'), one],
        [await house.person('noc'), one],
      ],
    )
    await house.do(third, 'noc', { kind: 'watch', on: true })
    await house.do(third, 'pemohon', { kind: 'cancel', reason: 'Tidak jadi.' })
    // Not the one who did it.
    assert.deepEqual(
      heard('cancelled').map(({ to, figures }) => [to.person, figures['reason']]),
      [[await house.person('noc'), 'Tidak jadi.']],
    )
  })

  it('each notice with the chats its person has bound, the newest first, and none of who has left', async () => {
    const noc = await house.person('noc')
    const bind = async (source: string, address: string) => {
      const { code } = await house.records.messages.newCode(noc)
      must(await house.records.messages.bindChat(code, source, address))
      house.clock.now += 1000
    }
    await bind('telegram', '77')
    await bind('whatsapp', '6281200000077')
    const number = await house.filed('hosting')
    await house.do(number, 'noc', { kind: 'watch', on: true })
    const chats = () =>
      house.told
        .filter(({ to }) => to.person === noc)
        .at(-1)
        ?.to.chats.map(({ address }) => address)
    await house.do(number, 'petugas', { kind: 'note', text: 'Server disiapkan.', visibility: 'public' })
    assert.deepEqual(chats(), ['6281200000077', '77'])
    assert.ok(house.told.filter(({ to }) => to.person !== noc).every(({ to }) => to.chats.length === 0))
    await house.records.messages.unbind('whatsapp', '6281200000077')
    await house.do(number, 'petugas', { kind: 'note', text: 'Server siap.', visibility: 'public' })
    assert.deepEqual(chats(), ['77'])
  })
})
