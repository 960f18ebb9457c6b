// `suar undo`: puts everything back that a change did, the last first.
import { doing, endText, followed, numberIn, telling } from '../cli/change-text.ts'
import { COMMON_HELP, hostingCommand, reasonIn } from '../cli/hosting-command.ts'
import { done } from '../domain/outcome.ts'

export default hostingCommand({
  name: 'undo',
  summary: 'Put back what a change did',
  help: `Usage: suar undo CHANGE --reason TEXT [options]

  --reason TEXT   stands with the change and in the trail
${COMMON_HELP}
Refused when something of it was changed since. What could not be put back is said with what a person does.
Exit codes: 0 put back, 1 refused or not put back, 2 wrong use or settings, 3 no answer from the daemon.
`,
  options: { reason: { type: 'string' } },
  positionals: { min: 1, max: 1, what: 'CHANGE' },
  async run(asking, [given], values, io) {
    const number = numberIn(given)
    if (!number.ok) return number
    const reason = reasonIn(values)
    if (!reason.ok) return reason
    const begun = await doing(asking, number.value, { kind: 'undo', reason: reason.value })
    if (!begun.ok) return begun
    const tell = values['json'] === true ? undefined : telling(line => io.stdout.write(line))
    const view = await followed(asking, number.value, ({ state }) => state === 'undone' || state === 'undoFailed', io.signal, tell)
    return view.ok ? done({ value: view.value, text: endText(view.value), ok: view.value.state === 'undone' }) : view
  },
})
