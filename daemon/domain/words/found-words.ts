// What is wrong with an inventory, for people who read Indonesian: the English sentence of the check, told again with its own figures.
import type { Found } from '../explain.ts'

type Told = readonly (readonly [english: RegExp, indonesian: string])[]

const THINGS: Readonly<Record<string, string>> = {
  site: 'situs',
  room: 'ruang',
  row: 'baris',
  rack: 'rak',
  cage: 'sangkar',
  device: 'perangkat',
  'power node': 'simpul daya',
  none: 'tidak ada',
  front: 'depan',
  rear: 'belakang',
}

/** `$1` … are what the English sentence has there; `%1` the same, as a thing in Indonesian. */
const REASONS: Told = [
  [/^"(.+)" is used twice$/, '"$1" dipakai dua kali'],
  [/^"(.+)" is the first site's id$/, '"$1" sudah menjadi kode situs pertama'],
  [/^there is no (site|room|row|rack|cage|device|power node) "(.*)"$/, 'tidak ada %1 "$2"'],
  [/^(.+) would end at U(-?\d+) of a rack with (\d+) U$/, '$1 akan berakhir di U$2, sedangkan raknya $3 U'],
  [/^(.+) would hang at U(-?[\d.]+) of a rack with (\d+) U$/, '$1 akan tergantung di U$2, sedangkan raknya $3 U'],
  [/^power runs in a circle: (.+)$/, 'daya berputar: $1'],
  [/^network parents run in a circle: (.+)$/, 'induk jaringan berputar: $1'],
  [/^rack (.+) stands in room "(.*)", its (row|cage) in "(.*)"$/, 'rak $1 berada di ruang "$2", %3nya di "$4"'],
  [/^rack (.+) has two feeds ([A-D])$/, 'rak $1 memiliki dua jalur $2'],
  [/^feed ([A-D]) of rack (.+) has three phases and names one$/, 'jalur $1 rak $2 tiga fasa, tetapi menyebut satu fasa'],
  [/^(.+) hangs on feed ([A-D]), rack (.+) has none$/, '$1 memakai jalur $2, rak $3 tidak memiliki jalur'],
  [/^(.+) hangs on feed ([A-D]), rack (.+) has (.+)$/, '$1 memakai jalur $2, rak $3 memiliki $4'],
  [/^outlet (.+) of feed ([A-D]) in rack (.+) has (.+) in it already$/, 'stopkontak $1 jalur $2 di rak $3 sudah dipakai $4'],
  [/^(.+) and (.+) are both at U(\d+) of rack (.+), (front|rear)$/, '$1 dan $2 sama-sama di U$3 rak $4, sisi %5'],
  [/^device "(.*)" is both (.+) and (.+)$/, 'perangkat "$1" sekaligus $2 dan $3'],
  [/^device "(.*)" stands in rack "(.*)" \((.+)\) and in rack "(.*)" \((.+)\)$/, 'perangkat "$1" berada di rak "$2" ($3) dan di rak "$4" ($5)'],
  [/^"(.*)" is placed in rack "(.*)", its equipment (.+) in "(.*)"$/, '"$1" ditempatkan di rak "$2", perangkatnya $3 di "$4"'],
  [/^nothing says what feed (.+) can carry$/, 'kemampuan jalur $1 tidak disebutkan'],
  [/^(.+) takes heat away, nothing says from where$/, '$1 membuang panas, ruangnya tidak disebutkan'],
]

const REMEDIES: Told = [
  [/^Give each its own id\.$/, 'Beri masing-masing kode sendiri.'],
  [/^Correct the id or add the (site|room|row|rack|cage|device|power node)\.$/, 'Betulkan kodenya atau tambahkan %1 itu.'],
  [/^Correct u or height\.$/, 'Betulkan U atau tingginya.'],
  [/^Correct u\.$/, 'Betulkan U-nya.'],
  [/^Correct u, height or face of one of them\.$/, 'Betulkan U, tinggi, atau sisi salah satunya.'],
  [/^Remove one of these `(from|network)` entries\.$/, 'Hapus salah satu isian `$1` itu.'],
  [/^Correct the rack's room or its (row|cage)\.$/, 'Betulkan ruang rak atau %1nya.'],
  [/^Give each feed of a rack its own letter\.$/, 'Beri tiap jalur rak huruf sendiri.'],
  [/^Remove phase, or write phases: 1\.$/, 'Hapus fasanya, atau tulis satu fasa.'],
  [/^Correct the feed, or add it to the rack\.$/, 'Betulkan jalurnya, atau tambahkan pada rak.'],
  [/^Correct one of the two\.$/, 'Betulkan salah satunya.'],
  [/^Keep it at one of them\.$/, 'Tempatkan di salah satunya saja.'],
  [/^Write its breaker \(A\) or its capacity \(W\)\.$/, 'Tulis pemutus (A) atau kapasitasnya (W).'],
  [/^Write the room it cools\.$/, 'Tulis ruang yang didinginkannya.'],
]

function tell(text: string, among: Told): string | null {
  for (const [english, indonesian] of among) {
    const found = english.exec(text)
    if (found !== null)
      return indonesian.replace(/([$%])(\d)/g, (_, how, index) => {
        const part = found[Number(index)] ?? ''
        return how === '%' ? (THINGS[part] ?? part) : part
      })
  }
  return null
}

/** Null: a sentence nobody has put into Indonesian. */
export function foundWords({ reason, remedy }: Pick<Found, 'reason' | 'remedy'>): { readonly id: string; readonly en: string } | null {
  const [why, what] = [tell(reason, REASONS), tell(remedy, REMEDIES)]
  return why === null || what === null ? null : { id: `${why}. ${what}`, en: `${reason}. ${remedy}` }
}
