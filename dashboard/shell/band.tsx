// Bands across every page: while the daemon is not heard (since when, how old the figures are, that nothing is lost), and when it was upgraded.
import { computed } from '@preact/signals'
import { live, now, store } from '../live/index.ts'
import { Icon } from '../parts/icons.tsx'
import { replaced } from '../upgrade.ts'
import { t } from '../words/index.ts'
import { age, clockShort } from '../words/say.ts'

/** A connection that comes back within this time was never worth a word, ms. */
const PATIENCE = 2_000

const detail = computed(() => (store.newest.value === 0 ? '' : t.value.shell.lostDetail(age(now.value - store.newest.value))))
const visible = computed(() => {
  const link = live.link.value
  // Ticks with the clock, so that the band comes up by itself.
  return link.kind === 'lost' && now.value > 0 && Date.now() - link.since >= PATIENCE ? link.since : null
})

export function LostBand() {
  const since = visible.value
  if (since === null) return null
  const { shell } = t.value
  return (
    <div class="band" role="alert">
      <Icon name="unknown" />
      <b>{shell.lostSince(clockShort(since))}</b>
      <span class="grow">{detail}</span>
      <button type="button" class="linkbtn" onClick={live.retry}>
        {shell.retry}
      </button>
    </div>
  )
}

/** Suar was upgraded under an open page: the reader says when it is loaded anew. */
export function ReplacedBand() {
  if (replaced.value === null) return null
  const { shell } = t.value
  return (
    <div class="band" role="alert">
      <Icon name="comment" />
      <b>{shell.upgraded}</b>
      <span class="grow">{shell.replacedHint}</span>
      <button type="button" class="linkbtn" onClick={() => location.reload()}>
        {shell.reload}
      </button>
    </div>
  )
}
