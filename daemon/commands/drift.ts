// `suar drift`: what is otherwise on a host than Suar left it.
import { COMMON_HELP, hostingCommand } from '../cli/hosting-command.ts'
import { table } from '../cli/options.ts'
import type { DriftReport } from '../domain/hosting-view.ts'
import { done } from '../domain/outcome.ts'

export default hostingCommand({
  name: 'drift',
  summary: 'Show what is otherwise on a host than Suar left it',
  help: `Usage: suar drift HOST [options]

${COMMON_HELP}
Compares now and touches nothing. missing, changed: repair it on the website's page. foreign: not made by Suar.
Exit codes: 0 all as it was left, 1 something is otherwise (or failed), 2 wrong use or settings, 3 no answer from the daemon.
`,
  positionals: { min: 1, max: 1, what: 'HOST' },
  async run({ ask }, [id = '']) {
    const answer = await ask<DriftReport>('POST', `/hosts/${encodeURIComponent(id)}/drift`, {})
    if (!answer.ok) return answer
    const { items, checked, tookMs } = answer.value
    const rows = items.map(({ kind, resource, name }) => [kind, resource, name])
    const found = rows.length === 0 ? [] : [table(['WHAT', 'KIND', 'NAME'], rows)]
    const text = [...found, `${checked} things compared in ${tookMs} ms.`].join('\n')
    return done({ value: answer.value, text, ok: items.every(({ kind }) => kind === 'foreign') })
  },
})
