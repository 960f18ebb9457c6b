// Figures of many racks as signals, one each: a reading changes the rack it belongs to and no other.
import { computed, type ReadonlySignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { Elevation } from '../rack/elevation.ts'
import type { Reader } from '../rack/reading.ts'
import { figuresOf, type RackFigures } from './modes.ts'

interface Standing {
  readonly rack: Layout['racks'][number]
  readonly elevation: Elevation
}

export const useFigures = (layout: Layout, racks: readonly Standing[], read: ReadonlySignal<Reader>): readonly ReadonlySignal<RackFigures>[] =>
  useMemo(() => racks.map(({ rack, elevation }) => computed(() => figuresOf(layout, rack, elevation, read.value))), [layout, racks, read])
