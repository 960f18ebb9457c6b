// Letters of hosting: credentials that wait behind a link, to the one they are for; names whose days are counted, to who asked and to the desk.
import type { Lang } from './domain/words/lang.ts'
import { dateTime } from './domain/words/time.ts'
import { type Letter, type LettersOptions, queueLetters } from './letters.ts'
import type { HandoverRecord } from './store/handovers.ts'
import type { DomainTerm } from './store/terms.ts'

export interface HostingNotices {
  /** `link`: on our pages; whoever has it and is signed in as that person may open it once. It waits under lock. */
  handover(handover: HandoverRecord, link: string): Promise<void>
  /** `days`: until the last one; 0 when it has passed. */
  term(term: DomainTerm, days: number): Promise<void>
}

const SAYS = {
  id: {
    handover: {
      title: 'Kata sandi menunggu dibuka',
      note: 'Anda terdaftar sebagai penanggung jawab. Tautan di bawah hanya dapat dibuka sekali, setelah masuk dengan akun Anda sendiri, sebelum waktu berikut.',
    },
    soon: {
      title: 'Masa berlaku nama domain segera berakhir',
      note: 'Ajukan perpanjangan atau penghapusan lewat layanan Domain sebelum hari terakhirnya.',
    },
    over: {
      title: 'Masa berlaku nama domain berakhir',
      note: 'Nama berikut melewati hari terakhirnya dan masih ada di zona. Perpanjang atau hapus lewat layanan Domain.',
    },
  },
  en: {
    handover: {
      title: 'A password waits to be opened',
      note: 'You are registered as answering for it. The link below opens once, after signing in with your own account, before the time below.',
    },
    soon: {
      title: 'The days of a domain name are counted',
      note: 'Ask for an extension or for its removal by the service Domain before its last day.',
    },
    over: {
      title: 'The days of a domain name are over',
      note: 'These names are past their last day and still stand in the zone. Extend or remove them by the service Domain.',
    },
  },
} as const satisfies Record<Lang, unknown>

export function hostingNotices(options: LettersOptions): HostingNotices {
  const { records, zone, language, clock } = options
  const says = SAYS[language]
  const template = 'hosting'
  return {
    async handover({ id, person, website, what, until }, link) {
      const [to] = await records.people.personsById([person])
      if (to === undefined || to.goneAt !== null) return
      const values = { number: website, ...says.handover, due: dateTime(until, zone(), language), text: what[language] }
      await queueLetters(options, [{ id: `handover-${id}`, to, ticket: null, template, values, link, sealed: true }])
    },
    async term({ ticket, organisation, until, names }, days) {
      const officers = await records.people.withRole('officer', clock())
      const requesters = await records.people.withRole('requester', clock(), organisation)
      const people = new Map([...officers, ...requesters].map(({ person }) => [person.id, person]))
      const text = names.map(name => (name.split(' ')[0] ?? '').replace(/\.$/, '')).join(', ')
      const values = { number: ticket, ...(days > 0 ? says.soon : says.over), due: until, text }
      await queueLetters(
        options,
        [...people.values()].map(
          (to): Letter => ({ id: `term-${ticket}-${until}-${days}-${to.id}`, to, ticket, template, values, link: `/tickets/${ticket}` }),
        ),
      )
    },
  }
}
