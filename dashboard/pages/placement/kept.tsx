// The places that are kept for the ticket: until when, by whom; extended or given back with a reason.
import { useState } from 'preact/hooks'
import type { ReservationView } from '../../../daemon/domain/stay.ts'
import { api } from '../../api.ts'
import { Button, Panel, Pill, toast } from '../../parts/index.ts'
import { ReasonDialog } from '../../parts/reason.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateTime } from '../../words/say.ts'

const DAYS_14 = 14 * 86_400_000

interface KeptProps {
  readonly reservations: readonly ReservationView[]
  readonly rackName: (id: string) => string
  readonly onChanged: () => void
}

export function Kept({ reservations, rackName, onChanged }: KeptProps) {
  const { placement: words, units } = t.value.stays
  const [asking, ask] = useState<{ readonly what: 'extend' | 'release'; readonly of: ReservationView } | null>(null)
  if (reservations.length === 0) return null
  const give = async (reason: string) => {
    if (asking === null) return null
    const { what, of } = asking
    const body = what === 'extend' ? { until: of.expiresAt + DAYS_14, reason } : { reason }
    const answer = await api.post(`/api/v1/reservations/${of.id}/${what}`, body)
    onChanged()
    if (!answer.ok) return answer.problem
    toast('done', what === 'extend' ? words.extended : words.released)
    return null
  }
  return (
    <Panel title={words.held} padded>
      <ul class="keptlist">
        {reservations.map(one => (
          <li key={one.id}>
            <div>
              <b>{rackName(one.rack)}</b> {one.places.map(({ u, height, name }) => `${units(u, height)} ${name}`).join(', ')}{' '}
              <Pill tone={one.state === 'held' ? 'work' : 'unknown'}>{words.reservationStates[one.state]}</Pill>
              <p class="small mid">{words.heldBy(one.madeBy, dateTime(one.expiresAt))}</p>
              {one.reason === null ? null : <p class="small mid">{one.reason}</p>}
            </div>
            {one.state === 'held' && may('reservation.make') ? (
              <div class="row wrap">
                <Button onClick={() => ask({ what: 'extend', of: one })}>{words.extend}</Button>
                <Button kind="ghost" onClick={() => ask({ what: 'release', of: one })}>
                  {words.release}
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {asking === null ? null : (
        <ReasonDialog
          title={asking.what === 'extend' ? words.extend : words.release}
          {...(asking.what === 'release' ? { body: words.releaseBody } : {})}
          label={asking.what === 'extend' ? words.extendLabel : words.releaseLabel}
          act={asking.what === 'extend' ? words.extend : words.release}
          danger={asking.what === 'release'}
          onClose={() => ask(null)}
          onGive={give}
        />
      )}
    </Panel>
  )
}
