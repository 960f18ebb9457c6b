// The whole at a glance: power, U, heat, weight, ports.
import type { CapacityView } from '../../../daemon/domain/capacity.ts'
import { Tile, Tiles, type Tone } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { kilowatts, number } from '../../words/say.ts'
import { watts } from '../power/amount.tsx'

const sum = <T,>(list: readonly T[], of: (one: T) => number): number => list.reduce((all, one) => all + of(one), 0)

export function CapacityTiles({ view }: { readonly view: CapacityView }) {
  const words = t.value.plant.capacity
  const { sites, cooling } = view
  const known = sites.filter(site => site.power.value !== null)
  const read = sum(known, site => (site.power.value ?? 0) * site.power.measured)
  const share = read / (sum(known, site => site.power.value ?? 0) || 1)
  const free = sites.every(site => site.freePower === null) ? null : sum(sites, site => site.freePower ?? 0)
  const heat = sum(cooling, room => room.heat.value ?? 0)
  const spare = cooling.length === 0 || cooling.some(room => room.spare === null) ? null : sum(cooling, room => room.spare ?? 0)
  const hot = cooling.some(room => room.over) || cooling.some(room => room.spare !== null && (room.heat.value ?? 0) > room.spare)
  const tone: Tone = hot ? 'warn' : 'ok'
  const ports = { used: sum(sites, site => site.ports.used), total: sum(sites, site => site.ports.total) }
  const weight = { used: sum(sites, site => site.weight.used), max: sum(sites, site => site.weight.max) }
  return (
    <Tiles>
      <Tile
        label={words.tiles.power}
        value={
          known.length === 0
            ? '–'
            : kilowatts(
                sum(known, site => site.power.value ?? 0),
                2,
              )
        }
        unit="kW"
        age={t.value.plant.part(number(100 * share))}
        note={free === null ? words.cannotTell : words.canAdd(watts(free))}
      />
      <Tile
        label={words.tiles.units}
        value={number(sum(sites, site => site.units.free))}
        unit="U"
        note={words.freeOf(number(sum(sites, site => site.units.free)), number(sum(sites, site => site.units.total)))}
      />
      <Tile
        label={words.tiles.cooling}
        tone={tone}
        value={kilowatts(heat, 2)}
        unit="kW"
        note={spare === null ? words.unrated : words.spare(watts(spare))}
      />
      <Tile label={words.tiles.weight} value={number(weight.used)} unit="kg" note={words.weightOf(number(weight.used), number(weight.max))} />
      {ports.total === 0 ? null : (
        <Tile label={words.tiles.ports} value={number(ports.total - ports.used)} note={words.portsOf(number(ports.used), number(ports.total))} />
      )}
    </Tiles>
  )
}
