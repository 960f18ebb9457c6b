// Child of the number tests: draws numbers without end, each with the line of the agenda book that uses it, until it is killed.
import { openRecords } from '../../../daemon/store/records.ts'
import { must, NOON, quiet } from './must.ts'

const records = must(await openRecords({ folder: process.argv[2] ?? '', log: quiet, clock: () => NOON }))
for (;;) {
  const written = await records.desk.tickets.commit({ draws: [{ pattern: 'agenda/in', year: 2026 }] }, ({ numbers: [no = 0] }) => ({
    tickets: [],
    audit: [],
    agenda: [
      {
        year: 2026,
        direction: 'in',
        no,
        at: NOON,
        ticket: null,
        ticketNumber: null,
        letter: '',
        dated: '',
        from: 'x',
        to: 'y',
        subject: `nomor ${no}`,
      },
    ],
  }))
  process.send?.(must(written).agenda?.[0]?.no)
}
