// Names that end up in files and commands of other machines. Each is made by its schema alone, so that a template that takes one takes nothing else.
import { z } from 'zod'
import type { Words } from './form.ts'
import { normalDomain, normalSshKey } from './form-net.ts'

/** Controls, line and paragraph separators, bidirectional controls and zero-width signs: never in anything that leaves the house. */
export const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** With the reason in both languages where there is one. */
const issueOf = (why: Words | null, message: string) => ({
  ...{ code: 'custom' as const, message: why?.en ?? message },
  ...(why === null ? {} : { params: { words: why } }),
})

/** Names of accounts and files that a host has already, or that mean something to a server. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody sshd nginx apache apache2 httpd mysql mariadb ' +
    'postgres bind named pdns redis systemd messagebus polkitd suar suar-hand suar-inbox suar-sftp admin administrator sudo wheel operator adm staff users ' +
    'default localhost example test template0 template1 information-schema performance-schema public shared firewall'
  ).split(' '),
)

/** Of a website, its account on the host and its files: lower case, from a letter, 2 to 31 signs. */
export const SiteName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,29}[a-z0-9]$/, 'small letters, digits and hyphens, from a letter, 2 to 31 signs')
  .refine(name => !name.includes('--'), 'two hyphens may not follow each other')
  .refine(name => !RESERVED.has(name) && !name.startsWith('systemd-'), 'this name is taken by the system')
  .brand<'SiteName'>()
export type SiteName = z.output<typeof SiteName>

/** Of a database and its user: the website's name with underscores. */
export const DbName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,30}$/, 'small letters, digits and underscores, from a letter, at most 31 signs')
  .refine(name => !RESERVED.has(name.replaceAll('_', '-')) && !/^(pg|mysql)_?/.test(name), 'this name is taken by the server')
  .brand<'DbName'>()
export type DbName = z.output<typeof DbName>
export const dbNameOf = (site: SiteName): DbName => DbName.parse(site.replaceAll('-', '_'))

/** Of a host, in lower case and A-labels, without a last dot. */
export const DomainName = z
  .string()
  .max(300)
  .transform((text, context) => {
    const found = HIDDEN.test(text) ? { ok: false as const, why: null } : normalDomain(text.trim())
    if (found.ok) return found.value
    context.addIssue(issueOf(found.why, 'this is not a domain name'))
    return z.NEVER
  })
  .brand<'DomainName'>()
export type DomainName = z.output<typeof DomainName>

/** One line of authorized_keys without options; the comment reduced to plain signs. */
export const PublicKey = z
  .string()
  .max(9000)
  .transform((text, context) => {
    const found = HIDDEN.test(text.trim()) ? { ok: false as const, why: null } : normalSshKey(text.trim())
    if (!found.ok) {
      context.addIssue(issueOf(found.why, 'this is not a public key'))
      return z.NEVER
    }
    const [type = '', blob = '', ...comment] = found.value.split(' ')
    return [type, blob, comment.join('-').replaceAll(/[^A-Za-z0-9@._-]/g, '-')].filter(part => part !== '').join(' ')
  })
  .brand<'PublicKey'>()
export type PublicKey = z.output<typeof PublicKey>

/** Below the website's folder: no dot at the head of a part, no way up. */
export const SafePath = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/, 'letters, digits, . _ - and / between; no part begins with a dot')
  .brand<'SafePath'>()
export type SafePath = z.output<typeof SafePath>

/** An argument of a program of the website's own. */
export const SafeArgument = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9._=:@,+/-]+$/, 'letters, digits and . _ = : @ , + / -')
  .refine(text => !text.split('/').includes('..'), 'no way up')
  .brand<'SafeArgument'>()
export type SafeArgument = z.output<typeof SafeArgument>

/** Of a managed host in our books. */
export const HostId = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,60}[a-z0-9])?$/, 'small letters, digits, dots and hyphens')
  .brand<'HostId'>()
export type HostId = z.output<typeof HostId>
