// What follows when something fails: what is dark, on one leg, on battery, over its limit, too hot; and what moves where.
import type { ComponentChildren } from 'preact'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { NodeId } from '../../../daemon/domain/plant.ts'
import type { WhatIfView } from '../../../daemon/http/contract.ts'
import { Icon } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { duration } from '../../words/say.ts'
import { BurdenLine, watts } from './amount.tsx'
import { namesOf } from './names.ts'

const SHOWN = 12

export function Things({ ids, layout }: { readonly ids: readonly NodeId[]; readonly layout: Layout }) {
  const name = namesOf(layout)
  const { downMore } = t.value.plant.power
  return (
    <p class="things">
      {ids.slice(0, SHOWN).map((id, i) => {
        const { name: text, rack } = name(id)
        return (
          <span key={id}>
            {i === 0 ? '' : ', '}
            {rack === null ? text : <a href={`/racks/${encodeURIComponent(rack)}`}>{text}</a>}
          </span>
        )
      })}
      {ids.length > SHOWN ? ` ${downMore(ids.length - SHOWN)}` : ''}
    </p>
  )
}

function Group({ tone, title, children }: { readonly tone: 'crit' | 'warn'; readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div class="outgroup">
      <h3>
        <Icon name={tone} class={tone} /> {title}
      </h3>
      {children}
    </div>
  )
}

export function Outcome({ what, layout }: { readonly what: WhatIfView; readonly layout: Layout }) {
  const words = t.value.plant.power
  const name = namesOf(layout)
  const hot = what.cooling.filter(({ over }) => over)
  const harmless =
    what.dark.length + what.oneLeg.length + what.over.length + hot.length + what.battery.length + what.dead.length + what.cutOff.length === 0
  const rooms = new Map(layout.rooms.map(room => [room.id, room.name]))
  return (
    <div class="outcome" aria-live="polite">
      {harmless ? <p class="mid">{words.nothingLost}</p> : null}
      {what.dark.length === 0 ? null : (
        <Group tone="crit" title={`${words.dark}: ${words.things(what.dark.length)}`}>
          <Things ids={what.dark} layout={layout} />
        </Group>
      )}
      {what.cutOff.length === 0 ? null : (
        <Group tone="crit" title={`${words.cutOff}: ${words.things(what.cutOff.length)}`}>
          <p class="things">
            {what.cutOff.slice(0, SHOWN).map(({ device, name: text }, i) => (
              <span key={device}>
                {i === 0 ? '' : ', '}
                <a href={`/devices/${encodeURIComponent(device)}`}>{text}</a>
              </span>
            ))}
            {what.cutOff.length > SHOWN ? ` ${words.downMore(what.cutOff.length - SHOWN)}` : ''}
          </p>
        </Group>
      )}
      {hot.map(({ room }) => (
        <Group key={room} tone="crit" title={words.hot(rooms.get(room) ?? room)}>
          {null}
        </Group>
      ))}
      {what.over.length === 0 ? null : (
        <Group tone="warn" title={words.over}>
          {what.over.slice(0, SHOWN).map(burden => (
            <BurdenLine key={`${burden.node} ${burden.by}`} burden={burden} name={name(burden.node).name} />
          ))}
          {what.over.length > SHOWN ? <p class="small dim">{words.downMore(what.over.length - SHOWN)}</p> : null}
        </Group>
      )}
      {what.battery.map(({ node, runtime }) => (
        <Group key={node} tone="warn" title={`${name(node).name}: ${runtime === null ? words.battery : words.batteryFor(duration(runtime))}`}>
          {null}
        </Group>
      ))}
      {what.oneLeg.length === 0 ? null : (
        <Group tone="warn" title={`${words.oneLeg}: ${words.things(what.oneLeg.length)}`}>
          <Things ids={what.oneLeg} layout={layout} />
        </Group>
      )}
      {what.dead.length === 0 ? null : (
        <Group tone="warn" title={words.dead}>
          <Things ids={what.dead} layout={layout} />
        </Group>
      )}
      {what.lost > 0 ? (
        <p class="small">
          {words.lost}: <b class="num">{watts(what.lost)}</b>
        </p>
      ) : null}
      {what.assumed > 0 ? <p class="small dim">{words.assumed(watts(what.assumed))}</p> : null}
    </div>
  )
}
