// Racks that fit, best first, each with its headroom; one click keeps the place. Who comes second is told by whom, and sees the list anew.
import { useState } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { Offer } from '../../../daemon/domain/placement.ts'
import type { PlacementView, ReservationView } from '../../../daemon/domain/stay.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { BusyButton, Empty, ErrorBox, Panel, toast } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import { Sketch, SketchKeys } from './sketch.tsx'

interface OffersProps {
  readonly ticket: string
  readonly view: PlacementView
  readonly offers: readonly Offer[]
  readonly rackName: (id: string) => string
  readonly layout: Pick<Layout, 'racks' | 'equipment'>
  /** Of everybody: what holds. */
  readonly held: readonly ReservationView[]
  readonly onChanged: () => void
}

export function Offers({ ticket, view, offers, rackName, layout, held, onChanged }: OffersProps) {
  const words = t.value.stays.placement
  const [problem, setProblem] = useState<Problem | null>(null)

  async function reserve(offer: Offer): Promise<void> {
    const places = offer.places.map(({ item, u, face }) => ({ item: view.items[item] ?? 0, u, face }))
    const answer = await api.post(`/api/v1/placements/${encodeURIComponent(ticket)}/reserve`, { rack: offer.rack, places })
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) toast('done', words.reserved(rackName(offer.rack)))
    onChanged()
  }

  return (
    <Panel title={words.offers} end={words.fits(offers.length)} padded>
      {problem === null ? null : <ErrorBox problem={problem} />}
      {offers.length === 0 ? (
        <Empty title={words.none} hint={words.noneHint} />
      ) : (
        <>
          <SketchKeys />
          <ol class="offers">
            {offers.map(offer => {
              const rack = layout.racks.find(({ id }) => id === offer.rack)
              return (
                <li key={offer.rack}>
                  {rack === undefined ? null : <Sketch rack={rack} equipment={layout.equipment} reservations={held} proposed={offer.places} />}
                  <div class="offer">
                    <div class="offerhead">
                      <a href={`/racks/${encodeURIComponent(offer.rack)}`}>
                        <b>{rackName(offer.rack)}</b>
                      </a>
                      <span class="dim">
                        {words.score} {number(offer.score)}
                      </span>
                    </div>
                    <p>{offer.places.map(({ u, height, face }) => `${t.value.stays.units(u, height)} ${t.value.stays.faces[face]}`).join(' · ')}</p>
                    <ul class="headroom">
                      {headroomOf(offer).map(line => (
                        <li key={line}>{line}</li>
                      ))}
                    </ul>
                    {offer.unjudged.length === 0 ? null : <p class="small mid">{offer.unjudged.map(one => words.unjudged[one]).join(', ')}</p>}
                    {may('reservation.make') ? (
                      <BusyButton kind="primary" onClick={() => reserve(offer)}>
                        {words.reserve(rackName(offer.rack))}
                      </BusyButton>
                    ) : null}
                  </div>
                </li>
              )
            })}
          </ol>
        </>
      )}
    </Panel>
  )
}

function headroomOf({ headroom }: Offer): readonly string[] {
  const words = t.value.stays.placement
  const { inlet, feeds, weight, units, ports } = headroom
  const worst = inlet === null ? null : (inlet.peak ?? inlet.now)
  return [
    ...feeds.map(({ feed, peak }) => words.feed(feed, number(peak.left))),
    ...(worst === null ? [] : [words.inlet(number(worst.value, 1), number(worst.limit))]),
    words.free(units.free),
    words.weight(number(weight.left)),
    ...(ports === null ? [] : [words.ports(ports.left)]),
  ]
}
