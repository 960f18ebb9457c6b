// Figures of many racks as signals, one each: a reading changes the rack it belongs to and no other, and a hall of them over several frames.
import { computed, type ReadonlySignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { Elevation } from '../rack/elevation.ts'
import type { Reader } from '../rack/reading.ts'
import { figuresOf, type RackFigures } from './modes.ts'
import { paced } from './paced.ts'

interface Standing {
  readonly rack: Layout['racks'][number]
  readonly elevation: Elevation
}

export function useFigures(layout: Layout, racks: readonly Standing[], read: ReadonlySignal<Reader>): readonly ReadonlySignal<RackFigures>[] {
  const { shown, close } = useMemo(() => {
    // Each rack looks among its own sensors and feeds, not among those of the hall.
    const sensors = Map.groupBy(layout.sensors, sensor => sensor.rack)
    const nodes = new Map(layout.power.map(node => [node.id, node]))
    return paced(
      racks.map(({ rack, elevation }) => {
        const own = {
          ...layout,
          sensors: sensors.get(rack.id) ?? [],
          power: rack.feeds.flatMap(feed => nodes.get(feed.node) ?? []),
        }
        return computed(() => figuresOf(own, rack, elevation, read.value))
      }),
      work => requestAnimationFrame(work),
    )
  }, [layout, racks, read])
  useEffect(() => close, [close])
  return shown
}
