// Why a device does not answer, in words, in both languages. The English ones are also what log and commands say.
import type { FailureKind } from '../failure-kind.ts'
import type { Why, WhyCode, WhyOf } from '../why.ts'
import type { Lang } from './lang.ts'

type Phrase<Code extends WhyCode> = { readonly [L in Lang]: (why: WhyOf<Code>) => string }

const KINDS: Readonly<Record<Lang, Readonly<Record<FailureKind, string>>>> = {
  id: {
    timeout: 'Tidak ada jawaban.',
    refused: 'Sambungan ditolak.',
    unreachable: 'Alamatnya tidak terjangkau.',
    wrongCredential: 'Kredensial ditolak.',
    hostKeyChanged: 'Kunci host berubah.',
    hostKeyUnknown: 'Kunci host belum disahkan.',
    garbage: 'Jawabannya tidak terbaca.',
    tooBig: 'Jawabannya terlalu besar.',
    notSupported: 'Perangkat tidak mendukung permintaan ini.',
    notFound: 'Yang diminta tidak ditemukan.',
    invalid: 'Permintaan tidak diterima.',
    conflict: 'Permintaan bertentangan dengan keadaan perangkat.',
    stale: 'Keadaannya sudah berubah.',
    busy: 'Sedang sibuk.',
    full: 'Penyimpanan penuh.',
    cancelled: 'Dibatalkan.',
    forbidden: 'Tidak diizinkan.',
    unproven: 'Perlu pembuktian ulang.',
    tooMany: 'Terlalu sering.',
  },
  en: {
    timeout: 'No answer.',
    refused: 'Connection refused.',
    unreachable: 'Its address cannot be reached.',
    wrongCredential: 'The credential is refused.',
    hostKeyChanged: 'The host key has changed.',
    hostKeyUnknown: 'The host key is not approved yet.',
    garbage: 'Its answer cannot be read.',
    tooBig: 'Its answer is too big.',
    notSupported: 'The device does not support this.',
    notFound: 'What was asked for is not there.',
    invalid: 'The request is not accepted.',
    conflict: 'The request conflicts with the state of the device.',
    stale: 'Its state has changed meanwhile.',
    busy: 'Busy.',
    full: 'The storage is full.',
    cancelled: 'Cancelled.',
    forbidden: 'Not allowed.',
    unproven: 'Needs to be proven anew.',
    tooMany: 'Too often.',
  },
}

const placeId = (at: string | number | null): string => (at === null ? '' : typeof at === 'number' ? ` pada variabel ke-${at}` : ` pada ${at}`)
const placeEn = (at: string | number | null): string => (at === null ? '' : typeof at === 'number' ? ` at variable ${at}` : ` at ${at}`)
const requestsId = (n: number): string => (n === 1 ? 'satu permintaan' : `${n} permintaan`)
const requestsEn = (n: number): string => (n === 1 ? 'one request' : `${n} requests`)

const WORDS: { readonly [Code in WhyCode]: Phrase<Code> } = {
  noAnswer: {
    id: ({ where, requests }) => `Tidak ada jawaban dari ${where} atas ${requestsId(requests)}.`,
    en: ({ where, requests }) => `No answer from ${where} to ${requestsEn(requests)}.`,
  },
  noAnswerOrCommunity: {
    id: ({ where, requests }) =>
      `Tidak ada jawaban dari ${where} atas ${requestsId(requests)}. Perangkat mati, tidak terjangkau, atau tidak mengenal community ini.`,
    en: ({ where, requests }) => `No answer from ${where} to ${requestsEn(requests)}. It is off, out of reach, or does not know this community.`,
  },
  noReply: { id: ({ where }) => `Tidak ada jawaban dari ${where}.`, en: ({ where }) => `No answer from ${where}.` },
  notSent: {
    id: ({ where, error }) => `Tidak ada yang dapat dikirim ke ${where} (${error}).`,
    en: ({ where, error }) => `Nothing can be sent to ${where} (${error}).`,
  },
  unknownName: {
    id: ({ host }) => `Tidak ada alamat untuk nama host ${host}.`,
    en: ({ host }) => `No address is known for the host name ${host}.`,
  },
  nameNotLookedUp: {
    id: ({ host, error }) => `Nama host ${host} tidak dapat dicari (${error}).`,
    en: ({ host, error }) => `The host name ${host} could not be looked up (${error}).`,
  },
  connectionRefused: {
    id: ({ where }) => `${where} menolak sambungan: tidak ada server SSH di sana.`,
    en: ({ where }) => `${where} refuses the connection: no SSH server listens there.`,
  },
  connectionBroken: { id: ({ where }) => `Sambungan ke ${where} terputus.`, en: ({ where }) => `The connection to ${where} broke.` },
  noRoute: { id: ({ where }) => `Tidak ada jalur ke ${where}.`, en: ({ where }) => `${where} cannot be reached: no route to it.` },
  closed: { id: () => 'Ditutup sebelum ada jawaban.', en: () => 'Closed before there was an answer.' },

  partial: { id: () => 'Hanya dijawab sebagian.', en: () => 'Answered in part.' },
  notSnmp: {
    id: ({ where }) => `${where} menjawab, tetapi bukan dengan jawaban atas permintaan SNMP.`,
    en: ({ where }) => `${where} answers, but with nothing that is an answer to an SNMP request.`,
  },
  malformed: { id: () => 'Jawaban perangkat rusak bentuknya.', en: () => 'The answer of the device is malformed.' },
  notUnderstood: { id: ({ where }) => `Jawaban ${where} tidak dapat dipahami.`, en: ({ where }) => `The answer of ${where} cannot be understood.` },
  short: {
    id: ({ asked, missing }) => `Dari ${asked} variabel, ${missing} tidak dijawab.`,
    en: ({ asked, missing }) => `Of ${asked} variables ${missing} did not come.`,
  },
  others: {
    id: ({ asked, missing, strange }) => `Dari ${asked} variabel, ${missing} tidak dijawab dan ${strange} lainnya datang tanpa diminta.`,
    en: ({ asked, missing, strange }) => `Of ${asked} variables ${missing} did not come, ${strange} others did.`,
  },
  count: {
    id: ({ asked, came }) => `${asked} variabel diminta, ${came} dijawab perangkat.`,
    en: ({ asked, came }) => `Asked for ${asked} variables, the device answered ${came}.`,
  },
  otherVariables: {
    id: ({ oid }) => `Perangkat menjawab variabel lain dari yang diminta: ${oid} tidak ada.`,
    en: ({ oid }) => `The device answered other variables than asked: ${oid} is missing.`,
  },
  tooBig: {
    id: () => 'Jawabannya terlalu besar bagi perangkat itu sendiri.',
    en: () => 'The answer would be too big for the device: ask for less at a time.',
  },
  refusedWith: {
    id: ({ error, at }) => `Perangkat menolak dengan ${error}${placeId(at)}.`,
    en: ({ error, at }) => `The device refused with ${error}${placeEn(at)}.`,
  },
  notInTime: {
    id: ({ where }) => `${where} menjawab di luar jendela waktunya sendiri.`,
    en: ({ where }) => `${where} answers outside its own time window.`,
  },
  nothingKnown: {
    id: () => 'Perangkat menjawab, tetapi tidak menawarkan apa pun yang dikenal profil mana pun.',
    en: () => 'The device answers, but offers nothing that any profile knows.',
  },
  cutShort: { id: () => 'Jawaban host berakhir sebelum baris terakhirnya.', en: () => "The host's answer ended before its last line." },

  securityLevel: {
    id: ({ where, user }) => `${where} tidak menerima pengguna ${user} pada tingkat keamanan ini.`,
    en: ({ where, user }) => `${where} does not let user ${user} in at this security level.`,
  },
  unknownUser: { id: ({ where, user }) => `${where} tidak mengenal pengguna ${user}.`, en: ({ where, user }) => `${where} knows no user ${user}.` },
  authentication: {
    id: ({ where, user }) => `Kata sandi atau protokol autentikasi pengguna ${user} salah bagi ${where}.`,
    en: ({ where, user }) => `The authentication password or protocol of user ${user} is wrong for ${where}.`,
  },
  privacy: {
    id: ({ where, user }) => `Kata sandi atau protokol privasi pengguna ${user} salah bagi ${where}.`,
    en: ({ where, user }) => `The privacy password or protocol of user ${user} is wrong for ${where}.`,
  },
  perhapsPrivacy: {
    id: ({ where, user }) =>
      `${where} menyebut engine-nya tetapi tidak menjawab pengguna ${user}: kata sandi atau protokol privasinya mungkin salah.`,
    en: ({ where, user }) => `${where} names its engine but does not answer user ${user}: the privacy password or protocol may be wrong.`,
  },

  keyFile: {
    id: ({ file, error }) => `Berkas kunci ${file} tidak dapat dibaca (${error}).`,
    en: ({ file, error }) => `The key file ${file} cannot be read (${error}).`,
  },
  noCredential: {
    id: () => 'Baik keyFile maupun password belum diberikan.',
    en: () => 'Neither keyFile nor password is given.',
  },
  pinUnreadable: {
    id: () => 'hostKey bukan SHA-256 dalam heksadesimal dan bukan pula SHA256: dengan base64 seperti cetakan ssh-keygen -lf.',
    en: () => 'hostKey is neither a SHA-256 in hex nor SHA256: and base64 as ssh-keygen -lf prints it.',
  },
  hostKeyUnknown: {
    id: ({ where, shown }) => `${where} menunjukkan kunci host ${shown}; cocokkan di host itu sendiri, lalu tetapkan sebagai hostKey.`,
    en: ({ where, shown }) => `${where} shows the host key ${shown}; compare it on the host itself and set it as hostKey.`,
  },
  hostKeyChanged: {
    id: ({ where, shown, pinned }) =>
      `${where} menunjukkan kunci host ${shown}, bukan ${pinned} yang ditetapkan; tidak ada yang dikirim, dan tidak ditanya lagi sampai hostKey diganti.`,
    en: ({ where, shown, pinned }) =>
      `${where} shows the host key ${shown} instead of the pinned ${pinned}; nothing was sent, and it is not asked again until hostKey is changed.`,
  },
  credential: { id: ({ where }) => `${where} menolak pengguna atau kredensialnya.`, en: ({ where }) => `${where} refuses the user or credential.` },
  agent: {
    id: ({ where }) => `Agen kunci tidak dapat menunjukkan kunci kepada ${where}.`,
    en: ({ where }) => `${where} could not be shown a key by the agent.`,
  },
  keyUnusable: {
    id: ({ where }) =>
      `${where} tidak ditanya: berkas kunci tidak berisi kunci privat yang dapat dipakai (terenkripsi, atau jenisnya tidak dikenal).`,
    en: ({ where }) => `${where} was not asked: the key file holds no usable private key (encrypted, or of an unknown kind).`,
  },
  commandForbidden: {
    id: ({ where }) => `${where} tidak mengizinkan pengguna ini menjalankan perintah.`,
    en: ({ where }) => `${where} does not let this user run commands.`,
  },
  noCommonCipher: {
    id: ({ where }) => `${where} tidak punya cara enkripsi yang sama dengan kami, atau bukan server SSH.`,
    en: ({ where }) => `${where} has no common way of encryption with us, or is no SSH server.`,
  },
  notSsh: {
    id: ({ where }) => `${where} tidak berbicara SSH yang kami kenal.`,
    en: ({ where }) => `${where} does not speak SSH as we know it.`,
  },
  noChannel: { id: ({ where }) => `${where} tidak membuka kanal lagi.`, en: ({ where }) => `${where} opens no further channel.` },
  tooManyFiles: {
    id: ({ where }) => `${where} tidak dapat disambung: terlalu banyak berkas terbuka di mesin ini.`,
    en: ({ where }) => `${where} could not be connected: too many open files.`,
  },
  tooMuch: { id: ({ where }) => `${where} mencetak lebih dari 1 MB.`, en: ({ where }) => `${where} printed more than 1 MB.` },
  commandLate: {
    id: ({ where, seconds }) => `${where} tidak menyelesaikan perintah dalam ${seconds} detik.`,
    en: ({ where, seconds }) => `${where} did not end the command within ${seconds} s.`,
  },
  otherOutput: {
    id: ({ text }) => `Host menjawab hal lain: ${text}`,
    en: ({ text }) => `The host answered something else: ${text}`,
  },
  otherBroker: {
    id: ({ where, broker, expected }) =>
      `Broker di ${where} berversi ${broker}, bukan ${expected}. Jalankan lagi perintah pemasangan host; setelah itu host dapat dipakai.`,
    en: ({ where, broker, expected }) =>
      `The broker on ${where} is ${broker}, not ${expected}. Run the host's install command again; then it can be used.`,
  },
  noBroker: {
    id: ({ where, text }) =>
      `Broker di ${where} tidak menjawab${text === '' ? '' : ` (${text})`}. Jalankan perintah pemasangan host, atau jalankan lagi bila sudah pernah.`,
    en: ({ where, text }) =>
      `The broker on ${where} does not answer${text === '' ? '' : ` (${text})`}. Run the host's install command, again if it was run before.`,
  },

  noWay: { id: ({ via }) => `Tidak ada cara bertanya lewat ${via}.`, en: ({ via }) => `There is no way to ask by ${via}.` },
  collector: {
    id: ({ via }) => `Kolektor ${via} tidak dapat dibuka; sebabnya ada di log Suar. Dicoba lagi setiap sepuluh detik.`,
    en: ({ via }) => `The ${via} collector could not be opened; Suar's log says why. Tried again every ten seconds.`,
  },
  fault: {
    id: () => 'Galat di dalam Suar saat bertanya; rinciannya ada di log Suar.',
    en: () => "An internal fault of Suar's while asking; Suar's log has the details.",
  },
  neverEnded: { id: () => 'Pembacaan tidak pernah selesai.', en: () => 'The poll never ended.' },
  blamed: {
    id: ({ times }) => `Bertanya kepadanya sudah ${times} kali menjatuhkan poller; tidak ditanya lagi sampai diubah atau Suar dinyalakan ulang.`,
    en: ({ times }) => `Asking it brought the poller down ${times} times; it is not asked again until it is changed or Suar is restarted.`,
  },
  hung: {
    id: ({ seconds }) => `Poller tidak bergerak selama ${seconds} detik dan dihentikan.`,
    en: ({ seconds }) => `The poller has not moved for ${seconds} s and is ended.`,
  },
  fell: {
    id: () => 'Poller jatuh dan dinyalakan ulang; pembacaan paling lama sepersepuluh detik hilang.',
    en: () => 'The poller fell and is started anew; readings of at most a tenth of a second were lost.',
  },
  notStored: {
    id: () => 'Pembacaan tidak tersimpan dan dicoba lagi; sebabnya ada di log Suar.',
    en: () => "Readings are not stored and tried again; Suar's log says why.",
  },
  notRegistered: {
    id: () => 'Titik yang ditemukan tidak dapat dicatat dan dicari lagi nanti; sebabnya ada di log Suar.',
    en: () => "The points found could not be registered and are looked for again; Suar's log says why.",
  },
  failure: { id: ({ kind }) => KINDS.id[kind], en: ({ kind }) => KINDS.en[kind] },
}

/** One sentence for people. */
export function whyText(why: Why, lang: Lang): string {
  // Each code has its own figures; that the phrase is the one of this code, the table's type holds.
  const phrase = WORDS[why.code] as { readonly [L in Lang]: (figures: Why) => string } | undefined
  return phrase === undefined ? KINDS[lang].garbage : phrase[lang](why)
}

/** The same in both languages. */
export const whyWords = (why: Why): { readonly id: string; readonly en: string } => ({ id: whyText(why, 'id'), en: whyText(why, 'en') })
