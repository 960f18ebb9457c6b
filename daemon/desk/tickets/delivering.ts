// What comes in by mail and chat: a note on the ticket it belongs to, or a draft that waits for an officer. Never an approval.
import { Readable } from 'node:stream'
import type { Instant } from '../../domain/call.ts'
import { letterNumberIn } from '../../domain/letter-mark.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { Person } from '../../domain/people.ts'
import { phoneOf } from '../../domain/phone.ts'
import { type Actor, DAEMON, type TicketFact } from '../../domain/ticket.ts'
import type { AttachmentRow, DeskCommit, TicketDraft, TicketFrame } from '../../domain/ticket-record.ts'
import type { Lang } from '../../domain/words/lang.ts'
import { dateTime } from '../../domain/words/time.ts'
import type { Attaching, Taken } from '../attachments/attaching.ts'
import { prefill } from './prefill.ts'
import { put } from './put.ts'
import type { Loaded, Room } from './room.ts'
import { BEGIN, isOpen, stepOf } from './state.ts'

interface Enclosure {
  readonly name: string
  readonly content: Uint8Array
}

/** What the desk reads of an incoming message. */
export interface IncomingMessage {
  readonly channel: 'email' | 'chat'
  readonly source: string
  readonly externalId: string
  readonly from: { readonly address: string; readonly name: string; readonly person: number | null }
  readonly subject: string
  readonly text: string
  readonly receivedAt: Instant
  readonly messageId: string | null
  /** `proof`: what says that the sender had a letter of ours about the ticket; `subject` says nothing, anybody can write a number. */
  readonly thread: { readonly ticketNumber: string | null; readonly proof?: 'token' | 'reference' | 'choice' | 'subject' | null }
  readonly attachments: readonly Enclosure[]
  readonly leftOut: readonly string[]
  readonly verified: boolean | null
  readonly raw: Enclosure
}

export interface Delivering {
  deliver(message: IncomingMessage): Promise<Outcome<{ readonly ticket: string; readonly created: boolean }>>
  knows(source: string, address: string, ticket: string): Promise<boolean>
  openTickets(person: number): Promise<readonly { readonly number: string; readonly title: string }[]>
  status(person: number, ticket: string, lang: Lang): Promise<Outcome<string>>
  /** A message about the ticket was given up or came back: its own timeline says so. */
  undelivered(ticket: string, channel: string, to: string, why: string): Promise<void>
}

/** A note holds a page, not a book; the whole letter lies with the ticket. */
const MOST_TEXT = 4000
const TRIES = 5

export function openDelivering(room: Room, attaching: Attaching): Delivering {
  const { tickets, lists, people, services, clock } = room.sources

  /** Files that may come in; of the others the name and why not. */
  async function files(message: IncomingMessage): Promise<{ readonly taken: readonly Taken[]; readonly refused: readonly string[] }> {
    const taken: Taken[] = []
    const refused = [...message.leftOut]
    for (const { name, content } of [...message.attachments, message.raw]) {
      const kept = await attaching.take({ name, content: Readable.from([Buffer.from(content)]) })
      if (kept.ok) taken.push(kept.value)
      else refused.push(`${name} (${kept.failure.message})`)
    }
    return { taken, refused }
  }

  /**
   * Who a message says it is from; whether that is true `proven` says. A chat's is bound. A number of WhatsApp is vouched for by Meta; that of a
   * Telegram chat is no telephone. An address of two people is nobody's.
   */
  async function sender({ from, source, verified }: IncomingMessage): Promise<Person | null> {
    if (from.person !== null) return (await people.personsById([from.person]))[0] ?? null
    return verified === false ? null : theOnly(await ofAddress(source, from.address))
  }
  // WhatsApp tells numbers with the country's code and without a plus: 81… is Japan, and no mobile of here that lost its zero.
  const ofAddress = async (source: string, address: string): Promise<readonly Person[]> =>
    source === 'imap' ? people.personsByEmail(address) : source === 'whatsapp' ? people.personsByMobile(`+${address}`) : []

  const textOf = ({ text }: IncomingMessage, refused: readonly string[]): string =>
    `${text.slice(0, MOST_TEXT)}${refused.length === 0 ? '' : `\n\n[Lampiran tidak disimpan: ${refused.join('; ')}]`}`.trim() || '(kosong)'
  /** Anybody can write any name into a letter: what says more is our mail server, or an answer to a letter that only its receiver had. */
  const proven = ({ channel, verified, thread }: IncomingMessage): boolean =>
    channel !== 'email' || verified === true || (verified === null && (thread.proof === 'token' || thread.proof === 'reference'))
  const actorOf = (message: IncomingMessage, person: Person | null): Actor =>
    proven(message)
      ? {
          account: null,
          person: person?.id ?? null,
          name: person?.name ?? (message.from.name || message.from.address),
          position: person?.position ?? '',
          organisation: person?.organisation ?? null,
        }
      : { account: null, person: null, name: message.from.address, position: '', organisation: null }
  const noteOf = (message: IncomingMessage, refused: readonly string[]): TicketFact => ({
    kind: 'note',
    text: textOf(message, refused),
    visibility: 'public',
    channel: message.channel,
    ...(proven(message) ? {} : { unverified: true }),
  })
  const incomingOf = (message: IncomingMessage, ticket: string): NonNullable<DeskCommit['incoming']> => ({
    source: message.source,
    externalId: message.externalId,
    sender: message.from.address,
    subject: message.subject,
    at: message.receivedAt,
    messageId: message.messageId,
    ticket,
  })
  const attachments = (ids: readonly number[], taken: readonly Taken[], ticket: number, at: Instant, by: string, raw: string) => ({
    rows: taken.map(
      (file, i): AttachmentRow => ({ id: ids[i] ?? 0, ticket, ...file, slot: null, visibility: file.name === raw ? 'internal' : 'public', at, by }),
    ),
    facts: taken.map(
      (file, i): TicketFact => ({
        kind: 'attached',
        attachment: ids[i] ?? 0,
        name: file.name,
        slot: null,
        visibility: file.name === raw ? 'internal' : 'public',
      }),
    ),
  })

  async function onTicket(number: string, message: IncomingMessage): Promise<Outcome<{ readonly ticket: string; readonly created: boolean }>> {
    const { taken, refused } = await files(message)
    const person = await sender(message)
    const by = actorOf(message, person)
    for (let tries = 1; ; tries++) {
      const loaded = await room.load(number)
      if (loaded === null) return failed('notFound', `There is no ticket ${number}.`)
      const at = clock()
      const note = noteOf(message, refused)
      const written = await put(room, loaded, [note], {
        by,
        action: 'note',
        draws: taken.map(() => ({ pattern: 'attachment', year: 0 })),
        factsWith: ids => [note, ...attachments(ids, taken, loaded.frame.id, at, by.name, message.raw.name).facts],
        attachmentsWith: ids => attachments(ids, taken, loaded.frame.id, at, by.name, message.raw.name).rows,
        incoming: incomingOf(message, number),
      })
      if (written.ok) return done({ ticket: number, created: false })
      // Taken in before: the message itself says so, without words for people.
      if (written.failure.kind !== 'conflict' || written.failure.words === undefined) return written
      if (tries >= TRIES) return failed('busy', `Ticket ${number} is being written to by others just now.`)
    }
  }

  /** A draft on the general service: whoever opens it chooses the right one with the sender. */
  async function begin(message: IncomingMessage): Promise<Outcome<{ readonly ticket: string; readonly created: boolean }>> {
    const general = services.services.find(({ key }) => key === 'complaint') ?? services.services[0]
    if (general === undefined) return failed('notFound', 'The catalogue has no service.')
    const { taken, refused } = await files(message)
    const person = await sender(message)
    const by = actorOf(message, person)
    const at = clock()
    const { service, version } = general
    const organisation = person === null ? null : ((await people.organisationsById([person.organisation]))[0] ?? null)
    const frame: Omit<TicketFrame, 'id'> = {
      number: null,
      kind: 'request',
      service: service.key,
      version,
      // Nobody knows yet whose it is: the desk's own until an officer says.
      organisation: organisation?.id ?? 0,
      requester: {
        person: person?.id ?? null,
        // Whom it claims to be from: an officer looks at it before anything is done, and sees that nobody has checked.
        name: person?.name ?? (message.from.name || message.from.address),
        email: message.channel === 'email' ? message.from.address : (person?.email ?? ''),
        phone: message.source === 'whatsapp' ? `+${message.from.address}` : (person?.mobile ?? ''),
      },
      channel: message.channel,
      about: null,
      createdAt: at,
      createdBy: null,
    }
    const draft: TicketDraft = {
      title: message.subject.slice(0, 200) || message.text.slice(0, 80),
      products: [],
      answers: prefill(service.form, person, organisation),
      ...(message.channel === 'email'
        ? { letter: { number: letterNumberIn(`${message.subject}\n${message.text}`), date: room.timing.dateOf(message.receivedAt) } }
        : {}),
      savedAt: at,
    }
    const seats = await room.seats(service, at)
    const written = await tickets.commit(
      { draws: [{ pattern: 'ticket', year: 0 }, ...taken.map(() => ({ pattern: 'attachment', year: 0 }))] },
      ({ numbers: [id = 0, ...ids] }) => {
        const loaded: Loaded = { frame: { ...frame, id }, draft, events: [], service, state: BEGIN }
        const { rows, facts } = attachments(ids, taken, id, at, by.name, message.raw.name)
        const note = noteOf(message, refused)
        const moved = room.move(loaded, [{ kind: 'created', channel: frame.channel }, note, ...facts], by, at)
        return {
          tickets: [room.written(loaded, moved, { organisation: organisation?.name ?? '', seats, draft, attachments: rows })],
          incoming: incomingOf(message, `D-${id}`),
          audit: [
            { at, actor: by.name, action: 'ticket.arrive', subject: `D-${id}`, detail: { channel: message.channel, sender: message.from.address } },
          ],
        }
      },
    )
    return written.ok ? done({ ticket: `D-${written.value.tickets[0]?.frame.id ?? 0}`, created: true }) : written
  }

  const takesPart = ({ frame, state }: Loaded, person: number): boolean =>
    frame.requester.person === person || state.watchers.includes(person) || state.assignee?.person === person || state.turn?.person === person

  return {
    async deliver(message) {
      const number = message.thread.ticketNumber
      const there = number === null ? null : await room.load(number)
      // What was closed stays as it was: an answer to it begins something new that names it.
      return number !== null && there !== null && (isOpen(there.state) || there.state.status === 'draft') ? onTicket(number, message) : begin(message)
    },
    async undelivered(ticket, channel, to, why) {
      const loaded = await room.load(ticket)
      if (loaded === null) return
      const text = `Pesan lewat ${channel} kepada ${to} tidak sampai: ${why}`
      // The daemon's own notes are told to nobody: one that cannot be delivered either would come back for ever.
      const written = await put(room, loaded, [{ kind: 'note', text, visibility: 'internal', channel: 'email' }], {
        by: DAEMON,
        action: 'undelivered',
      })
      if (!written.ok) room.sources.log.warn({ ticket, reason: written.failure.message }, 'the ticket could not be told of a lost message')
    },
    async knows(source, address, ticket) {
      const loaded = await room.load(ticket)
      if (loaded === null) return false
      if (source === 'whatsapp') {
        const holders = await ofAddress(source, address)
        const person = theOnly(holders)
        if (person !== null && takesPart(loaded, person.id)) return true
        // Who is in no register is known by the number that was written down with the request.
        const { person: registered, phone } = loaded.frame.requester
        return holders.length === 0 && registered === null && phoneOf(phone) !== null && phoneOf(phone) === phoneOf(`+${address}`)
      }
      if (source !== 'imap') return false
      const wanted = address.toLowerCase()
      if (loaded.frame.requester.email.toLowerCase() === wanted) return true
      return (await people.personsByEmail(address)).some(({ id }) => takesPart(loaded, id))
    },
    async openTickets(person) {
      const who = { account: 0, person, organisations: 'all' as const, chairs: [], internal: false, desk: false }
      const { items } = await lists.page({ view: 'mine', search: '', sort: '-changed', page: 1, size: 10 }, who)
      return items.filter(({ endedAt }) => endedAt === null).map(({ number, title }) => ({ number, title }))
    },
    async status(person, ticket, lang) {
      const loaded = await room.load(ticket)
      if (loaded === null || !takesPart(loaded, person)) return failed('notFound', `There is no ticket ${ticket}.`)
      const { state, service, frame } = loaded
      const zone = room.timing.time().calendar.timezone
      const step = stepOf(state, service)
      const row = await tickets.row(frame.id)
      const due = row?.head.due ?? null
      const words = lang === 'id' ? STATUS.id : STATUS.en
      return done(
        [
          `${frame.number ?? ticket} · ${state.title}`,
          words[state.status],
          step === null || state.endedAt !== null ? '' : step.label[lang],
          due === null ? '' : `${words.due} ${dateTime(due, zone, lang)}`,
        ]
          .filter(Boolean)
          .join('\n'),
      )
    },
  }
}

const theOnly = (found: readonly Person[]): Person | null => (found.length === 1 ? (found[0] ?? null) : null)

const STATUS = {
  id: {
    draft: 'Belum diajukan', open: 'Sedang diproses', returned: 'Menunggu Anda melengkapi berkas', paused: 'Dihentikan sementara',
    rejected: 'Ditolak', cancelled: 'Dibatalkan', closed: 'Selesai', merged: 'Digabung dengan tiket lain', due: 'Batas waktu',
  },
  en: {
    draft: 'Not handed in', open: 'Under way', returned: 'Waiting for you to complete the papers', paused: 'Paused',
    rejected: 'Rejected', cancelled: 'Cancelled', closed: 'Done', merged: 'Merged into another ticket', due: 'Due',
  },
} as const // biome-ignore format: two languages side by side
