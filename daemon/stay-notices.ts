// From what the stays want told to the words of the channels' template: the officers of the desk, and the requesters of the organisation.

import { type Lang, NONE } from './domain/words/lang.ts'
import { dateTime } from './domain/words/time.ts'
import type { StayNotice } from './stays/sources.ts'
import type { Records } from './store/records.ts'

type Words = { readonly title: string; readonly note: string }

const SAYS: Readonly<Record<Lang, Readonly<Record<StayNotice['kind'], Words>>>> = {
  id: {
    expiring: {
      title: 'Pemesanan tempat segera berakhir',
      note: 'Tempat di rak ini dipesan sampai waktu di bawah. Perpanjang dengan alasan, atau pasang perangkatnya.',
    },
    expired: { title: 'Pemesanan tempat berakhir', note: 'Tempat di rak ini tidak lagi dipesan; U, daya dan port kembali tersedia.' },
    dropped: {
      title: 'Pemesanan tempat gugur bersama tiketnya',
      note: 'Tiket ini dibatalkan, ditolak atau digabungkan; tempat yang dipesan di rak ini kembali tersedia beserta daya dan portnya.',
    },
    ending: {
      title: 'Masa penitipan segera berakhir',
      note: 'Masa penitipan perangkat berakhir pada waktu di bawah. Ajukan perpanjangan atau pengeluaran.',
    },
    over: { title: 'Daya melebihi kesepakatan', note: 'Perangkat ini memakai daya lebih besar daripada yang disepakati.' },
  },
  en: {
    expiring: {
      title: 'A reservation ends soon',
      note: 'The place in this rack is kept until the time below. Extend it with a reason, or install the equipment.',
    },
    expired: { title: 'A reservation has ended', note: 'The place in this rack is kept no longer; its U, power and ports are free again.' },
    dropped: {
      title: 'A reservation has ended with its ticket',
      note: 'This ticket was cancelled, refused or merged; the place that was kept in this rack is free again, with its power and ports.',
    },
    ending: { title: 'A stay ends soon', note: 'The stay of the equipment ends at the time below. Ask for an extension, or for its removal.' },
    over: { title: 'More power than agreed', note: 'This equipment draws more than was agreed.' },
  },
}

export interface StayNoticesOptions {
  readonly records: Pick<Records, 'people' | 'messages' | 'mailings'>
  readonly carriers: () => readonly string[]
  readonly base: () => string
  readonly zone: () => string
  readonly language: Lang
  readonly clock: () => number
}

/** Queues them; within a unit of work they go exactly when what they tell of is written. Who cannot be reached is told on the page only. */
export const stayNotices =
  ({ records, carriers, base, zone, language, clock }: StayNoticesOptions) =>
  async (notices: readonly StayNotice[]): Promise<void> => {
    for (const { id, kind, ticket, until, organisation, text } of notices) {
      const now = clock()
      const officers = await records.people.withRole('officer', now)
      const requesters = organisation === null ? [] : await records.people.withRole('requester', now, organisation)
      const people = new Map([...officers, ...requesters].map(({ person }) => [person.id, person]))
      const chats = await records.messages.chatsOfAll([...people.keys()])
      const { title, note } = SAYS[language][kind]
      for (const person of people.values()) {
        const chat = (chats.get(person.id) ?? []).find(({ source }) => carriers().includes(source))
        const way =
          person.email !== '' && carriers().includes('email')
            ? { channel: 'email', to: person.email }
            : chat === undefined
              ? null
              : { channel: chat.source, to: chat.address }
        if (way === null) continue
        const values = {
          number: ticket,
          title,
          note,
          due: dateTime(until, zone(), language),
          text: text === '' ? NONE : text,
          link: `${base().replace(/\/+$/, '')}/tickets/${ticket}`,
        }
        await records.mailings.add([
          { id: `${id}-${person.id}`, ...way, ticket, payload: { template: 'stay', values, language, ticket, name: person.name }, dueAt: now },
        ])
      }
    }
  }
