// The clock of a ticket in words, in both languages: durations, standards, and why this is the deadline, line by line.
import type { Instant } from '../call.ts'
import type { ClockLine, StopReason } from '../clock.ts'
import type { Difficulty, Standard, StandardUnit } from '../standard.ts'
import type { Lang } from './lang.ts'
import { clockShort, dateLong, dateShort, moment, wallTime, zoneName } from './time.ts'

const UNITS: Readonly<Record<Lang, Readonly<Record<StandardUnit, (n: number) => string>>>> = {
  id: { minute: () => 'menit', hour: () => 'jam', workday: () => 'hari kerja', week: () => 'minggu', month: () => 'bulan' },
  en: {
    minute: n => (n === 1 ? 'minute' : 'minutes'),
    hour: n => (n === 1 ? 'hour' : 'hours'),
    workday: n => (n === 1 ? 'working day' : 'working days'),
    week: n => (n === 1 ? 'week' : 'weeks'),
    month: n => (n === 1 ? 'month' : 'months'),
  },
}

const plain = (n: number, lang: Lang): string => (lang === 'id' ? String(n).replace('.', ',') : String(n))

/** `5 hari kerja`. */
export const inUnits = (n: number, unit: StandardUnit, lang: Lang): string => `${plain(n, lang)} ${UNITS[lang][unit](n)}`

/** `30 menit`, `3–5 hari kerja`. */
export const standardText = ({ min, max, unit }: Standard, lang: Lang): string =>
  min === max ? inUnits(max, unit, lang) : `${plain(min, lang)}–${inUnits(max, unit, lang)}`

/** Working time, from milliseconds: `4 mnt`, `1 j 31 mnt`, `37 j`. Never in days: a working day is no 24 hours. Rounds down. */
export function workText(ms: number, lang: Lang): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000)
  const [h, m] = [Math.floor(minutes / 60), minutes % 60]
  const [hours, mins] = lang === 'id' ? ['j', 'mnt'] : ['h', 'min']
  if (h === 0) return `${m} ${mins}`
  return m === 0 ? `${h} ${hours}` : `${h} ${hours} ${m} ${mins}`
}

export const STOP_WORDS: Readonly<Record<Lang, Readonly<Record<StopReason, string>>>> = {
  id: {
    requester: 'menunggu pemohon',
    'third-party': 'menunggu pihak ketiga',
    server: 'kendala server',
    'human-error': 'kesalahan manusia',
    nature: 'faktor alam',
    maintenance: 'pemeliharaan terencana',
    phase: 'tahap di pihak lain',
  },
  en: {
    requester: 'waiting for the requester',
    'third-party': 'waiting for a third party',
    server: 'server trouble',
    'human-error': 'human error',
    nature: 'force of nature',
    maintenance: 'planned maintenance',
    phase: 'a phase of the other side',
  },
}

export const DIFFICULTY_WORDS: Readonly<Record<Lang, Readonly<Record<Difficulty, string>>>> = {
  id: { easy: 'mudah', medium: 'sedang', hard: 'sulit' },
  en: { easy: 'easy', medium: 'medium', hard: 'hard' },
}

export interface ClockWordsAt {
  readonly zone: string
  readonly lang: Lang
  readonly now: Instant
  /** The name of a product or phase by its key; the key itself where none is known. */
  readonly nameOf?: (key: string) => string
}

/** The instant or span a line speaks of: `08.31–13.05`, `19 Nov 16.42`. */
export function lineTime({ at, until }: ClockLine, { zone, lang, now }: ClockWordsAt): string {
  const from = moment(at, now, zone, lang)
  if (until === undefined) return from
  const [a, b] = [wallTime(at, zone), wallTime(until, zone)]
  const together = a.year === b.year && a.month === b.month && a.day === b.day
  return `${from}–${together ? clockShort(until, zone) : moment(until, now, zone, lang)}`
}

/** `Jumat, 27 November 2026 16.00 WIB`. */
const fully = (at: Instant, zone: string, lang: Lang) => `${dateLong(at, zone, lang)} ${clockShort(at, zone)} ${zoneName(at, zone)}`
/** A local date, which has no zone: `20 November 2026` with its weekday. */
const day = (date: string, lang: Lang) => dateLong(Date.parse(`${date}T12:00:00Z`), 'UTC', lang)
/** `20 November`. */
const dayOfMonth = (at: Instant, zone: string, lang: Lang) =>
  dateLong(at, zone, lang)
    .replace(/^[^,]*, /, '')
    .replace(/ \d+$/, '')
const dayShort = (date: string, lang: Lang) => dateShort(Date.parse(`${date}T12:00:00Z`), 'UTC', lang)

/** A line of "why this is the deadline" as a sentence. */
export function lineText(line: ClockLine, { zone, lang, now, nameOf = key => key }: ClockWordsAt): string {
  const id = lang === 'id'
  const when = (at: Instant) => moment(at, now, zone, lang)
  switch (line.kind) {
    case 'received':
      return id ? 'Diajukan dan diterima dalam jam layanan.' : 'Handed in and received within service hours.'
    case 'receivedOutside': {
      const at = `${dayOfMonth(line.received, zone, lang)} ${clockShort(line.received, zone)}`
      return id
        ? `Diajukan di luar jam layanan. Diterima ${at}, jam mulai berjalan.`
        : `Handed in outside service hours. Received ${at}, the clock starts.`
    }
    case 'overload': {
      const on = day(line.slot, lang)
      return id
        ? `Permintaan hari itu sudah penuh. Jam mulai berjalan ${on}, hari kerja berikutnya yang masih ada tempat.`
        : `That day was full. The clock starts on ${on}, the next working day with room.`
    }
    case 'setBack':
      return id
        ? `Jam komputer sempat mundur ke ${when(line.said)}. Dicatat pada waktu kejadian sebelumnya.`
        : `The computer's clock had gone back to ${when(line.said)}. Taken as the time of the event before.`
    case 'stopped': {
      const reason = line.reason === 'phase' ? `${STOP_WORDS[lang].phase} (${nameOf(line.note)})` : STOP_WORDS[lang][line.reason]
      const note = line.note === '' || line.reason === 'phase' ? '' : `: ${line.note.replace(/[.\s]+$/, '')}`
      const days =
        line.days === 0 ? '' : id ? ` ${inUnits(line.days, 'workday', lang)} tidak dihitung.` : ` ${inUnits(line.days, 'workday', lang)} not counted.`
      if (line.cost === 0)
        return id
          ? `Jeda, ${reason}${note}. Seluruhnya di luar jam kerja, tidak mengubah batas.${days}`
          : `Stopped, ${reason}${note}. All of it outside working time, the deadline does not move.${days}`
      const cost = workText(line.cost, lang)
      if (line.open) return id ? `Jeda ${cost} sampai sekarang, ${reason}${note}.${days}` : `Stopped for ${cost} so far, ${reason}${note}.${days}`
      return id ? `Jeda ${cost}, ${reason}${note}.${days}` : `Stopped for ${cost}, ${reason}${note}.${days}`
    }
    case 'products': {
      const names = line.products.map(nameOf).join(', ')
      if (line.together === 'chain') return id ? `Dikerjakan berurutan: ${names}.` : `Done one after the other: ${names}.`
      if (line.together === 'unknown')
        return id ? `Produk belum dipilih, dipakai yang terlama: ${names}.` : `No product chosen yet, the longest is taken: ${names}.`
      return id ? `Dari beberapa produk dipakai yang terlama: ${names}.` : `Of several products the longest is taken: ${names}.`
    }
    case 'standard':
      return id ? `Standar ${standardText(line.standard, lang)}.` : `Standard ${standardText(line.standard, lang)}.`
    case 'difficulty': {
      const [standard, target] = [standardText(line.standard, lang), inUnits(line.target, line.standard.unit, lang)]
      const level = DIFFICULTY_WORDS[lang][line.level]
      return id
        ? `Kesulitan ${level}: target ${target} dari standar ${standard}.`
        : `Difficulty ${level}: target ${target} of the standard ${standard}.`
    }
    case 'noDifficulty':
      return id
        ? `Standar ${standardText(line.standard, lang)}; kesulitan belum ditetapkan, jadi batas terlama yang berlaku.`
        : `Standard ${standardText(line.standard, lang)}; no difficulty set yet, so the longest holds.`
    case 'breaks':
      if (line.stop) return id ? 'Jam berhenti selama istirahat.' : 'Breaks stop the clock.'
      return id ? 'Istirahat tidak menghentikan jam.' : 'Breaks do not stop the clock.'
    case 'dayOne': {
      const first = day(line.first, lang)
      if (line.same)
        return id
          ? `Hari ke-1: ${first}, hari yang sama karena masuk sebelum batas jam.`
          : `Day 1: ${first}, the same day because it came before the cut-off.`
      return id ? `Hari ke-1: ${first}, hari kerja berikutnya.` : `Day 1: ${first}, the next working day.`
    }
    case 'period':
      if (line.lands === line.last) return id ? `Jangka waktu habis ${day(line.lands, lang)}.` : `The period ends on ${day(line.lands, lang)}.`
      return id
        ? `Jangka waktu habis ${day(line.lands, lang)}, batasnya akhir hari kerja ${day(line.last, lang)}.`
        : `The period ends on ${day(line.lands, lang)}, so it is due at the end of the working day ${day(line.last, lang)}.`
    case 'range': {
      const estimate = line.estimate ? (id ? ', perkiraan' : ', an estimate') : ''
      const span = `${dayShort(line.from, lang)}–${dayShort(line.to, lang)}${estimate}`
      return id ? `Jam kerja ${line.name} (${span}).` : `Hours of ${line.name} (${span}).`
    }
    case 'daysOff': {
      const days = line.days.map(({ date, name }) => `${dayShort(date, lang)} ${name}`).join('; ')
      return id ? `Libur dilewati: ${days}.` : `Holidays skipped: ${days}.`
    }
    case 'exception': {
      const on = day(line.date, lang)
      const reason = line.reason.replace(/[.\s]+$/, '')
      if (line.exception === 'open') return id ? `${on} hari kerja tambahan: ${reason}.` : `${on} is an extra working day: ${reason}.`
      if (line.exception === 'closed') return id ? `${on} tutup: ${reason}.` : `${on} is closed: ${reason}.`
      return id ? `${on} jam khusus: ${reason}.` : `${on} has special hours: ${reason}.`
    }
    case 'estimate': {
      const years = line.years.join(', ')
      return id
        ? `Perkiraan: daftar resmi hari libur ${years} belum ada, libur tahun itu belum diperhitungkan.`
        : `An estimate: there is no official list of holidays for ${years} yet, so none of them is reckoned with.`
    }
    case 'calendarChanged':
      return id
        ? `Kalender diubah (versi ${line.version}): batas bergeser dari ${when(line.before)} ke ${when(line.after)}.`
        : `The calendar was changed (version ${line.version}): the deadline moved from ${when(line.before)} to ${when(line.after)}.`
    case 'target':
      return id ? `Target ${fully(line.target, zone, lang)}.` : `Target ${fully(line.target, zone, lang)}.`
    case 'due':
      if (line.moving)
        return id
          ? `Batas ${fully(line.due, zone, lang)} bila jam berjalan lagi sekarang.`
          : `Due ${fully(line.due, zone, lang)} if the clock went on now.`
      return id ? `Batas ${fully(line.due, zone, lang)}.` : `Due ${fully(line.due, zone, lang)}.`
    case 'promised':
      return id
        ? `Dijanjikan kepada pemohon ${fully(line.due, zone, lang)} (kalender versi ${line.version}); perhitungan sekarang ${fully(line.now, zone, lang)} (versi ${line.nowVersion}).`
        : `Promised to the requester ${fully(line.due, zone, lang)} (calendar version ${line.version}); reckoned now ${fully(line.now, zone, lang)} (version ${line.nowVersion}).`
    case 'late':
      return id ? `Lewat target ${when(line.target)}, masih dalam standar.` : `Past the target ${when(line.target)}, still within the standard.`
    case 'breached':
      return id
        ? 'Batas terlampaui: perlu tanggal baru yang disepakati kedua pihak.'
        : 'The deadline is past: both sides have to agree on a new date.'
    case 'agreed':
      return id
        ? `Disepakati ${fully(line.due, zone, lang)} dengan ${line.signer}: ${line.reason.replace(/[.\s]+$/, '')}.`
        : `Agreed on ${fully(line.due, zone, lang)} with ${line.signer}: ${line.reason.replace(/[.\s]+$/, '')}.`
    case 'ended':
      return ENDED[lang][line.how]
  }
}

const ENDED: Readonly<Record<Lang, Readonly<Record<'closed' | 'rejected' | 'cancelled' | 'merged', string>>>> = {
  id: {
    closed: 'Selesai, jam berhenti.',
    rejected: 'Ditolak, jam berhenti.',
    cancelled: 'Dibatalkan, jam berhenti.',
    merged: 'Digabung ke tiket lain, jam berhenti.',
  },
  en: {
    closed: 'Closed, the clock has stopped.',
    rejected: 'Rejected, the clock has stopped.',
    cancelled: 'Cancelled, the clock has stopped.',
    merged: 'Merged into another ticket, the clock has stopped.',
  },
}
