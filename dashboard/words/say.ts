// Numbers, times and names in the viewer's language and the site's time zone. Read inside a component or computed, they change with both.
import { computed, type ReadonlySignal } from '@preact/signals'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import type { Text } from '../../daemon/domain/point.ts'
import type { Quantity } from '../../daemon/domain/quantity.ts'
import { type State, stateOf } from '../../daemon/domain/state.ts'
import { namesOf } from '../../daemon/domain/words/alarm-names.ts'
import { alarmDetail, alarmNumber, alarmTitle } from '../../daemon/domain/words/alarm-words.ts'
import * as format from '../../daemon/domain/words/format.ts'
import { NONE } from '../../daemon/domain/words/lang.ts'
import { stateName } from '../../daemon/domain/words/state-names.ts'
import type { PointView } from '../../daemon/stream/contract.ts'
import { store } from '../live/index.ts'
import { session } from '../signin/session.ts'
import { lang, t } from './index.ts'

/** The site's IANA time zone. */
export const zone: ReadonlySignal<string> = computed(() => store.layout.value?.site.timezone ?? session.value?.site?.timezone ?? 'Asia/Jakarta')

export const text = (one: Text): string => format.say(one, lang.value)
export const figure = (value: number, quantity: Quantity, options?: format.FigureOptions): format.Figure =>
  format.figure(value, quantity, lang.value, options)
export const measured = (value: number, quantity: Quantity, options?: format.FigureOptions): string =>
  format.measured(value, quantity, lang.value, options)
export const number = (value: number, decimals = 0): string => format.formatNumber(value, decimals, lang.value)
export const kilowatts = (watts: number, decimals = 1): string => format.kilowatts(watts, lang.value, decimals)
/** Seconds → `4 mnt`. */
export const duration = (seconds: number): string => format.duration(seconds, lang.value)
/** Milliseconds → `6 dtk`. */
export const age = (ms: number): string => format.duration(ms / 1000, lang.value)
/** Seconds → `14:20`. */
export const countdown = (seconds: number): string => format.countdown(seconds, lang.value)
export const clock = (at: number): string => format.clock(at, zone.value)
export const clockShort = (at: number): string => format.clockShort(at, zone.value)
export const zoneName = (at: number): string => format.zoneName(at, zone.value)
export const dateLong = (at: number): string => format.dateLong(at, zone.value, lang.value)
/** `Jumat, 20 November 2026 14.05 WIB`. */
export const dateTime = (at: number): string => format.dateTime(at, zone.value, lang.value)
export const dateShort = (at: number): string => format.dateShort(at, zone.value, lang.value)
/** Clock when it was today, else with its date. */
export const moment = (at: number, now: number): string => format.moment(at, now, zone.value, lang.value)

/** Device names for "nothing to tell", which need no English on an Indonesian page. */
const PLAIN = /^(?:ok|okay|normal|good|quiet|nominal|no ?(?:error|alarm|fault))$/i

/** A state in the page's words where its meaning is known, else the device's own name in words. */
export function stateWord(state: State): string {
  if (state.meaning !== null) return t.value.meaning[state.meaning]
  return state.normal === 'ok' && PLAIN.test(state.name) ? t.value.normal.ok : stateName(state.name, lang.value)
}

/** A reading of any point as number and unit; states as a word without unit; "no value" as a dash. */
export function reading(value: number | null, point: Pick<PointView, 'quantity' | 'states'>, options?: format.FigureOptions): format.Figure {
  if (value === null || !Number.isFinite(value)) return { number: NONE, unit: '' }
  if (point.quantity === 'state') return { number: stateWord(stateOf(point.states ?? [], value)), unit: '' }
  return figure(value, point.quantity, options)
}

const names = (alarm: Pick<Alarm, 'device' | 'point'>) => {
  const layout = store.layout.value
  if (layout === null) return null
  return namesOf(alarm, { layout, device: id => store.devices.value.get(id), point: no => store.pointNow(no) }, lang.value)
}

/** `Listrik PLN padam`. */
export const titleOf = (alarm: Pick<Alarm, 'device' | 'point' | 'condition' | 'key'>): string => {
  const found = names(alarm)
  return found === null ? alarm.key : alarmTitle(alarm, found, lang.value)
}
/** Place, figure and limit. */
export const detailOf = (alarm: Pick<Alarm, 'device' | 'point' | 'condition' | 'raisedAt'>): string => {
  const found = names(alarm)
  return found === null ? '' : alarmDetail(alarm, found, lang.value)
}
/** `AL-2026-1183`. */
export const numberOf = (alarm: Pick<Alarm, 'id' | 'raisedAt'>): string => alarmNumber(alarm, zone.value)
