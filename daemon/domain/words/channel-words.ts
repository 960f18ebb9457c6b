// Troubles of the desk's channels and reasons of held messages in words, in both languages of the pages.
import type { Because, ChannelTrouble, HeldWhy } from '../channel-trouble.ts'
import type { FailureKind } from '../outcome.ts'
import type { Text } from '../point.ts'
import type { Lang } from './lang.ts'

/** Of the kinds that have no words of their own `unreachable` is said. */
const KINDS: Readonly<Record<Lang, Readonly<Partial<Record<FailureKind, string>>>>> = {
  id: {
    timeout: 'tidak ada jawaban',
    refused: 'sambungan ditolak',
    unreachable: 'tidak terjangkau',
    wrongCredential: 'nama pengguna, kata sandi, atau token ditolak',
    garbage: 'jawabannya tidak terbaca',
    tooBig: 'terlalu besar',
    notFound: 'yang diminta tidak ada',
    invalid: 'ditolak',
    conflict: 'bertentangan dengan keadaan sekarang',
    busy: 'sedang sibuk',
    full: 'penyimpanan penuh',
    forbidden: 'tidak diizinkan',
    tooMany: 'terlalu sering',
  },
  en: {
    timeout: 'no answer',
    refused: 'connection refused',
    unreachable: 'not reachable',
    wrongCredential: 'user, password or token is not accepted',
    garbage: 'its answer cannot be read',
    tooBig: 'too big',
    notFound: 'what was asked for is not there',
    invalid: 'refused',
    conflict: 'at odds with how things stand',
    busy: 'busy',
    full: 'the storage is full',
    forbidden: 'not allowed',
    tooMany: 'too often',
  },
}

const CHANNELS: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  id: { email: 'surel', telegram: 'Telegram', whatsapp: 'WhatsApp' },
  en: { email: 'e-mail', telegram: 'Telegram', whatsapp: 'WhatsApp' },
}
const named = (channel: string, lang: Lang): string => CHANNELS[lang][channel] ?? channel

/** What the other side said is quoted: it is in its own language. */
export function becauseText({ kind, said, words }: Because, lang: Lang): string {
  if (words !== undefined) return words[lang]
  const why = KINDS[lang][kind] ?? KINDS[lang].unreachable ?? ''
  return said === '' ? why : `${why} (“${said}”)`
}

function say(trouble: ChannelTrouble, lang: Lang): string {
  const id = lang === 'id'
  switch (trouble.code) {
    case 'mailboxUnread': {
      const why = becauseText(trouble.because, lang)
      return id
        ? `Surel: kotak surat ${trouble.mailbox} di ${trouble.host} tidak dapat dibaca: ${why}`
        : `E-mail: the mailbox ${trouble.mailbox} on ${trouble.host} cannot be read: ${why}`
    }
    case 'letterWaits': {
      const why = becauseText(trouble.because, lang)
      return id ? `Surel: sebuah surat belum dapat diterima: ${why}` : `E-mail: the desk cannot take a letter: ${why}`
    }
    case 'letterLying': {
      const why = becauseText(trouble.because, lang)
      return id
        ? `Surel: sebuah surat dibiarkan di ${trouble.mailbox} dengan tanda bendera: ${why}`
        : `E-mail: a letter is left lying in ${trouble.mailbox}, flagged: ${why}`
    }
    case 'notSent': {
      const why = becauseText(trouble.because, lang)
      return id
        ? `Pesan lewat ${named(trouble.channel, lang)} tidak terkirim: ${why}`
        : `Messages by ${named(trouble.channel, lang)} do not go out: ${why}`
    }
    case 'cutOff': {
      const why = becauseText(trouble.because, lang)
      return id ? `${named(trouble.channel, lang)} terputus: ${why}` : `${named(trouble.channel, lang)} is cut off: ${why}`
    }
    case 'messageWaits': {
      const why = becauseText(trouble.because, lang)
      return id ? `${named(trouble.channel, lang)}: sebuah pesan menunggu: ${why}` : `${named(trouble.channel, lang)}: a message waits: ${why}`
    }
    case 'held':
      return id
        ? `${trouble.count} pesan ditahan: satu pengirim menulis terlalu banyak dalam satu jam`
        : `${trouble.count} messages are held: one sender wrote too many within an hour`
    case 'refused':
      return id
        ? `${trouble.count} pesan tidak dapat diterima dan menunggu petugas`
        : `${trouble.count} messages could not be taken and wait for a person`
  }
}

export const troubleText = (trouble: ChannelTrouble): Text => ({ id: say(trouble, 'id'), en: say(trouble, 'en') })

export function heldText(why: HeldWhy, lang: Lang): string {
  switch (why.code) {
    case 'tooMany':
      return lang === 'id'
        ? `lebih dari ${why.most} pesan dalam satu jam dari ${why.sender}`
        : `more than ${why.most} messages within an hour from ${why.sender}`
    case 'refused':
      return becauseText(why.because, lang)
    case 'gone':
      return lang === 'id'
        ? 'Sudah diteruskan, tetapi tidak ada lagi di kotak surat: dihapus atau dipindahkan'
        : 'It was let through, but it is no longer in the mailbox: it was deleted or moved'
    case 'said':
      return why.text
  }
}
