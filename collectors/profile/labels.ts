// Labels in the two languages of the pages. Profiles are written in English; the trade's common words are turned here, once.
import type { Text } from '../../daemon/domain/point.ts'

/** Longest phrases first: "Battery charge" before "Battery". */
const WORDS: readonly (readonly [RegExp, string])[] = (
  [
    ['Battery charge', 'Isi baterai'],
    ['Battery runtime', 'Sisa waktu baterai'],
    ['Battery temperature', 'Suhu baterai'],
    ['Battery voltage', 'Tegangan baterai'],
    ['Battery current', 'Arus baterai'],
    ['Time on battery', 'Lama memakai baterai'],
    ['Battery status', 'Status baterai'],
    ['Battery replacement', 'Penggantian baterai'],
    ['Starter battery voltage', 'Tegangan aki starter'],
    ['Output voltage', 'Tegangan keluaran'],
    ['Output current', 'Arus keluaran'],
    ['Output power', 'Daya keluaran'],
    ['Output apparent power', 'Daya semu keluaran'],
    ['Output frequency', 'Frekuensi keluaran'],
    ['Output load', 'Beban keluaran'],
    ['Output status', 'Status keluaran'],
    ['Output source', 'Sumber keluaran'],
    ['Input voltage', 'Tegangan masukan'],
    ['Input current', 'Arus masukan'],
    ['Input power', 'Daya masukan'],
    ['Input frequency', 'Frekuensi masukan'],
    ['Mains voltage', 'Tegangan PLN'],
    ['Mains frequency', 'Frekuensi PLN'],
    ['Bypass voltage', 'Tegangan bypass'],
    ['Bypass frequency', 'Frekuensi bypass'],
    ['Fuel level', 'Isi bahan bakar'],
    ['Engine speed', 'Putaran mesin'],
    ['Coolant temperature', 'Suhu air pendingin'],
    ['Oil pressure', 'Tekanan oli'],
    ['Oil temperature', 'Suhu oli'],
    ['Running hours', 'Jam kerja'],
    ['Supply air temperature', 'Suhu udara pasok'],
    ['Return air temperature', 'Suhu udara balik'],
    ['Rack inlet temperature', 'Suhu masuk rak'],
    ['Air flow', 'Aliran udara'],
    ['Fan speed', 'Putaran kipas'],
    ['Cooling output', 'Daya pendinginan'],
    ['Cooling demand', 'Kebutuhan pendinginan'],
    ['Fire alarm', 'Alarm kebakaran'],
    ['Fire detector', 'Detektor kebakaran'],
    ['Heat detector', 'Detektor panas'],
    ['Front door lock', 'Kunci pintu depan'],
    ['Rear door lock', 'Kunci pintu belakang'],
    ['Front door', 'Pintu depan'],
    ['Rear door', 'Pintu belakang'],
    ['Power factor', 'Faktor daya'],
    ['Power supply', 'Catu daya'],
    ['Apparent power', 'Daya semu'],
    ['Reactive power', 'Daya reaktif'],
    ['Processor load', 'Beban prosesor'],
    ['Memory used', 'Memori terpakai'],
    ['Storage used', 'Penyimpanan terpakai'],
    ['Temperature', 'Suhu'],
    ['Humidity', 'Kelembapan'],
    ['Dew point', 'Titik embun'],
    ['Voltage', 'Tegangan'],
    ['Current', 'Arus'],
    ['Energy', 'Energi'],
    ['Frequency', 'Frekuensi'],
    ['Power', 'Daya'],
    ['Load', 'Beban'],
    ['Outlet', 'Stopkontak'],
    ['Battery', 'Baterai'],
    ['Fan', 'Kipas'],
    ['Door', 'Pintu'],
    ['Smoke', 'Asap'],
    ['Leak', 'Kebocoran air'],
    ['Uptime', 'Lama hidup'],
    ['Alarm', 'Alarm'],
    ['Source', 'Sumber'],
    ['Phase', 'Fasa'],
    ['Contact', 'Kontak'],
    ['Received', 'Diterima'],
    ['Sent', 'Dikirim'],
    ['errors', 'galat'],
    ['discards', 'dibuang'],
    ['packets', 'paket'],
    ['state', 'status'],
    ['status', 'status'],
    ['temperature', 'suhu'],
    ['humidity', 'kelembapan'],
    ['voltage', 'tegangan'],
    ['current', 'arus'],
    ['power', 'daya'],
    ['energy', 'energi'],
    ['load', 'beban'],
  ] as const
).map(([english, indonesian]) => [new RegExp(`(?<![\\w{-])${english}(?![\\w}-])`), indonesian])

/** The label with its placeholders filled by `fill`; Indonesian from the profile, else from the words above. */
export function labelOf(label: string | { readonly en: string; readonly id?: string | undefined }, fill: (text: string) => string): Text {
  const english = typeof label === 'string' ? label : label.en
  const indonesian = (typeof label === 'string' ? undefined : label.id) ?? translate(english)
  const en = tidy(fill(english))
  const id = tidy(fill(indonesian))
  return id === en ? { en } : { en, id }
}

function translate(english: string): string {
  for (const [word, indonesian] of WORDS) if (word.test(english)) return english.replace(word, indonesian)
  return english
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim()
