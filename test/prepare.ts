// Before the tests: installs the Debian packages they start real servers from, when it may; says plainly what is missing when it may not.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Package and a program of it by which one sees that it is there. */
const NEEDED = [
  ['snmpd', 'snmpd'],
  ['snmp', 'snmpget'],
  ['openssh-server', 'sshd'],
  ['chromium', 'chromium'],
  ['dovecot-imapd', 'dovecot'],
  ['poppler-utils', 'pdfsig'],
  ['python3', 'python3'],
  ['sudo', 'visudo'],
  ['nginx-light', 'nginx'],
  ['apache2', 'apache2'],
  ['php8.2-fpm', 'php-fpm8.2'],
  ['mariadb-server', 'mariadbd'],
  ['postgresql', 'pg_ctlcluster'],
  ['bind9', 'named'],
  ['pebble', 'pebble'],
  ['nftables', 'nft'],
  ['logrotate', 'logrotate'],
  ['systemd', 'systemd-analyze'],
  ['openssl', 'openssl'],
  ['cron', 'cron'],
  ['strace', 'strace'],
  ['curl', 'curl'],
  ['bind9-dnsutils', 'dig'],
  ['pdns-server', 'pdns_server'],
  ['pdns-backend-sqlite3', 'pdns_server'],
] as const

const PATHS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']

const there = (program: string): boolean =>
  PATHS.some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })

const say = (text: string) => process.stdout.write(`test: ${text}\n`)

const missing = NEEDED.filter(([, program]) => !there(program)).map(([name]) => name)
if (missing.length > 0) {
  const may = process.getuid?.() === 0 && there('apt-get')
  if (may) {
    say(`installing ${missing.join(', ')}`)
    const apt = (...argv: string[]) =>
      spawnSync('apt-get', argv, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
    if (!apt('update', '-qq') || !apt('install', '-y', '-qq', '--no-install-recommends', ...missing)) say('apt-get failed')
  }
  const still = NEEDED.filter(([, program]) => !there(program)).map(([name]) => name)
  if (still.length > 0)
    say(
      `without ${still.join(', ')}: the tests that need ${still.length === 1 ? 'it' : 'them'} are skipped and say so${may ? '' : '. As root they would have been installed'}`,
    )
}
