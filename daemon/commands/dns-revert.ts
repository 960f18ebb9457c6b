// `suar dns revert`: asks for a record to be put back as it was before an entry of its zone's history.
import { followed, planText } from '../cli/change-text.ts'
import { COMMON_HELP, hostingCommand, reasonIn } from '../cli/hosting-command.ts'
import type { ChangeRow } from '../domain/hosting-view.ts'
import { done, failed } from '../domain/outcome.ts'

export default hostingCommand({
  name: 'dns revert',
  summary: 'Ask for a record to be put back',
  help: `Usage: suar dns revert ZONE ID --reason TEXT [options]

  --reason TEXT   stands with the change and in the trail
${COMMON_HELP}
Makes a change and shows its plan; "suar apply" carries it out. Refused when the record was changed since.
Exit codes: 0 planned, 1 refused or failed, 2 wrong use or settings, 3 no answer from the daemon.
`,
  options: { reason: { type: 'string' } },
  positionals: { min: 2, max: 2, what: 'ZONE and ID' },
  async run(asking, [zone = '', id = ''], values, io) {
    if (!/^\d{1,12}$/.test(id)) return failed('invalid', `"${id}" is no number of an entry: "suar dns diff ${zone}" lists them.`)
    const reason = reasonIn(values)
    if (!reason.ok) return reason
    const made = await asking.ask<ChangeRow>('POST', `/zones/${encodeURIComponent(zone)}/revert`, { id: Number(id), reason: reason.value })
    if (!made.ok) return made
    const view = await followed(asking, made.value.number, ({ plan, why }) => plan !== null || why !== null, io.signal)
    return view.ok ? done({ value: view.value, text: planText(view.value, true), ok: view.value.plan !== null }) : view
  },
})
