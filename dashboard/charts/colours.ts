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

/** A canvas knows no `light-dark()`: the browser says which of the two it is once the name stands as the colour of an element. */
const swatch = document.createElement('i')
swatch.hidden = true

/** The colour a custom property such as `--ink` has in the theme now, as a canvas reads it. */
export function colour(name: `--${string}`): string {
  let value = known.get(name)
  if (value === undefined) {
    if (!swatch.isConnected) document.body.append(swatch)
    swatch.style.color = `var(${name})`
    value = getComputedStyle(swatch).color
    known.set(name, value)
  }
  return value
}

/** Series are ink first, then by the palette; the second is dashed, so that two are told apart without colour. */
export const SERIES = ['--c1', '--c2', '--c3', '--c4', '--c5'] as const
export const seriesColour = (index: number): string => colour(SERIES[index % SERIES.length] ?? '--c1')
export const seriesDash = (index: number): number[] => [[], [5, 3], [], [2, 3], [8, 3, 2, 3]][index % 5] ?? []
