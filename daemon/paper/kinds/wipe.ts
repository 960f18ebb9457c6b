// The certificate of sanitisation: each storage medium of what leaves, how it was made unreadable and how that was looked at, by NIST SP 800-88.
import type { Block, Paper } from '../../domain/paper.ts'
import type { LeavingInput } from '../../domain/paper-input.ts'
import type { MediaWipe } from '../../domain/stay.ts'
import { NONE } from '../../domain/words/lang.ts'
import { cells, type Frame, fieldsOf, headed, momentOf, paperOf, partyOf } from '../frame.ts'

const WORDS = {
  id: {
    title: 'SERTIFIKAT SANITASI MEDIA PENYIMPANAN',
    basis:
      'Media penyimpanan berikut telah disanitasi menurut NIST SP 800-88 (Guidelines for Media Sanitization). Clear: data tidak dapat dibaca kembali dengan cara biasa; Purge: data tidak dapat dibaca kembali dengan teknik laboratorium; Destroy: media tidak dapat dipakai lagi.',
    labels: ['Nomor tiket', 'Instansi pemilik data', 'Berita acara penitipan'],
    heads: ['NO.', 'PERANGKAT', 'MEDIA', 'NOMOR SERI MEDIA', 'METODE', 'ALAT', 'VERIFIKASI', 'HASIL', 'PELAKSANA DAN WAKTU', 'CATATAN'],
    mediums: { hdd: 'HDD', ssd: 'SSD', nvme: 'NVMe', flash: 'Flash', tape: 'Pita', other: 'Lainnya' },
    methods: { clear: 'Clear', purge: 'Purge', destroy: 'Destroy' },
    checks: { full: 'Menyeluruh', sample: 'Sampel', visual: 'Visual' },
    passed: 'Lolos',
    failed: 'Tidak lolos',
    none: (name: string) => `${name}: tidak ada media penyimpanan di dalamnya.`,
    kept: (name: string, why: string, by: string) => `${name}: media keluar tanpa sanitasi, dinyatakan oleh ${by}: ${why}`,
    closing: 'Sertifikat ini dibuat untuk setiap media tersendiri dan berlaku hanya untuk nomor seri yang tercantum di atas.',
  },
  en: {
    title: 'CERTIFICATE OF MEDIA SANITISATION',
    basis:
      'The following storage media were sanitised by NIST SP 800-88 (Guidelines for Media Sanitization). Clear: the data cannot be read again by ordinary means; purge: nor by the techniques of a laboratory; destroy: the medium cannot be used again.',
    labels: ['Ticket', 'Owner of the data', 'Minutes of custody'],
    heads: ['NO.', 'EQUIPMENT', 'MEDIUM', 'SERIAL OF THE MEDIUM', 'METHOD', 'TOOL', 'VERIFICATION', 'RESULT', 'BY AND WHEN', 'NOTE'],
    mediums: { hdd: 'HDD', ssd: 'SSD', nvme: 'NVMe', flash: 'Flash', tape: 'Tape', other: 'Other' },
    methods: { clear: 'Clear', purge: 'Purge', destroy: 'Destroy' },
    checks: { full: 'Full', sample: 'Sample', visual: 'Visual' },
    passed: 'Passed',
    failed: 'Not passed',
    none: (name: string) => `${name}: there are no storage media in it.`,
    kept: (name: string, why: string, by: string) => `${name}: its media leave unsanitised, as ${by} declares: ${why}`,
    closing: 'This certificate is given for each medium by itself and holds for the serials named above only.',
  },
} as const

export function wipePaper(frame: Frame, { ticket, organisation, minutes, pieces, parties }: LeavingInput): Paper {
  const words = WORDS[frame.language]
  const named = ({ name, serial }: { readonly name: string; readonly serial: string }): string => (serial === '' ? name : `${name} (${serial})`)
  const lines = pieces.flatMap(piece => (piece.media?.kind === 'wiped' ? piece.media.wipes.map(wipe => ({ piece: named(piece), wipe })) : []))
  const row = ({ piece, wipe }: { readonly piece: string; readonly wipe: MediaWipe }, i: number) =>
    cells(
      String(i + 1),
      piece,
      [words.mediums[wipe.medium], wipe.make].filter(one => one !== '').join(' '),
      wipe.serial,
      `${words.methods[wipe.method]}: ${wipe.technique}`,
      wipe.tool,
      words.checks[wipe.check],
      wipe.passed ? words.passed : words.failed,
      `${wipe.by}\n${momentOf(wipe.at, frame)}`,
      wipe.note || NONE,
    )
  const [ticketLabel, owner, custody] = words.labels
  const others = pieces.flatMap((piece): Block[] => {
    if (piece.media?.kind === 'none') return [{ kind: 'paragraph', content: words.none(named(piece)) }]
    return piece.media?.kind === 'kept' ? [{ kind: 'paragraph', content: words.kept(named(piece), piece.media.reason, piece.media.by) }] : []
  })
  return paperOf(
    frame,
    'wipe',
    words.title,
    [
      headed(words.title, frame.number),
      fieldsOf([
        [ticketLabel, ticket],
        [owner, organisation],
        [custody, minutes ?? NONE],
      ]),
      { kind: 'paragraph', content: words.basis },
      {
        kind: 'table',
        size: 8,
        columns: [
          { width: 4, align: 'center' },
          { width: 15 },
          { width: 9 },
          { width: 13 },
          { width: 14 },
          { width: 11 },
          { width: 8 },
          { width: 7 },
          { width: 14 },
          { width: 9 },
        ],
        head: [cells(...words.heads)],
        rows: lines.map(row),
      },
      ...others,
      { kind: 'paragraph', content: words.closing },
      { kind: 'signatures', parties: parties.map(({ title, signatory }) => partyOf(signatory, [`${title},`], null)) },
    ],
    true,
  )
}
