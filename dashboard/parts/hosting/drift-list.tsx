// What was found otherwise than wanted, each with its exact difference when it is opened.
import type { DriftItem } from '../../../daemon/domain/hosting-view.ts'
import { t } from '../../words/index.ts'
import { Icon } from '../icons.tsx'
import { Pill } from '../state.tsx'
import { DiffView } from './diff-view.tsx'
import { kindName } from './names.ts'

const TONE = { missing: 'crit', changed: 'warn', foreign: 'unknown' } as const

interface DriftListProps {
  readonly items: readonly DriftItem[]
  /** With the way to the website of each, where a plan repairs what was found. */
  readonly linked?: boolean
}

const OF_HOST = new Set(['firewall', 'zone', 'address', 'rrset'])
/** The website whose thing it is; names of databases have an underscore where the website's has a hyphen. */
const siteOf = ({ kind, resource, name }: DriftItem): string | null =>
  kind === 'foreign' || OF_HOST.has(resource) ? null : name.replaceAll('_', '-')

export function DriftList({ items, linked = false }: DriftListProps) {
  const words = t.value.hosting
  return (
    <ul class="driftlist">
      {items.map(item => (
        <li key={`${item.place.id} ${item.resource} ${item.name}`}>
          <details>
            <summary>
              <Icon name="right" class="turn" />
              <span class="grow">
                <b>{kindName(item.resource)}</b> <span class="mono">{item.name}</span>
                <span class="small mid block">{words.change.place(item.place.kind, item.place.id)}</span>
              </span>
              <Pill tone={TONE[item.kind]}>{words.site.driftKinds[item.kind]}</Pill>
            </summary>
            {item.kind === 'foreign' ? (
              <p class="small mid driftnote">
                {item.found.kind === 'foreign' ? `${item.found.what}. ` : ''}
                {words.host.foreignHint}
              </p>
            ) : null}
            {linked && siteOf(item) !== null ? (
              <p class="small driftnote">
                <a href={`/websites/${siteOf(item)}`}>{words.host.toWebsite(siteOf(item) ?? '')}</a>
              </p>
            ) : null}
            <DiffView
              name={`${kindName(item.resource)} ${item.name}`}
              before={item.kind === 'foreign' ? null : item.wanted}
              after={item.found.kind === 'absent' ? null : item.found.state}
            />
          </details>
        </li>
      ))}
    </ul>
  )
}
