// Child of the lock tests: opens the records of a folder, tells how it went, and holds on until it is killed.
import { openRecords } from '../../../daemon/store/records.ts'
import { quiet } from './must.ts'

const opened = await openRecords({ folder: process.argv[2] ?? '', log: quiet, clock: Date.now })
process.send?.(opened.ok ? 'opened' : opened.failure)
if (opened.ok) setInterval(() => undefined, 60_000)
else process.disconnect()
