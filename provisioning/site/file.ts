// What every file has that is written for a website on a host: its heading, its folders, its lines.
import { z } from 'zod'
import { readIp } from '../../daemon/domain/ip.ts'
import type { SiteName } from '../../daemon/domain/safe.ts'

/** The first line. `;` where the format has no other comments (php-fpm). */
export const heading = (kind: string, site: SiteName, sign: '#' | ';' = '#'): string =>
  `${sign} Managed by Suar: ${kind}/${site}. Changes here are found and shown, see the change that made it.`

/** Lines, each ended; nested lists are set in by four blanks. */
export type Lines = readonly (string | Lines)[]
export const file = (lines: Lines): string => indented(lines, '').join('')
const indented = (lines: Lines, by: string): string[] =>
  lines.flatMap(line => (typeof line === 'string' ? [line === '' ? '\n' : `${by}${line}\n`] : indented(line, `${by}    `)))

/** `location / { … }` */
export const block = (head: string, lines: Lines): Lines => [`${head} {`, lines, '}']
/** Parts one after another with an empty line between. */
export const parts = (...given: readonly Lines[]): Lines =>
  given.filter(part => part.length > 0).flatMap((part, i) => (i === 0 ? part : ['', ...part]))

export const folderOf = (site: SiteName): string => `/srv/suar/${site}`
export const socketOf = (site: SiteName): string => `/run/php/suar-${site}.sock`
export const certificateOf = (site: SiteName): { readonly chain: string; readonly key: string } => ({
  chain: `/etc/suar-host/tls/${site}/fullchain.pem`,
  key: `/etc/suar-host/tls/${site}/key.pem`,
})
/** Where answers to challenges lie, by their token: of the default server and of every website. */
export const CHALLENGES = '/var/lib/suar-host/acme/'

/** Where a host's web server listens, as the host says of itself. */
export const Listen = z.object({
  address: z.string().refine(text => text === '*' || readIp(text) !== null, 'this is not an IP address'),
  http: z.int().min(1).max(65_535),
  https: z.int().min(1).max(65_535),
})
export type Listen = z.output<typeof Listen>

/** `*` is every address of both families. */
export const addressesOf = ({ address }: Listen): readonly string[] =>
  address === '*' ? ['0.0.0.0', '[::]'] : [address.includes(':') ? `[${address}]` : address]
