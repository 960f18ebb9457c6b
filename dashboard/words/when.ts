// Moments in words that stay right over midnight: read in a component, it is drawn again when another day begins on the site.
import { computed } from '@preact/signals'
import { now } from '../live/index.ts'
import { dateLong, moment } from './say.ts'

const day = computed(() => dateLong(now.value))
/** An instant of the site's present day; changes with the day only. */
export const dayNow = computed(() => (day.value === '' ? 0 : now.peek()))

/** Clock when it is of today, else with its date. */
export const when = (at: number): string => moment(at, dayNow.value)
