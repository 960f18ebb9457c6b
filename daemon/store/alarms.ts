// Alarms in the records: the open ones, all past ones, and their notices in the same transaction.
import { sql } from 'kysely'
import { type Alarm, type AlarmNote, SEVERITIES, type Severity } from '../domain/alarm.ts'
import type { Instant } from '../domain/call.ts'
import type { DeviceId } from '../domain/device.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import { appendAudit } from './audit.ts'
import { enqueue, type NewNotice } from './outbox.ts'
import type { Db, Schema, Trx } from './schema.ts'

interface AlarmQuery {
  /** open: nobody has taken it on; acknowledged, suppressed: still standing; cleared: over. Undefined: all. */
  readonly state?: 'open' | 'acknowledged' | 'suppressed' | 'cleared' | undefined
  readonly device?: DeviceId | undefined
  /** Words that must all occur in key, device, texts or notes of the condition, in any case. */
  readonly search?: string
  readonly sort?: 'raised' | '-raised' | 'severity' | '-severity' | 'device' | '-device'
  /** From 1. */
  readonly page: number
  readonly size: number
}

interface AlarmPage {
  readonly items: readonly Alarm[]
  readonly total: number
  readonly page: number
  readonly size: number
}

export interface AlarmStore {
  /** Writes alarms as they are now, their new notes, the notices to send and what the trail says: all of it or nothing. Alarms and notices again change nothing. */
  commit(change: {
    readonly alarms: readonly Alarm[]
    readonly notices: readonly NewNotice[]
    readonly deeds?: readonly Parameters<typeof appendAudit>[1][]
  }): Promise<void>
  /** Not cleared, oldest first. */
  open(): Promise<Alarm[]>
  /** Cleared at `at` or later, oldest first: they may come back, or their end is still to be told. */
  clearedSince(at: Instant): Promise<Alarm[]>
  /** Standing at any moment within, oldest first. */
  between(from: Instant, to: Instant): Promise<Alarm[]>
  one(id: number): Promise<Alarm | null>
  /** When these devices did not answer, whatever explains it, as far as that reaches into the span; `until` null: they still do not. */
  down(devices: readonly DeviceId[], from: Instant, until: Instant): Promise<readonly DownSpan[]>
  page(query: AlarmQuery): Promise<Outcome<AlarmPage>>
  /** Earlier alarms of the same key, newest first. */
  similar(alarm: Pick<Alarm, 'id' | 'key'>, limit?: number): Promise<Alarm[]>
  nextId(): Promise<number>
}

export interface DownSpan {
  readonly device: DeviceId
  readonly from: Instant
  readonly until: Instant | null
}

type Row = Schema['alarms']

/** Rows an `in (…)`; SQLite takes 32,766 parameters. */
const CHUNK = 1_000

function columns(alarm: Alarm): Row {
  const condition = JSON.stringify(alarm.condition)
  return {
    id: alarm.id,
    key: alarm.key,
    device: alarm.device,
    point_no: alarm.point?.no ?? null,
    point_key: alarm.point?.key ?? null,
    severity: alarm.severity,
    condition,
    raised_at: alarm.raisedAt,
    cleared_at: alarm.clearedAt,
    acknowledged: alarm.acknowledged === null ? null : JSON.stringify(alarm.acknowledged),
    cause: alarm.cause,
    suppressed: alarm.suppressed ? 1 : 0,
    search: [
      `al-${new Date(alarm.raisedAt).getUTCFullYear()}-${alarm.id}`,
      alarm.key,
      condition,
      alarm.acknowledged?.comment ?? '',
      ...alarm.notes.filter(({ kind }) => kind === 'comment').map(({ text }) => text),
    ]
      .join('\n')
      .toLowerCase(),
  }
}

const alarmOf = (row: Row, notes: readonly AlarmNote[]): Alarm => ({
  id: row.id,
  key: row.key,
  device: row.device,
  point: row.point_no === null || row.point_key === null ? null : { no: row.point_no, key: row.point_key },
  severity: SEVERITIES.find(severity => severity === row.severity) ?? ('unknown' satisfies Severity),
  condition: JSON.parse(row.condition) as Alarm['condition'],
  raisedAt: row.raised_at,
  clearedAt: row.cleared_at,
  acknowledged: row.acknowledged === null ? null : (JSON.parse(row.acknowledged) as Alarm['acknowledged']),
  cause: row.cause,
  suppressed: row.suppressed === 1,
  notes,
})

async function withNotes(db: Db, rows: readonly Row[]): Promise<Alarm[]> {
  const notes = new Map<number, AlarmNote[]>()
  for (let at = 0; at < rows.length; at += CHUNK) {
    const found = await db
      .selectFrom('alarm_notes')
      .selectAll()
      .where(
        'alarm',
        'in',
        rows.slice(at, at + CHUNK).map(({ id }) => id),
      )
      .orderBy('alarm')
      .orderBy('seq')
      .execute()
    for (const { alarm, at: when, kind, by, text } of found) {
      const note: AlarmNote = { at: when, kind: kind as AlarmNote['kind'], by, text }
      const list = notes.get(alarm)
      if (list === undefined) notes.set(alarm, [note])
      else list.push(note)
    }
  }
  return rows.map(row => alarmOf(row, notes.get(row.id) ?? []))
}

async function write(trx: Trx, alarm: Alarm): Promise<void> {
  const { id: _, ...rest } = columns(alarm)
  await trx
    .insertInto('alarms')
    .values({ id: alarm.id, ...rest })
    .onConflict(conflict => conflict.column('id').doUpdateSet(rest))
    .execute()
  const last = await trx
    .selectFrom('alarm_notes')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('alarm', '=', alarm.id)
    .executeTakeFirst()
  const written = (last?.seq ?? -1) + 1
  const fresh = alarm.notes.slice(written).map((note, index) => ({ alarm: alarm.id, seq: written + index, ...note }))
  if (fresh.length > 0) await trx.insertInto('alarm_notes').values(fresh).execute()
}

export function alarmStore(db: Db): AlarmStore {
  const filtered = ({ state, device, search = '' }: AlarmQuery) => {
    let query = db.selectFrom('alarms')
    if (state === 'cleared') query = query.where('cleared_at', 'is not', null)
    else if (state !== undefined) {
      query = query.where('cleared_at', 'is', null).where('suppressed', '=', state === 'suppressed' ? 1 : 0)
      if (state === 'open') query = query.where('acknowledged', 'is', null)
      if (state === 'acknowledged') query = query.where('acknowledged', 'is not', null)
    }
    if (device !== undefined) query = query.where('device', '=', device)
    for (const word of search.toLowerCase().split(/\s+/).filter(Boolean))
      query = query.where(sql<boolean>`${sql.ref('search')} like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`)
    return query
  }

  return {
    async commit({ alarms, notices, deeds = [] }) {
      // An alarm that ends makes room for one of the same key that begins.
      const ended = [...alarms].sort((one, other) => Number(one.clearedAt === null) - Number(other.clearedAt === null))
      await db.transaction().execute(async trx => {
        for (const alarm of ended) await write(trx, alarm)
        await enqueue(trx, notices)
        for (const deed of deeds) await appendAudit(trx, deed)
      })
    },

    async open() {
      return withNotes(db, await db.selectFrom('alarms').selectAll().where('cleared_at', 'is', null).orderBy('id').execute())
    },

    async clearedSince(at) {
      return withNotes(db, await db.selectFrom('alarms').selectAll().where('cleared_at', '>=', at).orderBy('id').execute())
    },

    async between(from, to) {
      const rows = await db
        .selectFrom('alarms')
        .selectAll()
        // What was acknowledged within stood within: raised before its end, and not ended before its beginning.
        .where('raised_at', '<=', to)
        .where(({ eb, or }) => or([eb('cleared_at', 'is', null), eb('cleared_at', '>=', from)]))
        .orderBy('raised_at')
        .orderBy('id')
        .execute()
      return await withNotes(db, rows)
    },
    async one(id) {
      const row = await db.selectFrom('alarms').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : ((await withNotes(db, [row]))[0] ?? null)
    },

    async down(devices, from, until) {
      const found: DownSpan[] = []
      for (let at = 0; at < devices.length; at += CHUNK) {
        const rows = await db
          .selectFrom('alarms')
          .select(['device', 'condition', 'raised_at', 'cleared_at'])
          .where('device', 'in', devices.slice(at, at + CHUNK))
          .where('raised_at', '<', until)
          .where(({ eb, or }) => or([eb('cleared_at', 'is', null), eb('cleared_at', '>', from)]))
          .orderBy('raised_at')
          .execute()
        for (const { device, condition, raised_at, cleared_at } of rows) {
          const told = JSON.parse(condition) as Alarm['condition']
          if (device !== null && told.kind === 'down') found.push({ device, from: Math.min(told.since, raised_at), until: cleared_at })
        }
      }
      return found
    },

    async page(query) {
      const { sort = '-raised', page, size } = query
      const found = filtered(query)
      const { total } = await found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
      const direction = sort.startsWith('-') ? 'desc' : 'asc'
      const by = sort.replace('-', '')
      let rows = found.selectAll()
      // "-severity" has the worst first.
      if (by === 'severity')
        rows = rows.orderBy(
          ({ eb }) => eb.case().when('severity', '=', 'critical').then(2).when('severity', '=', 'warning').then(1).else(0).end(),
          direction,
        )
      else if (by === 'device') rows = rows.orderBy('device', direction)
      const newest = by === 'raised' ? direction : 'desc'
      const items = await rows
        .orderBy('raised_at', newest)
        .orderBy('id', newest)
        .limit(size)
        .offset((page - 1) * size)
        .execute()
      return done({ items: await withNotes(db, items), total: Number(total), page, size })
    },

    async similar({ id, key }, limit = 20) {
      const rows = await db
        .selectFrom('alarms')
        .selectAll()
        .where('key', '=', key)
        .where('id', '<', id)
        .orderBy('raised_at', 'desc')
        .limit(limit)
        .execute()
      return withNotes(db, rows)
    },

    async nextId() {
      const row = await db
        .selectFrom('alarms')
        .select(({ fn }) => fn.max('id').as('id'))
        .executeTakeFirst()
      return (row?.id ?? 0) + 1
    },
  }
}
