// Whose message it is: a number of WhatsApp by the register, one person's only, and never a number that merely looks like it.
import assert from 'node:assert/strict'
import { phoneOf } from '../../../daemon/domain/phone.ts'
import { tempFolder } from '../../store/support/folder.ts'
import { must } from '../../store/support/must.ts'
import { type House, openHouse } from './support/house.ts'

describe('a telephone number', () => {
  it('is the same however it is written, and nothing else is one', () => {
    for (const text of ['0812-3456-7890', '+62 812 3456 7890', '6281234567890', '(0812) 3456.7890', '0062 812 34567890', '81234567890'])
      assert.equal(phoneOf(text), '6281234567890', text)
    assert.equal(phoneOf('+81 90 1234 5678'), '819012345678')
    for (const text of ['', '117', 'tidak ada', '0812-3456-7890 / 0813-1111-2222', '0812a3456789', 'ext. 12345678'])
      assert.equal(phoneOf(text), null, text)
  })
})

describe('a message by WhatsApp', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse(tempFolder())
  })
  afterEach(() => house.close())

  const give = async (login: string, mobile: string) => {
    const id = await house.person(login)
    const [person] = await house.records.people.personsById([id])
    assert.ok(person)
    must(await house.records.people.persons.change(id, { ...person, mobile }))
    return id
  }
  let count = 0
  const came = async (address: string, source = 'whatsapp') => {
    const { ticket } = must(
      await house.desk.deliver({
        channel: 'chat',
        source,
        externalId: `wamid.${count++}`,
        from: { address, name: 'Seseorang', person: null },
        subject: 'Mohon bantuan',
        text: 'Mohon bantuan.',
        receivedAt: house.clock.now,
        messageId: null,
        thread: { ticketNumber: null },
        attachments: [],
        leftOut: [],
        verified: true,
        raw: { name: 'pesan.json', content: Buffer.from('{"text":"Mohon bantuan."}') },
      }),
    )
    return must(await house.desk.view(ticket, await house.as('petugas')))
  }

  it('is of the one person who has the number, whichever way it stands in the register', async () => {
    for (const mobile of ['0812-7777-0001', '+62 812 7777 0001', '6281277770001']) {
      const dimas = await give('pemohon', mobile)
      assert.equal((await came('6281277770001')).requester.person, dimas, mobile)
      const number = await house.filed('hosting', 'pemohon', { answers: { domain: `a${count}.babelprov.go.id` } })
      assert.equal(await house.desk.knows('whatsapp', '6281277770001', number), true)
      // Not his: he takes no part in it.
      const other = await house.filed('hosting', 'pemohon-dinkes', { answers: { domain: `b${count}.babelprov.go.id` } })
      assert.equal(await house.desk.knows('whatsapp', '6281277770001', other), false)
    }
  })

  it('is nobody’s when two have the number, or who had it has left', async () => {
    await give('pemohon', '0812-7777-0002')
    const number = await house.filed('hosting')
    const other = await give('pemohon-dinkes', '+62 812-7777-0002')
    assert.equal((await came('6281277770002')).requester.person, null)
    assert.equal(await house.desk.knows('whatsapp', '6281277770002', number), false)
    must(await house.records.people.persons.remove(other))
    assert.equal(await house.desk.knows('whatsapp', '6281277770002', number), true)
  })

  it('is not of who has a number that looks alike: of another country, shorter, longer, or the number of a chat', async () => {
    const dimas = await give('pemohon', '0819-0123-4567')
    const number = await house.filed('hosting')
    assert.equal((await came('6281901234567')).requester.person, dimas)
    // Japan's +81 90 123 4567 is our 0819 0123 4567 without its zero.
    for (const forged of ['81901234567', '1901234567', '16281901234567', '0', ''] as const) {
      assert.equal((await came(forged)).requester.person, null, forged)
      assert.equal(await house.desk.knows('whatsapp', forged, number), false, forged)
    }
    // Numbers of Telegram chats are given by chance, not by a telephone company.
    assert.equal((await came('6281901234567', 'telegram')).requester.person, null)
    assert.equal(await house.desk.knows('telegram', '6281901234567', number), false)
  })

  it('of somebody in no register is known again by the number that was written down', async () => {
    const view = await came('6281288880003')
    assert.equal(view.contact.phone, '+6281288880003')
    assert.equal(await house.desk.knows('whatsapp', '6281288880003', view.number), true)
    assert.equal(await house.desk.knows('whatsapp', '6281288880004', view.number), false)
  })
})

describe('a letter', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse(tempFolder())
  })
  afterEach(() => house.close())

  let count = 0
  const writer = async () => (await house.records.people.personsByEmail('dimas@demo.example'))[0]
  type Proof = 'token' | 'reference' | 'subject' | null
  const write = async (ticketNumber: string | null, proof: Proof, verified: boolean | null) => {
    const { ticket } = must(
      await house.desk.deliver({
        channel: 'email',
        source: 'imap',
        externalId: `sha-${count++}`,
        from: { address: 'dimas@demo.example', name: 'Dimas Ardiansyah', person: null },
        subject: `Re: ${ticketNumber ?? 'permohonan'}`,
        text: 'Mohon dibatalkan saja.',
        receivedAt: house.clock.now,
        messageId: null,
        thread: { ticketNumber, proof },
        attachments: [],
        leftOut: [],
        verified,
        raw: { name: 'surat.eml', content: Buffer.from(`From: dimas@demo.example\r\nX-No: ${count}\r\n\r\nMohon dibatalkan saja.`) },
      }),
    )
    const view = must(await house.desk.view(ticket, await house.as('petugas')))
    const note = view.events.findLast(event => event.kind === 'note')
    assert.ok(note?.kind === 'note')
    return { view, note }
  }

  it('is in nobody’s name when only it says so, whatever number stands in its subject', async () => {
    const dimas = (await writer())?.id
    const number = await house.filed('splp')
    for (const [proof, verified] of [
      ['subject', null],
      [null, null],
      ['subject', false],
      ['token', false],
    ] as const) {
      const { note, view } = await write(number, proof, verified)
      assert.deepEqual(
        [note.unverified, note.by.person, note.by.name, note.by.position],
        [true, null, 'dimas@demo.example', ''],
        `${proof} ${verified}`,
      )
      // Nor is the file that came with it his.
      assert.equal(view.attachments.at(-1)?.by, 'dimas@demo.example')
    }
    for (const [proof, verified] of [
      ['token', null],
      ['reference', null],
      ['subject', true],
    ] as const) {
      const { note } = await write(number, proof, verified)
      assert.deepEqual([note.unverified, note.by.person], [undefined, dimas], `${proof} ${verified}`)
    }
  })

  it('that begins something is marked as well; whom it claims to be from stands there for the officer to ask', async () => {
    const { view, note } = await write(null, null, null)
    assert.deepEqual([note.unverified, note.by.person], [true, null])
    assert.equal(view.requester.person, (await writer())?.id)
    assert.equal((await write(null, null, true)).note.unverified, undefined)
  })
})
