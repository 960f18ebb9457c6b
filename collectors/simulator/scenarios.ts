// What the operator panel of the demonstration can break and mend, open and plug in.
import type { DemoScenario } from '../../daemon/domain/scenario.ts'

export const FAULTS = [
  'utility-failed',
  'genset-refuses',
  'crac-1-stopped',
  'crac-2-airflow',
  'feed-a4-a',
  'ups-a-battery',
  'switch-dead',
  'door-forced',
  'door-held',
  'door-opened',
  'door-visitor',
  'visit-overstay',
  'smoke',
  'leak',
  'sensor-silent',
  'disk-filling',
  'tenant-server',
] as const
export type Fault = (typeof FAULTS)[number]

export const isFault = (id: string): id is Fault => FAULTS.some(fault => fault === id)

const LABELS: Readonly<Record<Fault, DemoScenario['label']>> = {
  'utility-failed': { en: 'Utility power fails', id: 'Listrik PLN padam' },
  'genset-refuses': { en: 'Genset refuses to start (together with a power failure)', id: 'Genset gagal start (bersama PLN padam)' },
  'crac-1-stopped': { en: 'CRAC 1 stops', id: 'CRAC 1 berhenti' },
  'crac-2-airflow': { en: 'CRAC 2 airflow falls: dirty filter', id: 'Aliran udara CRAC 2 turun: saringan kotor' },
  'feed-a4-a': { en: 'Feed A of rack A4 trips', id: 'Jalur A rak A4 putus' },
  'ups-a-battery': { en: 'UPS A battery is weak', id: 'Baterai UPS A lemah' },
  'switch-dead': { en: 'Switch SW-B3 dies', id: 'Sakelar SW-B3 mati' },
  'door-forced': { en: 'Door D3 is forced', id: 'Pintu D3 dibuka paksa' },
  'door-held': { en: 'Door D1 is held open', id: 'Pintu D1 dibiarkan terbuka' },
  'door-opened': { en: 'Somebody opens D3 without a card', id: 'Seseorang membuka D3 tanpa kartu' },
  'door-visitor': { en: 'A visitor opens D1 with a card', id: 'Tamu membuka D1 dengan kartu' },
  'visit-overstay': { en: 'A visitor stays longer than allowed', id: 'Tamu tinggal melewati batas waktu' },
  smoke: { en: 'A fire detector trips', id: 'Detektor kebakaran aktif' },
  leak: { en: 'Water under the floor', id: 'Air di bawah lantai' },
  'sensor-silent': { en: 'Inlet sensor of rack A6 falls silent', id: 'Sensor masuk rak A6 tidak terbaca' },
  'disk-filling': { en: 'Disk of WEB-1 fills up', id: 'Disk WEB-1 hampir penuh' },
  'tenant-server': { en: "A tenant's server is plugged in at rack A5", id: 'Server titipan dicolokkan di rak A5' },
}

export const scenarios = (active: ReadonlySet<Fault>): DemoScenario[] => FAULTS.map(id => ({ id, label: LABELS[id], active: active.has(id) }))
