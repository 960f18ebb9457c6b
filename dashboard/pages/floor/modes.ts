// What a rack shows on the plan in each mode: a figure, a second figure, and how dark its ground is.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { Elevation } from '../rack/elevation.ts'
import { type RackPower, rackPower } from '../rack/feeds.ts'
import { type Heights, heatOf, heightsOf } from '../rack/heights.ts'
import type { Read, Reader } from '../rack/reading.ts'

export const MODES = ['inlet', 'power', 'free', 'tenant', 'feeds'] as const
export type Mode = (typeof MODES)[number]

export type Ground = 'heat-0' | 'heat-1' | 'heat-2' | 'heat-3' | 'heat-4' | 'heat-5' | 'heat-6' | 'none'

export interface RackFigures {
  readonly rack: Layout['racks'][number]
  readonly heights: Heights
  readonly power: RackPower
  readonly free: number
  readonly units: number
}

/** Everything a plan or a list may say of one rack. */
export function figuresOf(layout: Layout, rack: Layout['racks'][number], elevation: Elevation, read: Reader): RackFigures {
  return {
    rack,
    heights: heightsOf(rack, layout.sensors, read),
    power: rackPower(rack, layout.power, elevation.slots, read),
    free: elevation.free,
    units: rack.units,
  }
}

/** Five greys for a share 0 … 1, amber and red beyond what is safe. */
export function shade(share: number): Ground {
  if (share > 1) return 'heat-6'
  if (share > 0.9) return 'heat-5'
  return (['heat-0', 'heat-1', 'heat-2', 'heat-3', 'heat-4'] as const)[Math.min(4, Math.max(0, Math.floor(share / 0.18)))] ?? 'heat-0'
}

export function groundOf(mode: Mode, figures: RackFigures, limits: Layout['site']['inlet'], tenants: readonly string[]): Ground {
  switch (mode) {
    case 'inlet': {
      const hottest = figures.heights.hottest?.value ?? null
      return hottest === null ? 'none' : (`heat-${heatOf(hottest, limits)}` as const)
    }
    case 'power':
    case 'feeds':
      return figures.power.used === null ? 'none' : shade(figures.power.used)
    case 'free':
      return shade(0.9 * (1 - figures.free / figures.units))
    case 'tenant': {
      const tenant = figures.rack.tenant
      return tenant === undefined ? 'none' : ((['heat-1', 'heat-3', 'heat-0', 'heat-4', 'heat-2'] as const)[tenants.indexOf(tenant) % 5] ?? 'heat-0')
    }
  }
}

/** The tenants of the plan in a stable order, so that each keeps its ground. */
export const tenantsOf = (layout: Layout): readonly string[] => [...new Set(layout.racks.flatMap(rack => rack.tenant ?? []))].sort()

/** The mean of the readings that are there. */
export function meanOf(read: Reader, refs: readonly { readonly device: string; readonly key: string }[]): number | null {
  const values = refs.map(ref => read(ref)).filter((got): got is Read & { readonly value: number } => got !== null && got.value !== null)
  return values.length === 0 ? null : values.reduce((sum, got) => sum + got.value, 0) / values.length
}
