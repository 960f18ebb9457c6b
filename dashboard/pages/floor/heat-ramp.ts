// From a temperature to its colour: between the steps of the legend while all is well, amber and red from the limits on. Pure.

export interface Limits {
  readonly warning: number
  readonly critical: number
}

/** Names of the colours, coolest first. */
export const STEPS = ['heat-0', 'heat-1', 'heat-2', 'heat-3', 'heat-4', 'heat-5', 'heat-6'] as const

type Rgb = readonly [number, number, number]

/** °C at which a step begins, as the legend of inlets has it: the colour there is the step's own. */
const coldStops = ({ warning }: Limits): readonly number[] => [warning - 9, warning - 7, warning - 5, warning - 3, warning - 1]

/** Air behind the racks has no limit of its own: warm is what it is there for. */
export const HOT_STOPS: readonly number[] = [24, 29, 34, 39, 44]

export function rampOf(side: 'cold' | 'hot', limits: Limits, steps: readonly Rgb[]): (value: number) => Rgb {
  const stops = side === 'cold' ? coldStops(limits) : HOT_STOPS
  const step = (i: number): Rgb => steps[i] ?? [0, 0, 0]
  return value => {
    if (side === 'cold' && value > limits.critical) return step(6)
    if (side === 'cold' && value > limits.warning) return step(5)
    const above = stops.findIndex(stop => value < stop)
    if (above === 0) return step(0)
    if (above < 0) return step(4)
    const [low, high] = [stops[above - 1]!, stops[above]!]
    const share = (value - low) / (high - low)
    const [a, b] = [step(above - 1), step(above)]
    return [0, 1, 2].map(i => a[i]! + share * (b[i]! - a[i]!)) as unknown as Rgb
  }
}
