// From what the visits want told to the words of the channels' template: by letter, else in the chat that was bound last.
import type { Instant } from './domain/call.ts'
import type { Lang } from './domain/words/lang.ts'
import { dateTime } from './domain/words/time.ts'
import { type Letter, type LettersOptions, queueLetters } from './letters.ts'
import type { VisitNotice } from './visits/sources.ts'

type Kind = VisitNotice['kind']

const SAYS: Readonly<Record<Lang, Readonly<Record<Kind, { readonly title: string; readonly note: string }>>>> = {
  id: {
    approved: {
      title: 'Kunjungan disetujui',
      note: 'Kunjungan Anda disetujui. Kode di bawah berlaku sekali untuk masuk; tunjukkan kepada penjaga beserta kartu identitas. Kode QR ada pada halaman kunjungan.',
    },
    changed: { title: 'Kunjungan diubah', note: 'Waktu atau tempat kunjungan Anda diubah. Kode yang belum dipakai tetap berlaku.' },
    refused: { title: 'Kunjungan ditolak', note: 'Kunjungan Anda tidak disetujui.' },
    cancelled: { title: 'Kunjungan dibatalkan', note: 'Kunjungan ini dibatalkan; kodenya tidak berlaku lagi.' },
    escort: { title: 'Anda mendampingi kunjungan', note: 'Anda ditunjuk sebagai pendamping kunjungan ini. Pengunjung:' },
    overstay: { title: 'Kunjungan melewati batas waktu', note: 'Kunjungan yang Anda dampingi melewati batas waktunya. Orang yang masih di dalam:' },
    owed: {
      title: 'Kunjungan menunggu penyelesaian',
      note: 'Kunjungan ini masuk tanpa persetujuan lebih dahulu, dan yang terutang belum diselesaikan.',
    },
    dormant: { title: 'Lencana dinonaktifkan', note: 'Lencana tetap ini lama tidak dipakai dan dinonaktifkan:' },
    review: { title: 'Tinjauan hak akses', note: 'Hak akses tetap perlu ditinjau.' },
  },
  en: {
    approved: {
      title: 'Visit approved',
      note: 'Your visit is approved. Each code below lets its person in once; show it to the guard with the identity card. The QR code is on the page of the visit.',
    },
    changed: { title: 'Visit changed', note: 'The time or place of your visit was changed. Codes that were not used stay good.' },
    refused: { title: 'Visit refused', note: 'Your visit was not approved.' },
    cancelled: { title: 'Visit called off', note: 'This visit was called off; its codes are worth nothing any more.' },
    escort: { title: 'You escort a visit', note: 'You were named escort of this visit. Visitors:' },
    overstay: { title: 'A visit overstays', note: 'The visit you escort is past its end. People still inside:' },
    owed: { title: 'A visit is owed something', note: 'This visit went in without approval beforehand, and what it owes is overdue.' },
    dormant: { title: 'Badge taken away', note: 'This standing badge was not used for long and was taken away:' },
    review: { title: 'Review of access', note: 'Standing access is due for review.' },
  },
}

/** To the person each is for. A code in it lets somebody in: it waits under lock. */
export const visitNotices =
  (options: LettersOptions) =>
  async (notices: readonly VisitNotice[]): Promise<void> => {
    const { records, zone, language } = options
    const found = await records.people.personsById([...new Set(notices.map(({ person }) => person))])
    const people = new Map(found.map(person => [person.id, person]))
    const said = (at: Instant | undefined): string => (at === undefined ? '' : dateTime(at, zone(), language))
    const letters = notices.flatMap(({ id, kind, person, visit, ticket, text }): Letter[] => {
      const to = people.get(person)
      if (to === undefined) return []
      const values = {
        number: ticket ?? visit?.number ?? 'Suar',
        ...SAYS[language][kind],
        since: said(visit?.from),
        due: said(visit?.until),
        text,
      }
      return [{ id, to, ticket, template: 'visit', values, link: visit === null ? '/visits/badges' : `/visits/${visit.id}`, sealed: true }]
    })
    await queueLetters(options, letters)
  }
