// The devices' own names of states in people's words, for those whose meaning the daemon has no word for.
import type { Lang } from './lang.ts'

const LIST = `
ok = Normal
okay = Normal
normal = Normal
quiet = Tenang
none = Tidak ada
noState = Tidak ada
noFault = Tanpa gangguan
noSmoke = Tanpa asap
noMotion = Tanpa gerakan
notDetected = Tidak terdeteksi
detected = Terdeteksi
unknown = Tidak diketahui
notKnown = Tidak diketahui
noStatus = Tidak diketahui
undefined = Tidak diketahui
notApplicable = Tidak berlaku
notSupported = Tidak didukung
notsupported = Tidak didukung
unavailable = Tidak tersedia
other = Lainnya
info = Informasi
warning = Peringatan
critical = Kritis
error = Galat
alarm = Alarm
alarmed = Alarm
fail = Gagal
failed = Gagal
passed = Lulus
invalid = Tidak sah
low = Rendah
lowLoad = Beban rendah
lowAlarm = Rendah sekali
lowCritical = Rendah sekali
lowWarning = Rendah
belowLow = Di bawah batas
belowMin = Di bawah minimum
belowLowerCritical = Rendah sekali
belowLowerWarning = Rendah
underLimit = Di bawah batas
lowVoltage = Tegangan rendah
highAlarm = Tinggi sekali
highCritical = Tinggi sekali
highWarning = Tinggi
aboveHigh = Di atas batas
aboveMax = Di atas maksimum
aboveUpperCritical = Tinggi sekali
aboveUpperWarning = Tinggi
overLimit = Di atas batas
over = Berlebih
highVoltage = Tegangan tinggi
freqOutOfRange = Frekuensi di luar batas
phaseImbalance = Fasa tak seimbang
badRotation = Urutan fasa salah
nonCritical = Peringatan
nonCriticalLower = Rendah
nonCriticalUpper = Tinggi
criticalLower = Rendah sekali
criticalUpper = Tinggi sekali
nonRecoverableLower = Rendah, tak terpulihkan
nonRecoverableUpper = Tinggi, tak terpulihkan
open = Terbuka
closed = Tertutup
true = Ya
yes = Ya
false = Tidak
no = Tidak
on = Hidup
off = Mati
online = Aktif
ready = Siap
disabled = Nonaktif
notActive = Tidak aktif
auto = Otomatis
automatic = Otomatis
notInAuto = Tidak otomatis
manual = Manual
schedule = Terjadwal
scheduled = Terjadwal
maintenance = Pemeliharaan
test = Uji
testing = Sedang diuji
selfTest = Uji mandiri
testPending = Uji menunggu
testingWithLoad = Diuji dengan beban
testingWithoutLoad = Diuji tanpa beban
noTestInProcess = Tidak sedang diuji
noTestsInitiated = Belum diuji
noResultsAvailable = Belum ada hasil
loadTestPassed = Lulus uji beban
startTestPassed = Lulus uji penyalaan
invalidTest = Uji tidak sah
donePass = Lulus
doneWarning = Selesai dengan peringatan
doneError = Selesai dengan galat
aborted = Dibatalkan
progressing = Berlangsung
waiting = Menunggu
onWait = Menunggu hidup
offWait = Menunggu mati
shutdown = Dimatikan
batteryNormal = Baterai normal
noBatteryNeedsReplacing = Tidak perlu diganti
charging = Mengisi
floating = Terisi penuh
resting = Istirahat
noTransfer = Tidak pernah beralih
highLineVoltage = Tegangan masukan tinggi
brownout = Tegangan turun
blackout = Padam
smallMomentarySag = Tegangan turun sesaat
deepMomentarySag = Tegangan turun tajam sesaat
smallMomentarySpike = Lonjakan kecil sesaat
largeMomentarySpike = Lonjakan besar sesaat
rateOfVoltageChange = Tegangan berubah cepat
inSync = Sinkron
outOfSync = Tidak sinkron
fullyRedundant = Redundan penuh
redundant = Redundan
nonRedundant = Tanpa cadangan
startingEngine = Menyalakan mesin
stoppingEngine = Mematikan mesin
engineWarmingUp = Mesin memanas
holdingOnGenerator = Bertahan pada genset
awaitingTransferToS2 = Menunggu alih ke sumber 2
awaitingRetransferToS1 = Menunggu kembali ke sumber 1
nocomm = Tanpa komunikasi
master = Utama
member = Anggota
standalone = Mandiri
immediateOff = Dimatikan segera
immediateReboot = Dinyalakan ulang segera
delayedOn = Dinyalakan tertunda
delayedOff = Dimatikan tertunda
delayedReboot = Dinyalakan ulang tertunda
cancelPending = Pembatalan menunggu
chassisNotBreached = Sasis tertutup
chassisBreachedPrior = Sasis pernah dibuka
localDisplay = Panel setempat
localUser = Pengguna setempat
remoteUser = Pengguna jarak jauh
externalDevice = Perangkat luar
ecoMode = Mode hemat
`

const INDONESIAN: ReadonlyMap<string, string> = new Map(
  LIST.trim()
    .split('\n')
    .map(line => {
      const [name = '', word = ''] = line.split(' = ')
      return [name, word]
    }),
)

/** `batteryNormal` → `Baterai normal`, `Battery normal`; in Indonesian a name without a word stays as the device has it. */
export const stateName = (name: string, lang: Lang): string =>
  (lang === 'id' ? INDONESIAN.get(name) : undefined) ?? (lang === 'en' ? apart(name) : name)

/** MIBs write names of several words as one: camelCase is taken apart, all else stays. */
function apart(name: string): string {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) return name
  const words = name.replace(/(?<=[a-z0-9])([A-Z])([a-z])?/g, (_, start: string, next = '') => ` ${next === '' ? start : start.toLowerCase()}${next}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
