// A computed signal that also follows what the component was given.
import { computed, type ReadonlySignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'

/**
 * `useComputed` keeps the first closure's values until a signal changes; this one is made anew when `given` changes.
 * Whatever of the component's properties `compute` reads must stand in `given`.
 */
export const useDerived = <T>(compute: () => T, given: readonly unknown[]): ReadonlySignal<T> => useMemo(() => computed(compute), given)
