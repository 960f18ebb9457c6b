// How far a piece is on its way through the house, step by step from the reservation to the door.
import { STAY_STATES, type StayState } from '../../../daemon/domain/stay.ts'
import { t } from '../../words/index.ts'

const IN: readonly StayState[] = ['reserved', 'arrived', 'installed', 'verified', 'inCustody']
const OUT: readonly StayState[] = ['inCustody', 'leaving', 'gone']

export function Way({ state }: { readonly state: StayState }) {
  const words = t.value.stays
  const is = STAY_STATES.indexOf(state)
  return (
    <ol class="stayway" aria-label={words.stay.way}>
      {(state === 'leaving' || state === 'gone' ? OUT : IN).map(step => {
        const at = STAY_STATES.indexOf(step)
        return (
          <li key={step} class={at < is ? 'past' : at === is ? 'now' : ''} {...(at === is ? { 'aria-current': 'step' } : {})}>
            {words.states[step]}
          </li>
        )
      })}
    </ol>
  )
}
