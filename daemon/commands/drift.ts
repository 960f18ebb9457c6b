// `suar drift`: what is otherwise on hosts, in zones and in the books than Suar left it.
import type { Asking } from '../cli/ask.ts'
import { COMMON_HELP, hostingCommand } from '../cli/hosting-command.ts'
import { table } from '../cli/options.ts'
import type { DriftReport, HostView, ZoneView } from '../domain/hosting-view.ts'
import { done, type Failure, failed, type Outcome } from '../domain/outcome.ts'

const BOOKS = 'books'

interface Place {
  readonly name: string
  readonly path: string
}
/** With --all one place that cannot be asked does not hide the others. */
interface Compared {
  readonly place: string
  readonly outcome: Outcome<DriftReport>
}

const hostAt = (id: string): Place => ({ name: `host ${id}`, path: `/hosts/${encodeURIComponent(id)}/drift` })
const zoneAt = (name: string): Place => ({ name: `zone ${name}`, path: `/zones/${encodeURIComponent(name)}/drift` })
const books: Place = { name: BOOKS, path: '/provisioning/drift' }

async function allPlaces(ask: Asking['ask']): Promise<Outcome<{ readonly hosts: readonly HostView[]; readonly zones: readonly string[] }>> {
  const hosts = await ask<{ readonly items: readonly HostView[] }>('GET', '/hosts')
  if (!hosts.ok) return hosts
  const zones = await ask<{ readonly items: readonly ZoneView[] }>('GET', '/zones')
  return zones.ok ? done({ hosts: hosts.value.items, zones: zones.value.items.map(({ name }) => name) }) : zones
}

const differs = ({ items }: DriftReport): boolean => items.some(({ kind }) => kind !== 'foreign')

function textOf({ items, checked, tookMs, others }: DriftReport): string {
  const rows = items.map(({ kind, resource, name }) => [kind, resource, name])
  const more = others === undefined ? '' : ` ${others} records there are not of Suar.`
  return [...(rows.length === 0 ? [] : [table(['WHAT', 'KIND', 'NAME'], rows)]), `${checked} things compared in ${tookMs} ms.${more}`].join('\n')
}

const said = (failure: Failure): string => `could not be compared: ${failure.message}`

export default hostingCommand({
  name: 'drift',
  summary: 'Show what is otherwise on hosts, in zones and in the books than Suar left it',
  help: `Usage: suar drift HOST|ZONE|${BOOKS}|--all [options]

  --zone       NAME is a zone, where a host has the same name
  --all        every host that is ready, every zone, and the books
${COMMON_HELP}
Compares now and touches nothing. missing, changed: repair it on the website's page. foreign: on a host, not made by Suar.
In a zone what others made is counted only. ${BOOKS}: addresses, checks and backup policies in Suar's own books.
With --all --json is a list. Exit codes: 0 all as it was left, 1 something is otherwise (or failed), 2 wrong use or settings,
3 no answer from the daemon.
`,
  options: { all: { type: 'boolean' }, zone: { type: 'boolean' } },
  positionals: { min: 0, max: 1, what: 'HOST, ZONE or books' },
  async run({ ask }, [name], values) {
    const isAll = values['all'] === true
    if (isAll === (name !== undefined)) return failed('invalid', `name a host, a zone or “${BOOKS}”, or say --all.`)
    const compare = async ({ name, path }: Place): Promise<Compared> => ({ place: name, outcome: await ask<DriftReport>('POST', path, {}) })
    if (name !== undefined) {
      const known = name === BOOKS ? done({ hosts: [], zones: [] }) : await allPlaces(ask)
      if (!known.ok) return known
      const isHost = values['zone'] !== true && known.value.hosts.some(({ id }) => id === name)
      const isZone = known.value.zones.includes(name.toLowerCase().replace(/\.$/, ''))
      if (!isHost && !isZone && name !== BOOKS) return failed('notFound', `There is no host and no zone ${name}. See suar host list.`)
      const { outcome } = await compare(isHost ? hostAt(name) : isZone ? zoneAt(name.toLowerCase().replace(/\.$/, '')) : books)
      return outcome.ok ? done({ value: outcome.value, text: textOf(outcome.value), ok: !differs(outcome.value) }) : outcome
    }
    const known = await allPlaces(ask)
    if (!known.ok) return known
    const ready = known.value.hosts.filter(({ hostKey }) => hostKey !== null)
    const found: Compared[] = []
    for (const place of [...ready.map(({ id }) => hostAt(id)), ...known.value.zones.map(zoneAt), books]) found.push(await compare(place))
    return done({
      value: found.map(({ place, outcome }) => (outcome.ok ? outcome.value : { place, failure: outcome.failure.message })),
      text: found.map(({ place, outcome }) => `${place}\n${outcome.ok ? textOf(outcome.value) : said(outcome.failure)}`).join('\n\n'),
      ok: found.every(({ outcome }) => outcome.ok && !differs(outcome.value)),
    })
  },
})
