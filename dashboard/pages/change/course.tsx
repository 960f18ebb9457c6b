// The journal's own lines that belong to no step: who began and stopped it, when Suar was away, what came of it. Newest first.
import type { JournalEntry } from '../../../daemon/domain/change.ts'
import { Icon, Panel, type ShapeName } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { clock, text } from '../../words/say.ts'
import { failureText } from './verdict.tsx'

interface Line {
  readonly at: number
  readonly shape: ShapeName
  readonly tone: '' | 'crit' | 'warn'
  readonly text: string
}

function lineOf(entry: JournalEntry): Line | null {
  const words = t.value.hosting
  const { change } = words
  switch (entry.kind) {
    case 'began':
      return { at: entry.at, shape: 'person', tone: '', text: `${change.began}: ${entry.by.name}` }
    case 'stopped':
      return { at: entry.at, shape: 'warn-o', tone: 'warn', text: text(entry.why) }
    case 'resumed':
      return { at: entry.at, shape: 'unknown', tone: '', text: `${entry.step}. ${change.resumedAs[entry.found]}` }
    case 'failed':
      return { at: entry.at, shape: 'crit', tone: 'crit', text: `${entry.step}. ${failureText(entry.failure)}` }
    case 'undoFailed':
      return { at: entry.at, shape: 'crit', tone: 'crit', text: `${entry.step}. ${failureText(entry.failure)}` }
    case 'applied':
      return { at: entry.at, shape: 'check', tone: '', text: words.changeStates.applied }
    case 'undone':
      return { at: entry.at, shape: 'suppressed', tone: '', text: words.changeStates.undone }
    case 'verified':
      return { at: entry.at, shape: 'check', tone: '', text: words.changeStates.verified }
    case 'unproven':
      return { at: entry.at, shape: 'warn', tone: 'warn', text: failureText(entry.failure) }
    default:
      return null
  }
}

export function Course({ journal }: { readonly journal: readonly JournalEntry[] }) {
  const lines = journal.flatMap(entry => lineOf(entry) ?? []).toReversed()
  if (lines.length === 0) return null
  return (
    <Panel title={t.value.hosting.change.journal} padded>
      <ol class="timeline changecourse">
        {lines.map(line => (
          <li key={`${line.at} ${line.text}`}>
            <time dateTime={new Date(line.at).toISOString()}>{clock(line.at)}</time>
            <Icon name={line.shape} class={line.tone} />
            <span>{line.text}</span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
