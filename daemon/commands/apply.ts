// `suar apply`: carries a plan out that was read, and follows it to its end.
import { doing, endText, followed, isEnded, numberIn, planText, telling } from '../cli/change-text.ts'
import { COMMON_HELP, hostingCommand, textIn } from '../cli/hosting-command.ts'
import type { ChangeView } from '../domain/hosting-view.ts'
import { done, failed } from '../domain/outcome.ts'

export default hostingCommand({
  name: 'apply',
  summary: 'Carry out a plan that was read',
  help: `Usage: suar apply CHANGE --digest DIGEST [options]

  --digest DIGEST   of the plan as "suar plan" printed it: another plan is refused
${COMMON_HELP}
Told to stop (Ctrl+C), the command ends and the change goes on. A plan that can do harm wants a second person first.
Exit codes: 0 applied and proven, 1 refused, put back or not proven, 2 wrong use or settings, 3 no answer from the daemon.
`,
  options: { digest: { type: 'string' } },
  positionals: { min: 1, max: 1, what: 'CHANGE' },
  async run(asking, [given], values, io) {
    const number = numberIn(given)
    if (!number.ok) return number
    const digest = textIn(values, 'digest')
    if (digest === null || !/^[0-9a-f]{64}$/.test(digest))
      return failed('invalid', '--digest is missing: read the plan with "suar plan" and give its digest.')
    const begun = await doing(asking, number.value, { kind: 'apply', digest })
    if (!begun.ok) return begun
    const tell = values['json'] === true ? undefined : telling(line => io.stdout.write(line))
    // Waiting behind another change it may be refused later than it was answered.
    const isOver = (view: ChangeView) => isEnded(view) || (view.state === 'planned' && view.why !== null)
    const view = await followed(asking, number.value, isOver, io.signal, tell)
    return view.ok
      ? done({
          value: view.value,
          text: view.value.state === 'planned' ? planText(view.value, false) : endText(view.value),
          ok: view.value.state === 'verified',
        })
      : view
  },
})
