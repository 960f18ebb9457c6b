// What a filled-in form asks for: persons, goods, window and place, read from its answers by their keys. Any service whose form has them.
import type { Instant } from '../domain/call.ts'
import type { Answer, Answers } from '../domain/form.ts'
import { siteMeant } from '../domain/form-place.ts'
import type { Layout } from '../domain/inventory.ts'
import { wallTime } from '../domain/words/time.ts'
import { lastOf, type Mark } from './identity.ts'
import { plainName } from './rules.ts'

export interface Asked {
  readonly site: string
  readonly rooms: readonly string[]
  readonly racks: readonly string[]
  readonly asked: { readonly room: string; readonly touched: readonly string[] }
  readonly purpose: string
  /** NaN: not given. */
  readonly from: Instant
  readonly until: Instant
  readonly visitors: readonly {
    readonly name: string
    readonly company: string
    readonly mobile: string
    readonly last: string | null
    readonly hash: string | null
  }[]
  readonly goods: readonly { readonly direction: 'in' | 'out' | 'both'; readonly kind: string; readonly serial: string }[]
}

const text = (answer: Answer | undefined): string => (typeof answer === 'string' ? answer.trim() : '')
const groups = (answer: Answer | undefined): readonly { readonly [key: string]: Answer }[] =>
  Array.isArray(answer)
    ? (answer as readonly Answer[])
        .filter(one => typeof one === 'object' && one !== null && !Array.isArray(one))
        .map(one => one as { readonly [key: string]: Answer })
    : []

/** Whether a form with these answers asks for a visit at all. */
export const asksForVisit = (answers: Answers): boolean => Array.isArray(answers['visitors']) && 'entry' in answers

/** A local date and time (`2026-11-20T09:00`) as an instant of the zone; NaN of anything else. */
export function instantOf(local: string, zone: string): Instant {
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(local) ?? []
  if (minute === undefined) return Number.NaN
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute))
  const away = (at: Instant): number => {
    const is = wallTime(at, zone)
    return Date.UTC(is.year, is.month - 1, is.day, is.hour, is.minute) - wall
  }
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const once = wall - away(wall)
  return once - away(once)
}

const same = (one: string, other: string): boolean => plainName(one) === plainName(other)

export function askedOf(
  answers: Answers,
  { layout, zone, marks }: { readonly layout: Layout; readonly zone: string; readonly marks: readonly Mark[] },
): Asked {
  const site = (siteMeant([layout.site, ...layout.sites], text(answers['site'])) ?? layout.site).id
  const room = text(answers['room'])
  const touched = (Array.isArray(answers['touched']) ? answers['touched'] : [answers['touched']])
    .map(one => text(one as Answer))
    .filter(one => one !== '')
  const here = layout.rooms.filter(one => (one.site ?? layout.site.id) === site)
  const rooms = here.filter(one => same(one.name, room) || same(one.id, room)).map(({ id }) => id)
  const hereIds = new Set(here.map(({ id }) => id))
  const racks = layout.racks
    .filter(rack => hereIds.has(rack.room) && touched.some(one => same(one, rack.id) || same(one, rack.name) || same(one, `rak ${rack.name}`)))
    .map(({ id }) => id)
  return {
    site,
    rooms,
    racks,
    asked: { room, touched },
    purpose: text(answers['purpose']),
    from: instantOf(text(answers['entry']), zone),
    until: instantOf(text(answers['leave']), zone),
    visitors: groups(answers['visitors']).map(visitor => {
      const name = text(visitor['name']).replaceAll(/\s+/g, ' ')
      const last = lastOf(text(visitor['identity']))
      const mark = marks.find(one => one.last === last && one.name === plainName(name))
      return { name, company: text(visitor['company']), mobile: text(visitor['mobile']), last, hash: mark?.hash ?? null }
    }),
    goods: groups(answers['goods']).map(one => {
      const direction = text(one['direction'])
      return { direction: direction === 'in' || direction === 'out' ? direction : 'both', kind: text(one['kind']), serial: text(one['serial']) }
    }),
  }
}
