// What goes wrong with a certificate authority, as a failure with what to do. Thrown only through acme-client, and caught where it is called.
import type { Words } from '../../daemon/domain/form.ts'
import type { Failure, FailureKind } from '../../daemon/domain/outcome.ts'

export class AcmeTrouble extends Error {
  readonly failure: Failure
  /** Of the problem document, without its `urn:ietf:params:acme:error:`; null: it gave none. */
  readonly type: string | null

  constructor(failure: Failure, type: string | null = null) {
    super(failure.message)
    this.failure = failure
    this.type = type
  }
}

const RETRY: ReadonlySet<FailureKind> = new Set(['timeout', 'refused', 'unreachable', 'busy', 'tooMany'])

export const trouble = (kind: FailureKind, words: Words, type: string | null = null, after?: number): AcmeTrouble =>
  new AcmeTrouble({ kind, message: words.en, words, retry: RETRY.has(kind), ...(after === undefined ? {} : { after }) }, type)

/** What to do, by type of problem (RFC 8555, 6.7): in Indonesian, in English. */
const REMEDIES: Readonly<Record<string, readonly [FailureKind, string, string]>> = {
  accountDoesNotExist: ['notFound', 'Akun akan didaftarkan lagi.', 'The account will be registered again.'],
  badCSR: ['invalid', 'Periksa nama-nama domain situs ini.', 'Check the domain names of this website.'],
  caa: ['forbidden', 'Izinkan otoritas ini dalam data CAA domain tersebut.', 'Allow this authority in the CAA records of the domain.'],
  connection: ['invalid', 'Pastikan port 80 host dapat dihubungi dari luar.', 'See that port 80 of the host is reached from outside.'],
  dns: ['invalid', 'Periksa data A, AAAA, dan CAA domain tersebut.', 'Check the A, AAAA and CAA records of the domain.'],
  externalAccountRequired: [
    'forbidden',
    'Isi provisioning.acme.eab dengan yang diberikan otoritas ini.',
    'Give provisioning.acme.eab what this authority gave you.',
  ],
  incorrectResponse: ['invalid', 'Pastikan domain mengarah ke host ini.', 'See that the domain leads to this host.'],
  invalidContact: ['invalid', 'Periksa provisioning.acme.email.', 'Check provisioning.acme.email.'],
  rejectedIdentifier: [
    'forbidden',
    'Otoritas ini tidak menerbitkan untuk nama itu; pakai CA instansi.',
    'This authority issues nothing for that name; use the CA of the agency.',
  ],
  serverInternal: ['busy', 'Akan dicoba lagi.', 'It is tried again.'],
  tls: ['invalid', 'Periksa server web host.', 'Check the web server of the host.'],
  unauthorized: ['forbidden', 'Pastikan domain mengarah ke host ini.', 'See that the domain leads to this host.'],
  unsupportedContact: ['invalid', 'Periksa provisioning.acme.email.', 'Check provisioning.acme.email.'],
  userActionRequired: [
    'forbidden',
    'Buka alamat dalam pesan itu dan setujui ketentuannya.',
    'Open the address in this message and agree to its terms.',
  ],
}

const URN = 'urn:ietf:params:acme:error:'

/** A problem document; `detail` is what the authority says, cut short. `after`: seconds that it asks to wait. */
export function problem(
  authority: string,
  status: number,
  { type = '', detail = '' }: { type?: string; detail?: string },
  after?: number,
): AcmeTrouble {
  const short = type.startsWith(URN) ? type.slice(URN.length) : null
  const says = plain(detail)
  if (status === 429 || short === 'rateLimited')
    return trouble(
      'tooMany',
      {
        id: `${authority} menolak karena terlalu banyak permintaan${says}. Yang terpasang tidak diubah; dicoba lagi setelah ${waitId(after)}.`,
        en: `${authority} refuses because of too many requests${says}. Nothing was changed; it is tried again after ${waitEn(after)}.`,
      },
      short,
      after ?? 3600,
    )
  const [kind, id, en] = REMEDIES[short ?? ''] ?? (status >= 500 ? REMEDIES['serverInternal']! : (['invalid', '', ''] as const))
  return trouble(
    kind,
    { id: `${authority} menolak (${short ?? status})${says}. ${id}`.trim(), en: `${authority} refuses (${short ?? status})${says}. ${en}`.trim() },
    short,
    after,
  )
}

/** As far as a sentence goes, and nothing that a page or a log would take for its own. */
function plain(detail: string): string {
  const text = detail
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .replace(/\.$/, '')
  return text === '' ? '' : `: ${text.length > 300 ? `${text.slice(0, 299)}…` : text}`
}

const waitId = (seconds = 3600) =>
  seconds < 120 ? `${seconds} detik` : seconds < 7200 ? `${Math.ceil(seconds / 60)} menit` : `${Math.ceil(seconds / 3600)} jam`
const waitEn = (seconds = 3600) =>
  seconds < 120 ? `${seconds} seconds` : seconds < 7200 ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / 3600)} hours`

/** Of Retry-After: seconds, or a date; undefined: it says neither. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header.trim())) return Number(header)
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000))
}

/** Ended from without: by a person or the end of the daemon, or because its time was up. */
export function stopped(authority: string, signal: AbortSignal): AcmeTrouble {
  const late = signal.reason instanceof Error && signal.reason.name === 'TimeoutError'
  return late
    ? trouble('timeout', {
        id: `${authority} belum selesai; dilanjutkan pada percobaan berikutnya.`,
        en: `${authority} is not through with it yet; the next try goes on from here.`,
      })
    : trouble('cancelled', { id: 'Dihentikan sebelum selesai.', en: 'It was stopped before it was through.' })
}

/** Of a connection that did not come about. */
export function unreached(authority: string, error: Error & { readonly code?: string }, signal: AbortSignal): AcmeTrouble {
  if (signal.aborted) return stopped(authority, signal)
  const { code = error.message, name } = error
  const say = (kind: FailureKind, id: string, en: string) => trouble(kind, { id: `${authority} ${id}.`, en: `${authority} ${en}.` })
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT')
    return say('timeout', 'tidak menjawab pada waktunya', 'did not answer in time')
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return say('refused', 'menolak sambungan', 'refused the connection')
  if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ALTNAME/.test(code))
    return say(
      'invalid',
      `menunjukkan sertifikat yang tidak dipercaya (${code}). Untuk otoritas di intranet, isi provisioning.acme.ca`,
      `shows a certificate that is not believed (${code}). For an authority of the intranet, give provisioning.acme.ca`,
    )
  if (code.startsWith('HPE_') || code.startsWith('ERR_SSL') || code === 'EPROTO')
    return say('garbage', 'tidak berbicara HTTPS', 'does not speak HTTPS')
  return say('unreachable', `tidak dapat dihubungi (${code})`, `cannot be reached (${code})`)
}
