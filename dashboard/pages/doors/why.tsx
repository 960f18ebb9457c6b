// Why a door opened, in a line: who, or that nobody knows.
import type { Explanation, OpeningView } from '../../../daemon/domain/opening.ts'
import { now } from '../../live/index.ts'
import { Pill, type Tone } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { moment, number } from '../../words/say.ts'

const TONES: Readonly<Record<Explanation['kind'], Tone>> = {
  pending: 'unknown',
  visit: 'work',
  emergency: 'warn',
  maintenance: 'work',
  badge: 'ok',
  noted: 'ok',
  unexplained: 'crit',
}

function Who({ explanation }: { readonly explanation: Explanation }) {
  const words = t.value.doors
  switch (explanation.kind) {
    case 'visit':
    case 'emergency':
    case 'maintenance':
      return (
        <a class="nw" href={`/visits/${explanation.visit}`}>
          {explanation.number}
        </a>
      )
    case 'badge':
      return (
        <span>
          {explanation.holder}
          {explanation.leaving ? ` (${words.leaving})` : ''}
        </span>
      )
    case 'noted':
      return (
        <span>
          {explanation.reason} <span class="dim small">{words.notedBy(explanation.by, moment(explanation.at, now.peek()))}</span>
        </span>
      )
    case 'unexplained':
      return <span class="t-crit">{explanation.card === null ? words.noCard : words.faults[explanation.card]}</span>
    case 'pending':
      return null
  }
}

export function Why({ opening }: { readonly opening: OpeningView }) {
  const words = t.value.doors
  const { explanation, forced, heldSince, tailgating, skew, alarm } = opening
  return (
    <span class="doorwhy">
      <Pill
        tone={TONES[explanation.kind]}
        {...(explanation.kind === 'visit' ? { shape: 'person' as const } : {})}
        solid={explanation.kind === 'unexplained'}
      >
        {words.kinds[explanation.kind]}
      </Pill>
      <Who explanation={explanation} />
      {forced ? <Pill tone="crit">{words.forced}</Pill> : null}
      {heldSince === null ? null : <Pill tone="warn">{words.held}</Pill>}
      {tailgating ? <Pill tone="warn">{words.tailgating}</Pill> : null}
      {alarm === null ? null : (
        <a class="small nw" href={`/alarms?alarm=${alarm}`}>
          {words.alarm}
        </a>
      )}
      {skew === null ? null : <span class="small dim">{words.skew(number(Math.abs(skew) / 1000))}</span>}
    </span>
  )
}
