// The feeds of a rack: what each carries, what it would carry if another failed, and what may still be added.

import type { ReadonlySignal } from '@preact/signals'
import { useDerived } from '../../live/derived.ts'
import { Meter, Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { kilowatts, measured } from '../../words/say.ts'
import type { RackFigures } from '../floor/modes.ts'
import { type FeedLoad, SAFE } from './feeds.ts'

function Feed({ load }: { readonly load: FeedLoad }) {
  const { feed, rating, takeover } = load
  const is = load.load ?? 0
  const then = takeover === null ? 0 : (takeover - is) / rating
  const tone = takeover !== null && takeover > load.safe ? (takeover > rating ? 'crit' : 'warn') : 'ok'
  return (
    <div class="feedrow">
      <a href={`/power?node=${encodeURIComponent(feed.node)}`} aria-label={`${t.value.nav.power}: ${feed.name}`}>
        <b>{feed.name}</b>
      </a>
      <Meter value={is / rating} takeover={then} mark={SAFE} tone={tone} label={`${feed.name} ${kilowatts(is, 2)} kW`} />
      <span class="num">
        <b>{load.load === null ? '–' : kilowatts(is, 2)}</b>
        <span class="unit">kW</span> <span class="dim">{takeover === null ? '' : `→ ${kilowatts(takeover, 2)}`}</span>
      </span>
    </div>
  )
}

export function FeedsPanel({ figures }: { readonly figures: ReadonlySignal<RackFigures> }) {
  const words = t.value.pages.rack
  const power = useDerived(() => figures.value.power, [figures])
  const { feeds, headroom, single } = power.value
  const first = feeds[0]
  const dark = new Map<string, string[]>()
  for (const { name, feed } of single) dark.set(feed, [...(dark.get(feed) ?? []), name])
  return (
    <Panel
      title={words.feeds}
      end={first === undefined ? '' : words.breaker(measured(first.feed.breaker, 'current', { decimals: 0 }), first.feed.phases)}
    >
      <div class="feeds">
        {feeds.length === 0 ? <p class="dim">{words.noFeeds}</p> : feeds.map(load => <Feed key={load.feed.name} load={load} />)}
        {first === undefined ? null : (
          <div class="row small dim wrap feedkeys">
            <span class="row">
              <i class="now" />
              {words.loadNow}
            </span>
            <span class="row">
              <i class="then" />
              {words.takeover}
            </span>
            <span class="row">
              <i class="tick" />
              {words.safe(`${kilowatts(first.safe, 2)} kW`)}
            </span>
          </div>
        )}
        {feeds.length === 0 ? null : (
          <p class="small feedsaid">
            <b class={headroom !== null && headroom < 0 ? 't-warn' : ''}>
              {feeds.length === 1
                ? words.singleFeed
                : headroom === null
                  ? words.headroomUnknown
                  : headroom < 0
                    ? words.headroomOver(`${kilowatts(-headroom, 2)} kW`)
                    : words.headroomLeft(`${kilowatts(headroom, 2)} kW`)}
            </b>{' '}
            <span class="mid">{[...dark].map(([feed, names]) => words.dark(names.join(', '), feed)).join(' ')}</span>
          </p>
        )}
      </div>
    </Panel>
  )
}
