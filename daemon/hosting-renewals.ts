// Certificates as changes get them: those that were handed in, and those of the authorities that the settings name.
import { readFile } from 'node:fs/promises'
import type { CertificateMaterial } from '../provisioning/hands.ts'
import type { TlsSettings } from '../provisioning/tls/settings.ts'
import type { Call, Clock } from './domain/call.ts'
import { done, failed, type Outcome, refused } from './domain/outcome.ts'
import type { Renewals } from './hosting-certificates.ts'
import { WHY } from './hosting-reasons.ts'
import type { Records } from './store/records.ts'

export interface RenewalSources {
  readonly settings: TlsSettings
  readonly records: Pick<Records, 'certificates'>
  readonly clock: Clock
  readonly log: Call['log']
}

export async function openRenewals({ settings, records, clock }: RenewalSources): Promise<Outcome<Renewals>> {
  const { certificates } = records
  const roots: string[] = []
  for (const file of settings.roots)
    try {
      roots.push(await readFile(file, 'utf8'))
    } catch (error) {
      return failed('invalid', `provisioning.tls.roots: ${file} cannot be read: ${(error as Error).message}. Give a readable file.`)
    }
  const materialOf = (kept: Awaited<ReturnType<typeof certificates.current>>): CertificateMaterial | null => kept

  return done({
    async current(website) {
      const now = materialOf(await certificates.current(website))
      // One that was handed in waits to take its place.
      return now !== null && (await certificates.handed(website)) !== null ? { ...now, due: true } : now
    },
    versions: website => certificates.versions(website),
    async obtain(website, { source }) {
      if (source !== 'upload') return refused('notSupported', WHY.noAuthority(source))
      const handed = (await certificates.handed(website)) ?? (await certificates.current(website))
      if (handed === null) return refused('notFound', WHY.notHanded(website))
      await certificates.put(website, handed, clock())
      return done(handed)
    },
    async restore(website, fingerprint) {
      return (await certificates.restore(website, fingerprint))
        ? done(undefined)
        : failed('notFound', `There is no certificate ${fingerprint} of ${website}.`)
    },
    roots: () => roots,
    due: () => Promise.resolve([]),
    standing: () => Promise.resolve({ window: null, failures: null, why: null }),
  })
}
