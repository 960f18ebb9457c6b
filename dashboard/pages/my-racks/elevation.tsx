// The rack from the front with one's own pieces in it. All other U look alike: whether something stands there is nobody else's business.
import type { TenancyRack } from '../../../daemon/domain/tenancy.ts'
import { Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

/** px. */
const UNIT = 14
const WIDTH = 220
const EDGE = 30

export function Elevation({ rack }: { readonly rack: TenancyRack }) {
  const words = t.value.stays.mine
  const height = rack.units * UNIT
  return (
    <Panel title={words.rack(rack.name)} padded class="myelevation">
      <svg viewBox={`0 0 ${WIDTH} ${height + 4}`} role="img" aria-label={words.elevation(rack.name)}>
        <rect class="frame" x={EDGE} y={2} width={WIDTH - EDGE - 2} height={height} />
        {rack.items.map(({ stay, item, name, u, height: units }) => {
          const top = 2 + (rack.units - u - units + 1) * UNIT
          return (
            <g key={`${stay}/${item}`}>
              <text class="u" x={EDGE - 5} y={top + UNIT - 3.5} text-anchor="end">
                {u + units - 1}
              </text>
              <rect class="own" x={EDGE + 2} y={top + 1} width={WIDTH - EDGE - 6} height={units * UNIT - 2} rx="2" />
              <text class="name" x={EDGE + 9} y={top + (units * UNIT) / 2 + 3.6}>
                {name.length > 26 ? `${name.slice(0, 25)}…` : name}
              </text>
            </g>
          )
        })}
      </svg>
    </Panel>
  )
}
