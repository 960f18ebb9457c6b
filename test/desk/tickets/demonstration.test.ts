// The demonstration's tickets are played by the engine: every one gets as far as its story says, and the books hold.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { playDemonstration } from '../../../daemon/desk/demonstration/demonstration.ts'
import { STORIES } from '../../../daemon/desk/demonstration/stories.ts'
import { tempFolder } from '../../store/support/folder.ts'
import { must, quiet } from '../../store/support/must.ts'
import { FRIDAY, HOUR, openHouse } from './support/house.ts'

describe('the demonstration', () => {
  it('plays all of its stories through the desk, numbers in the order of days', async function () {
    this.timeout(120_000)
    const folder = join(tempFolder(), 'demo')
    const house = await openHouse(folder, { now: FRIDAY + 6 * HOUR })
    const said: string[] = []
    const log = { ...quiet, warn: (fields: object, message: string) => said.push(`${message} ${JSON.stringify(fields)}`) }
    const { organisations } = house.records.people
    const accountOf = async (person: number) => (await house.records.accounts.ofPerson(person))?.id ?? null
    const sources = { ...house.sources, organisations, accountOf, log, signal: new AbortController().signal }
    assert.equal(await playDemonstration(sources), STORIES.length, said.join('\n'))
    assert.equal(await playDemonstration(sources), 0)
    const { items, total } = await house.desk.page({ view: 'all', search: '', sort: 'number', page: 1, size: 200 }, await house.as('petugas'))
    assert.equal(total, STORIES.length - 1)
    assert.deepEqual(
      items.map(({ number }) => number),
      items.map((_, i) => `T-2026-${String(i + 1).padStart(4, '0')}`),
    )
    const states = new Map<string, number>()
    for (const { status } of items) states.set(status, (states.get(status) ?? 0) + 1)
    for (const status of ['open', 'closed', 'rejected', 'cancelled', 'paused']) assert.ok((states.get(status) ?? 0) > 0, `${status}: ${[...states]}`)
    assert.ok(items.some(({ lateness }) => lateness === 'breached') && items.some(({ lateness }) => lateness === 'fine'))
    must(await house.records.audit.verify())
    await house.close()
  })
})
