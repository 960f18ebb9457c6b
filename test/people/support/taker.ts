// Child of the kill test: takes a table in, tells its parent when all of it is written and nothing is sealed yet, and waits there to be killed.
import { openRecords } from '../../../daemon/store/records.ts'
import { must, quiet } from '../../store/support/must.ts'
import { take } from './taking.ts'

const [, , folder = '', table = ''] = process.argv
const records = must(await openRecords({ folder, log: quiet, clock: Date.now }))
await take('organisations', records, table, {
  together: work =>
    records.audit.together(async () => {
      await work()
      process.send?.((await records.people.organisations.all()).length)
      // Not reached by the test: its signal comes first.
      return await new Promise(() => setInterval(() => undefined, 1000))
    }),
})
