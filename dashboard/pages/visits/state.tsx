// How the state of a visit looks: blue for people at work, amber and red only where something is wrong.
import type { VisitView } from '../../../daemon/domain/visit.ts'
import { Pill, type ShapeName, type Tone } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

const LOOK: Readonly<Record<VisitView['state'], { readonly tone: Tone; readonly shape: ShapeName }>> = {
  requested: { tone: 'unknown', shape: 'unknown' },
  approved: { tone: 'ok', shape: 'check' },
  inside: { tone: 'work', shape: 'person' },
  ended: { tone: 'ok', shape: 'ok' },
  refused: { tone: 'ok', shape: 'close' },
  cancelled: { tone: 'ok', shape: 'close' },
  expired: { tone: 'ok', shape: 'suppressed' },
}

export function VisitState({ visit }: { readonly visit: Pick<VisitView, 'state' | 'overstay' | 'owes' | 'left'> }) {
  const words = t.value.visits
  const { tone, shape } = LOOK[visit.state]
  return (
    <span class="visitstates">
      {visit.overstay ? (
        <Pill tone="crit">{words.overstay}</Pill>
      ) : (
        <Pill tone={tone} shape={shape}>
          {words.states[visit.state]}
        </Pill>
      )}
      {visit.owes === null ? null : <Pill tone="warn">{words.owes[visit.owes]}</Pill>}
      {visit.left.length === 0 ? null : <Pill tone="warn">{words.left(visit.left.join(', '))}</Pill>}
    </span>
  )
}
