// The story of a ticket on paper: one line an event, in the words of the office; and what was asked, label by label.
import type { Answer, Answers, Form, LeafField } from '../../domain/form.ts'
import type { Service } from '../../domain/service.ts'
import type { TicketEvent } from '../../domain/ticket.ts'
import { DIFFICULTY_WORDS, STOP_WORDS } from '../../domain/words/clock-words.ts'
import type { Lang } from '../../domain/words/lang.ts'
import { answerText } from '../papers/form-values.ts'

/** Null: of no interest on paper. The report goes to the requester: what officials write to each other stays on the disposition sheet. */
function sentence(event: TicketEvent, { phases }: Service): string | null {
  switch (event.kind) {
    case 'submitted':
      return event.slot === null ? 'Permohonan diajukan.' : `Permohonan diajukan; ditangani mulai ${event.slot} karena kapasitas hari itu penuh.`
    case 'verified':
      return event.team === undefined
        ? 'Berkas diverifikasi dan lengkap.'
        : `Berkas diverifikasi dan lengkap oleh ${event.team.name}${event.team.decree === '' ? '' : ` (${event.team.decree})`}.`
    case 'registered':
      return `${event.application.name} tercatat sebagai aplikasi nomor ${event.application.id}.`
    case 'returned':
      return `Dikembalikan untuk dilengkapi: ${event.reason}`
    case 'resubmitted':
      return 'Berkas dilengkapi oleh pemohon.'
    case 'disposed':
      return `Disposisi kepada ${event.to.name}, ${event.to.position}.`
    case 'sentBack':
      return 'Dikembalikan satu langkah.'
    case 'urgent':
      return `Jalur darurat kepada ${event.to.name}.`
    case 'ratified':
      return null
    case 'taken':
      return `Ditangani ${event.name}.`
    case 'phase':
      return `Tahap: ${phases.find(({ key }) => key === event.phase)?.name.id ?? event.phase}. ${event.note}`.trim()
    case 'worked':
      return 'Permohonan ditindaklanjuti.'
    case 'reported':
      return 'Laporan dibuat.'
    case 'minuted':
      return `Berita acara ${event.number} dibuat.`
    case 'paused':
      return `Waktu dihentikan sementara, ${STOP_WORDS.id[event.reason]}: ${event.note}`
    case 'resumed':
      return 'Waktu berjalan kembali.'
    case 'difficulty':
      return `Tingkat kesulitan ${DIFFICULTY_WORDS.id[event.level]}.`
    case 'agreed':
      return `Batas waktu baru disepakati dengan ${event.signer}: ${event.reason}`
    case 'rejected':
      return `Ditolak: ${event.reason}`
    case 'cancelled':
      return `Dibatalkan: ${event.reason}`
    case 'struck':
      return event.reason === '' || event.visibility === 'internal' ? null : `Berkas ${event.name} ditarik: ${event.reason}`
    case 'archived':
      return `Disimpan, agenda nomor ${event.agenda}.`
    default:
      return null
  }
}

export const timelineOf = (events: readonly TicketEvent[], service: Service): { readonly at: number; readonly by: string; readonly text: string }[] =>
  events.flatMap(event => {
    const text = sentence(event, service)
    return text === null ? [] : [{ at: event.at, by: event.by.position === '' ? event.by.name : `${event.by.name}\n${event.by.position}`, text }]
  })

/** What was written down while the request was worked on, also among officials; null: nothing was. */
function noted(event: TicketEvent, { phases }: Service, language: Lang): string | null {
  switch (event.kind) {
    case 'note':
      return event.text
    case 'worked':
      return event.note
    case 'phase':
      return `${phases.find(({ key }) => key === event.phase)?.name[language] ?? event.phase}. ${event.note}`.trim()
    case 'task':
      return event.title
    case 'taskDone':
      return event.note
    case 'paused':
      return `${STOP_WORDS[language][event.reason]}: ${event.note}`
    default:
      return null
  }
}

export const notesOf = (
  events: readonly TicketEvent[],
  service: Service,
  language: Lang,
): { readonly at: number; readonly by: string; readonly text: string }[] =>
  events.flatMap(event => {
    const text = noted(event, service, language)?.trim() ?? ''
    return text === '' ? [] : [{ at: event.at, by: event.by.name, text }]
  })

/** Fields that say who asks stand above already. */
const ABOUT_PERSON = new Set(['applicant', 'signatures'])

export function askedOf(
  { sections }: Form,
  answers: Answers,
  files: ReadonlyMap<number, string>,
  language: Lang,
): { readonly label: string; readonly value: string }[] {
  const line = (field: LeafField, answer: Answer | undefined, before = '') => {
    if (answer === undefined || answer === null) return []
    const value =
      field.type === 'present'
        ? answer === true
          ? 'Ada'
          : 'Tidak ada'
        : field.type === 'yesno'
          ? answer === true
            ? 'Ya'
            : 'Tidak'
          : (answerText(field, answer, language, files) ?? '')
    return [{ label: `${before}${field.label[language]}`, value }]
  }
  const inside = (fields: readonly LeafField[], answer: Answer, before: string) =>
    typeof answer === 'object' && answer !== null && !Array.isArray(answer)
      ? fields.flatMap(field => line(field, (answer as Answers)[field.key], before))
      : []
  return sections
    .filter(({ key }) => !ABOUT_PERSON.has(key))
    .flatMap(({ fields }) =>
      fields.flatMap(field => {
        const answer = answers[field.key]
        if (answer === undefined) return []
        if (field.type !== 'group') return line(field, answer)
        const items = field.repeat === undefined ? [answer] : (answer as readonly Answer[])
        return items.flatMap((item, i) => inside(field.fields, item, `${field.label[language]}${items.length > 1 ? ` ${i + 1}` : ''} – `))
      }),
    )
}
