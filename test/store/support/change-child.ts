// A daemon in the middle of a change, to be killed there: has its places, has written what it did, and tells of it.
import type { Change } from '../../../daemon/domain/change.ts'
import { openRecords } from '../../../daemon/store/records.ts'
import { must, NOON, quiet } from './must.ts'

const [folder = '', text = ''] = process.argv.slice(2)
const change = JSON.parse(text) as Change
const { changes } = must(await openRecords({ folder, log: quiet, clock: () => NOON }))
await changes.take([{ kind: 'host', id: 'alpha' }], change.number)
await changes.take([{ kind: 'host', id: 'beta' }], 'C-2026-0099')
await changes.put(change, 0)
await changes.append(change.id, { at: NOON, kind: 'starting', step: 1 })
await changes.append(change.id, { at: NOON, kind: 'did', step: 1, undo: { kept: 'c-2026-0001-1' } })
process.send?.('written')
setInterval(() => undefined, 60_000)
