// The live mark beats while data comes; when it stops it says how old the newest is. Beside it the site's clock.
import { computed } from '@preact/signals'
import { clockShort as clockIn } from '../../daemon/domain/words/format.ts'
import { SILENT } from '../live/doubt.ts'
import { live, now, store } from '../live/index.ts'
import { may } from '../signin/session.ts'
import { t } from '../words/index.ts'
import { age, clock, zone as siteZone, zoneName } from '../words/say.ts'
import { offsetOf } from '../words/zone.ts'

const since = computed(() => now.value - store.newest.value)
/** True while readings come; for those who watch no hardware, while the line stands. */
export const beating = computed(() => live.link.value.kind === 'live' && (!may('watch.read') || (store.newest.value > 0 && since.value < SILENT)))
/** How old the newest reading is: `2 dtk`. */
export const dataAge = computed(() => (store.newest.value === 0 ? '' : age(since.value)))

const name = computed(() => (beating.value ? 'live' : 'live stale'))
const word = computed(() => {
  const { shell } = t.value
  if (beating.value) return shell.live
  if (store.newest.value > 0) return shell.noData(dataAge.value)
  return live.link.value.kind === 'live' ? shell.waiting : shell.connecting
})
const shownAge = computed(() => (beating.value && may('watch.read') ? dataAge.value : ''))

export const LiveMark = () => (
  <span class={name}>
    <span class="beat" />
    <span class="word">{word}</span>
    <span class="dim age">{shownAge}</span>
  </span>
)

const time = computed(() => clock(now.value))
const zone = computed(() => zoneName(now.value))
/** The viewer's own time, told only where clocks differ. */
const here = computed(() => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (offsetOf(now.value, own) === offsetOf(now.value, siteZone.value)) return ''
  return t.value.shell.here(clockIn(now.value, own))
})

export const SiteClock = () => (
  <span class="siteclock nw">
    {time} <span class="dim">{zone}</span>
    <span class="here dim">{here}</span>
  </span>
)
