// Child of the tests of the trail: comments on an alarm and signs in wrongly, each by a name of its own, without end, until it is killed.
import { openAlarms } from '../../../daemon/alarm/open.ts'
import { openRecords } from '../../../daemon/store/records.ts'
import { must, NOON, quiet } from './must.ts'
import { signInOver } from './room-of-sign-in.ts'

const records = must(await openRecords({ folder: process.argv[2] ?? '', log: quiet, clock: () => NOON }))
const alarms = await openAlarms({
  store: records.alarms,
  outbox: records.outbox,
  channels: new Map(),
  settings: { limits: [], recipients: [] },
  clock: () => NOON,
  log: quiet,
})
alarms.system('disk', { severity: 'warning', text: { id: 'Disk hampir penuh', en: 'The disk is nearly full' } })
await alarms.flush()
const [alarm] = alarms.open()
const { signIn } = signInOver(records)
const round = process.argv[3] ?? ''
for (let i = 0; ; i++) {
  const knock = { credential: null, address: `10.0.${i % 250}.${Math.floor(i / 250)}`, agent: 'test', origin: '' }
  await Promise.all([
    alarms.comment(alarm?.id ?? 0, 'Rangga', `catatan ${round}.${i}`).then(must),
    signIn.withPassword(`orang-${round}-${i}`, 'salah', false, knock),
  ])
  process.send?.(i)
}
