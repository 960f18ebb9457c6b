// How full a day is: of each service the places taken, against those there are. Numbers only.
import type { DeskCapacity } from '../../../daemon/domain/ticket-record.ts'
import { Meter, Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'

/** How many services have no place left, by date. */
export function fullOn(capacity: DeskCapacity | null): ReadonlyMap<string, number> {
  const full = new Map<string, number>()
  for (const { date, taken } of capacity?.days ?? []) {
    const services = capacity?.services.filter(({ key, perDay }) => perDay !== null && (taken[key] ?? 0) >= perDay) ?? []
    if (services.length > 0) full.set(date, services.length)
  }
  return full
}

/** The fullest first; services nothing has begun for are told in one line. */
export function Capacity({ date, capacity }: { readonly date: string; readonly capacity: DeskCapacity | null }) {
  const words = t.value.tickets.calendar
  const day = capacity?.days.find(one => one.date === date)
  // On a free day nothing begins.
  if (capacity === null || day === undefined) return null
  const share = (key: string, perDay: number | null): number => (perDay === null ? 0 : Math.min(1, (day.taken[key] ?? 0) / perDay))
  const used = capacity.services
    .filter(({ key }) => (day.taken[key] ?? 0) > 0)
    .toSorted((one, other) => share(other.key, other.perDay) - share(one.key, one.perDay) || text(one.name).localeCompare(text(other.name)))
  const idle = capacity.services.length - used.length
  return (
    <Panel title={words.capacityTitle} class="capacitypanel">
      <ul class="capacities">
        {used.map(({ key, name, perDay }) => {
          const taken = day.taken[key] ?? 0
          const says = perDay === null ? words.begun(taken) : words.capacity(taken, perDay)
          return (
            <li key={key}>
              <span class="grow">{text(name)}</span>
              <span class={perDay !== null && taken >= perDay ? 'num strong' : 'num mid'}>{says}</span>
              {perDay === null ? null : <Meter value={taken / perDay} tone={taken >= perDay ? 'warn' : 'ok'} label={`${text(name)}: ${says}`} />}
            </li>
          )
        })}
      </ul>
      <p class="body small dim">{used.length === 0 ? words.allFree : idle > 0 ? words.restFree(idle) : ''}</p>
    </Panel>
  )
}
