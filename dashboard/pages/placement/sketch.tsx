// A rack from the front, small: what stands in it, what is kept in it for others, and the place that is proposed.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { ReservationView, StayFace } from '../../../daemon/domain/stay.ts'
import { t } from '../../words/index.ts'

/** px. */
const UNIT = 5
const WIDTH = 84

interface Place {
  readonly u: number
  readonly height: number
  readonly face: StayFace
}

interface SketchProps {
  readonly rack: Layout['racks'][number]
  readonly equipment: Layout['equipment']
  readonly reservations: readonly ReservationView[]
  readonly proposed: readonly Place[]
}

export function Sketch({ rack, equipment, reservations, proposed }: SketchProps) {
  const words = t.value.stays
  const taken = equipment.filter(one => one.rack === rack.id)
  const kept = reservations.flatMap(one => (one.rack === rack.id && one.state === 'held' ? one.places : []))
  const box = ({ u, height }: Omit<Place, 'face'>) => ({
    x: 3,
    y: 2 + (rack.units - u - height + 1) * UNIT + 0.5,
    width: WIDTH - 6,
    height: height * UNIT - 1,
  })
  const at = proposed.map(({ u, height }) => words.units(u, height)).join(', ')
  return (
    <svg
      class="racksketch"
      viewBox={`0 0 ${WIDTH} ${rack.units * UNIT + 4}`}
      width={WIDTH}
      height={rack.units * UNIT + 4}
      role="img"
      aria-label={words.placement.sketch(rack.name, at)}
    >
      <defs>
        <pattern id={`kept-${rack.id}`} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V4" class="stripe" />
        </pattern>
      </defs>
      <rect class="frame" x={1} y={1} width={WIDTH - 2} height={rack.units * UNIT + 2} rx={2} />
      {taken.map(one => (
        <rect key={one.id} class="taken" {...box(one)} />
      ))}
      {kept.map(one => (
        <g key={`${one.item} ${one.u} ${one.face}`}>
          <rect fill={`url(#kept-${rack.id})`} {...box(one)} />
          <rect class="kept" {...box(one)} />
        </g>
      ))}
      {proposed.map(one => (
        <rect key={`${one.u} ${one.face}`} class="proposed" {...box(one)} rx={1} />
      ))}
    </svg>
  )
}

/** What the three kinds of U look like. */
export function SketchKeys() {
  const { keys } = t.value.stays.placement
  return (
    <p class="sketchkeys small mid">
      {(['proposed', 'reserved', 'taken'] as const).map(key => (
        <span key={key}>
          <i class={key} aria-hidden="true" /> {keys[key]}
        </span>
      ))}
    </p>
  )
}
