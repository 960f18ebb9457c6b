// Settings of the desk's channels: `desk.channels` of suar.yaml. Each may be left out; then it is not there.
import { z } from 'zod'
import { loginGoesTogether, NEVER_CLEAR, neverInClear, SMTP_SERVER } from '../smtp.ts'

const Port = z.int().min(1).max(65_535)
/** `starttls` refuses to go on in clear; `none` is for a server on this machine and takes no password. */
const Security = z.enum(['starttls', 'tls', 'none'])

const Imap = z
  .strictObject({
    host: z.string().min(1),
    /** 143 for starttls and none, 993 for tls. */
    port: Port.optional(),
    security: Security.default('tls'),
    user: z.string().min(1),
    password: z.string().min(1),
    /** A file with the certificate authority of a mail server of one's own. */
    caFile: z.string().min(1).optional(),
    mailbox: z.string().min(1).default('INBOX'),
    /** Folder that letters are moved to once they are tickets; without it they stay, marked as seen. */
    archive: z.string().min(1).optional(),
    /** Name under which the mail server writes Authentication-Results (RFC 8601): then a forged sender is known as one. */
    vouches: z.string().min(1).optional(),
  })
  .refine(({ security }) => security !== 'none', { message: NEVER_CLEAR, path: ['security'] })

const Smtp = z.strictObject(SMTP_SERVER).refine(loginGoesTogether.holds, loginGoesTogether.says).refine(neverInClear.holds, neverInClear.says)

const EmailSettings = z.strictObject({
  /** The desk's own address: requests come to it, answers go out from it. */
  address: z.email().max(200),
  /** As it stands before the address. */
  name: z.string().trim().max(100).default('Layanan'),
  /** Whether the mail server delivers `layanan+anything@` to `layanan@`: then answers find their ticket most surely. */
  plus: z.boolean().default(true),
  /** Letters of one sender within an hour; more are held. */
  perHour: z.int().min(1).max(10_000).default(30),
  imap: Imap.optional(),
  smtp: Smtp.optional(),
})
export type EmailSettings = z.output<typeof EmailSettings>
export type ImapSettings = z.output<typeof Imap>
export type SmtpSettings = z.output<typeof Smtp>

const Base = z.url({ protocol: /^https?$/ }).transform(url => url.replace(/\/+$/, ''))

export const TelegramSettings = z.strictObject({
  /** Of the bot, from @BotFather. */
  token: z.string().regex(/^\d{3,20}:[A-Za-z0-9_-]{20,100}$/, 'a token looks like 123456:ABC…'),
  /** Name of the bot without @, for the link that binds a chat. */
  bot: z.string().regex(/^[A-Za-z0-9_]{5,32}$/),
  perHour: z.int().min(1).max(10_000).default(60),
  /** A Bot API server of one's own. */
  api: Base.default('https://api.telegram.org'),
})
export type TelegramSettings = z.output<typeof TelegramSettings>

export const WhatsappSettings = z.strictObject({
  phoneNumberId: z.string().regex(/^\d{5,25}$/),
  /** Access token of the system user. */
  token: z.string().min(20),
  /** Of the app: it signs what the webhook is told. */
  appSecret: z.string().min(16),
  /** Chosen by oneself, told to Meta once. */
  verifyToken: z.string().min(16),
  perHour: z.int().min(1).max(10_000).default(60),
  api: Base.default('https://graph.facebook.com'),
  version: z
    .string()
    .regex(/^v\d{1,3}\.\d$/)
    .default('v23.0'),
  /** Hosts that media may be fetched from, besides that of `api`. */
  mediaHosts: z.array(z.string().min(1)).default(['lookaside.fbsbx.com']),
  /** Approved templates for what is told outside the customer's 24 hours: ours → theirs, with the values they take in order. */
  templates: z
    .record(
      z.string().regex(/^[a-z][a-z-]*$/),
      z.strictObject({ name: z.string().regex(/^[a-z0-9_]{1,512}$/), language: z.string().min(2).max(10), values: z.array(z.string()).default([]) }),
    )
    .default({}),
})
export type WhatsappSettings = z.output<typeof WhatsappSettings>

export const DeskChannels = z
  .strictObject({ email: EmailSettings.optional(), telegram: TelegramSettings.optional(), whatsapp: WhatsappSettings.optional() })
  .prefault({})
export type DeskChannels = z.output<typeof DeskChannels>
