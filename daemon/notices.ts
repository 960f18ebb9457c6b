// From what the desk wants told to the words of the channels' templates, with times as people read them and the way to the ticket.
import type { Instant } from './domain/call.ts'
import type { DeskNotice, NoticeKind, OutMessage } from './domain/ticket-record.ts'
import type { Reach } from './domain/ticket-view.ts'
import { STOP_WORDS } from './domain/words/clock-words.ts'
import { type Lang, NONE } from './domain/words/lang.ts'
import { dateTime } from './domain/words/time.ts'

export interface NoticeOptions {
  /** Channels that messages can be queued for; asked each time, for they open after the desk. */
  readonly carriers: () => readonly string[]
  /** Where pages are reached from outside. */
  readonly base: () => string
  readonly zone: string
  readonly language: Lang
}

/** Which template says it. */
const TEMPLATE: Readonly<Record<NoticeKind, string>> = {
  received: 'received',
  overload: 'overload',
  returned: 'returned',
  resubmitted: 'resubmitted',
  paused: 'paused',
  resumed: 'resumed',
  agreed: 'resumed',
  turn: 'disposition',
  sentBack: 'disposition',
  due: 'escalation',
  late: 'escalation',
  task: 'disposition',
  note: 'note',
  rejected: 'rejected',
  cancelled: 'cancelled',
  merged: 'merged',
  sign: 'minutes',
  closed: 'done',
}

const SAYS: Readonly<Record<Lang, Readonly<Partial<Record<NoticeKind, string>>>>> = {
  id: {
    due: 'Batas waktu segera tiba.',
    late: 'Batas waktu sudah lewat.',
    task: 'Tugas untuk Anda',
    closed: 'Layanan selesai dan laporannya disimpan.',
  },
  en: {
    due: 'The deadline is near.',
    late: 'The deadline has passed.',
    task: 'A task for you',
    closed: 'The service is done and its report is kept.',
  },
}

/** By letter; who cannot be written to, in the chat they bound. Null: told on the page only. */
export function wayTo(
  { email, chats }: { readonly email: string; readonly chats: readonly { readonly source: string; readonly address: string }[] },
  carriers: readonly string[],
): { readonly channel: string; readonly to: string } | null {
  if (email !== '' && carriers.includes('email')) return { channel: 'email', to: email }
  const chat = chats.find(({ source }) => carriers.includes(source))
  return chat === undefined ? null : { channel: chat.source, to: chat.address }
}

export function openNotices({ carriers, base, zone, language }: NoticeOptions) {
  const time = (at: unknown): string => (typeof at === 'number' ? dateTime(at as Instant, zone, language) : NONE)
  const text = (value: unknown): string => (typeof value === 'string' && value !== '' ? value : NONE)

  return {
    reach: (to: Pick<DeskNotice['to'], 'email' | 'chats'>): Reach => ({
      by: wayTo(to, carriers())?.channel ?? null,
      unbound: carriers().filter(carrier => carrier !== 'email' && !to.chats.some(({ source }) => source === carrier)),
    }),
    compose({ id, kind, at, ticket, to, figures }: DeskNotice): readonly OutMessage[] {
      const way = wayTo(to, carriers())
      if (way === null) return []
      const said = SAYS[language][kind]
      const reason = text(figures['reason'])
      const values: Record<string, string> = {
        number: ticket.number,
        title: ticket.title,
        service: ticket.service,
        receivedAt: time(figures['received']),
        due: time(figures['due']),
        slot: text(figures['slot']),
        // Of a pause it is one of the official reasons, of everything else what somebody wrote.
        reason: kind === 'paused' && reason in STOP_WORDS[language] ? STOP_WORDS[language][reason as keyof (typeof STOP_WORDS)['id']] : reason,
        since: time(at),
        from: text(figures['step']),
        note: said ?? text(figures['note'] ?? figures['title']),
        author: text(figures['by']),
        text: text(figures['text']),
        document: text(figures['title']),
        result: said ?? NONE,
        into: text(figures['into']),
        link: `${base().replace(/\/+$/, '')}/tickets/${ticket.number}`,
      }
      return [
        {
          id,
          ...way,
          ticket: ticket.number,
          payload: { template: TEMPLATE[kind], values, language, ticket: ticket.number, name: to.name },
          dueAt: at,
        },
      ]
    },
  }
}
