// The figures of a rack at a glance.

import type { ReadonlySignal } from '@preact/signals'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { TracksState } from '../../charts/tracks.ts'
import { useDerived } from '../../live/derived.ts'
import { now, store } from '../../live/index.ts'
import { PointTile, type Series, Sparkline, Tile, Tiles } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { age, kilowatts, number } from '../../words/say.ts'
import type { RackFigures } from '../floor/modes.ts'

interface RackTilesProps {
  readonly rack: Layout['racks'][number]
  readonly layout: Layout
  readonly figures: ReadonlySignal<RackFigures>
  readonly power: ReadonlySignal<TracksState>
}

/** Every n-th row, so that a line of 72 px is not drawn with 600. */
function thinned(state: TracksState): Series | null {
  if (state.kind !== 'ready') return null
  const track = state.tracks[0]
  if (track === undefined) return null
  const step = Math.max(1, Math.floor(track.at.length / 72))
  return { at: track.at.filter((_, row) => row % step === 0), values: track.mean.filter((_, row) => row % step === 0) }
}

/** When the feeds were last read: the oldest of them. */
function readAt(figures: RackFigures, layout: Layout): number | null {
  let oldest: number | null = null
  for (const { feed } of figures.power.feeds) {
    const refs = layout.power.find(node => node.id === feed.node)?.measures['power']
    for (const ref of refs === undefined ? [] : 'device' in refs ? [refs] : refs) {
      const at = store.readingOf(ref).value?.at ?? null
      if (at !== null && (oldest === null || at < oldest)) oldest = at
    }
  }
  return oldest
}

export function RackTiles({ rack, layout, figures, power }: RackTilesProps) {
  const given = [rack, layout, figures, power]
  const words = t.value.pages.rack
  const is = useDerived(() => figures.value.power, given)
  const old = useDerived(() => {
    const at = readAt(figures.value, layout)
    return at === null ? '' : age(now.value - at)
  }, given)
  const stale = useDerived(() => {
    const at = readAt(figures.value, layout)
    return at !== null && now.value - at > 30_000
  }, given)
  const spark = useDerived(() => thinned(power.value), given)
  const total = useDerived(() => (is.value.total === null ? '–' : kilowatts(is.value.total, 2)), given)
  const used = useDerived(() => (is.value.used === null ? '–' : number(is.value.used * 100)), given)
  const usedNote = useDerived(
    () =>
      is.value.limit === null || is.value.total === null
        ? words.unmeasured
        : words.ofLimit(kilowatts(is.value.total, 2), `${kilowatts(is.value.limit, 2)} kW`),
    [...given, words],
  )
  const tone = useDerived(() => (is.value.used === null ? 'ok' : is.value.used > 1 ? 'crit' : is.value.used > 0.9 ? 'warn' : 'ok'), given)
  const hottest = useDerived(() => figures.value.heights.hottest?.sensor ?? null, given)
  const hot = hottest.value === null ? null : store.pointOf(hottest.value.point).value
  const damp = useDerived(() => {
    const near = layout.sensors.filter(
      sensor => /humidity/.test(sensor.point.key) && (sensor.rack === rack.id || (sensor.rack === undefined && sensor.room === rack.room)),
    )
    const own = near.find(sensor => sensor.rack === rack.id) ?? near[0]
    return own === undefined ? null : store.pointOf(own.point).value
  }, given)
  const weight = layout.equipment.filter(each => each.rack === rack.id).reduce((sum, each) => sum + (each.weight ?? 0), 0)
  return (
    <Tiles>
      <Tile
        label={words.power}
        value={<span>{total}</span>}
        unit="kW"
        age={<span>{old}</span>}
        stale={stale.value}
        aside={<Sparkline series={spark} limit={is.value.limit} />}
        note={is.value.feeds.map(each => each.feed.name).join(' + ')}
      />
      <Tile
        label={words.oneFeed}
        value={<span>{used}</span>}
        unit="%"
        age={<span>{old}</span>}
        tone={tone.value}
        stale={stale.value}
        note={<span>{usedNote}</span>}
      />
      {hot === null || hottest.value === null ? null : (
        <PointTile
          key={hot.no}
          point={hot}
          label={words.inlet}
          note={[
            hottest.value.u === undefined ? '' : t.value.pages.floor.atU(hottest.value.u),
            t.value.pages.floor.limit(number(layout.site.inlet.warning, 1)),
          ]
            .filter(part => part !== '')
            .join(', ')}
        />
      )}
      {damp.value === null ? null : <PointTile key={damp.value.no} point={damp.value} label={words.humidity} />}
      <Tile
        label={words.weight}
        value={weight === 0 ? '–' : number(weight)}
        unit="kg"
        age={words.inventory}
        note={words.weightOf(`${number(rack.maxWeight)} kg`)}
      />
    </Tiles>
  )
}
