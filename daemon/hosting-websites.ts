// Websites as people see and change them: what is wanted turned into what must be where, as a change that somebody reads before it is applied.
import { adoptionOf, repairOf } from '../provisioning/engine/drift.ts'
import { type Ground, websiteChange, websiteThings } from '../provisioning/site/graph.ts'
import type { Clock } from './domain/call.ts'
import type { ChangePurpose, Wanted } from './domain/change.ts'
import type {
  CertificateView,
  ChangeRow,
  DriftItem,
  HandoverView,
  WebsiteDraft,
  WebsiteRow,
  WebsiteState,
  WebsiteView,
} from './domain/hosting-view.ts'
import { done, type Outcome, refused } from './domain/outcome.ts'
import type { Viewer } from './domain/people.ts'
import { reach } from './domain/policy.ts'
import { SiteName } from './domain/safe.ts'
import { Website } from './domain/website.ts'
import { type CarryingSources, copyOf, goesBetween, openCarrying } from './hosting-carrying.ts'
import { type Changes, rowOf } from './hosting-changes.ts'
import { driftsOf } from './hosting-drift.ts'
import { WHY } from './hosting-reasons.ts'
import { titled } from './hosting-titles.ts'
import { pageOf } from './hosting-website-rows.ts'
import type { WebsiteChange, WebsiteDesk, WebsiteSent } from './http/routes/websites.ts'
import type { Records } from './store/records.ts'
import type { WebsiteAim, WebsiteRecord } from './store/websites.ts'

export interface WebsiteSources extends CarryingSources {
  readonly records: Pick<Records, 'websites' | 'changes' | 'hosts' | 'zones' | 'people' | 'handovers'>
  readonly changes: Changes
  /** Last look from outside; null: none yet. */
  readonly up: (website: string) => boolean | null
  readonly certificates: () => Promise<ReadonlyMap<string, CertificateView>>
  readonly handovers: (website: string) => Promise<readonly HandoverView[]>
  /** What a ticket asks for; null: it asks for no website. */
  readonly asked: (ticket: string) => Promise<Outcome<AskedWebsite | null>>
  /** To whom credentials may go. */
  readonly responsible: (website: WebsiteRecord) => Promise<WebsiteView['responsible']>
  /** How long what was decommissioned is kept, ms. */
  readonly grace: number
  /** There is a certificate authority of our own. */
  readonly ownAuthority: boolean
  readonly clock: Clock
}

/** The answers of a ticket as a website, as far as they go. */
export type AskedWebsite = Pick<WebsiteDraft, 'organisation' | 'organisationName' | 'website' | 'open'>

export interface Websites extends WebsiteDesk {
  rows(names: readonly string[] | null, viewer: Viewer): Promise<ReadonlyMap<string, WebsiteRow>>
  /** Without anybody's rights: for alarms and rounds. */
  ground(host: string): Promise<Outcome<Ground>>
}

const runtimeOf = ({ runtime }: Website): string =>
  runtime.kind === 'php' ? `PHP ${runtime.version}` : runtime.kind === 'app' ? runtime.interpreter : 'static'

export function openWebsites(sources: WebsiteSources): Websites {
  const { records, changes, up, certificates, handovers, asked, responsible, grace, ownAuthority, clock } = sources
  const carrying = openCarrying(sources)
  const { websites, people } = records

  const mine = (viewer: Viewer, { organisation }: { readonly organisation: number }): boolean => {
    const scope = reach(viewer, 'website.read')
    return scope === 'all' || scope.includes(organisation)
  }
  const seen = async (name: string, viewer: Viewer): Promise<Outcome<WebsiteRecord>> => {
    const found = await websites.find(name)
    return found !== null && mine(viewer, found) ? done(found) : refused('notFound', WHY.noWebsite(name))
  }

  async function ground(host: string): Promise<Outcome<Ground>> {
    const record = await records.hosts.find(host)
    if (record === null)
      return refused('invalid', WHY.noHost(host), [{ field: 'website.host', reason: WHY.noHost(host).en, words: WHY.noHost(host) }])
    return record.facts === null ? refused('conflict', WHY.noFacts(host)) : done(record.facts as unknown as Ground)
  }
  async function thingsOf(website: Website | null): Promise<Outcome<readonly Wanted[]>> {
    if (website === null) return done([])
    const known = await ground(website.host)
    return known.ok ? websiteThings(website, known.value) : known
  }

  /** From one document to another: what is to be there, and what is to go. */
  async function between(before: Website | null, after: Website | null): Promise<Outcome<readonly Wanted[]>> {
    const now = await thingsOf(after)
    if (!now.ok) return now
    // What it held at its last change is what goes, also where the host lost a part of what it could.
    const held = before === null ? [] : (await records.changes.heldBy(before.name)).filter(one => goesBetween(one, after))
    const was = await thingsOf(before)
    const order = was.ok ? was.value : []
    const keys = new Set(order.map(keyOf))
    return done(websiteChange([...order, ...held.filter(one => !keys.has(keyOf(one)))], now.value))
  }

  /** Names and addresses belong to one website each. */
  async function free(website: Website, self: string): Promise<Outcome<void>> {
    for (const other of await websites.all()) {
      if (other.name === self || other.state === 'removed') continue
      const domain = website.domains.find(one => other.wanted.domains.includes(one))
      if (domain !== undefined) return refused('conflict', WHY.domainTaken(domain, other.name))
      const address = website.addresses.find(one => other.wanted.addresses.some(theirs => theirs.address === one.address))
      if (address !== undefined) return refused('conflict', WHY.addressTaken(address.address, other.name))
    }
    return done(undefined)
  }

  async function rowsOf(found: readonly WebsiteRecord[]): Promise<readonly WebsiteRow[]> {
    const organisations = new Map((await people.organisationsById([...new Set(found.map(one => one.organisation))])).map(one => [one.id, one.name]))
    const ends = await certificates()
    const drifts = driftsOf(found, await records.hosts.drifts())
    const troubled = new Set(
      (await Promise.all((['undoFailed', 'unproven'] as const).map(state => records.changes.page({ state, page: 1, size: 500 })))).flatMap(
        ({ items }) => items.flatMap(({ change }) => (change.website === null ? [] : [change.website])),
      ),
    )
    return found.map(({ name, wanted, organisation, used, revision, state }) => ({
      ...{ name, host: wanted.host, organisation, used, revision, quota: wanted.quota },
      domain: wanted.domains[0] ?? '',
      aliases: wanted.domains.length - 1,
      organisationName: organisations.get(organisation) ?? '',
      state: stateOf(state, up(name), troubled.has(name)),
      runtime: runtimeOf(wanted),
      certificateUntil: ends.get(name)?.notAfter ?? null,
      up: up(name),
      drift: drifts.get(name)?.length ?? 0,
    }))
  }

  const aimOf = ({ organisation, wanted, state, removedAt, graceUntil }: WebsiteRecord): WebsiteAim => ({
    ...{ organisation, wanted, state, removedAt, graceUntil },
  })
  const liveAim = (organisation: number, wanted: Website): WebsiteAim => ({
    ...{ organisation, wanted, removedAt: null, graceUntil: null },
    state: wanted.state === 'suspended' ? 'suspended' : 'live',
  })
  const rowFor = async (number: string): Promise<Outcome<ChangeRow>> => {
    const row = await changes.row(number)
    return row === null ? refused('notFound', WHY.noChange(number)) : done(row)
  }

  interface Asking {
    readonly purpose: ChangePurpose
    readonly reason: string
    readonly ticket: string | null
    /** What hand-made things stand there are taken over. */
    readonly adopt?: true | undefined
  }

  /** `of`: the website that it is a copy of. */
  async function make(website: Website, organisation: number, asking: Asking, viewer: Viewer, of?: Website): Promise<Outcome<ChangeRow>> {
    const { purpose, reason, ticket, adopt } = asking
    const unused = await free(website, website.name)
    if (!unused.ok) return unused
    const things = await thingsOf(website)
    if (!things.ok) return things
    const filled = of === undefined ? things.value : carrying.copied(of, things.value, website)
    const wanted = filled.map(one => (adopt === true && one.place.kind === 'host' && one.state !== null ? { ...one, adopt } : one))
    const after = liveAim(organisation, website)
    const change = await changes.ask(
      {
        ...{ purpose, reason, ticket, organisation, website: website.name, wanted },
        title: titled(purpose, website.domains[0] ?? website.name),
        aim: { before: null, after },
        makes: { ...after, state: 'making' },
      },
      viewer,
    )
    return change.ok ? await rowFor(change.value.number) : change
  }

  /** One that is there becomes another; null: it goes. */
  async function turn(
    record: WebsiteRecord,
    after: Website | null,
    { purpose, reason, ticket }: Asking,
    viewer: Viewer,
  ): Promise<Outcome<ChangeRow>> {
    if (after !== null) {
      const unused = await free(after, record.name)
      if (!unused.ok) return unused
    }
    const turned = await between(record.wanted, after)
    if (!turned.ok) return turned
    const now = clock()
    const wanted = carrying.turned(record.wanted, after, turned.value)
    const known = after === null ? done(undefined) : await carrying.credentials(record.wanted, after)
    if (!known.ok) return known
    const gone: WebsiteAim = { ...aimOf(record), state: 'removed', removedAt: now, graceUntil: now + grace }
    const change = await changes.ask(
      {
        ...{ purpose, reason, ticket, organisation: record.organisation, website: record.name, wanted },
        title: titled(purpose, record.wanted.domains[0] ?? record.name),
        aim: { before: aimOf(record), after: after === null ? gone : liveAim(record.organisation, after) },
      },
      viewer,
    )
    return change.ok ? await rowFor(change.value.number) : change
  }

  async function mend(record: WebsiteRecord, asking: Asking & { readonly purpose: 'repair' | 'adopt' }, viewer: Viewer): Promise<Outcome<ChangeRow>> {
    const items = driftsOf([record], await records.hosts.drifts()).get(record.name) ?? []
    const wanted = asking.purpose === 'repair' ? repairOf(items) : adoptionOf(items)
    if (wanted.length === 0) return refused('conflict', WHY.nothingFound(record.name))
    const { purpose, reason, ticket } = asking
    const change = await changes.ask(
      {
        ...{ purpose, reason, ticket, wanted, organisation: record.organisation, website: record.name },
        title: titled(purpose, record.wanted.domains[0] ?? record.name),
      },
      viewer,
    )
    return change.ok ? await rowFor(change.value.number) : change
  }

  async function changed(record: WebsiteRecord, given: WebsiteChange, viewer: Viewer): Promise<Outcome<ChangeRow>> {
    const { purpose, website, to = '' } = given
    const { wanted } = record
    switch (purpose) {
      case 'edit':
        if (website === undefined || website.name !== record.name) return refused('invalid', WHY.otherName(website?.name ?? '', record.name))
        if (website.host !== wanted.host) return refused('invalid', WHY.otherHost)
        return await turn(record, website, given, viewer)
      case 'suspend':
      case 'resume': {
        const state = purpose === 'suspend' ? 'suspended' : 'live'
        return wanted.state === state ? refused('conflict', WHY.alreadySo(record.name)) : await turn(record, { ...wanted, state }, given, viewer)
      }
      case 'move': {
        const host = Website.shape.host.parse(to)
        if (wanted.host === host) return refused('conflict', WHY.alreadySo(record.name))
        if (wanted.state !== 'suspended') return refused('conflict', WHY.stillServed(record.name))
        return await turn(record, { ...wanted, host }, given, viewer)
      }
      case 'clone': {
        const copy = website ?? copyOf(wanted, SiteName.parse(to), ownAuthority ? 'own' : 'acme')
        return await make({ ...copy, staging: true }, record.organisation, { ...given, adopt: undefined }, viewer, wanted)
      }
      case 'decommission':
        return await turn(record, null, given, viewer)
      case 'repair':
      case 'adopt':
        return await mend(record, { ...given, purpose }, viewer)
    }
  }

  return {
    ground,
    async rows(names, viewer) {
      const found = (names === null ? await websites.all() : await websites.some(names)).filter(one => mine(viewer, one))
      return new Map((await rowsOf(found)).map(row => [row.name, row]))
    },
    async page(query, viewer) {
      const rows = await rowsOf((await websites.all()).filter(one => mine(viewer, one)))
      return pageOf(rows, query)
    },
    async one(name, viewer) {
      const found = await seen(name, viewer)
      if (!found.ok) return found
      const record = found.value
      const [row] = await rowsOf([record])
      const { items } = await records.changes.page({ website: name, page: 1, size: 100 })
      const view: WebsiteView = {
        ...(row as WebsiteRow),
        wanted: record.wanted,
        tickets: [...new Set(items.flatMap(({ change: { ticket } }) => (ticket === null ? [] : [ticket])))],
        changes: items.map(rowOf),
        certificate: (await certificates()).get(name) ?? null,
        drifts: driftsOf([record], await records.hosts.drifts()).get(name) ?? ([] as readonly DriftItem[]),
        databaseUsed: record.databaseUsed,
        responsible: await responsible(record),
        handovers: await handovers(name),
        removedAt: record.removedAt,
        graceUntil: record.graceUntil,
      }
      return done(view)
    },
    async draft(ticket) {
      const ready = (await records.hosts.all()).flatMap(({ id, name, facts, trouble }) =>
        facts === null || trouble !== null ? [] : [{ id, name, php: (facts as unknown as Ground).php }],
      )
      const zones = (await records.zones.all()).map(({ name }) => name)
      const empty = { ticket, organisation: null, organisationName: null, website: {}, open: [], hosts: ready, zones }
      if (ticket === null) return done(empty)
      const found = await asked(ticket)
      if (!found.ok) return found
      return found.value === null ? refused('notFound', WHY.noDraft(ticket)) : done({ ...empty, ...found.value })
    },
    async create({ organisation, website, ticket, reason, adopt }: WebsiteSent, viewer) {
      if ((await people.organisationsById([organisation])).length === 0) return refused('invalid', WHY.noOrganisation(organisation))
      return await make(website, organisation, { purpose: adopt === true ? 'adopt' : 'create', ticket, reason, adopt }, viewer)
    },
    async change(name, given, viewer) {
      const found = await seen(name, viewer)
      if (!found.ok) return found
      if (found.value.state === 'removed') return refused('conflict', WHY.removed(name))
      if (found.value.state === 'making') return refused('conflict', WHY.making(name))
      return await changed(found.value, given, viewer)
    },
  }
}

const keyOf = ({ resource, place, name }: Pick<Wanted, 'resource' | 'place' | 'name'>): string => `${place.kind}/${place.id}/${resource}/${name}`

const stateOf = (kept: WebsiteRecord['state'], up: boolean | null, troubled: boolean): WebsiteState =>
  kept !== 'removed' && kept !== 'making' && (troubled || up === false) ? 'troubled' : kept
