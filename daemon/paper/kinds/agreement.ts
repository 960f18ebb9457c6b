// The agreement after a promise was not kept: why, until when instead, and who agreed. It goes with the minutes.
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { Block, Paper } from '../../domain/paper.ts'
import type { AgreementInput } from '../../domain/paper-input.ts'
import { dateOpening, isDate } from '../../domain/words/terbilang.ts'
import { dayOf, type Frame, fieldsOf, headed, paperOf, paragraphs, partyOf } from '../frame.ts'

const WORDS = {
  id: {
    title: 'KESEPAKATAN PENYELESAIAN LAYANAN',
    opening: ' kami yang bertanda tangan dibawah ini sepakat atas penyelesaian layanan berikut :',
    labels: ['Nomor tiket', 'Layanan', 'Batas waktu semula', 'Batas waktu disepakati', 'Berita acara'],
    reason: 'Sebab keterlambatan :',
    right:
      'Pemohon layanan berhak mendapat kepastian dari penyelesaian penanganan sampai masalah dapat diselesaikan dengan cara kesepakatan para pihak.',
    closing: 'Demikian kesepakatan ini dibuat dan menjadi bagian yang tidak terpisahkan dari berita acara layanan.',
  },
  en: {
    title: 'AGREEMENT ON A NEW DATE',
    opening: 'we the undersigned agree on the completion of the following service:',
    labels: ['Ticket', 'Service', 'Promised', 'Agreed', 'Minutes'],
    reason: 'Why it was late:',
    right: 'The requester is entitled to certainty about the solution until the matter is settled by agreement of the parties.',
    closing: 'This agreement is made as a part of the minutes of the service.',
  },
} as const

/** `invalid`: there is no such day. */
export function agreementPaper(frame: Frame, input: AgreementInput): Outcome<Paper> {
  if (!isDate(frame.date)) return failed('invalid', `there is no day ${frame.date.year}-${frame.date.month}-${frame.date.day}`)
  const words = WORDS[frame.language]
  const [ticket, service, promised, agreed, minutes] = words.labels
  const opening = frame.language === 'id' ? `${dateOpening(frame.date)}${words.opening}` : `On ${dayOf(frame.date, 'en')} ${words.opening}`
  const blocks: Block[] = [
    headed(words.title, frame.number),
    { kind: 'paragraph', content: opening },
    fieldsOf([
      [ticket, input.ticket],
      [service, input.service],
      [promised, input.promised],
      [agreed, input.agreed],
      ...(input.minutes === null ? [] : ([[minutes, input.minutes]] as const)),
    ]),
    { kind: 'paragraph', content: words.reason, keep: true, gap: 2 },
    ...paragraphs(input.reason),
    { kind: 'paragraph', content: words.right },
    { kind: 'paragraph', content: words.closing },
    { kind: 'signatures', parties: input.parties.map(({ title, signatory }) => partyOf(signatory, [`${title},`], null)) },
  ]
  return done(paperOf(frame, 'agreement', words.title, blocks))
}
