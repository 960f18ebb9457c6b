// A table taken in over real records is one short transaction: what is refused, or a daemon that is killed, leaves nothing of it, and nobody waits long.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { refused } from '../../daemon/domain/outcome.ts'
import type { Records } from '../../daemon/store/records.ts'
import { recordsIn, tempFolder } from '../store/support/folder.ts'
import { must } from '../store/support/must.ts'
import { take } from './support/taking.ts'

const ROWS = Array.from({ length: 300 }, (_, i) => `Dinas Nomor ${i},D${i}`)
const TABLE = ['nama,singkatan', ...ROWS].join('\n')

/** As large as a table may be. */
const CROWD = 19_999
const nip = (i: number): string => String(199_001_010_000_000_000n + BigInt(i))
const PEOPLE = ['nama;nip;pd;jabatan;e-mail', ...Array.from({ length: CROWD }, (_, i) => `Orang ${i};${nip(i)};D1;Analis;o${i}@demo.example`)].join(
  '\n',
)
const PROMOTED = PEOPLE.replaceAll('Analis', 'Penyelia')
const ACCOUNTS = ['login;nip', ...Array.from({ length: CROWD }, (_, i) => `orang${i};${nip(i)}`)].join('\n')

/** The longest anybody waited for the records, and the longest the loop stood still while `work` ran, ms. */
async function longest(records: Records, work: () => Promise<unknown>): Promise<{ readonly wait: number; readonly still: number }> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  let over = false
  let wait = 0
  const knocking = (async () => {
    while (!over) {
      const began = performance.now()
      await records.settings.set('knock', began)
      wait = Math.max(wait, performance.now() - began)
      await new Promise(resolve => setTimeout(resolve, 2))
    }
  })()
  delay.enable()
  await work()
  delay.disable()
  over = true
  await knocking
  return { wait, still: delay.max / 1e6 }
}

describe('a table that is taken in', () => {
  it('leaves nothing behind when it is refused at the end', async () => {
    const records = await recordsIn(tempFolder())
    const full = { id: 'Daftar penuh.', en: 'The register is full.' }
    await take('organisations', records, TABLE, {
      together: work =>
        records.audit.together(async () => {
          await work()
          return refused('conflict', full)
        }),
    })
    assert.deepEqual(await records.people.organisations.all(), [])
    assert.deepEqual(await records.audit.page({ size: 10 }), [])
    assert.equal(must(await take('organisations', records, TABLE)).added.length, 300)
    assert.equal((await records.people.organisations.all()).length, 300)
    must(await records.audit.verify())
    await records.close()
  })

  it('is looked at again when somebody writes to the register meanwhile', async () => {
    const records = await recordsIn(tempFolder())
    const { organisations } = records.people
    let met = 0
    const taken = await take('organisations', records, TABLE, {
      organisations: {
        all: organisations.all,
        async aside(values) {
          const laid = await organisations.aside(values)
          if (met++ === 0)
            await organisations.add({ name: 'Dinas Lain', short: 'D7', kind: 'agency', address: '', phone: '', email: '', goneAt: null })
          return laid
        },
      },
    })
    const { added, changed } = must(taken)
    assert.deepEqual([added.length, changed.map(({ name, fields }) => [name, fields])], [299, [['Dinas Nomor 7', ['name']]]])
    const all = await organisations.all()
    assert.deepEqual([all.length, all.filter(({ short }) => short === 'D7').map(({ id, name }) => [id, name])], [300, [[1, 'Dinas Nomor 7']]])
    const told = await records.audit.page({ size: 100, action: 'organisation.import' })
    assert.equal(told.length, 15, 'twenty lines an entry')
    await records.close()
  })

  it('leaves nothing behind when the daemon is killed in the middle of it', async () => {
    const folder = tempFolder()
    await (await recordsIn(folder)).close()
    const child = fork(fileURLToPath(new URL('./support/taker.ts', import.meta.url)), [folder, TABLE], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const [written] = (await once(child, 'message')) as [number]
    child.kill('SIGKILL')
    await once(child, 'exit')
    assert.equal(written, 300, 'all had been written')
    const records = await recordsIn(folder)
    assert.deepEqual(await records.people.organisations.all(), [])
    assert.equal(must(await records.audit.verify()).entries, 0)
    await records.close()
  })

  it('keeps nobody waiting, however many people, changes and accounts it has', async () => {
    const records = await recordsIn(tempFolder())
    await records.people.organisations.add({ name: 'Dinas Satu', short: 'D1', kind: 'agency', address: '', phone: '', email: '', goneAt: null })
    for (const [what, text] of [
      ['people', PEOPLE],
      ['people', PROMOTED],
      ['accounts', ACCOUNTS],
    ] as const) {
      // biome-ignore format: one list
      const { wait, still } = await longest(records, async () => {
        const { added, changed } = must(await take(what, records, text))
        assert.equal(added.length + changed.length, CROWD)
      })
      // Line by line in one transaction, as it was once, this took half a minute, and everybody waited.
      assert.ok(wait < 500, `${what}: somebody waited ${Math.round(wait)} ms for the records`)
      assert.ok(still < 500, `${what}: the loop stood still for ${Math.round(still)} ms`)
    }
    const [last] = await records.people.personsByNip([nip(CROWD - 1)])
    assert.equal(last?.position, 'Penyelia')
    assert.equal((await records.accounts.byLogin('orang7'))?.person, (await records.people.personsByNip([nip(7)]))[0]?.id)
    must(await records.audit.verify())
    await records.close()
  })
})
