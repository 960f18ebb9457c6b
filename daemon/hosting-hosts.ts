// Managed hosts as people work with them: made known, adopted by a compared key, looked at, compared with what is held, thawed, let go.
import type { Engine } from '../provisioning/engine/engine.ts'
import { FAILURES_TO_FREEZE } from '../provisioning/engine/run.ts'
import { type HostKeys, makeHostKeys } from '../provisioning/host/keys.ts'
import type { Call, Clock } from './domain/call.ts'
import type { State } from './domain/change.ts'
import type { Words } from './domain/form.ts'
import type { DriftReport, HostState, HostView, ProvisioningView } from './domain/hosting-view.ts'
import { openListeners } from './domain/listeners.ts'
import { done, type Failure, type Outcome, refused } from './domain/outcome.ts'
import { throughOf } from './domain/people.ts'
import { type Doer, SUAR } from './hosting-changes.ts'
import type { HandsKeeper } from './hosting-hands.ts'
import { WHY } from './hosting-reasons.ts'
import type { HostDesk } from './http/routes/hosts.ts'
import type { HostRecord } from './store/hosts.ts'
import type { Records } from './store/records.ts'

export interface Hosts extends HostDesk {
  /** By itself, at night and after a start; a failure is kept with the host. */
  look(id: string, call: Call): Promise<Outcome<HostView>>
  compare(place: DriftReport['place'], call: Call, by: Doer): Promise<Outcome<DriftReport>>
  onChange(listener: (ids: readonly string[]) => void): () => void
  tell(ids: readonly string[]): void
  onDrift(listener: (report: DriftReport) => void): () => void
  /** Told when every change is stopped, or may go on. */
  onSwitch(listener: () => void): () => void
}

export interface HostSources {
  readonly records: Pick<Records, 'hosts' | 'websites' | 'changes' | 'audit'>
  readonly keeper: HandsKeeper
  readonly engine: Engine
  /** The script for one host, from the public parts of its keys. */
  readonly script: (id: string, keys: HostKeys) => string
  /** What was halted goes on. */
  readonly resume: () => void
  readonly clock: Clock
  readonly log: Call['log']
}

function stateOf({ hostKey, facts, trouble }: HostRecord, failures: number): HostState {
  if (trouble?.kind === 'hostKeyChanged') return 'keyChanged'
  if (hostKey === null) return 'waiting'
  if (trouble?.kind === 'notSupported') return facts === null ? 'waiting' : 'otherBroker'
  if (failures >= FAILURES_TO_FREEZE) return 'frozen'
  if (trouble !== null) return facts === null ? 'waiting' : 'unreachable'
  return facts === null ? 'waiting' : 'ready'
}
const said = (failure: Failure | null): Words | null => (failure === null ? null : (failure.words ?? { id: failure.message, en: failure.message }))

export function openHosts({ records, keeper, engine, script, resume, clock, log }: HostSources): Hosts {
  const { hosts, websites, changes, audit } = records
  const told = openListeners<[ids: readonly string[]]>(log)
  const drifted = openListeners<[report: DriftReport]>(log)
  const switched = openListeners<[]>(log)

  const note = (by: Doer, action: string, subject: string, detail: object) =>
    audit.append(by.name, action, subject, { account: by.account, ...throughOf(by), ...detail })

  async function viewOf(record: HostRecord): Promise<HostView> {
    const place = { kind: 'host', id: record.id } as const
    const report = await hosts.drift(place)
    const count = (kind: string) => report?.items.filter(item => item.kind === kind).length ?? 0
    const { id, name, address, port, hostKey, shownKey, broker, facts, seenAt, trouble, revision } = record
    return {
      ...{ id, name, address, port, hostKey, shownKey, broker, facts, seenAt, revision },
      state: stateOf(record, await changes.failures(place)),
      websites: (await websites.all()).filter(({ wanted, state }) => wanted.host === id && state !== 'removed').length,
      trouble: said(trouble),
      drift: report === null ? null : { at: report.at, missing: count('missing'), changed: count('changed'), foreign: count('foreign') },
    }
  }
  async function found(id: string): Promise<Outcome<HostRecord>> {
    const record = await hosts.find(id)
    return record === null ? refused('notFound', WHY.noHost(id)) : done(record)
  }
  async function write(record: HostRecord): Promise<Outcome<HostView>> {
    if (!(await hosts.put(record))) return refused('conflict', WHY.changed)
    told.tell([record.id])
    return done(await viewOf({ ...record, revision: record.revision + 1 }))
  }

  async function look(id: string, call: Call): Promise<Outcome<HostView>> {
    const before = await found(id)
    if (!before.ok) return before
    const greeted = await keeper.greet(id, call)
    const now = await found(id)
    if (!now.ok) return now
    if (greeted.ok) {
      const { broker, ...facts } = greeted.value
      return await write({ ...now.value, broker, facts: facts as State, seenAt: clock(), trouble: null, shownKey: null })
    }
    const { why } = greeted.failure
    const shownKey = why !== undefined && 'shown' in why && typeof why.shown === 'string' ? why.shown : now.value.shownKey
    return await write({ ...now.value, shownKey, trouble: greeted.failure })
  }

  const provisioning = async (): Promise<ProvisioningView> => {
    const stop = await changes.stopped()
    return stop === null ? { stopped: false, by: null, at: null, reason: null } : { stopped: true, by: stop.name, at: stop.at, reason: stop.reason }
  }

  async function compare(place: DriftReport['place'], call: Call, by: Doer): Promise<Outcome<DriftReport>> {
    const report = await engine.drift(place, call)
    if (!report.ok) return report
    await hosts.putDrift(report.value)
    if (by !== SUAR) await note(by, 'host.drift', place.id, { found: report.value.items.length })
    if (place.kind === 'host') told.tell([place.id])
    drifted.tell(report.value)
    return report
  }

  return {
    look,
    compare,
    onChange: told.onChange,
    tell: told.tell,
    onDrift: drifted.onChange,
    onSwitch: switched.onChange,
    async list() {
      return await Promise.all((await hosts.all()).map(viewOf))
    },
    async one(id) {
      const record = await found(id)
      return record.ok ? done(await viewOf(record.value)) : record
    },
    async add({ id, name, address, port }, viewer) {
      const nothing = { hostKey: null, shownKey: null, broker: null, facts: null, seenAt: null, trouble: null }
      const added = await audit.together(async () => {
        const record = { id, name, address, port, ...nothing, addedAt: clock() }
        if (!(await hosts.add(record, JSON.stringify(makeHostKeys())))) return refused('conflict', WHY.hostTaken(id))
        await note(viewer, 'host.add', id, { name, address, port })
        return done({ ...record, revision: 1 })
      })
      if (!added.ok) return added
      told.tell([id])
      return done(await viewOf(added.value))
    },
    async install(id, viewer) {
      const keys = await hosts.keysOf(id)
      if (keys === null) return refused('notFound', WHY.noHost(id))
      await note(viewer, 'host.install', id, {})
      return done({ name: `suar-host-${id}.sh`, text: script(id, JSON.parse(keys) as HostKeys) })
    },
    async trust(id, hostKey, viewer) {
      const record = await found(id)
      if (!record.ok) return record
      const { shownKey } = record.value
      // What nobody saw the host show is a typing error, or a key of somebody between.
      if (shownKey === null && record.value.hostKey !== hostKey) return refused('conflict', WHY.notShown)
      if (shownKey !== null && shownKey !== hostKey) return refused('conflict', WHY.wrongKey(shownKey))
      const written = await audit.together(async () => {
        const put = await hosts.put({ ...record.value, hostKey, shownKey: null, trouble: null })
        if (!put) return refused('conflict', WHY.changed)
        await note(viewer, 'host.trust', id, { hostKey, before: record.value.hostKey })
        return done(undefined)
      })
      if (!written.ok) return written
      keeper.forget(id)
      return await look(id, { signal: AbortSignal.timeout(LOOK), log })
    },
    async check(id, viewer, signal) {
      const looked = await look(id, { signal: AbortSignal.any([signal, AbortSignal.timeout(LOOK)]), log })
      if (looked.ok) await note(viewer, 'host.check', id, { state: looked.value.state })
      return looked
    },
    async thaw(id, reason, viewer) {
      const record = await found(id)
      if (!record.ok) return record
      await changes.countFailure({ kind: 'host', id }, false)
      await note(viewer, 'host.thaw', id, { reason })
      told.tell([id])
      return done(await viewOf(record.value))
    },
    async remove(id, viewer) {
      const record = await found(id)
      if (!record.ok) return record
      const removed = await audit.together(async () => {
        const left = await changes.held({ kind: 'host', id })
        if (left.length > 0) return refused('conflict', WHY.hostInUse(id, left.length))
        await hosts.remove(id)
        await note(viewer, 'host.remove', id, { address: record.value.address })
        return done(undefined)
      })
      if (removed.ok) {
        keeper.forget(id)
        told.tell([id])
      }
      return removed
    },
    async drift(id, viewer, signal) {
      const record = await found(id)
      if (!record.ok) return record
      return await compare({ kind: 'host', id }, { signal: AbortSignal.any([signal, AbortSignal.timeout(COMPARE)]), log }, viewer)
    },
    async bookDrift(viewer, signal) {
      return await compare({ kind: 'books', id: 'suar' }, { signal: AbortSignal.any([signal, AbortSignal.timeout(COMPARE)]), log }, viewer)
    },
    async lastDrift(id) {
      const report = await hosts.drift({ kind: 'host', id })
      return report === null ? refused('notFound', WHY.noDrift(id)) : done(report)
    },
    provisioning,
    async stop(stopped, reason, viewer) {
      const { account, name } = viewer
      const written = await audit.together(async () => {
        await changes.stop(stopped ? { account, name, at: clock(), reason } : null)
        await note(viewer, stopped ? 'provisioning.stop' : 'provisioning.go', 'provisioning', { reason })
        return done(undefined)
      })
      if (!written.ok) return written
      switched.tell()
      if (!stopped) resume()
      return done(await provisioning())
    },
  }
}

/** A person waits for it, ms. */
const LOOK = 20_000
const COMPARE = 120_000
