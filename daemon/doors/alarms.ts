// What of a door is an alarm: openings nobody explains, a door that is held open. Pure.
import type { Instant } from '../domain/call.ts'
import type { Text } from '../domain/point.ts'
import { clockShort } from '../domain/words/time.ts'
import type { DoorFacts, Opening } from './opening.ts'
import type { DoorSettings } from './settings.ts'

export interface AlarmState {
  readonly severity: 'critical' | 'warning'
  readonly text: Text
}

export const doorCode = (key: string): string => `door.${key}`

interface Weighing {
  readonly settings: Pick<DoorSettings, 'severity'>
  readonly working: (at: Instant) => boolean
  readonly timezone: () => string
}

const CARD_WORDS = {
  unknown: { en: 'unknown card', id: 'kartu tidak dikenal' },
  notHere: { en: 'card not for this door', id: 'kartu bukan untuk pintu ini' },
  notNow: { en: 'card not for this time', id: 'kartu di luar waktunya' },
  revoked: { en: 'card was revoked', id: 'kartu sudah dicabut' },
  blocked: { en: 'card of a blocked person', id: 'kartu orang yang diblokir' },
} as const

/** One alarm for each door; null: all is explained. The heaviest of its openings counts. */
export function alarmOf(door: DoorFacts, openings: readonly Opening[], { settings, working, timezone }: Weighing): AlarmState | null {
  const weigh = (at: Instant) => settings.severity[door.zone][working(at) ? 'working' : 'otherwise']
  const unexplained = openings
    .filter(one => one.explanation.kind === 'unexplained')
    .map(one => ({ one, level: one.forced ? ('critical' as const) : weigh(one.openedAt) }))
    .filter(({ level }) => level !== 'none')
  const held = openings.findLast(one => one.heldSince !== null)
  const last = unexplained.at(-1)?.one
  if (last === undefined) {
    if (held === undefined || door.polled) return null
    const at = held.heldSince ?? held.openedAt
    return {
      severity: 'warning',
      text: {
        en: `${door.name} has been held open since ${clockShort(at, timezone())}`,
        id: `${door.name} dibiarkan terbuka sejak ${clockShort(at, timezone())}`,
      },
    }
  }
  const severity = unexplained.some(({ level }) => level === 'critical') ? 'critical' : 'warning'
  const fault = last.explanation.kind === 'unexplained' ? last.explanation.card : null
  const count = unexplained.length
  const say = (lang: 'en' | 'id', forced: string, opened: string, times: string, alone: string) =>
    `${door.name} ${last.forced ? forced : opened}${count > 1 ? ` ${count} ${times}` : ''} ${clockShort(last.openedAt, timezone())}: ${fault === null ? alone : CARD_WORDS[fault][lang]}`
  return {
    severity,
    text: {
      en: say('en', 'was forced', 'opened', 'times, last', 'no visit, no badge'),
      id: say('id', 'dibuka paksa', 'dibuka', 'kali, terakhir', 'tanpa kunjungan, tanpa kartu'),
    },
  }
}
