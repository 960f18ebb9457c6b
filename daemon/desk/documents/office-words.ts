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
