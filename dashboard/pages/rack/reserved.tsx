// Units that are kept for tickets: hatched in the elevation, each leading to where it was planned.
import { useRows } from '../../live/index.ts'
import { t } from '../../words/index.ts'
import { dateLong } from '../../words/say.ts'
import type { Face } from './elevation.ts'

interface ReservedProps {
  readonly rack: { readonly id: string; readonly units: number }
  readonly face: Face
}

export function Reserved({ rack, face }: ReservedProps) {
  const words = t.value.stays
  const { rows } = useRows('reservations')
  const here = [...(rows.value?.values() ?? [])].filter(one => one.rack === rack.id && one.state === 'held')
  return (
    <>
      {here.flatMap(({ id, ticket, places, expiresAt }) =>
        places
          .filter(place => place.face === 'both' || place.face === face)
          .map(({ item, name, u, height }) => {
            const title = `${words.units(u, height)}: ${words.placement.reservedFor(name, ticket, dateLong(expiresAt))}`
            return (
              <a
                key={`${id}/${item}`}
                class="eq reserved"
                style={{ gridRow: `${rack.units - (u + height - 1) + 1} / span ${height}` }}
                href={`/placement/${encodeURIComponent(ticket)}`}
                title={title}
              >
                <b>{name}</b>
                <span class="w">{words.placement.reservedShort}</span>
              </a>
            )
          }),
      )}
    </>
  )
}
