// `suar dns diff`: what Suar changed in a zone, each with what was before and after.
import { COMMON_HELP, hostingCommand } from '../cli/hosting-command.ts'
import { onOneLine } from '../cli/options.ts'
import type { State } from '../domain/change.ts'
import type { ZoneChangeView } from '../domain/hosting-view.ts'
import { done, failed } from '../domain/outcome.ts'

function lines(sign: string, name: string, state: State | null): readonly string[] {
  if (state === null) return []
  const [owner = '', type = ''] = name.split(' ')
  return (Array.isArray(state['data']) ? state['data'] : []).map(
    data => `  ${sign} ${owner} ${String(state['ttl'])} ${type} ${onOneLine(String(data))}`,
  )
}

export default hostingCommand({
  name: 'dns diff',
  summary: 'Show what was changed in a zone',
  help: `Usage: suar dns diff ZONE [ID] [options]

${COMMON_HELP}
Newest first; with ID that entry alone. "suar dns revert ZONE ID" asks for it to be put back.
Exit codes: 0 shown, 1 failed, 2 wrong use or settings, 3 no answer from the daemon.
`,
  positionals: { min: 1, max: 2, what: 'ZONE' },
  async run({ ask }, [zone = '', id]) {
    if (id !== undefined && !/^\d{1,12}$/.test(id)) return failed('invalid', `"${id}" is no number of an entry.`)
    const before = id === undefined ? '' : `?before=${Number(id) + 1}`
    const answer = await ask<{ readonly items: readonly ZoneChangeView[] }>('GET', `/zones/${encodeURIComponent(zone)}/history${before}`)
    if (!answer.ok) return answer
    const items = id === undefined ? answer.value.items : answer.value.items.filter(one => one.id === Number(id))
    if (id !== undefined && items.length === 0) return failed('notFound', `The history of ${zone} has no entry ${id}.`)
    const text = items.map(({ id, name, before, after, at, by, change }) =>
      [
        `${id}  ${new Date(at).toISOString()}  ${onOneLine(by)}${change === null ? '' : `  ${change}`}  ${onOneLine(name)}`,
        ...lines('-', name, before),
        ...lines('+', name, after),
      ].join('\n'),
    )
    return done({ value: items, text: text.length === 0 ? 'Suar changed nothing in it yet.' : text.join('\n') })
  },
})
