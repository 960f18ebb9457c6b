// What would happen if one unit failed. Pure.

/** What each survivor carries when the hardest loss happens, as a share of its capacity. Pure. */
export function afterLoss(
  units: readonly { readonly power: number; readonly capacity: number }[],
): { readonly lost: number; readonly share: number } | null {
  if (units.length < 2) return null
  const total = units.reduce((sum, unit) => sum + unit.power, 0)
  let worst: { lost: number; share: number } | null = null
  units.forEach((_, lost) => {
    const left = units.reduce((sum, unit, i) => (i === lost ? sum : sum + unit.capacity), 0)
    const share = left > 0 ? total / left : Number.POSITIVE_INFINITY
    if (worst === null || share > worst.share) worst = { lost, share }
  })
  return worst
}
