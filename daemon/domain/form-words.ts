// What is wrong with an answer, in the words of the pages. Each says what was found and, where one can know, what was meant.
import type { FileKind, LeafField, Words } from './form.ts'

const words = (id: string, en: string): Words => ({ id, en })

/** As much of what was typed as a sentence can bear. */
const quoted = (text: string): string => (text.length > 60 ? `“${text.slice(0, 59)}…”` : `“${text}”`)

const figure = (value: number, language: 'id' | 'en'): string =>
  value.toLocaleString(language === 'id' ? 'id-ID' : 'en-GB', { maximumFractionDigits: 6 })

export const missing = ({ label }: { readonly label: Words }): Words => words(`${label.id} belum diisi`, `${label.en} is missing`)

export const unticked = ({ label }: { readonly label: Words }): Words =>
  words(`${label.id}: pilih ada atau tidak ada`, `${label.en}: choose present or not present`)

export const notAgreed = ({ label }: { readonly label: Words }): Words =>
  words(`${label.id}: baca, lalu nyatakan setuju`, `${label.en}: read it, then agree to it`)

export const otherTerms = ({ label }: { readonly label: Words }): Words =>
  words(`${label.id} sudah diperbarui: baca dan setujui lagi`, `${label.en} has a new version: read it and agree again`)

export const noPlace = (typed: string, names: readonly string[]): Words =>
  words(
    `${quoted(typed)} bukan ruang di lokasi ini; pilih salah satu: ${names.slice(0, 12).join(', ')}`,
    `${quoted(typed)} is no room of this site; choose one of: ${names.slice(0, 12).join(', ')}`,
  )

export const notA = (typed: string, what: Words, why?: Words): Words =>
  words(
    `${quoted(typed)} bukan ${what.id}${why === undefined ? '' : `: ${why.id}`}`,
    `${quoted(typed)} is not ${what.en}${why === undefined ? '' : `: ${why.en}`}`,
  )

export const wrongShape = ({ label }: { readonly label: Words }): Words =>
  words(`${label.id}: bentuk isian tidak dikenal`, `${label.en}: this is no answer the field can take`)

export const tooLong = (length: number, most: number): Words =>
  words(
    `Terlalu panjang: ${figure(length, 'id')} dari paling banyak ${figure(most, 'id')} huruf`,
    `Too long: ${figure(length, 'en')} of at most ${figure(most, 'en')} characters`,
  )

export const tooShort = (least: number): Words => words(`Terlalu pendek: paling sedikit ${least} huruf`, `Too short: at least ${least} characters`)

export const tooMany = (count: number, most: number): Words =>
  words(`Terlalu banyak: ${count} dari paling banyak ${most}`, `Too many: ${count} of at most ${most}`)

export const tooFew = (least: number): Words => words(`Isi paling sedikit ${least}`, `Give at least ${least}`)

export const noSuchFile = (): Words =>
  words('Berkas ini tidak ada pada permohonan: unggah lagi', 'This file is not with the request: upload it again')

export const otherApplication = (name: string): Words =>
  words(
    `${quoted(name)} bukan aplikasi instansi ini atau sudah tidak terdaftar; pilih dari daftar`,
    `${quoted(name)} is no application of this organisation, or no longer registered; choose one of the list`,
  )
export const unregistered = (name: string): Words =>
  words(
    `${quoted(name)} belum terdaftar sebagai aplikasi instansi ini; pilih dari daftar atau minta petugas mendaftarkannya`,
    `${quoted(name)} is not registered as an application of this organisation; choose one of the list or ask an officer to register it`,
  )

const FILES: Readonly<Record<FileKind, Words>> = {
  pdf: words('PDF', 'PDF'),
  image: words('gambar', 'an image'),
  office: words('dokumen kantor', 'an office document'),
  text: words('teks', 'text'),
  archive: words('ZIP', 'ZIP'),
}
export const otherFile = (accept: readonly FileKind[]): Words =>
  words(
    `Jenis berkas tidak sesuai: kirim ${accept.map(kind => FILES[kind].id).join(', ')}`,
    `Another kind of file is wanted: send ${accept.map(kind => FILES[kind].en).join(', ')}`,
  )

export const below = (value: number, least: number, unit = ''): Words =>
  words(
    `${figure(value, 'id')} terlalu kecil: paling sedikit ${figure(least, 'id')}${unit && ` ${unit}`}`,
    `${figure(value, 'en')} is too small: at least ${figure(least, 'en')}${unit && ` ${unit}`}`,
  )

export const above = (value: number, most: number, unit = ''): Words =>
  words(
    `${figure(value, 'id')} terlalu besar: paling banyak ${figure(most, 'id')}${unit && ` ${unit}`}`,
    `${figure(value, 'en')} is too large: at most ${figure(most, 'en')}${unit && ` ${unit}`}`,
  )

export const notWhole = (value: number): Words =>
  words(`${figure(value, 'id')} harus bilangan bulat`, `${figure(value, 'en')} must be a whole number`)

export const noOption = (typed: string, { options = [] }: LeafField): Words =>
  words(
    `${quoted(typed)} tidak ada di daftar: ${options.map(({ label }) => label.id).join(', ')}`,
    `${quoted(typed)} is not on the list: ${options.map(({ label }) => label.en).join(', ')}`,
  )

export const twice = (typed: string): Words => words(`${quoted(typed)} tertulis dua kali`, `${quoted(typed)} is there twice`)

/** A character one does not see, named by its code point. */
export const unseen = (code: number): Words => {
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  return words(
    `Ada tanda yang tidak terlihat (${name}); ketik ulang tanpa menyalin`,
    `There is a sign that cannot be seen (${name}); type it again instead of pasting`,
  )
}

export const tooLow = (wanted: string): Words =>
  words(`Pemohon minimal pejabat eselon ${wanted}`, `The applicant must be an official of echelon ${wanted} or higher`)

export const NUMBER = words('angka', 'a number')
export const YES_OR_NO = words('ya atau tidak', 'yes or no')
export const DATE = words('tanggal', 'a date')
export const TIME = words('jam', 'a time of day')
export const MOMENT = words('tanggal dan jam', 'a date and time')
export const EMAIL = words('alamat surat elektronik', 'an e-mail address')
export const PHONE = words('nomor telepon', 'a telephone number')
export const NIP = words('NIP', 'a NIP')
export const IP = words('alamat IP', 'an IP address')
export const DOMAIN = words('nama domain', 'a domain name')
export const SSH_KEY = words('kunci publik SSH', 'a public SSH key')
