// The desk's mailbox, watched without end: IMAP IDLE, every letter handed over in order and marked only when the desk has it.
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { ImapFlow, type SearchObject } from 'imapflow'
import type { Clock, Log } from '../domain/call.ts'
import { because, type ChannelTrouble } from '../domain/channel-trouble.ts'
import type { FailureKind } from '../domain/outcome.ts'
import { BOUNDS } from './incoming.ts'
import type { MessageRow } from './intake.ts'
import { inOrder, Mark, searchFor } from './mailbox.ts'
import type { Post } from './post.ts'
import { backOff, safeText } from './safe.ts'
import type { ImapSettings } from './settings.ts'
import type { StatusBoard } from './status.ts'

export interface MailboxOptions {
  readonly settings: ImapSettings
  readonly post: Post
  readonly marks: { mark(name: string): Promise<unknown>; setMark(name: string, value: unknown): Promise<void> }
  /** Held letters that a person let through. */
  readonly released: () => Promise<readonly MessageRow[]>
  /** One of them is not in the mailbox any more. */
  readonly gone: (letter: MessageRow) => Promise<void>
  readonly status: StatusBoard
  readonly clock: Clock
  readonly log: Log
  /** 0 … 1. */
  readonly random?: () => number
  /** First wait before another try, ms. */
  readonly firstWait?: number
}

export interface Mailbox {
  /** Looks now, not at the next sign of the server. */
  look(): void
  close(): Promise<void>
}

/**
 * Milliseconds. RFC 2177 wants IDLE renewed within 29 minutes; firewalls forget sooner. Below the socket's patience, or imapflow would break
 * IDLE by itself and leave us deaf until the next look.
 */
const RENEW = 2 * 60_000
const PATIENCE = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 150_000 } as const
/** Falls over one letter before it is left lying. */
const STUMBLES = 3
/** Octets fetched of a letter beyond measure. */
const BEGINNING = 262_144
const DAY = 86_400_000

export function openMailbox({
  settings,
  post,
  marks,
  released,
  gone,
  status,
  clock,
  log,
  random = Math.random,
  firstWait = 2_000,
}: MailboxOptions): Mailbox {
  const { host, user, password, mailbox, archive } = settings
  const name = `imap:${user}@${host}/${mailbox}`
  const stop = new AbortController()
  const bell = openBell()
  /** Letters at which we stumbled → how often. */
  const stumbled = new Map<string, number>()
  /** What is to be said of those that are left lying, until the next start. */
  let lying: ChannelTrouble | null = null

  /** All that is there now. False: the desk could not take one; it and those behind it wait. */
  async function drain(client: ImapFlow): Promise<boolean> {
    if (client.mailbox === false) throw new Error('the mailbox is not open')
    const validity = String(client.mailbox.uidValidity)
    const known = Mark.safeParse(await marks.mark(name))
    const search = searchFor(known.success ? known.data : null, validity, clock())
    const query =
      search.kind === 'unseen'
        ? { seen: false, since: search.from }
        : search.kind === 'since'
          ? { since: search.from }
          : { uid: `${search.uid + 1}:*` }
    const next = client.mailbox.uidNext
    const fresh = inOrder(await found(client, query), search)
    for (const uid of fresh) {
      if (stop.signal.aborted) return true
      if (!(await one(client, uid, validity))) return false
      // Not from a first look's middle: what stands between its letters was not looked at yet.
      if (search.kind === 'after') await marks.setMark(name, { validity, uid, at: clock() })
    }
    if (search.kind !== 'after') await marks.setMark(name, { validity, uid: Math.max(next - 1, fresh.at(-1) ?? 0), at: clock() })
    for (const letter of await released()) {
      const uids = await lies(client, letter, validity)
      for (const uid of uids) if (!(await one(client, uid, validity))) return false
      if (uids.length === 0) {
        log.warn({ place: letter.place }, 'a letter that was let through is not in the mailbox any more')
        await gone(letter)
      }
    }
    return true
  }

  /** Where a letter lies now: by its number while that means what it did, else by what it says of itself. */
  async function lies(client: ImapFlow, { place, messageId, sender, subject, at }: MessageRow, validity: string): Promise<readonly number[]> {
    const [of, uid] = (place ?? '').split(':')
    const there = of === validity && uid !== undefined ? await found(client, { uid }) : []
    if (there.length > 0) return there
    const like = messageId === null ? { from: sender, subject, since: new Date(at - DAY) } : { header: { 'message-id': messageId } }
    return await found(client, like)
  }

  /** A search that the server refuses has found nothing out. */
  async function found(client: ImapFlow, query: SearchObject): Promise<readonly number[]> {
    const uids = await client.search(query, { uid: true })
    if (uids === false || uids === undefined) throw new Error('the mail server refuses to search')
    return uids
  }

  /** One letter: fetched, handed over, and only then marked. False: not now. */
  async function one(client: ImapFlow, uid: number, validity: string): Promise<boolean> {
    const about = await client.fetchOne(uid, { size: true, internalDate: true }, { uid: true })
    if (!about) return true
    const cut = (about.size ?? 0) > BOUNDS.message
    const fetched = await client.fetchOne(uid, { source: cut ? { maxLength: BEGINNING } : true }, { uid: true })
    if (!fetched || fetched.source === undefined) return true
    const at = new Date(about.internalDate ?? clock()).getTime()
    const place = `${validity}:${uid}`
    const taken = await handed(place, () => post({ raw: fetched.source ?? Buffer.alloc(0), cut, receivedAt: Number.isNaN(at) ? clock() : at, place }))
    if (taken === null) {
      await client.messageFlagsAdd(uid, ['\\Flagged'], { uid: true })
      return true
    }
    if (!taken.ok) {
      status.trouble({ code: 'letterWaits', because: because(taken.failure) })
      log.warn({ uid, kind: taken.failure.kind }, `a letter is not taken: ${taken.failure.message}`)
      return false
    }
    status.carried('in')
    if (taken.value.what === 'held' || taken.value.what === 'failed') {
      log.warn({ uid, why: taken.value.why }, 'a letter needs a person')
      await client.messageFlagsAdd(uid, ['\\Flagged'], { uid: true })
      return true
    }
    await client.messageFlagsAdd(uid, ['\\Seen'], { uid: true })
    if (archive !== undefined && taken.value.what === 'delivered') await client.messageMove(uid, archive, { uid: true })
    return true
  }

  /** Null: this letter makes us fall, time and again; it is left lying, so that those behind it come through. */
  async function handed(place: string, hand: () => ReturnType<Post>): Promise<Awaited<ReturnType<Post>> | null> {
    try {
      const taken = await hand()
      stumbled.delete(place)
      return taken
    } catch (error) {
      const times = (stumbled.get(place) ?? 0) + 1
      stumbled.set(place, times)
      if (times < STUMBLES) throw error
      stumbled.delete(place)
      lying = { code: 'letterLying', mailbox, because: { kind: 'garbage', said: safeText(error, [password]) } }
      log.error({ place, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'a letter makes us fall and is left lying')
      return null
    }
  }

  /** One connection's life. Ends by throwing, or at the stop. */
  async function session(worked: () => void): Promise<void> {
    const client = connection(settings)
    const lost = Promise.withResolvers<never>()
    lost.promise.catch(() => undefined)
    client.on('error', error => lost.reject(error))
    client.on('close', () => lost.reject(new Error('the mail server closed the connection')))
    client.on('exists', () => bell.ring())
    const end = (): void => client.close()
    stop.signal.addEventListener('abort', end, { once: true })
    try {
      await client.connect()
      if (archive !== undefined && !(await client.list()).some(({ path }) => path === archive)) await client.mailboxCreate(archive)
      await client.mailboxOpen(mailbox)
      status.connected()
      log.info({ host, mailbox }, 'the mailbox is watched')
      for (let tries = 0; !stop.signal.aborted; ) {
        bell.hush()
        const all = await Promise.race([drain(client), lost.promise])
        worked()
        tries = all ? 0 : tries + 1
        if (all) status.trouble(lying)
        const idling = client.idle()
        idling.catch(() => undefined)
        await Promise.race([bell.rung(stop.signal, all ? RENEW : backOff(tries, random(), firstWait)), lost.promise])
        // Breaks IDLE; also proves that the server is still there.
        await Promise.race([client.noop(), lost.promise])
      }
    } finally {
      stop.signal.removeEventListener('abort', end)
      status.disconnected()
      client.close()
    }
  }

  const life = (async (): Promise<void> => {
    for (let failures = 0; !stop.signal.aborted; ) {
      try {
        await session(() => {
          failures = 0
        })
      } catch (error) {
        if (stop.signal.aborted) return
        const why = safeText(reasonOf(error), [password])
        status.trouble({ code: 'mailboxUnread', mailbox, host, because: { kind: kindOf(error), said: why } })
        log.warn({ host, failures }, `the mailbox is lost: ${why}`)
        await pause(backOff(failures++, random(), firstWait), undefined, { signal: stop.signal }).catch(() => undefined)
      }
    }
  })()

  return {
    look: () => bell.ring(),
    async close() {
      stop.abort()
      await life
    },
  }
}

function connection({ host, port, security, user, password, caFile }: ImapSettings): ImapFlow {
  return new ImapFlow({
    host,
    port: port ?? (security === 'tls' ? 993 : 143),
    secure: security === 'tls',
    ...(security === 'starttls' ? { doSTARTTLS: true } : {}),
    auth: { user, pass: password },
    tls: { minVersion: 'TLSv1.2', ...(isIP(host) ? {} : { servername: host }), ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }) },
    // Its log would hold what people write.
    logger: false,
    disableAutoIdle: true,
    maxLiteralSize: BOUNDS.message + 1_048_576,
    ...PATIENCE,
  })
}

/** imapflow says what happened in fields beside the message. */
function kindOf(error: unknown): FailureKind {
  const { authenticationFailed, code = '', responseText } = (error ?? {}) as { authenticationFailed?: boolean; code?: string; responseText?: string }
  if (authenticationFailed === true) return 'wrongCredential'
  if (code === 'ECONNREFUSED') return 'refused'
  if (/TIMEOUT|TIMEDOUT/i.test(code)) return 'timeout'
  return responseText === undefined ? 'unreachable' : 'invalid'
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { responseText, authenticationFailed } = error as { responseText?: string; authenticationFailed?: boolean }
  if (authenticationFailed === true) return `user and password are not accepted${responseText === undefined ? '' : ` (${responseText})`}`
  return responseText ?? error.message
}

/** A sign that may come while nobody waits for it. */
function openBell() {
  let rung = false
  let wake: (() => void) | null = null
  return {
    ring(): void {
      rung = true
      wake?.()
    },
    hush(): void {
      rung = false
    },
    /** Until it rings, `ms` have gone by, or the stop. */
    async rung(signal: AbortSignal, ms: number): Promise<void> {
      if (rung || signal.aborted) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, ms)
      wake = resolve
      signal.addEventListener('abort', () => resolve(), { once: true })
      await promise
      wake = null
      clearTimeout(timer)
    },
  }
}
