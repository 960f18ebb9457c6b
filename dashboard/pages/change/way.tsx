// How far a change has come, stage by stage, with who took it there and when.
import type { ChangeView } from '../../../daemon/domain/hosting-view.ts'
import { Icon, Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { when } from '../../words/when.ts'

/** Of one that was taken back, whether it was through before or not. */
const OVER = ['requested', 'approved', 'planned', 'began', 'over'] as const
const STAGES = ['requested', 'approved', 'planned', 'applied', 'verified'] as const
type Stage = (typeof STAGES)[number] | (typeof OVER)[number]

/** What is said of a stage that was reached; null: it was not. */
function reached({ change, journal }: Pick<ChangeView, 'change' | 'journal'>, stage: Stage): { readonly by: string; readonly at: number } | null {
  switch (stage) {
    case 'requested':
      return { by: change.requested.name, at: change.requested.at }
    case 'approved':
      return 'approved' in change ? { by: change.approved.name, at: change.approved.at } : null
    case 'planned':
      return 'plan' in change ? { by: '', at: change.plan.madeAt } : null
    case 'applied':
      return 'applied' in change ? { by: change.applied.name, at: change.applied.endedAt } : null
    case 'began': {
      const began = journal.findLast(entry => entry.kind === 'began')
      return began === undefined ? null : { by: began.by.name, at: began.at }
    }
    case 'over':
      return change.state === 'undone' ? { by: '', at: change.endedAt } : null
    case 'verified':
      return change.state === 'verified' ? { by: '', at: change.verifiedAt } : null
  }
}

export function Way({ view }: { readonly view: ChangeView }) {
  const words = t.value.hosting.change
  const { change } = view
  if (change.state === 'ended')
    return (
      <Panel title={words.way} padded>
        <p>{words.endedBy(change.ended.name, change.ended.reason)}</p>
      </Panel>
    )
  const over = view.state === 'undone' || view.state === 'undoFailed'
  const stages: readonly Stage[] = over ? OVER : STAGES
  const next = stages.find(stage => reached(view, stage) === null)
  return (
    <Panel title={words.way} padded>
      <ol class="changeway">
        {stages.map(stage => {
          const is = reached(view, stage)
          return (
            <li key={stage} class={is !== null ? 'past' : stage === next ? 'next' : ''}>
              <span class="dot">{is === null ? null : <Icon name="check" />}</span>
              <span>
                <b>{stage === 'over' ? t.value.hosting.changeStates[view.state] : words.ways[stage]}</b>
                {is === null ? null : (
                  <span class="small mid block">
                    {is.by === '' ? when(is.at) : words.by(is.by, when(is.at))}
                    {stage === 'approved' && 'approved' in change && change.approved.by === 'ticket' ? `, ${words.byTicket}` : ''}
                  </span>
                )}
              </span>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
