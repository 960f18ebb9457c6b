// How a website, a change or a host is, as a word in a pill; and how dangerous a step is.
import type { ChangeState, Danger } from '../../../daemon/domain/change.ts'
import type { HostState, WebsiteState } from '../../../daemon/domain/hosting-view.ts'
import { t } from '../../words/index.ts'
import { Icon, type ShapeName } from '../icons.tsx'
import { Pill } from '../state.tsx'
import type { Tone } from '../tone.ts'

const OF_WEBSITE: Readonly<Record<WebsiteState, Tone>> = { making: 'work', live: 'ok', suspended: 'unknown', troubled: 'crit', removed: 'unknown' }
const OF_HOST: Readonly<Record<HostState, Tone>> = {
  waiting: 'unknown',
  ready: 'ok',
  frozen: 'warn',
  unreachable: 'crit',
  keyChanged: 'crit',
  otherBroker: 'warn',
}
const OF_CHANGE: Readonly<Record<ChangeState, readonly [Tone, ShapeName?]>> = {
  requested: ['unknown'],
  approved: ['unknown'],
  planned: ['unknown'],
  applying: ['work'],
  applied: ['work'],
  verified: ['ok', 'check'],
  unproven: ['warn'],
  undone: ['unknown', 'suppressed'],
  undoFailed: ['crit'],
  ended: ['unknown', 'close'],
}

export const WebsitePill = ({ state }: { readonly state: WebsiteState }) => (
  <Pill tone={OF_WEBSITE[state]}>{t.value.hosting.websiteStates[state]}</Pill>
)

export const HostPill = ({ state }: { readonly state: HostState }) => <Pill tone={OF_HOST[state]}>{t.value.hosting.hostStates[state]}</Pill>

export function ChangePill({ state }: { readonly state: ChangeState }) {
  const [tone, shape] = OF_CHANGE[state]
  return (
    <Pill tone={tone} {...(shape === undefined ? {} : { shape })} solid={state === 'undoFailed'}>
      {t.value.hosting.changeStates[state]}
    </Pill>
  )
}

/** Nothing for what is plain: a mark on every line is a mark on none. */
export function DangerMark({ danger }: { readonly danger: Danger }) {
  if (danger === 'plain') return null
  return (
    <span class={`dangermark ${danger}`}>
      <Icon name={danger === 'destructive' ? 'crit' : 'warn'} />
      {t.value.hosting.dangers[danger]}
    </span>
  )
}
