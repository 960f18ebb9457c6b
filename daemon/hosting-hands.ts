// What resources may touch, put together from the records: hosts by their kept connections, zones by their keys, our own books, passwords.

import { openZone } from '../provisioning/dns/zones.ts'
import type { CertificateHands, Hands, HostFacts, ZoneHands } from '../provisioning/hands.ts'
import { brokerSource } from '../provisioning/host/broker-source.ts'
import { type ManagedHost, openHost } from '../provisioning/host/hands.ts'
import type { HostKeys } from '../provisioning/host/keys.ts'
import type { Call } from './domain/call.ts'
import { done, failed, type Outcome, refused } from './domain/outcome.ts'
import type { Records } from './store/records.ts'

export interface HandsKeeper {
  readonly handsFor: (change: string | null) => Hands
  /** Speaks with a host as if for the first time. */
  greet(id: string, call: Call): Promise<Outcome<HostFacts>>
  /** Its address or its key is another now, or it is let go. */
  forget(id: string): void
  close(): void
}

export interface HandsSources {
  readonly records: Pick<Records, 'hosts' | 'zones' | 'changes' | 'handovers'>
  readonly certificates: CertificateHands
  /** How long servers of a zone may take to answer alike, ms. */
  readonly patience?: number
  readonly log: Call['log']
}

export function openHands({ records, certificates, patience, log }: HandsSources): HandsKeeper {
  const { hosts, zones, changes, handovers } = records
  const open = new Map<string, { readonly as: string; readonly host: ManagedHost }>()

  const forget = (id: string): void => {
    open.get(id)?.host.close()
    open.delete(id)
  }

  async function managed(id: string): Promise<Outcome<ManagedHost>> {
    const record = await hosts.find(id)
    const sealed = record === null ? null : await hosts.keysOf(id)
    if (record === null || sealed === null) return refused('notFound', { id: `Tidak ada host ${id}.`, en: `There is no host ${id}.` })
    const as = `${record.address} ${record.port} ${record.hostKey}`
    const kept = open.get(id)
    if (kept?.as === as) return done(kept.host)
    forget(id)
    const keys = JSON.parse(sealed) as HostKeys
    const { address, port, hostKey } = record
    const host = openHost(
      { id, address, port, hostKey },
      { keys: { broker: keys.broker.privateKey, inbox: keys.inbox.privateKey }, expected: brokerSource(), log: log.child({ host: id }) },
    )
    open.set(id, { as, host })
    return done(host)
  }

  async function zone(name: string): Promise<Outcome<ZoneHands>> {
    const kept = await zones.find(name)
    const secret = kept === null ? null : await zones.secretOf(name)
    if (kept === null || secret === null) return refused('notFound', { id: `Tidak ada zona ${name}.`, en: `There is no zone ${name}.` })
    const ours = async () =>
      new Set((await changes.held({ kind: 'zone', id: name })).flatMap(({ resource, name }) => (resource === 'rrset' ? [name] : [])))
    const { name: called, servers, rights } = kept
    const described =
      kept.kind === 'powerdns'
        ? ({ kind: 'powerdns', name: called, servers, rights, url: kept.url, apiKey: secret } as const)
        : ({ kind: 'bind', name: called, servers, rights, key: { name: kept.key.name, algorithm: kept.key.algorithm, secret } } as const)
    return openZone(described, { ours, ...(patience === undefined ? {} : { patience }) })
  }

  const books: Hands['books'] = {
    read: (resource, names) => hosts.things(resource, names),
    list: resource => hosts.things(resource),
    async put(resource, name, before, after) {
      if (await hosts.putThing(resource, name, before, after)) return done({})
      return failed('stale', `${resource} ${name} was changed in the books since it was planned.`, false)
    },
  }

  return {
    handsFor: change => ({
      change,
      async host(id, call) {
        const host = await managed(id)
        return host.ok ? await host.value.hands(change, call) : host
      },
      zone,
      certificates,
      books,
      credentials: handovers,
    }),
    async greet(id, call) {
      const host = await managed(id)
      return host.ok ? await host.value.greet(call) : host
    },
    forget,
    close() {
      for (const id of [...open.keys()]) forget(id)
    },
  }
}
