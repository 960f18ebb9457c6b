// The stores of hosting and domains, as one drawer of the records.
import { type CertificateStore, certificateStore } from './certificates.ts'
import { type ChangeStore, changeStore } from './changes.ts'
import { type HandoverStore, handoverStore } from './handovers.ts'
import { type HostStore, hostStore } from './hosts.ts'
import type { Db } from './schema.ts'
import type { Secrets } from './secrets.ts'
import { type TermStore, termStore } from './terms.ts'
import { type WebsiteStore, websiteStore } from './websites.ts'
import { type ZoneStore, zoneStore } from './zones.ts'

export interface HostingStores {
  readonly changes: ChangeStore
  readonly websites: WebsiteStore
  readonly hosts: HostStore
  readonly zones: ZoneStore
  readonly certificates: CertificateStore
  readonly handovers: HandoverStore
  readonly terms: TermStore
}

export const hostingStores = (db: Db, given: { readonly secrets: Secrets }): HostingStores => ({
  changes: changeStore(db),
  websites: websiteStore(db),
  hosts: hostStore(db, given),
  zones: zoneStore(db, given),
  certificates: certificateStore(db, given),
  handovers: handoverStore(db, given),
  terms: termStore(db),
})
