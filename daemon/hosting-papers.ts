// What hosting gives to the papers of a ticket: behind its minutes, what was made and how it was proven.
import type { Change } from './domain/change.ts'
import type { Lang } from './domain/words/lang.ts'
import { type AnnexWebsite, annexOf } from './hosting/annex.ts'
import type { ServiceDeskOptions } from './service-desk.ts'
import type { Records } from './store/records.ts'

type Annexes = NonNullable<ServiceDeskOptions['annexes']>

export interface HostingPapers {
  readonly records: Pick<Records, 'changes' | 'websites' | 'hosts' | 'certificates' | 'terms'>
  readonly zone: () => string
  readonly language: Lang
}

export const hostingAnnexes =
  ({ records, zone, language }: HostingPapers): Annexes =>
  async ticket => {
    const verified = (await records.changes.ofTickets([ticket])).flatMap(({ change }): Extract<Change, { state: 'verified' }>[] =>
      change.state === 'verified' ? [change] : [],
    )
    const names = [...new Set(verified.flatMap(({ website }) => (website === null ? [] : [website])))]
    const websites: AnnexWebsite[] = []
    for (const website of await records.websites.some(names)) {
      const host = await records.hosts.find(website.wanted.host)
      const certificate = await records.certificates.current(website.name)
      if (website.state !== 'removed')
        websites.push({
          wanted: website.wanted,
          host: { name: host?.name ?? website.wanted.host, address: host?.address ?? '', port: host?.port ?? 22, hostKey: host?.hostKey ?? null },
          certificate:
            certificate === null ? null : { issuer: certificate.issuer, fingerprint: certificate.fingerprint, notAfter: certificate.notAfter },
        })
    }
    const until = (await records.terms.until('9999-12-31')).find(one => one.ticket === ticket)?.until ?? null
    return annexOf({ changes: verified, websites, until }, { zone: zone(), language })
  }
