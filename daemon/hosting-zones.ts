// Zones as people work with them: their records as the servers have them, changes of them with what was seen, and the way back.

import { revertOf } from '../provisioning/dns/history.ts'
import { createPowerDnsZone } from '../provisioning/dns/powerdns.ts'
import { swapsOf } from '../provisioning/dns/typed.ts'
import type { ZoneLook } from '../provisioning/hands.ts'
import type { Call } from './domain/call.ts'
import type { State, Wanted } from './domain/change.ts'
import type { Words } from './domain/form.ts'
import type { RecordView, ZoneView } from './domain/hosting-view.ts'
import { canonical } from './domain/json.ts'
import { openListeners } from './domain/listeners.ts'
import { done, type Outcome, refused } from './domain/outcome.ts'
import { throughOf, type Viewer } from './domain/people.ts'
import type { Changes } from './hosting-changes.ts'
import type { HandsKeeper } from './hosting-hands.ts'
import type { Hosts } from './hosting-hosts.ts'
import { WHY } from './hosting-reasons.ts'
import type { ZoneDesk, ZoneSent } from './http/routes/zones.ts'
import type { Records } from './store/records.ts'
import type { KeptZone } from './store/zones.ts'

export interface Zones extends ZoneDesk {
  /** Asks every server of these zones (all when left out) how it stands; told where it changed. */
  look(call: Call, names?: readonly string[]): Promise<void>
  rows(names: readonly string[] | null): Promise<ReadonlyMap<string, ZoneView>>
  onChange(listener: (names: readonly string[]) => void): () => void
  tell(names: readonly string[]): void
}

export interface ZoneSources {
  readonly records: Pick<Records, 'zones' | 'hosts' | 'changes' | 'audit'>
  readonly keeper: HandsKeeper
  readonly changes: Changes
  readonly compare: Hosts['compare']
  readonly log: Call['log']
}

interface Looked {
  readonly look: ZoneLook | null
  readonly records: number | null
  readonly trouble: Words | null
}

const LATE = 15_000
/** A person waits for it, ms. */
const LOOK = 5_000
const COMPARE = 120_000
const HISTORY = 100

export function openZones({ records, keeper, changes, compare, log }: ZoneSources): Zones {
  const { zones, audit } = records
  const told = openListeners<[names: readonly string[]]>(log)
  const looks = new Map<string, Looked>()

  const note = (viewer: Viewer, action: string, subject: string, detail: object) =>
    audit.append(viewer.name, action, subject, { account: viewer.account, ...throughOf(viewer), ...detail })
  const viewOf = ({ name, kind, servers, revision }: KeptZone & { readonly revision: number }): ZoneView => {
    const looked = looks.get(name)
    return {
      ...{ name, kind, revision },
      servers: looked?.look?.servers ?? servers.map(server => ({ server, serial: null, reachable: false })),
      records: looked?.records ?? 0,
      dnssec: looked?.look?.dnssec ?? 'unknown',
      trouble: looked?.trouble ?? null,
    }
  }
  const within = (call: Pick<Call, 'signal'>): Call => ({ signal: AbortSignal.any([call.signal, AbortSignal.timeout(LATE)]), log })

  async function listed(name: string, call: Call): Promise<Outcome<ReadonlyMap<string, State>>> {
    const zone = await keeper.handsFor(null).zone(name, call)
    if (!zone.ok) return zone
    const all = await zone.value.list(call)
    if (!all.ok) return all
    return all.value === null ? refused('notSupported', WHY.notListed(name)) : done(all.value)
  }
  async function current(name: string, of: readonly string[], call: Call): Promise<Outcome<ReadonlyMap<string, State | null>>> {
    const zone = await keeper.handsFor(null).zone(name, call)
    return zone.ok ? await zone.value.read(of, call) : zone
  }
  const same = (a: State | null, b: State | null): boolean => canonical(a) === canonical(b)

  /** A change of records that were seen so; 409 when they are not any more. */
  async function ask(
    zone: string,
    wanted: readonly { readonly name: string; readonly before: State | null; readonly after: State | null }[],
    { purpose, title, reason }: { readonly purpose: 'dns' | 'revert'; readonly title: Words; readonly reason: string },
    viewer: Viewer,
  ) {
    const call = within({ signal: new AbortController().signal })
    const now = await current(
      zone,
      wanted.map(({ name }) => name),
      call,
    )
    if (!now.ok) return now
    const other = wanted.find(({ name, before }) => !same(now.value.get(name) ?? null, before))
    if (other !== undefined) return refused('conflict', WHY.changedSince(other.name))
    const ours = new Set((await records.changes.held({ kind: 'zone', id: zone })).map(({ name }) => name))
    const things = wanted.map(
      ({ name, before, after }): Wanted => ({
        ...{ resource: 'rrset', place: { kind: 'zone', id: zone }, name, state: after },
        // The officer saw what stands there and says what becomes of it: that is taking over, not overwriting unseen.
        ...(before !== null && !ours.has(name) ? { adopt: true as const } : {}),
      }),
    )
    const change = await changes.ask({ purpose, title, reason, ticket: null, organisation: null, website: null, wanted: things }, viewer)
    if (!change.ok) return change
    const row = await changes.row(change.value.number)
    return row === null ? refused('notFound', WHY.noChange(change.value.number)) : done(row)
  }

  async function look(call: Call, names?: readonly string[]): Promise<void> {
    const asked = (await zones.all()).filter(({ name }) => names === undefined || names.includes(name))
    const turned = await Promise.all(asked.map(async ({ name }) => ((await lookAt(name, within(call))) ? [name] : [])))
    if (turned.flat().length > 0) told.tell(turned.flat())
  }

  /** Whether it stands otherwise than when it was last looked at. */
  async function lookAt(name: string, call: Call): Promise<boolean> {
    const zone = await keeper.handsFor(null).zone(name, call)
    const look = zone.ok ? await zone.value.look(call) : null
    const before = looks.get(name)
    const records = before?.records ?? null
    const silent = (look?.servers ?? []).filter(({ reachable }) => !reachable).map(({ server }) => server)
    const trouble = !zone.ok
      ? (zone.failure.words ?? { id: zone.failure.message, en: zone.failure.message })
      : silent.length === 0
        ? null
        : { id: `Tidak menjawab: ${silent.join(', ')}`, en: `No answer: ${silent.join(', ')}` }
    const now: Looked = { look, records, trouble }
    // It may have been let go meanwhile.
    if ((await zones.find(name)) === null) return false
    looks.set(name, now)
    return JSON.stringify(before) !== JSON.stringify(now)
  }

  /** Before it is known: what can be refused is refused here, and on PowerDNS it is made. True: by us, now. */
  async function begun(given: ZoneSent): Promise<Outcome<boolean>> {
    const { name, create } = given
    if ((await zones.find(name)) !== null) return refused('conflict', WHY.zoneTaken(name))
    if (create === undefined) return done(false)
    if (given.kind === 'bind') {
      const host = given.create?.host ?? ''
      return (await records.hosts.find(host)) === null ? refused('notFound', WHY.noHost(host)) : done(false)
    }
    const nameservers = create.nameservers.map(server => `${server}.`)
    const made = await createPowerDnsZone(`${name}.`, given, { kind: 'Native', nameservers }, within({ signal: new AbortController().signal }))
    // It is there: that is what was wanted.
    return made.ok ? done(true) : made.failure.kind === 'conflict' ? done(false) : made
  }

  /** The change that makes it on its host; it reaches beyond one website, and a second person agrees to it. */
  async function asked(given: ZoneSent, viewer: Viewer): Promise<Outcome<string | null>> {
    if (given.kind !== 'bind' || given.create === undefined) return done(null)
    const { name, key, create } = given
    const { host, nameservers, mail, glue, transfer } = create
    const state = { primary: nameservers[0]!, mail, servers: nameservers, transfer, key: key.name, ...(glue.length === 0 ? {} : { glue }) }
    const change = await changes.ask(
      {
        ...{ purpose: 'dns', ticket: null, organisation: null, website: null },
        title: { id: `Buat zona ${name}`, en: `Make the zone ${name}` },
        reason: `zone ${name}`,
        wanted: [{ resource: 'zone', place: { kind: 'host', id: host }, name, state }],
      },
      viewer,
    )
    if (change.ok) return done(change.value.number)
    // Described wrongly: then it is not made known either.
    await audit.together(async () => {
      await zones.remove(name)
      await note(viewer, 'zone.remove', name, {})
      return done(undefined)
    })
    return change
  }

  return {
    onChange: told.onChange,
    tell: told.tell,
    list: async () => (await zones.all()).map(viewOf),
    async rows(names) {
      return new Map((await zones.all()).filter(({ name }) => names === null || names.includes(name)).map(zone => [zone.name, viewOf(zone)]))
    },
    look,
    async add(given, viewer) {
      const { name, servers, rights } = given
      const [zone, secret]: readonly [KeptZone, string] =
        given.kind === 'bind'
          ? [{ kind: 'bind', name, servers, rights, key: { name: given.key.name, algorithm: given.key.algorithm } }, given.key.secret]
          : [{ kind: 'powerdns', name, servers, rights, url: given.url }, given.apiKey]
      const made = await begun(given)
      if (!made.ok) return made
      const added = await audit.together(async () => {
        if (!(await zones.add(zone, secret))) return refused('conflict', WHY.zoneTaken(name))
        // Described wrongly? Then it is not made known at all.
        const opened = await keeper.handsFor(null).zone(name, within({ signal: new AbortController().signal }))
        if (!opened.ok) return opened
        await note(viewer, 'zone.add', name, { ...zone, made: made.value })
        return done(undefined)
      })
      if (!added.ok) return added
      const change = await asked(given, viewer)
      if (!change.ok) return change
      // Else its servers would seem to be silent until the next round.
      await lookAt(name, within({ signal: AbortSignal.timeout(LOOK) }))
      told.tell([name])
      const kept = await zones.find(name)
      return kept === null ? refused('notFound', WHY.noZone(name)) : done({ ...viewOf(kept), change: change.value })
    },
    async remove(name, viewer) {
      const removed = await audit.together(async () => {
        if ((await zones.find(name)) === null) return refused('notFound', WHY.noZone(name))
        const left = await records.changes.held({ kind: 'zone', id: name })
        if (left.length > 0) return refused('conflict', WHY.zoneInUse(name, left.length))
        await zones.remove(name)
        await note(viewer, 'zone.remove', name, {})
        return done(undefined)
      })
      if (removed.ok) {
        looks.delete(name)
        told.tell([name])
      }
      return removed
    },
    async records(name, { search, type, page, size }, signal) {
      const kept = await zones.find(name)
      if (kept === null) return refused('notFound', WHY.noZone(name))
      const all = await listed(name, within({ signal }))
      if (!all.ok) return all
      looks.set(name, { look: null, trouble: null, ...looks.get(name), records: all.value.size })
      const owners = new Map((await records.changes.held({ kind: 'zone', id: name })).map(one => [one.name, one.website ?? '']))
      const word = search.toLowerCase()
      const found = [...all.value]
        .filter(
          ([owner, state]) => (type === undefined || owner.endsWith(` ${type}`)) && `${owner} ${JSON.stringify(state)}`.toLowerCase().includes(word),
        )
        .sort(([a], [b]) => (reversed(a) < reversed(b) ? -1 : 1))
      const items = found
        .slice((page - 1) * size, page * size)
        .map(([owner, state]): RecordView => ({ name: owner, state, owner: owners.get(owner) ?? null }))
      return done({ items, total: found.length, page, size, zone: viewOf(kept) })
    },
    async history(name, before) {
      if ((await zones.find(name)) === null) return refused('notFound', WHY.noZone(name))
      return done({ items: await zones.history(name, before, HISTORY) })
    },
    async change(name, { changes: wanted, reason }, viewer) {
      const swaps = swapsOf(wanted, name)
      if (!swaps.ok) return swaps
      const [first] = swaps.value
      const more = wanted.length === 1 ? '' : ` +${wanted.length - 1}`
      const title = { id: `Ubah DNS ${first?.name ?? name}${more}`, en: `Change DNS ${first?.name ?? name}${more}` }
      return await ask(name, swaps.value, { purpose: 'dns', title, reason }, viewer)
    },
    async revert(name, { id, reason }, viewer) {
      const entry = await zones.entry(name, id)
      if (entry === null) return refused('notFound', WHY.noEntry(id))
      const now = await current(name, [entry.name], within({ signal: new AbortController().signal }))
      if (!now.ok) return now
      const back = revertOf([entry], (_, at) => now.value.get(at) ?? null)
      if (!back.ok) return back
      if (back.value.length === 0) return refused('conflict', WHY.backAlready(entry.name))
      const title = { id: `Kembalikan ${entry.name}`, en: `Revert ${entry.name}` }
      return await ask(name, [{ name: entry.name, before: entry.after, after: entry.before }], { purpose: 'revert', title, reason }, viewer)
    },
    async drift(name, viewer, signal) {
      if ((await zones.find(name)) === null) return refused('notFound', WHY.noZone(name))
      return await compare({ kind: 'zone', id: name }, { signal: AbortSignal.any([signal, AbortSignal.timeout(COMPARE)]), log }, viewer)
    },
    async take(name, viewer, signal) {
      const all = await listed(name, within({ signal }))
      if (!all.ok) return all
      looks.set(name, { look: null, trouble: null, ...looks.get(name), records: all.value.size })
      await lookAt(name, within({ signal: AbortSignal.timeout(LOOK) }))
      await note(viewer, 'zone.import', name, { records: all.value.size })
      told.tell([name])
      return done({ records: all.value.size })
    },
  }
}

/** By zone order: the names below a name beside it. */
const reversed = (key: string): string => {
  const [owner = '', type = ''] = key.split(' ')
  return `${owner.split('.').reverse().join('.')} ${type}`
}
