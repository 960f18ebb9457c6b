// The power goes in the middle of a change of the place: after the restart it is there whole, with its version and its entry of the trail, or not at all.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Inventory } from '../../daemon/domain/inventory.ts'
import { openLayer } from '../../daemon/place/layer.ts'
import { recordsIn, tempFolder } from '../store/support/folder.ts'
import { must, NOON, quiet } from '../store/support/must.ts'

describe('the place and a power cut', () => {
  it('has every change that was acknowledged, and no half of any', async () => {
    const folder = tempFolder()
    for (let cut = 0; cut < 3; cut++) {
      const child = fork(new URL('./support/changer.ts', import.meta.url), [folder])
      let told = 0
      child.on('message', revision => {
        told = Number(revision)
        // Somewhere within the one after the last that was told.
        if (told % 20 === 7 + cut) child.kill('SIGKILL')
      })
      await once(child, 'exit')
      const records = await recordsIn(folder)
      const base = Inventory.parse({ site: { id: 'dc', name: 'DC' }, rooms: [{ id: 'hall', name: 'Hall', x: 0, y: 0, width: 9, depth: 9 }] })
      const place = must(await openLayer({ base, source: 'site.yaml', store: records, clock: () => NOON, log: quiet }))
      assert.ok(told > 0 && place.revision >= told, `${place.revision} of ${told}`)
      assert.equal(place.inventory.rows.length, place.inventory.cages.length, 'two entries of one change')
      const kept = await records.layout.current()
      assert.deepEqual(kept?.layout.rows, place.inventory.rows, 'the version and what is laid over the file')
      const [newest] = await records.audit.page({ size: 1 })
      assert.equal(newest?.subject, `layout ${place.revision}`)
      must(await records.audit.verify())
      await records.close()
    }
  })
})
