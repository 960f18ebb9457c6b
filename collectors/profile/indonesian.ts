// The trade's words in Indonesian, as its engineers say them: what is measured, and of what. `english = indonesian`.

/** The pairs of such a list. */
export const pairs = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .trim()
      .split('\n')
      .map(line => {
        const [english = '', indonesian = ''] = line.split(' = ')
        return [english.trim(), indonesian.trim()]
      }),
  )

/** What is measured or told: leads an Indonesian label. */
export const MEASURED = pairs(`
  temperature = suhu
  humidity = kelembapan
  dew point = titik embun
  voltage = tegangan
  current = arus
  residual current = arus bocor
  unbalanced current = arus tak seimbang
  bias current = arus bias
  power = daya
  apparent power = daya semu
  reactive power = daya reaktif
  peak power = daya puncak
  power factor = faktor daya
  crest factor = faktor puncak
  energy = energi
  frequency = frekuensi
  load = beban
  air flow = aliran udara
  airflow = aliran udara
  run hours = jam kerja
  air pressure = tekanan udara
  pressure = tekanan
  speed = putaran
  communication = komunikasi
  alarm = alarm
  fault = gangguan
  lock = kunci
  handle = gagang
  breaker = pemutus
  relay = relai
  switch = sakelar
  quality = mutu
  source = sumber
  contact = kontak
  utilisation = pemakaian
  level = isi
`)

/** Of what: follows in Indonesian, in the reverse order. */
export const THINGS = pairs(`
  output = keluaran
  input = masukan
  bypass = bypass
  inlet = inlet
  outlet = stopkontak
  outlet group = grup stopkontak
  mains = PLN
  genset = genset
  battery = baterai
  second battery = aki kedua
  starter battery = aki starter
  charging alternator = alternator pengisi
  source = sumber
  phase = fasa
  bank = bank
  breaker = pemutus
  cord = kabel daya
  line = jalur
  branch = cabang
  tower = menara
  infeed = saluran masuk
  unit = unit
  panel = panel
  system = sistem
  front door = pintu depan
  rear door = pintu belakang
  door = pintu
  probe = probe
  sensor = sensor
  remote sensor = sensor luar
  detector = detektor
  fire detector = detektor kebakaran
  heat detector = detektor panas
  ambient = ruang
  remote = sensor luar
  processor = prosesor
  memory = memori
  optics = modul optik
  supply air = udara suplai
  return air = udara balik
  supply = suplai
  return = balik
  rack inlet = masuk rak
  group = grup
  fan = kipas
  engine = mesin
  oil = oli
  coolant = air pendingin
  fuel = bahan bakar
  water = air
  water inlet = air masuk
  water outlet = air keluar
  containment = lorong
  transfer switch = sakelar alih
  port = port
  changeover = sakelar alih
  balance = keseimbangan
  intrusion = penyusupan
  power supply = catu daya
  compressor = kompresor
  condenser fan = kipas kondensor
  air filter = saringan udara
`)
