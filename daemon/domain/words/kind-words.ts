// What each kind of device is called, in both languages.
import type { Kind } from '../device.ts'
import type { Lang } from './lang.ts'

/** What a device is called when its name alone does not say. */
export const NOUNS: Readonly<Record<Lang, Readonly<Record<Kind, string>>>> = {
  id: {
    ups: 'UPS',
    pdu: 'PDU',
    ats: 'ATS',
    crac: 'CRAC',
    chiller: 'Chiller',
    environment: 'Pemantau lingkungan',
    genset: 'Genset',
    dcpower: 'Catu daya DC',
    firepanel: 'Panel kebakaran',
    door: 'Pengendali pintu',
    switch: 'Sakelar',
    router: 'Router',
    firewall: 'Firewall',
    wireless: 'Akses nirkabel',
    server: 'Server',
    bmc: 'BMC',
    storage: 'Penyimpanan',
    other: '',
  },
  en: {
    ups: 'UPS',
    pdu: 'PDU',
    ats: 'ATS',
    crac: 'CRAC',
    chiller: 'Chiller',
    environment: 'Environment monitor',
    genset: 'Genset',
    dcpower: 'DC power',
    firepanel: 'Fire panel',
    door: 'Door controller',
    switch: 'Switch',
    router: 'Router',
    firewall: 'Firewall',
    wireless: 'Wireless',
    server: 'Server',
    bmc: 'BMC',
    storage: 'Storage',
    other: '',
  },
}
