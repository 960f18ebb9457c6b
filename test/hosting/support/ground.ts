// Ground for drafts: one host that is ready, zones of ours, and a form that says it all.
import type { Answers } from '../../../daemon/domain/form.ts'
import type { Open } from '../../../daemon/hosting/answers.ts'
import type { Ground, GroundHost } from '../../../daemon/hosting/drafts.ts'

export const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUVtS5V0zvAhHqO0LbCrX1B9nCZ5K2qv5V0m3yK1y0R operator@demo.example'

export const HOST: GroundHost = {
  id: 'alpha',
  name: 'Alpha',
  address: '10.1.0.10',
  nginx: true,
  apache: false,
  php: ['8.2', '8.3'],
  mariadb: true,
  postgresql: true,
  systemd: true,
}

export const GROUND: Ground = { hosts: [HOST], zones: ['example.go.id', '1.10.in-addr.arpa'], websites: new Map() }

export const ANSWERS: Answers = {
  application: 'PPDB',
  domain: 'ppdb.example.go.id',
  recommendation: '555/041/REK/2026',
  platform: 'php',
  platformVersion: '8.2',
  dbms: 'mariadb',
  databaseSize: 1,
  capacity: 2.5,
  keys: [KEY],
  backup: true,
  backupFrequency: 'daily',
  backupRetention: 30,
  testMinutes: '12/BA-UJI/2026',
}

export const told = (open: readonly Open[]): readonly string[] => open.map(({ field }) => field)
