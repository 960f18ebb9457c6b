// The timeline over the rooms that keep its facts: alarms, doors, visits, the place, devices.
import type { Care } from './care/care.ts'
import type { Clock } from './domain/call.ts'
import { type NameBook, namesOf } from './domain/words/alarm-names.ts'
import { alarmTitle } from './domain/words/alarm-words.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { Place } from './place.ts'
import type { Records } from './store/records.ts'
import type { Model } from './stream/model.ts'
import { openNotes } from './timeline/notes.ts'
import { openTimeline } from './timeline/timeline.ts'

export interface TimelineOptions {
  readonly records: Pick<Records, 'alarms' | 'doors' | 'visits' | 'happenings' | 'audit' | 'placeNotes' | 'placeTickets'>
  readonly place: Pick<Place, 'inventory' | 'versions'>
  readonly fleet: Fleet
  readonly model: Pick<Model, 'point'>
  readonly care: Pick<Care, 'between' | 'assets'>
  readonly clock: Clock
}

/** Who came in this long before the window may go out within it, ms. */
const LONGEST_STAY = 2 * 86_400_000
/** Openings and passes of one window; more are beyond what anybody reads. */
const MOST = 5_000

export function openTimelineAnswers({ records, place, fleet, model, care, clock }: TimelineOptions) {
  const book = (): NameBook => ({
    layout: place.inventory,
    device: id => fleet.byId(id)?.device,
    point: no => model.point(no),
  })
  const timeline = openTimeline({
    alarms: (from, to) => records.alarms.between(from, to),
    alarm: id => records.alarms.one(id),
    titleOf(alarm) {
      const [id, en] = (['id', 'en'] as const).map(lang => namesOf(alarm, book(), lang))
      if (id === undefined || en === undefined) throw new Error('an alarm has names in both languages')
      return { title: { id: alarmTitle(alarm, id, 'id'), en: alarmTitle(alarm, en, 'en') }, where: id.place ?? null }
    },
    openings: async (from, to) => (await records.doors.page({ search: '', from, to: to + 1, page: 1, size: MOST })).items,
    passes: (from, to) => records.visits.passes(from - LONGEST_STAY, to, MOST),
    passesOf: visit => records.visits.passesOf(visit),
    visits: ids => records.visits.some(ids),
    versions: (before, size) => place.versions({ before, size }),
    async works(from, to) {
      const orders = await care.between(from, to)
      const assets = orders.length === 0 ? [] : await care.assets()
      return orders.map(order => {
        const asset = assets.find(({ id }) => id === order.asset.id)
        return { ...order, room: asset?.room ?? null, device: asset?.device ?? null }
      })
    },
    restarts: (from, to) => records.happenings.between(from, to),
    tickets: (from, to) => records.placeTickets.between(from, to),
    notes: (from, to) => records.placeNotes.between(from, to),
    layout: () => place.inventory,
    placed: () => [...fleet.members()].map(({ device }) => ({ id: device.id, name: device.name, place: device.place ?? null })),
    clock,
  })
  const notes = openNotes({
    notes: records.placeNotes,
    together: records.audit.together,
    append: records.audit.append,
    layout: () => place.inventory,
    isDevice: id => fleet.byId(id) !== undefined,
    clock,
  })
  return { timeline, ...notes }
}
