// Settings: `suar.yaml` under environment overrides, read once at start. What is wrong is said with file, line, key, reason and remedy.
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { DeskChannels } from './channels/settings.ts'
import { ScanSettings } from './desk/attachments/scan.ts'
import { type Mistake, readDocument } from './domain/document.ts'
import { SECOND_FACTORS } from './domain/signin.ts'
import { Span } from './domain/span.ts'
import { DoorSettings } from './doors/settings.ts'
import { filesAt, ProvisioningSettings } from './hosting-settings.ts'

/** Channels are a shelf: what a channel wants is checked by the channel itself when the house opens. */
const Channel = z.looseObject({ via: z.string().min(1) })

const Recipient = z.strictObject({
  channel: z.string().min(1),
  to: z.string().min(1),
  severities: z.array(z.enum(['critical', 'warning', 'unknown'])).default(['critical', 'warning', 'unknown']),
  cleared: z.boolean().default(true),
  language: z.enum(['id', 'en']).default('id'),
})

/** Limits of the site over those of devices and profiles. */
const LimitOverride = z.strictObject({
  device: z.string().optional(),
  /** A point's key; `*` stands for any part of it. */
  point: z.string().min(1),
  low: z.strictObject({ warning: z.number().optional(), critical: z.number().optional() }).optional(),
  high: z.strictObject({ warning: z.number().optional(), critical: z.number().optional() }).optional(),
  hysteresis: z.number().nonnegative().optional(),
  delay: Span.optional(),
  /** How long it must be back before the alarm ends. */
  clearDelay: Span.optional(),
  /** Every alarm of the point gets this one. */
  severity: z.enum(['critical', 'warning']).optional(),
  off: z.boolean().default(false),
})

export const Config = z.strictObject({
  data: z.string().min(1).default('./data'),
  site: z.string().min(1).optional(),
  profiles: z.string().min(1).optional(),
  /** The site's own services, laid over ours. */
  catalogue: z.string().min(1).optional(),
  demonstration: z
    .strictObject({
      enabled: z.boolean().default(false),
      /** First address of the simulated devices; they take the addresses after it. */
      address: z
        .string()
        .regex(/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/, 'the demonstration stays on 127.0.0.0/8')
        .default('127.42.0.0'),
      port: z.int().min(1024).max(65_535).default(1161),
    })
    .prefault({}),
  http: z
    .strictObject({
      host: z.string().default('127.0.0.1'),
      port: z.int().min(0).max(65_535).default(8080),
      /** Under which people reach it: links, passkeys and the Host check go by it. */
      publicUrl: z
        .string()
        .regex(/^https:\/\/[a-z0-9.-]+(:\d{1,5})?\/?$/i, 'https:// and a name, such as https://suar.example.org')
        .transform(url => url.toLowerCase().replace(/\/$/, ''))
        .optional(),
      /** Other names and addresses that lead here. */
      names: z.array(z.string().trim().toLowerCase().min(1)).default([]),
      tls: z.strictObject({ certificate: z.string().min(1), key: z.string().min(1) }).optional(),
      proxy: z.strictObject({ trusted: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).min(1) }).optional(),
    })
    .prefault({}),
  signin: z
    .strictObject({
      secondFactor: z.enum(SECOND_FACTORS).optional(),
      /** Without a request for this long a session ends; with one it ends after `absolute`; a wall that only watches after `wall`. */
      idle: Span.default(8 * 3600),
      absolute: Span.default(86_400),
      wall: Span.default(30 * 86_400),
      oidc: z
        .strictObject({
          name: z.string().trim().min(1).max(60),
          issuer: z.url({ protocol: /^https?$/ }),
          clientId: z.string().min(1),
          clientSecret: z.string().min(1).optional(),
          scope: z.string().default('openid profile email'),
          /** Who is not known yet: turned away, or taken in as a requester without an organisation. */
          create: z.enum(['nobody', 'requester']).default('nobody'),
          /** Values of `amr` or `acr` by which its token says that it has asked for two factors; else the account's own is asked for. */
          twoFactors: z.array(z.string().min(1)).default(['mfa', 'https://refeds.org/profile/mfa']),
        })
        .optional(),
    })
    .prefault({}),
  audit: z
    .strictObject({ keep: Span.refine(keep => keep >= 2 * 31_536_000, 'the trail is kept for two years at least').default(5 * 31_557_600) })
    .prefault({}),
  log: z.strictObject({ level: z.enum(['debug', 'info', 'warn', 'error']).default('info') }).prefault({}),
  language: z.enum(['id', 'en']).default('id'),
  snmp: z.strictObject({ timeout: Span.default(1), retries: z.int().min(0).max(10).default(2) }).prefault({}),
  history: z.strictObject({ raw: Span.default(7 * 86_400), minute: Span.default(90 * 86_400), quarter: Span.default(5 * 31_557_600) }).prefault({}),
  alarms: z
    .strictObject({
      limits: z.array(LimitOverride).default([]),
      /** While people work in a room, warnings of its doors, leak sensors and airflow wait so long, and go further by so much of their limit. */
      visited: z.strictObject({ delay: Span.default(300), share: z.number().min(0).max(1).default(0.2) }).prefault({}),
    })
    .prefault({}),
  /** The service desk. */
  desk: z
    .strictObject({
      /** Working calendar of the desk, by its key. */
      calendar: z.string().min(1).default('desk'),
      /** Largest attachment, in MiB. */
      attachment: z.int().min(1).max(100).default(25),
      /** Virus scanner that every upload goes through. */
      scan: ScanSettings.optional(),
      /** The agency's seal: an entry of the shelf of signers with its settings. */
      signer: z.looseObject({ via: z.string().min(1) }).optional(),
      channels: DeskChannels,
    })
    .prefault({}),
  /** Doors and those who tell of them. */
  doors: DoorSettings,
  /** Websites and domains: what is done by itself, what wants a second person, where certificates come from. */
  provisioning: ProvisioningSettings,
  notify: z
    .strictObject({ channels: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), Channel).default({}), recipients: z.array(Recipient).default([]) })
    .superRefine(({ channels, recipients }, context) => {
      for (const [i, { channel }] of recipients.entries())
        if (!Object.hasOwn(channels, channel))
          context.addIssue({ code: 'custom', path: ['recipients', i, 'channel'], message: `there is no channel "${channel}" under notify.channels` })
    })
    .prefault({}),
})
export type Config = z.infer<typeof Config>

export type Configured =
  | { readonly ok: true; readonly config: Config; readonly file: string | null }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] }

/**
 * Reads `file`, or `suar.yaml` in the working folder when null. Without any file the demonstration runs.
 * Relative paths in the file are taken from the file's folder.
 */
export function readConfig(file: string | null, env: NodeJS.ProcessEnv): Configured {
  const path = resolve(file ?? 'suar.yaml')
  let text = ''
  let found = true
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    found = false
    if (file !== null || (error as NodeJS.ErrnoException).code !== 'ENOENT') {
      const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message
      return { ok: false, mistakes: [{ file: path, line: 0, key: '', reason, remedy: 'Give the path of a readable file with --config.' }] }
    }
  }
  const read = readDocument(path, text, Config)
  if (!read.ok) return read
  const base: Config = found ? read.value : { ...read.value, demonstration: { ...read.value.demonstration, enabled: true } }
  const overridden = override(base, env)
  if (!overridden.ok) return overridden
  const config = overridden.value
  const at = (relative: string) => resolve(found ? dirname(path) : '.', relative)
  const exposed = exposure(config.http)
  if (exposed !== null) return { ok: false, mistakes: [{ file: path, line: 0, ...exposed }] }
  const { tls } = config.http
  return {
    ok: true,
    file: found ? path : null,
    config: {
      ...config,
      data: at(config.data),
      ...(config.site === undefined ? {} : { site: at(config.site) }),
      ...(config.profiles === undefined ? {} : { profiles: at(config.profiles) }),
      ...(config.catalogue === undefined ? {} : { catalogue: at(config.catalogue) }),
      provisioning: { ...config.provisioning, tls: filesAt(config.provisioning.tls, at) },
      http: { ...config.http, ...(tls === undefined ? {} : { tls: { certificate: at(tls.certificate), key: at(tls.key) } }) },
    },
  }
}

const loopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)

/** Why strangers may not be let in this way; passwords and sessions never go over a wire in the clear. */
function exposure({ host, publicUrl, tls, proxy }: Config['http']): Pick<Mistake, 'key' | 'reason' | 'remedy'> | null {
  if (!loopback(host) && tls === undefined && proxy === undefined)
    return {
      key: 'http.host',
      reason: `on ${host} others could listen to passwords on their way`,
      remedy: 'Give http.tls (certificate and key), or name the proxy that speaks TLS in http.proxy.trusted; or use 127.0.0.1.',
    }
  if (publicUrl === undefined && (!loopback(host) || proxy !== undefined))
    return { key: 'http.publicUrl', reason: 'it is not said under which name people reach it', remedy: 'Give it, such as https://suar.example.org.' }
  return null
}

/** Every scalar may be set by the environment: `http.port` is SUAR_HTTP_PORT. */
const OVERRIDES = [
  'data',
  'site',
  'profiles',
  'catalogue',
  'language',
  'http.host',
  'http.port',
  'http.publicUrl',
  'log.level',
  'snmp.timeout',
  'snmp.retries',
  'history.raw',
  'history.minute',
  'history.quarter',
  'signin.secondFactor',
  'signin.idle',
  'signin.absolute',
  'signin.wall',
  'audit.keep',
  'demonstration.enabled',
  'demonstration.address',
  'demonstration.port',
] as const

/** Secrets and switches that are read elsewhere and are no settings. */
const OTHER_ENV: ReadonlySet<string> = new Set([
  'SUAR_SECRET_KEY',
  'SUAR_TOKEN',
  'SUAR_OIDC_SECRET',
  'SUAR_COMMUNITY',
  'SUAR_AUTH_PASSWORD',
  'SUAR_PRIV_PASSWORD',
  'SUAR_CONFIG',
  'SUAR_SCORES',
  'SUAR_SEAL_PASSWORD',
])

function override(config: Config, env: NodeJS.ProcessEnv): { ok: true; value: Config } | { ok: false; mistakes: readonly Mistake[] } {
  const known = new Map(OVERRIDES.map(path => [`SUAR_${path.toUpperCase().replaceAll('.', '_')}`, path]))
  const raw = structuredClone(config) as Record<string, unknown>
  const set = new Map<string, string>()
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith('SUAR_') || OTHER_ENV.has(name) || value === undefined) continue
    const path = known.get(name)
    if (path === undefined)
      return {
        ok: false,
        mistakes: [
          { file: 'environment', line: 0, key: name, reason: 'no such setting', remedy: `Remove it or use one of: ${[...known.keys()].join(', ')}.` },
        ],
      }
    const [first, second] = path.split('.') as [string, string?]
    const holder = second === undefined ? raw : (raw[first] as Record<string, unknown>)
    holder[second ?? first] = /^(true|false)$/.test(value) ? value === 'true' : /^\d+(\.\d+)?$/.test(value) ? Number(value) : value
    set.set(path, name)
  }
  const checked = Config.safeParse(raw)
  if (checked.success) return { ok: true, value: checked.data }
  return {
    ok: false,
    mistakes: checked.error.issues.map(issue => ({
      file: 'environment',
      line: 0,
      key: set.get(issue.path.join('.')) ?? issue.path.join('.'),
      reason: issue.message,
      remedy: 'Correct the value of this variable.',
    })),
  }
}
