// A table taken in over real records is one transaction: a line that the register refuses, or a daemon that is killed, leaves nothing of it.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { refused } from '../../daemon/domain/outcome.ts'
import { recordsIn, tempFolder } from '../store/support/folder.ts'
import { must } from '../store/support/must.ts'
import { takeOrganisations } from './support/taking.ts'

const ROWS = Array.from({ length: 300 }, (_, i) => `Dinas Nomor ${i},D${i}`)
const TABLE = ['nama,singkatan', ...ROWS].join('\n')

describe('a table that is taken in', () => {
  it('leaves nothing behind when the register refuses one of its lines, and says which', async () => {
    const records = await recordsIn(tempFolder())
    const full = { id: 'Daftar penuh.', en: 'The register is full.' }
    const outcome = await takeOrganisations(records, TABLE, async value => (value.short === 'D200' ? refused('conflict', full) : null))
    assert.ok(!outcome.ok)
    assert.equal(outcome.failure.kind, 'conflict')
    assert.match(outcome.failure.words?.id ?? '', /^Baris 202: Daftar penuh\. Tidak ada yang disimpan/)
    assert.match(outcome.failure.words?.en ?? '', /^Line 202: The register is full\. Nothing was taken in/)
    assert.deepEqual(await records.people.organisations.all(), [])
    assert.deepEqual(await records.audit.page({ size: 10 }), [])
    assert.equal(must(await takeOrganisations(records, TABLE)).added.length, 300)
    assert.equal((await records.people.organisations.all()).length, 300)
    must(await records.audit.verify())
    await records.close()
  })

  it('leaves nothing behind when the daemon is killed in the middle of it', async () => {
    const folder = tempFolder()
    await (await recordsIn(folder)).close()
    const child = fork(fileURLToPath(new URL('./support/taker.ts', import.meta.url)), [folder, TABLE], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const [line] = (await once(child, 'message')) as [number]
    child.kill('SIGKILL')
    await once(child, 'exit')
    assert.ok(line > 1, 'lines had been written')
    const records = await recordsIn(folder)
    assert.deepEqual(await records.people.organisations.all(), [])
    assert.equal(must(await records.audit.verify()).entries, 0)
    await records.close()
  })
})
