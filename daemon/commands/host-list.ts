// `suar host list`: managed hosts, what each is, and why one is not ready.
import { COMMON_HELP, hostingCommand } from '../cli/hosting-command.ts'
import { table } from '../cli/options.ts'
import type { HostView } from '../domain/hosting-view.ts'
import { done } from '../domain/outcome.ts'

export default hostingCommand({
  name: 'host list',
  summary: 'List the hosts that hold websites',
  help: `Usage: suar host list [options]

${COMMON_HELP}
Exit codes: 0 listed, 1 failed, 2 wrong use or settings, 3 no answer from the daemon.
`,
  positionals: { min: 0, max: 0, what: '' },
  async run({ ask }) {
    const answer = await ask<{ readonly items: readonly HostView[] }>('GET', '/hosts')
    if (!answer.ok) return answer
    const { items } = answer.value
    const rows = items.map(({ id, address, port, state, websites, drift, trouble }) => [
      ...[id, `${address}:${port}`, state, String(websites)],
      drift === null ? '' : `${drift.missing + drift.changed} changed, ${drift.foreign} foreign`,
      trouble?.en ?? '',
    ])
    const text =
      rows.length === 0 ? 'No hosts. "suar host add" makes one known.' : table(['ID', 'ADDRESS', 'STATE', 'WEBSITES', 'DRIFT', 'WHY'], rows)
    return done({ value: items, text })
  },
})
