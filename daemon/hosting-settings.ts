// Settings of hosting, as they stand under `provisioning`.
import { z } from 'zod'
import { TlsSettings } from '../provisioning/tls/settings.ts'

const DAY = 86_400_000

export const ProvisioningSettings = z
  .strictObject({
    /** Hour of the night, in the site's time zone, at which everything is compared with what is held of it. */
    night: z.int().min(0).max(23).default(2),
    /** How long what was put aside of a decommissioned website is kept. */
    graceDays: z.int().min(1).max(365).default(30),
    /** How long the last backup of a decommissioned website is kept on its host. */
    archiveDays: z.int().min(1).max(3650).default(365),
    /** How long a link to credentials is good. */
    handoverDays: z.int().min(1).max(30).default(7),
    /** From so many things at a place on, a plan that changes or removes a larger share of what is not its own wants a second person. */
    guard: z.strictObject({ least: z.int().min(1).default(10), share: z.number().min(0.01).max(1).default(0.3) }).prefault({}),
    /** Addresses that host keys may be used from; empty: from everywhere. Stands in the install script. */
    from: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).default([]),
    /** Certificates: an authority that speaks ACME, our own, roots that visitors here trust besides the public ones. */
    tls: TlsSettings.prefault({}),
  })
  .prefault({})
export type ProvisioningSettings = z.output<typeof ProvisioningSettings>

/** Its files, from the folder that the settings file is in. */
export const filesAt = ({ acme, own, roots }: TlsSettings, at: (relative: string) => string): TlsSettings => ({
  ...(acme === undefined ? {} : { acme: { ...acme, ...(acme.ca === undefined ? {} : { ca: at(acme.ca) }) } }),
  ...(own === undefined ? {} : { own: { ...own, certificate: at(own.certificate), key: at(own.key) } }),
  roots: roots.map(at),
})

export const days = (count: number): number => count * DAY
