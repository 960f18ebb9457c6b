// From what the stays want told to the words of the channels' template: the officers of the desk, and the requesters of the organisation.
import type { Lang } from './domain/words/lang.ts'
import { dateTime } from './domain/words/time.ts'
import { type Letter, type LettersOptions, queueLetters } from './letters.ts'
import type { StayNotice } from './stays/sources.ts'

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

/** To the officers of the desk, and to who asks for the organisation. */
export const stayNotices =
  (options: LettersOptions) =>
  async (notices: readonly StayNotice[]): Promise<void> => {
    const { records, zone, language, clock } = options
    for (const { id, kind, ticket, until, organisation, text } of notices) {
      const officers = await records.people.withRole('officer', clock())
      const requesters = organisation === null ? [] : await records.people.withRole('requester', clock(), organisation)
      const people = new Map([...officers, ...requesters].map(({ person }) => [person.id, person]))
      // What was taken over from before there were tickets has none.
      const known = ticket.startsWith('T-')
      const values = { number: known ? ticket : 'Suar', ...SAYS[language][kind], due: dateTime(until, zone(), language), text }
      const link = known ? `/tickets/${ticket}` : '/stays'
      await queueLetters(
        options,
        [...people.values()].map((to): Letter => ({ id: `${id}-${to.id}`, to, ticket, template: 'stay', values, link })),
      )
    }
  }
