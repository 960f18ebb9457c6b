// `suar dns show`: records of a zone as its first server has them.
import { COMMON_HELP, hostingCommand, textIn } from '../cli/hosting-command.ts'
import { table } from '../cli/options.ts'
import type { RecordView, ZoneRecords } from '../domain/hosting-view.ts'
import { done } from '../domain/outcome.ts'

const SIZE = 500
const dataOf = ({ state }: RecordView): readonly string[] => (Array.isArray(state['data']) ? state['data'].map(String) : [])

export default hostingCommand({
  name: 'dns show',
  summary: 'Show the records of a zone',
  help: `Usage: suar dns show ZONE [SEARCH] [options]

  --type TYPE   A, AAAA, CNAME, MX, TXT …
${COMMON_HELP}
Exit codes: 0 shown, 1 failed, 2 wrong use or settings, 3 no answer from the daemon.
`,
  options: { type: { type: 'string' } },
  positionals: { min: 1, max: 2, what: 'ZONE' },
  async run({ ask }, [zone = '', search = ''], values) {
    const type = textIn(values, 'type')
    const items: RecordView[] = []
    for (let page = 1; ; page++) {
      const query = new URLSearchParams({ search, page: String(page), size: String(SIZE), ...(type === null ? {} : { type: type.toUpperCase() }) })
      const answer = await ask<ZoneRecords>('GET', `/zones/${encodeURIComponent(zone)}?${query}`)
      if (!answer.ok) return answer
      items.push(...answer.value.items)
      if (items.length >= answer.value.total || answer.value.items.length === 0) break
    }
    const rows = items.flatMap(one =>
      dataOf(one).map(data => [one.name.split(' ')[0] ?? '', String(one.state['ttl'] ?? ''), String(one.state['type'] ?? ''), data, one.owner ?? '']),
    )
    return done({ value: items, text: rows.length === 0 ? 'No records.' : table(['NAME', 'TTL', 'TYPE', 'DATA', 'WEBSITE'], rows) })
  },
})
