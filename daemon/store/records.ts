// The records: opened once, whole or not at all. Lock, file, copy before migration, migration, key, then the stores.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import type { Clock, Log } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { type AccountStore, accountStore } from './accounts.ts'
import { type AlarmStore, alarmStore } from './alarms.ts'
import { type AuditTrail, auditTrail } from './audit.ts'
import { type CalendarStore, calendarStore } from './calendar.ts'
import { type CapacityStore, capacityStore } from './capacity.ts'
import { type CareStore, careStore } from './care.ts'
import { type CatalogueStore, catalogueStore } from './catalogue.ts'
import { type DeskStores, deskStores } from './desk.ts'
import { type DeviceStore, deviceStore } from './devices.ts'
import { openSqlite } from './dialect.ts'
import { type DoorStore, doorStore } from './doors.ts'
import { failureOf } from './fault.ts'
import { type FoundStore, foundStore } from './found.ts'
import { type HappeningStore, happeningStore } from './happenings.ts'
import { type HostingStores, hostingStores } from './hosting.ts'
import { type KeyStore, keyStore, type TryStore, tryStore } from './keys.ts'
import { type LayoutStore, layoutStore } from './layout.ts'
import { lockFolder } from './lock.ts'
import { type MailingStore, mailingStore } from './mailing.ts'
import { type MessageStore, messageStore } from './messages.ts'
import { migrate } from './migrate.ts'
import { type NeighbourStore, neighbourStore } from './neighbours.ts'
import { type OutageStore, outageStore } from './outages.ts'
import { type Outbox, outbox } from './outbox.ts'
import { type PeopleStore, peopleStore } from './people.ts'
import { type PlaceStore, placeStore } from './place.ts'
import { type PlaceNoteStore, placeNoteStore } from './place-notes.ts'
import { type PlaceTickets, placeTickets } from './place-tickets.ts'
import { type PointStore, pointStore } from './points.ts'
import type { Db, Schema } from './schema.ts'
import { openSecrets, type Secrets } from './secrets.ts'
import { type SessionStore, sessionStore, type TokenStore, tokenStore } from './sessions.ts'
import { type SettingStore, settingStore } from './settings.ts'
import { type StayStore, stayStore } from './stays.ts'
import { togetherOver } from './unit.ts'
import { type VisitRegisters, visitRegisters } from './visit-registers.ts'
import { type VisitStore, visitStore } from './visits.ts'

export interface Records extends HostingStores {
  readonly devices: DeviceStore
  readonly points: PointStore
  readonly layout: LayoutStore
  readonly place: PlaceStore
  readonly alarms: AlarmStore
  readonly outbox: Outbox
  readonly settings: SettingStore
  readonly audit: AuditTrail
  readonly services: CatalogueStore
  readonly calendars: CalendarStore
  readonly people: PeopleStore
  readonly accounts: AccountStore
  readonly sessions: SessionStore
  readonly tokens: TokenStore
  readonly keys: KeyStore
  readonly tries: TryStore
  readonly desk: DeskStores
  readonly outages: OutageStore
  readonly messages: MessageStore
  readonly mailings: MailingStore
  readonly doors: DoorStore
  readonly happenings: HappeningStore
  readonly visits: VisitStore
  readonly badges: VisitRegisters
  readonly stays: StayStore
  readonly found: FoundStore
  readonly care: CareStore
  readonly capacity: CapacityStore
  readonly neighbours: NeighbourStore
  readonly placeNotes: PlaceNoteStore
  readonly placeTickets: PlaceTickets
  /** Leaves the address of this daemon in the data folder, for the commands on this machine; gone with the lock. */
  announce(url: string): Outcome<void>
  /** Closes the file and gives the data folder's lock back. */
  close(): Promise<void>
}

export interface RecordsOptions {
  /** Data folder; made when missing. */
  readonly folder: string
  readonly log: Log
  readonly clock: Clock
  /** SUAR_SECRET_KEY, if set. */
  readonly environmentKey?: string | undefined
  /** For tests: how often what was sent long ago is forgotten, ms. */
  readonly upkeep?: number
}

/**
 * `conflict`: another daemon has the folder, or the records are of a newer Suar; `garbage`: the file is damaged;
 * `full`, `forbidden`: the disk; `notFound`, `invalid`: the key. Every message says what to do.
 */
export async function openRecords({ folder, log, clock, environmentKey, upkeep = DAY }: RecordsOptions): Promise<Outcome<Records>> {
  await using doors = new AsyncDisposableStack()
  try {
    mkdirSync(folder, { recursive: true, mode: 0o750 })
    const lock = lockFolder(folder)
    if (!lock.ok) return lock
    doors.defer(() => lock.value.release())

    const file = join(folder, 'records.db')
    const opened = openSqlite(file)
    if (!opened.ok) return opened
    doors.defer(() => opened.value.close())
    const db = new Kysely<Schema>({ dialect: opened.value.dialect })

    const { copyTo } = opened.value
    const migrated = await migrate(db, {
      now: clock(),
      copy: copyTo && (from => log.info({ copy: putAside(folder, from, clock(), copyTo) }, 'records copied before migration')),
    })
    if (!migrated.ok) return migrated
    const { from, to } = migrated.value
    if (from !== to) log.info({ from, to }, 'records migrated')

    const secrets = await openChecked(db, { folder, environmentKey })
    if (!secrets.ok) return secrets

    const notices = outbox(db, { clock })
    const mailings = mailingStore(db, { secrets: secrets.value, clock })
    const together = togetherOver(db, opened.value.within)
    const audit = auditTrail(db, { clock, together })
    const forget = async () => {
      if (await audit.leapt()) return
      const [told, written] = [await notices.prune(clock() - MESSAGES_KEPT), await mailings.prune(clock() - MESSAGES_KEPT)]
      if (told + written > 0) log.info({ notices: told, messages: written }, 'what was sent long ago is forgotten')
    }
    await forget()
    const daily = setInterval(() => forget().catch((error: unknown) => log.error({ error: String(error) }, 'the upkeep of messages failed')), upkeep)
    daily.unref()
    doors.defer(() => clearInterval(daily))

    const kept = doors.move()
    return done({
      devices: deviceStore(db, { secrets: secrets.value, clock }),
      points: pointStore(db, { clock }),
      layout: layoutStore(db, { clock }),
      place: placeStore(db),
      alarms: alarmStore(db),
      outbox: notices,
      settings: settingStore(db),
      audit,
      services: catalogueStore(db, { clock }),
      calendars: calendarStore(db),
      desk: deskStores(db, { clock, together }),
      outages: outageStore(db, { clock }),
      messages: messageStore(db, { secrets: secrets.value, clock }),
      mailings,
      doors: doorStore(db),
      happenings: happeningStore(db, { log }),
      visits: visitStore(db),
      badges: visitRegisters(db),
      stays: stayStore(db),
      found: foundStore(db),
      care: careStore(db),
      capacity: capacityStore(db),
      neighbours: neighbourStore(db),
      placeNotes: placeNoteStore(db, { log }),
      placeTickets: placeTickets(db),
      ...hostingStores(db, { secrets: secrets.value }),
      people: peopleStore(db, { clock, log }),
      accounts: accountStore(db, { secrets: secrets.value, clock, log }),
      sessions: sessionStore(db, { log }),
      tokens: tokenStore(db),
      keys: keyStore(db),
      tries: tryStore(db),
      announce: lock.value.announce,
      close: () => kept.disposeAsync(),
    })
  } catch (error) {
    const failure = failureOf(error)
    if (failure === null) throw error
    return { ok: false, failure }
  }
}

/** `backup/records-<version>-<date>.db`; written under another name first, so that half a copy is never taken for one. */
function putAside(folder: string, version: number, now: number, copyTo: (file: string) => void): string {
  const backup = join(folder, 'backup')
  mkdirSync(backup, { recursive: true, mode: 0o750 })
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-')
  const to = join(backup, `records-${version}-${stamp}.db`)
  const unfinished = `${to}.part`
  rmSync(unfinished, { force: true })
  copyTo(unfinished)
  renameSync(unfinished, to)
  return to
}

const DAY = 86_400_000
/** What was sent or given up is forgotten after so long; the timelines of alarm and ticket stay. */
const MESSAGES_KEPT = 90 * DAY
const CHECKED_TEXT = 'the key that sealed these records'

/** The key, proven to be the one the records were sealed with. */
async function openChecked(db: Db, { folder, environmentKey }: Pick<RecordsOptions, 'folder' | 'environmentKey'>): Promise<Outcome<Secrets>> {
  const check = await db.selectFrom('key_checks').selectAll().where('name', '=', 'records').executeTakeFirst()
  const secrets = openSecrets({ folder, environmentKey, mustExist: check !== undefined })
  if (!secrets.ok) return secrets
  if (check === undefined) {
    await db
      .insertInto('key_checks')
      .values({ name: 'records', sealed: secrets.value.seal(CHECKED_TEXT, 'key check') })
      .execute()
    return secrets
  }
  if (secrets.value.unseal(check.sealed, 'key check').ok) return secrets
  const where = environmentKey === undefined ? join(folder, 'secret.key') : 'SUAR_SECRET_KEY'
  return failed(
    'wrongCredential',
    `The key in ${where} is not the one the records were sealed with. Put the right one back${existsSync(join(folder, 'secret.key')) && environmentKey !== undefined ? ', or unset SUAR_SECRET_KEY to use secret.key' : ''}.`,
  )
}
