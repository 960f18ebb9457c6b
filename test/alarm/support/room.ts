// The room of alarms opened over records in memory, with a clock that the story turns.

import type { OpenChannel } from '../../../daemon/alarm/channel.ts'
import { type AlarmSettings, openAlarms } from '../../../daemon/alarm/open.ts'
import type { Notice, Outbox, QueuedNotice } from '../../../daemon/alarm/outbox.ts'
import type { Alarm } from '../../../daemon/domain/alarm.ts'
import type { PollStatus } from '../../../daemon/domain/reading.ts'
import { devices, layout, noOf, numbered, POINTS, polled, readings, silentLog } from './site.ts'

export const START = Date.UTC(2026, 10, 23, 7, 3, 0)

/** Alarms and notices as the records keep them: whole or not at all, and as JSON. */
export function memoryRecords() {
  const alarms = new Map<number, string>()
  const notices = new Map<string, { json: string; dueAt: number; tries: number; state: 'queued' | 'sent' | 'failed'; error: string | null }>()
  let broken: Error | null = null
  const all = (): Alarm[] => [...alarms.values()].map(json => JSON.parse(json) as Alarm)
  const change = (id: string, to: Partial<{ dueAt: number; state: 'sent' | 'failed'; error: string }>): Promise<void> => {
    const row = notices.get(id)
    if (row !== undefined) Object.assign(row, to, { tries: row.tries + 1 })
    return Promise.resolve()
  }
  const outbox: Outbox = {
    due: (now, each = 100) =>
      Promise.resolve(
        [...notices.values()]
          .filter(row => row.state === 'queued' && row.dueAt <= now)
          .sort((a, b) => a.dueAt - b.dueAt)
          .map(row => {
            const notice = JSON.parse(row.json) as Notice
            return { ...notice, createdAt: notice.dueAt, dueAt: row.dueAt, tries: row.tries } satisfies QueuedNotice
          })
          .filter((one, i, all) => all.slice(0, i).filter(({ channel }) => channel === one.channel).length < each),
      ),
    sent: id => change(id, { state: 'sent' }),
    again: (id, dueAt, error) => change(id, { dueAt, error }),
    failed: (id, error) => change(id, { state: 'failed', error }),
  }
  return {
    outbox,
    store: {
      open: () => Promise.resolve(all().filter(alarm => alarm.clearedAt === null)),
      clearedSince: (at: number) => Promise.resolve(all().filter(alarm => alarm.clearedAt !== null && alarm.clearedAt >= at)),
      nextId: () => Promise.resolve(Math.max(0, ...alarms.keys()) + 1),
      commit(change: { readonly alarms: readonly Alarm[]; readonly notices: readonly Notice[] }) {
        if (broken !== null) return Promise.reject(broken)
        for (const alarm of change.alarms) {
          const before = alarms.get(alarm.id)
          if (before !== undefined) {
            // Notes are only ever added: the records append what is new at the end.
            const notes = (JSON.parse(before) as Alarm).notes
            if (JSON.stringify(alarm.notes.slice(0, notes.length)) !== JSON.stringify(notes))
              throw new Error(`the timeline of ${alarm.key} was rewritten`)
          }
          alarms.set(alarm.id, JSON.stringify(alarm))
        }
        for (const notice of change.notices)
          if (!notices.has(notice.id))
            notices.set(notice.id, { json: JSON.stringify(notice), dueAt: notice.dueAt, tries: 0, state: 'queued', error: null })
        return Promise.resolve()
      },
    },
    break: (error: Error | null) => {
      broken = error
    },
    all,
    notices: (): Notice[] => [...notices.values()].map(row => JSON.parse(row.json) as Notice),
    states: (): readonly string[] => [...notices.values()].map(row => row.state),
  }
}

export type Room = Awaited<ReturnType<typeof openRoom>>

export interface RoomOptions {
  readonly records?: ReturnType<typeof memoryRecords>
  readonly settings?: Partial<AlarmSettings>
  readonly channels?: ReadonlyMap<string, OpenChannel>
  readonly now?: number
  /** Done before anything is polled. */
  readonly first?: (alarms: Awaited<ReturnType<typeof openAlarms>>, clock: () => number) => Promise<void>
  /** How things stand before anything is polled. */
  readonly before?: (room: { read(id: string, key: string, value: number): void; silence(id: string): void }) => void
}

/** Everything of the site known, all devices answering, all readings well. */
export async function openRoom({
  records = memoryRecords(),
  settings = {},
  channels = new Map(),
  now: begin = START,
  before,
  first,
}: RoomOptions = {}) {
  let now = begin
  const alarms = await openAlarms({
    store: records.store,
    outbox: records.outbox,
    channels,
    settings: { limits: [], recipients: [], ...settings },
    clock: () => now,
    log: silentLog,
  })
  const published: Alarm[] = []
  alarms.onChange(changed => published.push(...changed))
  alarms.setLayout(layout)
  alarms.setDevices(devices)
  for (const { id } of devices) alarms.setPoints(id, numbered(id))

  /** What each point reads at the moment, and how each device answers. */
  const values = new Map<number, number>()
  const silent = new Map<string, PollStatus>()
  for (const [id, points] of Object.entries(POINTS))
    for (const { key, quantity } of points)
      values.set(
        noOf(id, key),
        quantity === 'state' ? (key === 'source.A.state' ? 2 : 1) : quantity === 'temperature' ? 23 : quantity === 'voltage' ? 230 : 95,
      )

  const room = {
    alarms,
    records,
    published,
    get now() {
      return now
    },
    read(id: string, key: string, value: number) {
      values.set(noOf(id, key), value)
    },
    silence(id: string, status: PollStatus = 'timeout') {
      silent.set(id, status)
    },
    answer(id: string) {
      silent.delete(id)
    },
    /** Polls every device once, then lets `seconds` pass. */
    async poll(seconds = 10) {
      const answering = devices.filter(device => !silent.has(device.id))
      alarms.observe(readings(answering.flatMap(({ id }) => numbered(id).map(({ no }) => [no, values.get(no) ?? 0, now] as const))))
      alarms.observe(polled(devices.map(({ id }) => [id, silent.get(id) ?? 'answered', now] as const)))
      await room.wait(seconds)
    },
    async wait(seconds: number) {
      for (let i = 0; i < seconds; i++) {
        now += 1000
        await alarms.tick(now)
      }
      await alarms.flush()
    },
    async polls(times: number) {
      for (let i = 0; i < times; i++) await room.poll()
    },
    jump(seconds: number) {
      now += seconds * 1000
    },
    open: () => alarms.open(),
    find: (key: string) => alarms.open().find(alarm => alarm.key === key) ?? null,
    /** Key of the alarm's cause; null when it is a cause. */
    causeOf: (key: string) => alarms.open().find(alarm => alarm.id === alarms.open().find(one => one.key === key)?.cause)?.key ?? null,
    roots: () =>
      alarms
        .open()
        .filter(alarm => alarm.cause === null)
        .map(alarm => alarm.key),
    close: () => alarms.close(),
  }
  before?.(room)
  await first?.(alarms, () => now)
  await room.poll()
  return room
}
