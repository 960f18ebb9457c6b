// Child of the kill test: changes the place without end, two entries at a time, and tells its parent each revision that was acknowledged.
import { Inventory } from '../../../daemon/domain/inventory.ts'
import { openLayer } from '../../../daemon/place/layer.ts'
import { openRecords } from '../../../daemon/store/records.ts'
import { must, quiet } from '../../store/support/must.ts'

const [, , folder = ''] = process.argv
const records = must(await openRecords({ folder, log: quiet, clock: Date.now }))
const base = Inventory.parse({ site: { id: 'dc', name: 'DC' }, rooms: [{ id: 'hall', name: 'Hall', x: 0, y: 0, width: 9, depth: 9 }] })
const place = must(await openLayer({ base, source: 'site.yaml', store: records, clock: Date.now, log: quiet }))
const by = { name: 'Sri', account: 1, address: '127.0.0.1' }
for (let n = 1; ; n++) {
  const row = { id: `row-${n}`, name: `${n}`, room: 'hall' }
  const cage = { id: `cage-${n}`, name: `${n}`, room: 'hall', x: 0, y: 0, width: 1, depth: 1 }
  const { revision } = must(
    await place.change(
      [
        { put: 'rows', entry: row },
        { put: 'cages', entry: cage },
      ],
      { over: null, by },
    ),
  )
  process.send?.(revision)
}
