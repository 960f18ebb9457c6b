// Berita acara pengeluaran: equipment that leaves custody, piece by piece, handed back by the one party to the other.
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { Paper } from '../../domain/paper.ts'
import type { LeavingInput } from '../../domain/paper-input.ts'
import { formatNumber } from '../../domain/words/format.ts'
import { NONE } from '../../domain/words/lang.ts'
import { dateOpening, isDate } from '../../domain/words/terbilang.ts'
import { cells, dayOf, type Frame, fieldsOf, headed, paperOf, partyOf } from '../frame.ts'

const WORDS = {
  id: {
    title: 'BERITA ACARA PENGELUARAN PERANGKAT',
    opening:
      ', kami yang bertanda tangan di bawah ini menyatakan bahwa PIHAK PERTAMA menyerahkan kembali dan PIHAK KEDUA menerima perangkat titipan berikut:',
    labels: ['Nomor tiket', 'Instansi pemilik', 'Berita acara penitipan'],
    heads: ['NO.', 'PERANGKAT', 'NOMOR SERI', 'KIB', 'RAK DAN U', 'BERAT', 'MEDIA PENYIMPANAN', 'ALASAN KELUAR'],
    media: {
      wiped: (n: number) => `${n} media disanitasi, lihat sertifikat`,
      none: 'Tidak ada media',
      kept: (why: string) => `Keluar apa adanya: ${why}`,
      unsaid: 'Belum dinyatakan',
    },
    closing:
      'Perangkat diterima PIHAK KEDUA dalam keadaan sebagaimana dicatat pada saat keluar. Dengan ditandatanganinya berita acara ini, tanggung jawab PIHAK PERTAMA atas perangkat tersebut beserta data di dalamnya berakhir, serta U, daya dan port yang dipakainya tersedia kembali.',
  },
  en: {
    title: 'MINUTES OF REMOVAL OF EQUIPMENT',
    opening: ' we the undersigned declare that the FIRST PARTY hands back and the SECOND PARTY takes over the following equipment from custody:',
    labels: ['Ticket', 'Owner', 'Minutes of custody'],
    heads: ['NO.', 'EQUIPMENT', 'SERIAL', 'INVENTORY NO.', 'RACK AND U', 'WEIGHT', 'STORAGE MEDIA', 'WHY IT LEAVES'],
    media: {
      wiped: (n: number) => `${n} media wiped, see the certificate`,
      none: 'No media',
      kept: (why: string) => `Left as they are: ${why}`,
      unsaid: 'Not said yet',
    },
    closing:
      'The SECOND PARTY takes the equipment over as it was noted when it left. With these minutes signed the FIRST PARTY answers no longer for it and the data on it, and the U, power and ports it used are free again.',
  },
} as const

/** `invalid`: there is no such day. */
export function removalPaper(frame: Frame, { ticket, organisation, minutes, pieces, parties }: LeavingInput): Outcome<Paper> {
  const { language, date } = frame
  if (!isDate(date)) return failed('invalid', `there is no day ${date.year}-${date.month}-${date.day}`)
  const words = WORDS[language]
  const mediaOf = (media: LeavingInput['pieces'][number]['media']): string => {
    if (media === null) return words.media.unsaid
    if (media.kind === 'none') return words.media.none
    return media.kind === 'kept' ? words.media.kept(media.reason) : words.media.wiped(new Set(media.wipes.map(({ serial }) => serial)).size)
  }
  const [ticketLabel, owner, custody] = words.labels
  return done(
    paperOf(frame, 'removal', words.title, [
      headed(words.title, frame.number),
      { kind: 'paragraph', content: `${language === 'id' ? dateOpening(date) : `On ${dayOf(date, 'en')}`}${words.opening}` },
      fieldsOf([
        [ticketLabel, ticket],
        [owner, organisation],
        [custody, minutes ?? NONE],
      ]),
      {
        kind: 'table',
        size: 8.5,
        columns: [
          { width: 4, align: 'center' },
          { width: 17 },
          { width: 14 },
          { width: 14 },
          { width: 10 },
          { width: 8, align: 'right' },
          { width: 17 },
          { width: 16 },
        ],
        head: [cells(...words.heads)],
        rows: pieces.map(({ name, serial, asset, place, weight, media, reason }, i) =>
          cells(String(i + 1), name, serial || NONE, asset || NONE, place ?? NONE, `${formatNumber(weight, 1, language)} kg`, mediaOf(media), reason),
        ),
      },
      { kind: 'paragraph', content: words.closing },
      { kind: 'signatures', parties: parties.map(({ title, signatory }) => partyOf(signatory, [`${title},`], null)) },
    ]),
  )
}
