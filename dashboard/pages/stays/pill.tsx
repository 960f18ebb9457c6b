// How far a piece of equipment is, as a word in a pill.
import type { StayState } from '../../../daemon/domain/stay.ts'
import { Pill } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

export const StayPill = ({ state }: { readonly state: StayState }) => (
  <Pill tone={state === 'inCustody' ? 'ok' : state === 'gone' || state === 'asked' ? 'unknown' : 'work'}>{t.value.stays.states[state]}</Pill>
)

/** A stay that was taken over from before there were tickets has none. */
export const isTicket = (ticket: string): boolean => ticket.startsWith('T-')
