// A stage for the pages of hosting: the real routes, feeds and hub; websites, hosts and changes told by the test instead of an engine.
import type { ChangePlace } from '../../../daemon/domain/change.ts'
import type {
  CertificateView,
  ChangeRow,
  ChangeView,
  DriftReport,
  HandoverOffer,
  HostView,
  PageOf,
  ProvisioningView,
  RecordView,
  WebsiteDraft,
  WebsiteRow,
  WebsiteView,
  ZoneChangeView,
  ZoneView,
} from '../../../daemon/domain/hosting-view.ts'
import { done, failed, type Outcome } from '../../../daemon/domain/outcome.ts'
import type { Viewer } from '../../../daemon/domain/people.ts'
import { reach } from '../../../daemon/domain/policy.ts'
import { certificateRoutes } from '../../../daemon/http/routes/certificates.ts'
import { changeRoutes } from '../../../daemon/http/routes/changes.ts'
import { handoverRoutes } from '../../../daemon/http/routes/handovers.ts'
import { hostRoutes } from '../../../daemon/http/routes/hosts.ts'
import { websiteRoutes } from '../../../daemon/http/routes/websites.ts'
import { zoneRoutes } from '../../../daemon/http/routes/zones.ts'
import { changeFeed } from '../../../daemon/stream/changes.ts'
import type { RowsOf } from '../../../daemon/stream/contract.ts'
import { rowFeed } from '../../../daemon/stream/rows.ts'
import { openStage } from '../../support/stage.ts'
import { changeOf, historyOf } from './ground.ts'

type Topic = 'websites' | 'changes' | 'hosts' | 'zones' | 'certificates' | 'provisioning'

const page = <T>(items: readonly T[], at: number, size: number): PageOf<T> => ({
  items: items.slice((at - 1) * size, at * size),
  total: items.length,
  page: at,
  size,
})

const rowOfChange = ({ change: _, plan: __, journal: ___, may: ____, why: _____, instructions: ______, ...row }: ChangeView): ChangeRow => row
const rowOfSite = (site: WebsiteView): WebsiteRow => {
  const { name, domain, aliases, host, organisation, organisationName, state, runtime, used, quota, certificateUntil, up, drift, revision } = site
  return { name, domain, aliases, host, organisation, organisationName, state, runtime, used, quota, certificateUntil, up, drift, revision }
}

export interface HostingStageOptions {
  readonly as?: Viewer
  readonly port?: number
  readonly dashboard?: string
}

export type HostingStage = Awaited<ReturnType<typeof openHostingStage>>

export async function openHostingStage({ as, port, dashboard }: HostingStageOptions = {}) {
  const sites = new Map<string, WebsiteView>()
  const changes = new Map<string, ChangeView>()
  const hosts = new Map<string, HostView>()
  const zones = new Map<string, ZoneView>()
  const certificates = new Map<string, CertificateView>()
  const offers = new Map<string, HandoverOffer>()
  let records: readonly RecordView[] = []
  let history: readonly ZoneChangeView[] = historyOf(Date.now())
  let report: DriftReport | null = null
  let provisioning: ProvisioningView = { stopped: false, by: null, at: null, reason: null }
  let draft: WebsiteDraft = { ticket: null, organisation: null, organisationName: null, website: {}, open: [], hosts: [], zones: [] }
  /** What was asked of the daemon, in the order it came. */
  const asked: { readonly what: string; readonly about: string; readonly given: unknown }[] = []
  /** Answers of deeds that the story wants refused. */
  let refusal: Outcome<never> | null = null

  const tellers = new Map<string, Set<(ids: readonly string[]) => void>>()
  const on =
    (topic: Topic | 'change') =>
    (tell: (ids: readonly string[]) => void): (() => void) => {
      const all = tellers.get(topic) ?? new Set()
      tellers.set(topic, all.add(tell))
      return () => all.delete(tell)
    }
  const tell = (topic: Topic | 'change', id: string): void => {
    for (const one of tellers.get(topic) ?? []) one([id])
  }
  const sees = (row: { readonly organisation: number | null }, viewer: Viewer): boolean => {
    const all = reach(viewer, 'website.read')
    return all === 'all' || (row.organisation !== null && all.includes(row.organisation))
  }
  /** `whole`: a list that pages keep whole; of others only what is new is told. */
  const feed = <T extends Topic>(topic: T, rows: (viewer: Viewer) => ReadonlyMap<string, RowsOf[T]>, whole: boolean) =>
    rowFeed<T>({
      topic,
      all: async viewer => (whole ? rows(viewer) : new Map()),
      some: async (ids, viewer) => new Map([...rows(viewer)].filter(([id]) => ids.includes(id))),
      onChange: on(topic),
    })
  const find = <T>(map: ReadonlyMap<string, T>, id: string): Outcome<T> => {
    const one = map.get(id)
    return one === undefined ? failed('notFound', `There is no ${id}.`) : done(one)
  }
  const put = (view: ChangeView): void => {
    changes.set(view.number, view)
    tell('change', view.number)
    tell('changes', view.number)
  }
  const born = (what: string, about: string, given: unknown, over: Parameters<typeof changeOf>[2] = {}): Outcome<ChangeRow> => {
    asked.push({ what, about, given })
    if (refusal !== null) return refusal
    const view = changeOf(`C-2026-${String(changes.size + 50).padStart(4, '0')}`, Date.now(), {
      state: 'approved',
      plan: null,
      may: ['plan', 'end'],
      ...over,
    })
    put(view)
    return done(rowOfChange(view))
  }

  const stage = await openStage({
    ...(as === undefined ? {} : { as }),
    ...(port === undefined ? {} : { port }),
    ...(dashboard === undefined ? {} : { dashboard }),
    feeds: [
      changeFeed({ view: async number => changes.get(number) ?? null, onChange: on('change') }),
      feed('websites', viewer => new Map([...sites].filter(([, site]) => sees(site, viewer)).map(([name, site]) => [name, rowOfSite(site)])), false),
      feed('changes', () => new Map([...changes].map(([number, view]) => [number, rowOfChange(view)])), false),
      feed('hosts', () => hosts, true),
      feed('zones', () => zones, true),
      feed('certificates', () => certificates, true),
      feed('provisioning', () => new Map([['switch', provisioning]]), true),
    ],
    routes: [
      ...websiteRoutes({
        page: async (query, viewer) => {
          const found = [...sites.values()]
            .filter(site => sees(site, viewer))
            .filter(site => `${site.domain} ${site.name} ${site.organisationName}`.toLowerCase().includes(query.search.toLowerCase()))
            .filter(site => (query.state === undefined || site.state === query.state) && (query.host === undefined || site.host === query.host))
            .sort((a, b) => a.domain.localeCompare(b.domain) * (query.sort.startsWith('-') ? -1 : 1))
          return page(found.map(rowOfSite), query.page, query.size)
        },
        one: async (name, viewer) => {
          const site = find(sites, name)
          return site.ok && !sees(site.value, viewer) ? failed('notFound', `There is no ${name}.`) : site
        },
        draft: async () => done(draft),
        create: async given => born('create', given.website.name, given),
        change: async (name, given) => born(given.purpose, name, given, { purpose: given.purpose }),
      }),
      ...changeRoutes({
        page: async query => {
          const found = [...changes.values()].filter(view => query.state === undefined || view.state === query.state).sort((a, b) => b.id - a.id)
          return page(found.map(rowOfChange), query.page, query.size)
        },
        one: async number => find(changes, number),
        act: async (number, deed) => {
          asked.push({ what: deed.kind, about: number, given: deed })
          return refusal ?? find(changes, number)
        },
      }),
      ...hostRoutes({
        list: async () => [...hosts.values()],
        one: async id => find(hosts, id),
        add: async given => {
          asked.push({ what: 'host', about: given.id, given })
          const host: HostView = {
            ...{
              ...given,
              state: 'waiting',
              hostKey: null,
              shownKey: null,
              broker: null,
              facts: null,
              websites: 0,
              seenAt: null,
              drift: null,
              revision: 1,
            },
            trouble: null,
          }
          hosts.set(given.id, host)
          tell('hosts', given.id)
          return done(host)
        },
        install: async id => done({ name: `suar-host-${id}.sh`, text: '#!/bin/sh\n' }),
        trust: async (id, hostKey) => {
          asked.push({ what: 'trust', about: id, given: hostKey })
          return find(hosts, id)
        },
        check: async id => {
          asked.push({ what: 'check', about: id, given: null })
          return find(hosts, id)
        },
        thaw: async (id, reason) => {
          asked.push({ what: 'thaw', about: id, given: reason })
          return find(hosts, id)
        },
        remove: async () => done(undefined),
        drift: async id => (report === null ? failed('notFound', `Nothing was compared on ${id}.`) : done(report)),
        bookDrift: async () => failed('notFound', 'Nothing was compared.'),
        lastDrift: async id => (report === null ? failed('notFound', `Nothing was compared on ${id}.`) : done(report)),
        provisioning: async () => provisioning,
        stop: async (stopped, reason, viewer) => {
          provisioning = { stopped, reason, by: viewer.name, at: Date.now() }
          tell('provisioning', 'switch')
          return done(provisioning)
        },
      }),
      ...zoneRoutes({
        list: async () => [...zones.values()],
        add: async given => {
          const zone = find(zones, given.name)
          return zone.ok ? done({ ...zone.value, change: null }) : zone
        },
        remove: async () => done(undefined),
        records: async (name, query) => {
          const zone = find(zones, name)
          if (!zone.ok) return zone
          const found = records
            .filter(one => JSON.stringify(one).toLowerCase().includes(query.search.toLowerCase()))
            .filter(one => query.type === undefined || one.name.endsWith(` ${query.type}`))
          return done({ zone: zone.value, ...page(found, query.page, query.size) })
        },
        history: async () => done({ items: history }),
        change: async (name, given) => born('records', name, given, { purpose: 'dns' }),
        revert: async (name, given) => born('revert', name, given, { purpose: 'revert' }),
        drift: async () => failed('notFound', 'Nothing was compared.'),
        take: async () => done({ records: records.length }),
      }),
      ...certificateRoutes({
        list: async () => [...certificates.values()],
        upload: async (name, given) => born('upload', name, given),
        renew: async (name, reason) => born('renew', name, reason),
      }),
      ...handoverRoutes({
        make: async (name, given) => {
          asked.push({ what: 'handover', about: name, given })
          const at = Date.now()
          return done({
            ...{
              id: 1,
              what: { id: 'Kredensial basis data', en: 'Database credentials' },
              to: 'Fajar Nugroho',
              madeAt: at,
              until: at + 86_400_000,
              openedAt: null,
            },
            link: 'https://suar.example/handover/tok-1',
          })
        },
        offer: async token => find(offers, token),
        open: async token => {
          const offer = offers.get(token)
          if (offer === undefined || offer.state !== 'ready') return failed('conflict', 'This was opened already.')
          offers.set(token, { ...offer, state: 'opened', openedAt: Date.now() })
          return done({
            what: offer.what,
            lines: [
              { label: { id: 'Basis data', en: 'Database' }, value: 'disdik', secret: false },
              { label: { id: 'Pengguna', en: 'User' }, value: 'disdik', secret: false },
              { label: { id: 'Kata sandi', en: 'Password' }, value: 'r4h4s14-s3k4l1', secret: true },
            ],
          })
        },
      }),
    ],
  })

  return {
    ...stage,
    asked,
    change: put,
    changes: changes as ReadonlyMap<string, ChangeView>,
    site: (view: WebsiteView): void => {
      sites.set(view.name, view)
      tell('websites', view.name)
    },
    host: (view: HostView): void => {
      hosts.set(view.id, view)
      tell('hosts', view.id)
    },
    zone: (view: ZoneView, given: readonly RecordView[] = records): void => {
      zones.set(view.name, view)
      records = given
      tell('zones', view.name)
    },
    history: (given: readonly ZoneChangeView[]): void => {
      history = given
    },
    certificate: (view: CertificateView): void => {
      certificates.set(view.website ?? view.fingerprint, view)
      tell('certificates', view.website ?? view.fingerprint)
    },
    offer: (token: string, given: HandoverOffer): void => void offers.set(token, given),
    drift: (place: ChangePlace, items: DriftReport['items']): void => {
      report = { place, at: Date.now() - 60_000, checked: 214, tookMs: 3_140, items }
    },
    draft: (given: WebsiteDraft): void => {
      draft = given
    },
    stopped: (given: ProvisioningView): void => {
      provisioning = given
      tell('provisioning', 'switch')
    },
    /** From now on whatever is asked for is refused so; null: no longer. */
    refuse: (given: Outcome<never> | null): void => {
      refusal = given
    },
  }
}
