// The colours of the page for what is painted on a canvas; read from the style sheet once for each theme.
import { type ReadonlySignal, signal } from '@preact/signals'

const turns = signal(0)
const known = new Map<string, string>()

/** Changes when the theme does; charts paint themselves anew. */
export const theme: ReadonlySignal<number> = turns

const turned = (): void => {
  known.clear()
  turns.value++
}

new MutationObserver(turned).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', turned)

/** The value of a custom property such as `--ink`. */
export function colour(name: `--${string}`): string {
  let value = known.get(name)
  if (value === undefined) {
    value = getComputedStyle(document.documentElement).getPropertyValue(name).trim()
    known.set(name, value)
  }
  return value
}

/** Series are ink first, then by the palette; the second is dashed, so that two are told apart without colour. */
export const SERIES = ['--c1', '--c2', '--c3', '--c4', '--c5'] as const
export const seriesColour = (index: number): string => colour(SERIES[index % SERIES.length] ?? '--c1')
export const seriesDash = (index: number): number[] => [[], [5, 3], [], [2, 3], [8, 3, 2, 3]][index % 5] ?? []
