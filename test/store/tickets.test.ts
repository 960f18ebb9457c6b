// Numbers, locks and searches of tickets on a real file: no gap and no double, whoever is killed and whoever comes at once.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { DeskCommit } from '../../daemon/domain/ticket-record.ts'
import { openHouse } from '../desk/tickets/support/house.ts'
import { recordsIn, tempFolder } from './support/folder.ts'
import { must, NOON } from './support/must.ts'

const line = (no: number, subject = ''): DeskCommit => ({
  tickets: [],
  audit: [],
  agenda: [{ year: 2026, direction: 'in', no, at: NOON, ticket: null, ticketNumber: null, letter: '', dated: '', from: 'a', to: 'b', subject }],
})

describe('the numbers of the desk', () => {
  it('run without a gap or a double when two officers draw a thousand at once', async function () {
    this.timeout(60_000)
    const records = await recordsIn(tempFolder())
    const { tickets, agenda } = records.desk
    const draw = async (who: string) => {
      for (let i = 0; i < 500; i++)
        must(await tickets.commit({ draws: [{ pattern: 'agenda/in', year: 2026 }] }, ({ numbers: [no = 0] }) => line(no, who)))
    }
    await Promise.all([draw('satu'), draw('dua')])
    const book = await agenda.year(2026, 'in')
    assert.deepEqual(
      book.map(({ no }) => no),
      Array.from({ length: 1000 }, (_, i) => i + 1),
    )
    assert.equal(book.filter(({ subject }) => subject === 'satu').length, 500)
    await records.close()
  })

  it('are found in the book by what was written, also by signs that a search could take for its own', async () => {
    const records = await recordsIn(tempFolder())
    const { tickets, agenda } = records.desk
    for (const [i, subject] of ['Kapasitas 100% terpakai', 'Berkas surat_masuk.pdf', 'Biasa'].entries())
      must(await tickets.commit({ draws: [] }, () => line(i + 1, subject)))
    const found = async (search: string) => (await agenda.page({ year: 2026, search, page: 1, size: 10 })).items.map(({ no }) => no)
    assert.deepEqual(
      [await found('100%'), await found('surat_'), await found('%'), await found('_'), await found('BIASA')],
      [[1], [2], [1], [2], [3]],
    )
    await records.close()
  })

  it('begin anew with each year and pattern, and are given back by what fails', async () => {
    const records = await recordsIn(tempFolder())
    const { tickets } = records.desk
    const draw = async (pattern: string, year: number) => {
      let drawn = 0
      must(
        await tickets.commit({ draws: [{ pattern, year }] }, ({ numbers: [no = 0] }) => {
          drawn = no
          return { tickets: [], audit: [] }
        }),
      )
      return drawn
    }
    assert.deepEqual(
      [await draw('BA/{no}', 2026), await draw('BA/{no}', 2026), await draw('BA/{no}', 2027), await draw('SK/{no}', 2026)],
      [1, 2, 1, 1],
    )
    await assert.rejects(
      tickets.commit({ draws: [{ pattern: 'BA/{no}', year: 2026 }] }, () => {
        throw new Error('a mistake of ours')
      }),
    )
    assert.equal(await draw('BA/{no}', 2026), 3)
    await records.close()
  })

  it('have no gap after the daemon was killed in the middle, again and again', async function () {
    this.timeout(60_000)
    const folder = tempFolder()
    const script = fileURLToPath(new URL('./support/numberer.ts', import.meta.url))
    let told = 0
    for (let round = 0; round < 4; round++) {
      const child = fork(script, [folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
      const enough = told + 20 + round * 7
      await new Promise<void>(resolve =>
        child.on('message', (no: number) => {
          told = Math.max(told, no)
          if (no >= enough) resolve()
        }),
      )
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    const records = await recordsIn(folder)
    const book = await records.desk.agenda.year(2026, 'in')
    assert.deepEqual(
      book.map(({ no }) => no),
      book.map((_, i) => i + 1),
    )
    assert.ok(book.length >= told, 'what was told was written')
    await records.close()
  })
})

describe('tickets in the records', () => {
  it('are the same after a restart, and their trail holds', async () => {
    const folder = tempFolder()
    const house = await openHouse(folder)
    const number = await house.filed('splp')
    await house.do(number, 'petugas', { kind: 'note', text: 'Nomor rak B6', visibility: 'public' })
    const before = must(await house.desk.view(number, await house.as('petugas')))
    await house.close()
    const again = await openHouse(folder, { people: false })
    assert.deepEqual(must(await again.desk.view(number, await again.as('petugas'))), before)
    must(await again.records.audit.verify())
    await again.close()
  })

  it('write nothing of an action whose message cannot be taken twice', async () => {
    const house = await openHouse(tempFolder())
    const number = await house.filed('splp')
    const message = {
      channel: 'email' as const,
      source: 'imap',
      externalId: 'sha-1',
      from: { address: 'mariana@demo.example', name: 'Mariana', person: null },
      subject: 'Re: permohonan',
      text: 'Terlampir dokumen yang diminta.',
      receivedAt: house.clock.now,
      messageId: '<a@b>',
      thread: { ticketNumber: number },
      attachments: [{ name: 'virus.exe', content: Buffer.from('MZ') }],
      leftOut: [],
      verified: true,
      raw: { name: 'surat.eml', content: Buffer.from('From: mariana@demo.example\r\n\r\nTerlampir.') },
    }
    assert.deepEqual(must(await house.desk.deliver(message)), { ticket: number, created: false })
    await house.desk.deliver(message)
    const view = must(await house.desk.view(number, await house.as('petugas')))
    const notes = view.events.flatMap(event => (event.kind === 'note' ? [event.text] : []))
    assert.equal(notes.length, 1)
    assert.match(notes[0] ?? '', /virus\.exe/)
    const came = view.attachments.filter(({ slot }) => slot === null)
    assert.deepEqual(
      came.map(({ name, visibility }) => [name, visibility]),
      [['surat.eml', 'internal']],
    )
    const stranger = must(
      await house.desk.deliver({
        ...message,
        externalId: 'sha-2',
        from: { address: 'orang@lain.example', name: 'Orang', person: null },
        thread: { ticketNumber: null },
      }),
    )
    assert.equal(stranger.created, true)
    const queue = await house.desk.page({ view: 'drafts', search: '', sort: '-changed', page: 1, size: 10 }, await house.as('petugas'))
    assert.deepEqual(
      queue.items.map(({ number: draft }) => draft),
      [stranger.ticket],
    )
    assert.equal(await house.desk.knows('imap', 'MARIANA@demo.example', number), true)
    assert.equal(await house.desk.knows('imap', 'orang@lain.example', number), false)
    await house.close()
  })
})
