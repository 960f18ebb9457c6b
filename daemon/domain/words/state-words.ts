// What a state's meaning says as an alarm, in both languages. A meaning added to domain/state.ts does not compile until it has words here.
import type { Meaning } from '../state.ts'
import type { Lang } from './lang.ts'

export interface StateNames {
  /** `UPS A`, `rak A4`. */
  readonly subject: string
  /** Label of the point. */
  readonly label: string
  /** Node of the power chain that is the public supply; null when the layout names none. */
  readonly utility: string | null
}

type Title = (names: StateNames) => string

/** Subject and predicate. */
const is =
  (predicate: string): Title =>
  ({ subject }) =>
    `${subject} ${predicate}`

/** A thing of the subject, said before it in Indonesian and after it in English. */
const of =
  (thing: string, predicate: string): Title =>
  ({ subject }) =>
    `${thing} ${subject} ${predicate}`

/** The point's own label tells more than the meaning does. */
const labelled =
  (predicate: string): Title =>
  ({ subject, label }) =>
    label.toLowerCase().includes(subject.toLowerCase()) ? `${label}: ${predicate}` : `${label} ${subject}: ${predicate}`

const labelledEn =
  (predicate: string): Title =>
  ({ subject, label }) =>
    label.toLowerCase().includes(subject.toLowerCase()) ? `${label}: ${predicate}` : `${subject} ${label}: ${predicate}`

const ID: Readonly<Record<Meaning, Title>> = {
  onLine: is('memakai listrik utama'),
  onBattery: is('memakai baterai'),
  bypass: is('dalam bypass'),
  boost: is('menaikkan tegangan'),
  batteryLow: of('Baterai', 'hampir habis'),
  batteryReplace: of('Baterai', 'harus diganti'),
  batteryTest: is('menguji baterai'),
  overload: is('kelebihan beban'),
  outputOff: of('Keluaran', 'mati'),
  utilityOk: ({ utility }) => `Listrik ${utility ?? 'utama'} ada`,
  utilityFailed: ({ utility }) => `Listrik ${utility ?? 'utama'} padam`,
  sourceA: is('memakai sumber A'),
  sourceB: is('memakai sumber B'),
  noSource: is('tanpa sumber daya'),
  redundancyLost: is('kehilangan cadangan'),
  running: is('berjalan'),
  stopped: is('berhenti'),
  starting: is('sedang menyala'),
  cooldown: is('mendingin'),
  startFailed: is('gagal menyala'),
  standby: is('siaga'),
  fault: labelled('rusak'),
  cooling: is('mendinginkan'),
  heating: is('memanaskan'),
  humidifying: is('melembapkan'),
  dehumidifying: is('mengeringkan udara'),
  fanFailed: of('Kipas', 'rusak'),
  airflowLow: of('Aliran udara', 'turun'),
  filterDirty: of('Saringan', 'kotor'),
  doorOpen: is('terbuka'),
  doorClosed: is('tertutup'),
  doorForced: is('dibuka paksa'),
  doorHeld: is('terbuka terlalu lama'),
  locked: is('terkunci'),
  unlocked: is('tidak terkunci'),
  smoke: is('mendeteksi asap'),
  fire: is('mendeteksi kebakaran'),
  leak: is('mendeteksi kebocoran air'),
  dry: is('kering'),
  discharged: is('kosong'),
  disabled: labelled('dinonaktifkan'),
  faulty: labelled('bermasalah'),
  on: labelled('hidup'),
  off: labelled('mati'),
  up: labelled('hidup'),
  down: labelled('mati'),
  present: labelled('ada'),
  absent: labelled('tidak ada'),
  motion: is('mendeteksi gerakan'),
}

const EN: Readonly<Record<Meaning, Title>> = {
  onLine: is('on mains'),
  onBattery: is('on battery'),
  bypass: is('in bypass'),
  boost: is('boosting voltage'),
  batteryLow: is('battery almost empty'),
  batteryReplace: is('battery must be replaced'),
  batteryTest: is('testing its battery'),
  overload: is('overloaded'),
  outputOff: is('output off'),
  utilityOk: ({ utility }) => `${utility ?? 'Mains'} power present`,
  utilityFailed: ({ utility }) => `${utility ?? 'Mains'} power failed`,
  sourceA: is('on source A'),
  sourceB: is('on source B'),
  noSource: is('without a source'),
  redundancyLost: is('lost redundancy'),
  running: is('running'),
  stopped: is('stopped'),
  starting: is('starting'),
  cooldown: is('cooling down'),
  startFailed: is('failed to start'),
  standby: is('in standby'),
  fault: labelledEn('fault'),
  cooling: is('cooling'),
  heating: is('heating'),
  humidifying: is('humidifying'),
  dehumidifying: is('dehumidifying'),
  fanFailed: is('fan failed'),
  airflowLow: is('airflow dropped'),
  filterDirty: is('filter dirty'),
  doorOpen: is('open'),
  doorClosed: is('closed'),
  doorForced: is('forced open'),
  doorHeld: is('held open too long'),
  locked: is('locked'),
  unlocked: is('unlocked'),
  smoke: is('detects smoke'),
  fire: is('detects fire'),
  leak: is('detects a water leak'),
  dry: is('dry'),
  discharged: is('discharged'),
  disabled: labelledEn('disabled'),
  faulty: labelledEn('faulty'),
  on: labelledEn('on'),
  off: labelledEn('off'),
  up: labelledEn('up'),
  down: labelledEn('down'),
  present: labelledEn('present'),
  absent: labelledEn('absent'),
  motion: is('detects motion'),
}

const TITLES: Readonly<Record<Lang, Readonly<Record<Meaning, Title>>>> = { id: ID, en: EN }

/** A state alarm's title: `Listrik PLN padam`, `UPS A memakai baterai`. */
export const stateTitle = (meaning: Meaning, names: StateNames, lang: Lang): string => TITLES[lang][meaning](names)
