// Until when names are for: kept over restarts, told once for each day ahead, and gone with the names.
import assert from 'node:assert/strict'
import { recordsIn, tempFolder } from './support/folder.ts'

const A = 'a.example.go.id. A'
const B = 'b.example.go.id. A'

describe('the terms of names', () => {
  it('are found when their day is near, and not told twice', async () => {
    const folder = tempFolder()
    let records = await recordsIn(folder, () => 0)
    await records.terms.put({ ticket: 'T-2026-0001', organisation: 7, until: '2026-12-20', names: [A, B] })
    await records.terms.told('T-2026-0001', 30)
    await records.close()
    records = await recordsIn(folder, () => 0)
    assert.deepEqual(await records.terms.until('2026-12-19'), [])
    assert.deepEqual(await records.terms.until('2026-12-20'), [
      { ticket: 'T-2026-0001', organisation: 7, until: '2026-12-20', names: [A, B], told: 30 },
    ])
    // Written once more with the same day: what was told stays told. With another: it is told anew.
    await records.terms.put({ ticket: 'T-2026-0001', organisation: 7, until: '2026-12-20', names: [A, B] })
    assert.equal((await records.terms.until('2026-12-20'))[0]?.told, 30)
    await records.terms.put({ ticket: 'T-2026-0001', organisation: 7, until: '2027-01-20', names: [A, B] })
    assert.equal((await records.terms.until('2027-01-20'))[0]?.told, null)
    await records.close()
  })

  it('follow the names: to the ticket that renewed them, away when they are removed', async () => {
    const records = await recordsIn(tempFolder(), () => 0)
    await records.terms.put({ ticket: 'T-2026-0001', organisation: 7, until: '2026-12-20', names: [A, B] })
    await records.terms.put({ ticket: 'T-2026-0002', organisation: 7, until: '2027-12-20', names: [B] })
    assert.deepEqual(
      (await records.terms.until('2099-01-01')).map(({ ticket, names }) => [ticket, names]),
      [
        ['T-2026-0001', [A]],
        ['T-2026-0002', [B]],
      ],
    )
    await records.terms.lift([A])
    assert.deepEqual(
      (await records.terms.until('2099-01-01')).map(({ ticket }) => ticket),
      ['T-2026-0002'],
    )
    await records.close()
  })
})
