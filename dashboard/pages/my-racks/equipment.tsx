// One's own pieces in a rack, from the top: live watts against what was agreed, and how old the reading is.
import type { TenancyRack } from '../../../daemon/domain/tenancy.ts'
import { now } from '../../live/index.ts'
import { Meter, Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { age, number } from '../../words/say.ts'

/** What was read longer ago, ms, is said with its age: outlets of some makes are asked rarely. */
const OLD = 60_000

export function Equipment({ items }: { readonly items: TenancyRack['items'] }) {
  const { mine: words, units } = t.value.stays
  return (
    <Panel title={words.equipment} end={words.live}>
      <ul class="mypieces">
        {items.map(({ stay, item, name, u, height, watts, agreed, at, feeds }) => {
          const [single] = feeds
          const notes = [
            ...(feeds.length === 1 && single !== undefined ? [words.onlyFeed(single.feed)] : []),
            ...(watts !== null && watts > agreed ? [words.over] : []),
            words.agreed(number(agreed)),
            ...(watts === null ? [words.unknown] : at !== null && now.value - at > OLD ? [words.old(age(now.value - at))] : []),
          ]
          return (
            <li key={`${stay}/${item}`}>
              <span class="u">{units(u, height)}</span>
              <span class="what">
                <b>{name}</b>
                <span class="small mid">{notes.join(' · ')}</span>
              </span>
              <Meter
                label={name}
                value={watts === null || agreed === 0 ? 0 : Math.min(1, watts / agreed)}
                tone={watts !== null && watts > agreed ? 'warn' : 'ok'}
              />
              <span class="num">
                {watts === null ? '–' : number(watts)}
                <span class="unit">W</span>
              </span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
