// Room as found: what of a room is not as it was when the visit came in. Pure.
import type { Alarm } from '../domain/alarm.ts'
import type { Instant } from '../domain/call.ts'
import type { NotAsFound, RoomSnapshot } from '../domain/found.ts'
import type { Text } from '../domain/point.ts'

/** Inlets may be warmer by so much, K: sensors differ and load moves. */
const TOLERANCE = 2

export interface RoomNow {
  /** Doors of the room that stand open. */
  readonly open: readonly { readonly id: string; readonly name: string }[]
  /** Air into a rack now; null: unknown, which is not warm. */
  inlet(point: RoomSnapshot['inlets'][number]['point']): number | null
  /** Open alarms about the room that stand for themselves. */
  readonly alarms: readonly { readonly alarm: Pick<Alarm, 'id' | 'raisedAt'>; readonly title: Text }[]
  /** What began later is not of this visit. */
  readonly until: Instant
}

/** Doors first, then warm air, then alarms that began since. */
export function notAsFound(before: RoomSnapshot, now: RoomNow): readonly NotAsFound[] {
  const had = new Set(before.alarms)
  return [
    ...now.open.map(({ id, name }) => ({ kind: 'door' as const, door: id, name })),
    ...before.inlets.flatMap(({ point, name, value }) => {
      const is = now.inlet(point)
      return is !== null && is > value + TOLERANCE ? [{ kind: 'warm' as const, name, was: value, is }] : []
    }),
    ...now.alarms
      .filter(({ alarm }) => !had.has(alarm.id) && alarm.raisedAt >= before.at && alarm.raisedAt <= now.until)
      .map(({ alarm, title }) => ({ kind: 'alarm' as const, alarm: alarm.id, title })),
  ]
}

const kelvin = (value: number, decimal: '.' | ','): string => value.toFixed(1).replace('.', decimal)

/** What an alarm says of it. */
export function wordsOf(wrong: readonly NotAsFound[]): Text & { readonly id: string } {
  const say = (lang: 'id' | 'en'): string =>
    wrong
      .map(one => {
        if (one.kind === 'door') return lang === 'id' ? `${one.name} masih terbuka` : `${one.name} is open`
        if (one.kind === 'alarm') return one.title[lang] ?? one.title.en
        const [was, is] = lang === 'id' ? [kelvin(one.was, ','), kelvin(one.is, ',')] : [kelvin(one.was, '.'), kelvin(one.is, '.')]
        return lang === 'id' ? `${one.name} ${is} °C (semula ${was} °C)` : `${one.name} ${is} °C (was ${was} °C)`
      })
      .join('; ')
  return { id: say('id'), en: say('en') }
}
