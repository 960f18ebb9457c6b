// Certificates as people work with them: one glance over all of them, one handed in, one renewed before its time. Each is a change.
import type { Certificates as CertificateRoom } from '../provisioning/tls/certificates.ts'
import type { Call, Clock } from './domain/call.ts'
import type { Wanted } from './domain/change.ts'
import type { Words } from './domain/form.ts'
import type { CertificateView, ChangeRow } from './domain/hosting-view.ts'
import { openListeners } from './domain/listeners.ts'
import { done, type Outcome, refused } from './domain/outcome.ts'
import { throughOf } from './domain/people.ts'
import type { Changes, Doer } from './hosting-changes.ts'
import { WHY } from './hosting-reasons.ts'
import type { CertificateDesk } from './http/routes/certificates.ts'
import type { Records } from './store/records.ts'
import type { WebsiteRecord } from './store/websites.ts'

export interface Certificates extends CertificateDesk {
  all(): Promise<ReadonlyMap<string, CertificateView>>
  /** Asked for by Suar itself or a person; the number of the change. */
  again(website: WebsiteRecord, reason: string, doer: Doer): Promise<Outcome<string>>
  onChange(listener: (websites: readonly string[]) => void): () => void
  tell(websites: readonly string[]): void
}

export interface CertificateSources {
  readonly records: Pick<Records, 'websites' | 'changes' | 'audit'>
  readonly room: CertificateRoom
  readonly changes: Changes
  readonly clock: Clock
  readonly log: Call['log']
}

export function openCertificateDesk({ records, room, changes, clock, log }: CertificateSources): Certificates {
  const { websites, audit } = records
  const told = openListeners<[websites: readonly string[]]>(log)

  async function all(): Promise<ReadonlyMap<string, CertificateView>> {
    const views = (await room.views(clock())).toSorted((a, b) => a.notAfter - b.notAfter)
    return new Map(views.map(one => [one.website ?? one.fingerprint, one]))
  }

  const thingOf = ({ wanted: { name, host, certificate, domains } }: WebsiteRecord): Wanted => ({
    resource: 'certificate',
    place: { kind: 'host', id: host },
    name,
    state: { source: certificate, names: [...domains].sort() },
  })

  async function ask(website: WebsiteRecord, title: Words, reason: string, doer: Doer): Promise<Outcome<string>> {
    const { name, organisation } = website
    const change = await changes.ask({ purpose: 'edit', title, reason, ticket: null, organisation, website: name, wanted: [thingOf(website)] }, doer)
    return change.ok ? done(change.value.number) : change
  }
  const titleOf = (website: WebsiteRecord): Words => {
    const domain = website.wanted.domains[0] ?? website.name
    return { id: `Perbarui sertifikat ${domain}`, en: `Renew the certificate of ${domain}` }
  }
  async function found(name: string): Promise<Outcome<WebsiteRecord>> {
    const website = await websites.find(name)
    return website === null || website.state === 'removed' ? refused('notFound', WHY.noWebsite(name)) : done(website)
  }
  async function rowFor(number: Outcome<string>): Promise<Outcome<ChangeRow>> {
    if (!number.ok) return number
    const row = await changes.row(number.value)
    return row === null ? refused('notFound', WHY.noChange(number.value)) : done(row)
  }

  return {
    all,
    onChange: told.onChange,
    tell: told.tell,
    list: async () => [...(await all()).values()],
    again: (website, reason, doer) => ask(website, titleOf(website), reason, doer),
    async upload(name, pem, viewer) {
      const website = await found(name)
      if (!website.ok) return website
      const handed = await audit.together(async () => {
        const read = await room.hand(name, { certificate: pem, key: '' }, website.value.wanted.domains)
        if (!read.ok) return read
        const { fingerprint, notAfter, issuer } = read.value
        await audit.append(viewer.name, 'certificate.upload', name, { account: viewer.account, ...throughOf(viewer), fingerprint, notAfter, issuer })
        return read
      })
      if (!handed.ok) return handed
      const title = {
        id: `Pasang sertifikat ${website.value.wanted.domains[0]}`,
        en: `Put the certificate of ${website.value.wanted.domains[0]} in place`,
      }
      const record = { ...website.value, wanted: { ...website.value.wanted, certificate: 'upload' as const } }
      const change = await changes.ask(
        {
          ...{ purpose: 'edit', title, reason: handed.value.issuer, ticket: null, organisation: record.organisation, website: name },
          wanted: [thingOf(record)],
          ...(website.value.state === 'live' || website.value.state === 'suspended' ? { aim: { before: website.value, after: record } } : {}),
        },
        viewer,
      )
      return await rowFor(change.ok ? done(change.value.number) : change)
    },
    async renew(name, reason, viewer) {
      const website = await found(name)
      if (!website.ok) return website
      if (website.value.wanted.certificate === 'upload') return refused('conflict', WHY.noCertificate(name))
      await room.hasten(name)
      return await rowFor(await ask(website.value, titleOf(website.value), reason, viewer))
    },
  }
}
