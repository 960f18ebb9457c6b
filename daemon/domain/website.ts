// A website as it is wanted: everything on hosts and in zones follows from this document. Changes of a website are changes of it.
import { z } from 'zod'
import { readIp } from './ip.ts'
import { DomainName, HostId, PublicKey, SafeArgument, SafePath, SiteName } from './safe.ts'

const port = z.int().min(1024, 'ports below 1024 are the system’s').max(65_535)
const address = z.string().refine(text => readIp(text) !== null, 'this is not an IP address')

/** Five fields of crontab(5), numbers, lists, ranges, steps; no names, no @reboot. */
const CronField = '(\\*|\\d{1,2}(-\\d{1,2})?)(/\\d{1,2})?'
const CronTime = z
  .string()
  .regex(new RegExp(`^${Array.from({ length: 5 }, () => `${CronField}(,${CronField})*`).join(' ')}$`), 'five fields of crontab, with figures')

/** What a website may start: a program of its own folder with an interpreter of ours. */
export const INTERPRETERS = ['php', 'node', 'python3', 'sh'] as const

export const CronEntry = z.strictObject({
  time: CronTime,
  interpreter: z.enum(INTERPRETERS),
  file: SafePath,
  arguments: z.array(SafeArgument).max(10).default([]),
})

export const Runtime = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('static') }),
  z.strictObject({
    kind: z.literal('php'),
    version: z.string().regex(/^\d{1,2}\.\d{1,2}$/, 'a version is written 8.2'),
    /** Most processes at once. */
    children: z.int().min(1).max(200).default(8),
    memory: z.int().min(16).max(4096).default(128),
    /** Largest upload, MiB. */
    upload: z.int().min(1).max(4096).default(32),
  }),
  z.strictObject({
    kind: z.literal('app'),
    /** On loopback of the host. */
    port,
    interpreter: z.enum(['node', 'python3']),
    file: SafePath,
    arguments: z.array(SafeArgument).max(10).default([]),
    memory: z.int().min(32).max(65_536).default(512),
  }),
])
export type Runtime = z.output<typeof Runtime>

const WEBSITE_STATES = ['live', 'suspended'] as const

export const Website = z
  .strictObject({
    name: SiteName,
    host: HostId,
    /** The first is its own, the others lead to the same. */
    domains: z.array(DomainName).min(1).max(50),
    server: z.enum(['nginx', 'apache']).default('nginx'),
    runtime: Runtime,
    /** MiB on disk. */
    quota: z.int().min(16).max(10_000_000),
    /** Public keys that may log in by SFTP. */
    keys: z.array(PublicKey).max(50).default([]),
    database: z
      .strictObject({
        engine: z.enum(['mariadb', 'postgresql']),
        connections: z.int().min(1).max(500).default(20),
        size: z.int().min(1).max(10_000_000),
      })
      .nullable()
      .default(null),
    certificate: z.enum(['acme', 'own', 'upload']).default('acme'),
    cron: z.array(CronEntry).max(50).default([]),
    /** Zones of ours in which its names stand; a name in none of them is somebody else's to point here. */
    records: z
      .array(z.strictObject({ zone: DomainName, domain: DomainName, address, ttl: z.int().min(60).max(604_800).default(3600) }))
      .max(50)
      .default([]),
    /** Addresses taken from a pool for it, with the name their PTR gives. */
    addresses: z
      .array(z.strictObject({ address, zone: DomainName.nullable(), name: DomainName }))
      .max(16)
      .default([]),
    /** Opened in the host's firewall besides the web: port and from where. */
    openings: z
      .array(z.strictObject({ protocol: z.enum(['tcp', 'udp']), port: z.int().min(1).max(65_535), from: z.string().max(60) }))
      .max(50)
      .default([]),
    backup: z
      .strictObject({ every: z.enum(['hourly', 'daily', 'weekly']), days: z.int().min(1).max(3650) })
      .nullable()
      .default(null),
    state: z.enum(WEBSITE_STATES).default('live'),
    /** A copy to try things on: search engines are told to stay away. */
    staging: z.literal(true).optional(),
  })
  .refine(({ domains }) => new Set(domains).size === domains.length, { path: ['domains'], message: 'a name stands twice' })
export type Website = z.output<typeof Website>
