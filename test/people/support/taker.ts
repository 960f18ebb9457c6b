// Child of the kill test: takes a table in, tells its parent when it is in the middle of it, and waits there to be killed.
import { openRecords } from '../../../daemon/store/records.ts'
import { must, quiet } from '../../store/support/must.ts'
import { takeOrganisations } from './taking.ts'

const [, , folder = '', table = ''] = process.argv
let line = 0
await takeOrganisations(must(await openRecords({ folder, log: quiet, clock: Date.now })), table, async () => {
  line++
  if (line < 150) return null
  process.send?.(line)
  // Not reached by the test: its signal comes first.
  return await new Promise(() => setInterval(() => undefined, 1000))
})
