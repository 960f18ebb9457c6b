// How papers of the office name a way in, a priority and a verdict of the clock.

export const CHANNELS: Readonly<Record<string, string>> = {
  portal: 'Portal',
  email: 'E-mail',
  mobile: 'Mobile',
  chat: 'Chat',
  letter: 'Surat',
  telephone: 'Telepon',
  'walk-in': 'Datang langsung',
}
export const PRIORITY: Readonly<Record<string, string>> = { low: 'Rendah', medium: 'Sedang', high: 'Tinggi', critical: 'Sangat tinggi' }
export const VERDICT = { onTime: 'tepat waktu', late: 'melewati target', breached: 'melewati standar' } as const

/** Why a paper of leaving equipment cannot be drawn up. */
export const NOTHING = {
  removal: {
    id: 'Tidak ada perangkat pada tiket ini yang sedang dikeluarkan. Tandai dahulu perangkat yang keluar pada halaman penitipan.',
    en: 'No equipment of this ticket is leaving. Say first on the page of the stay which pieces leave.',
  },
  wipe: {
    id: 'Belum ada sanitasi media yang dicatat untuk perangkat yang keluar.',
    en: 'No media of leaving equipment have been noted as wiped yet.',
  },
} as const
