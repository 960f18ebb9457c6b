// The reception: sign-in opened over the records, with the demonstration's people where it is one; routes and questions go from here to the front.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { anchoring, exportLines, readAnchors } from './audit-anchors.ts'
import type { Config } from './config.ts'
import type { AgencyView } from './domain/agency.ts'
import type { Call, Clock } from './domain/call.ts'
import { textOf } from './domain/csv.ts'
import { openListeners } from './domain/listeners.ts'
import { done, type Outcome } from './domain/outcome.ts'
import { throughOf, type Viewer } from './domain/people.ts'
import type { Text } from './domain/point.ts'
import type { By, ImportAnswer, Knock } from './domain/signin.ts'
import { credentialOf } from './http/caller.ts'
import type { Route } from './http/route.ts'
import { accountRoutes } from './http/routes/account.ts'
import { accountsRoutes } from './http/routes/accounts.ts'
import { type AuditDesk, auditRoutes } from './http/routes/audit.ts'
import { oidcRoutes } from './http/routes/oidc.ts'
import { peopleRoutes } from './http/routes/people.ts'
import { sessionRoutes } from './http/routes/session.ts'
import { demoAccounts, seedDemonstration } from './people/demonstration.ts'
import { type Import, importTable } from './people/import.ts'
import type { ImportInto } from './people/import-rows.ts'
import { openPeopleDesk } from './people/registers.ts'
import { peopleFeeds } from './people-feeds.ts'
import type { Links } from './signin/links.ts'
import { type Oidc, openOidc } from './signin/oidc.ts'
import type { PasswordOptions } from './signin/password.ts'
import { openSignInRoom, type SignInRoom } from './signin/room.ts'
import { freshSecret } from './signin/secret.ts'
import { trailInto } from './signin/trail.ts'
import type { Records } from './store/records.ts'
import type { FeedOpener } from './stream/feed.ts'

export interface Reception {
  readonly routes: readonly Route[]
  readonly feeds: readonly FeedOpener[]
  viewerOf(knock: Pick<Knock, 'credential' | 'address'>): Promise<Viewer | null>
  /** For the live line, by the headers of its connection. */
  peek(headers: IncomingHttpHeaders, address: string): Promise<Viewer | null>
  /** Told when somebody's rights may have changed or a session has ended. */
  onChange(listener: () => void): void
  /** The link that makes the first account; null when there is one. */
  setupLink(): Promise<string | null>
  /** For the health page; null when well. */
  trouble(): Text | null
  close(): Promise<void>
}

export interface ReceptionOptions {
  readonly config: Config
  readonly records: Records
  readonly clock: Clock
  readonly log: Call['log']
  /** For the identity provider's secret. */
  readonly env?: NodeJS.ProcessEnv
  /** What the place is called; null before it is known. */
  readonly site?: () => { readonly name: string; readonly timezone: string } | null
  /** Who runs the desk; null before its catalogue is read. */
  readonly agency?: () => AgencyView | null
  /** For tests: cheaper hashes. */
  readonly hashing?: PasswordOptions
  /** Where pages are reached; asked when a link is made. */
  readonly base: () => string
}

/** Once an hour: sessions that ended, tries that are forgiven. */
const UPKEEP = 3_600_000

/** The key of commands on this machine: whoever may read the data folder rules it already. */
const controlFile = (data: string): string => join(data, 'control.key')

/** Sign-in over the records: for the reception, and for commands while no daemon runs. */
export function roomOver({
  config,
  records,
  clock,
  base,
  control,
  hashing,
  site,
  agency,
  changed,
}: Omit<ReceptionOptions, 'log' | 'env'> & { readonly control: string; readonly changed: () => void }): SignInRoom {
  const { people, accounts } = records
  const demonstration = config.demonstration.enabled
  return openSignInRoom({
    accounts,
    keys: records.keys,
    sessions: records.sessions,
    tokens: records.tokens,
    tries: records.tries,
    people: {
      person: id => people.persons.one(id),
      officesOf: people.officesOf,
      organisations: people.organisationsById,
      addOrganisation: value => people.organisations.add(value),
      addPerson: value => people.persons.add(value),
      addOffice: value => people.offices.add(value),
      own: async () => (await people.organisations.all()).find(({ kind }) => kind === 'own') ?? null,
    },
    audit: records.audit,
    clock,
    limits: { idle: config.signin.idle * 1000, absolute: config.signin.absolute * 1000, wall: config.signin.wall * 1000 },
    demanded: config.signin.secondFactor ?? (demonstration ? 'off' : 'optional'),
    control,
    base,
    issuer: config.http.publicUrl === undefined ? 'Suar' : `Suar ${new URL(config.http.publicUrl).hostname}`,
    demo: demonstration
      ? () =>
          demoAccounts(
            accounts.byLogin,
            id => people.persons.one(id),
            id => people.organisations.one(id),
          )
      : null,
    oidc: config.signin.oidc === undefined ? null : { name: config.signin.oidc.name },
    changed,
    ...(hashing === undefined ? {} : { hashing }),
    ...(site === undefined ? {} : { site }),
    ...(agency === undefined ? {} : { agency }),
  })
}

function oidcOver(settings: NonNullable<Config['signin']['oidc']>, { records, clock, log }: ReceptionOptions, env: NodeJS.ProcessEnv): Oidc {
  const { people, accounts, keys } = records
  return openOidc({
    settings: { ...settings, clientSecret: env['SUAR_OIDC_SECRET'] ?? settings.clientSecret },
    identities: keys,
    accounts,
    people: {
      byEmail: people.personsByEmail,
      addPerson: value => people.persons.add(value),
      async addRequester(person) {
        await people.offices.add({
          person,
          role: 'requester',
          organisation: null,
          position: null,
          kind: 'definitive',
          from: null,
          until: null,
          decree: '',
        })
      },
      async home(email) {
        const all = await people.organisations.all()
        const domain = email.split('@')[1]
        return (
          all.find(one => one.email !== '' && one.email.split('@')[1]?.toLowerCase() === domain) ?? all.find(({ kind }) => kind === 'own') ?? null
        )
      },
    },
    trail: trailInto(records.audit),
    clock,
    log,
  })
}

const importInto = ({ people: { organisations, persons }, accounts, audit }: Records, links: Links, by: By): ImportInto => ({
  organisations,
  persons,
  accounts,
  writes: () => organisations.writes() + persons.writes() + accounts.writes(),
  trail: entries =>
    audit.ready(
      entries.map(({ action, subject, detail }) => ({
        actor: by.name,
        action,
        subject,
        detail: { ...detail, account: by.account, address: by.address, ...throughOf(by) },
      })),
    ),
  links: links.makeAll,
  together: audit.together,
})

/** Made once; like `secret.key` it belongs to the folder. */
function controlKey(data: string): string {
  const file = controlFile(data)
  if (existsSync(file)) {
    const kept = readFileSync(file, 'utf8').trim()
    if (/^[\w-]{43}$/.test(kept)) return kept
  }
  const key = freshSecret()
  rmSync(file, { force: true })
  writeFileSync(file, `${key}\n`, { mode: 0o600, flag: 'wx' })
  return key
}

export async function openReception(options: ReceptionOptions): Promise<Reception> {
  const { config, records, clock, log, env = {} } = options
  const { people, accounts } = records
  if (config.demonstration.enabled)
    // One transaction: each of its own would wait for the disk, a hundred times over.
    await records.audit.together(async () => {
      await seedDemonstration(
        { ...people, addAccount: ({ person, login }) => accounts.add({ person, login, password: null, mustChange: false }) },
        clock,
      )
      return done(undefined)
    })
  const control = controlKey(config.data)

  const changes = openListeners(log)
  const room = roomOver({ ...options, control, changed: changes.tell })
  const oidc = config.signin.oidc === undefined ? null : oidcOver(config.signin.oidc, options, env)

  const anchors = anchoring({ data: config.data, audit: records.audit, keep: config.audit.keep * 1000, clock, log })
  const upkeep = () =>
    Promise.all([room.prune(), anchors.upkeep()]).then(
      () => undefined,
      (error: unknown) => log.error({ error: String(error) }, 'the upkeep of sessions and trail failed'),
    )
  await upkeep()
  const hourly = setInterval(() => void upkeep(), UPKEEP)

  const { audit } = records
  const registers = openPeopleDesk({
    kept: people,
    hasAccount: async person => (await accounts.ofPerson(person)) !== null,
    audit,
    clock,
    changed: room.peopleChanged,
  })
  /** One table after the other: what is laid aside is of one. */
  let importing: Promise<unknown> = Promise.resolve()
  const importTables = (what: Import, bytes: Uint8Array, commit: boolean, by: By): Promise<Outcome<ImportAnswer>> => {
    const taken = importing.then(() => importTable(what, textOf(bytes), commit, importInto(records, room.links, by)))
    importing = taken.then(
      ({ ok }) => ok && commit && room.peopleChanged(),
      () => undefined,
    )
    return taken
  }
  const trail: AuditDesk = {
    page: query => audit.page(query),
    verify: () => audit.verify(readAnchors(config.data)),
    async *export(span, by) {
      await audit.append(by.name, 'audit.export', 'audit', { ...span, account: by.account, address: by.address, ...throughOf(by) })
      yield* exportLines(audit.walk(span))
    },
  }

  return {
    feeds: peopleFeeds(records, room.accounts.row),
    routes: [
      ...sessionRoutes(room.signIn, room.links),
      ...accountRoutes(room.own),
      ...accountsRoutes(room.accounts),
      ...peopleRoutes({ ...registers, importTable: importTables, now: clock }),
      ...auditRoutes(trail),
      ...(oidc === null ? [] : oidcRoutes({ ...oidc, open: room.signIn.byProvider })),
    ],
    viewerOf: room.viewerOf,
    peek: (headers, address) =>
      room.peek({ credential: credentialOf({ headers }, config.http.tls !== undefined || config.http.publicUrl !== undefined), address }),
    onChange: listener => void changes.onChange(listener),
    setupLink: () => room.links.setup(),
    trouble: anchors.trouble,
    async close() {
      clearInterval(hourly)
      await room.close()
    },
  }
}
