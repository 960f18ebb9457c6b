// What the stories of the hosting pages stand on: websites, a plan with its steps, hosts, zones, certificates.
import type { Change, Hand, JournalEntry, Plan, PlanStep, Proof, State } from '../../../daemon/domain/change.ts'
import type { CertificateView, ChangeView, HostView, RecordView, WebsiteView, ZoneChangeView, ZoneView } from '../../../daemon/domain/hosting-view.ts'
import { Website } from '../../../daemon/domain/website.ts'

const DAY = 86_400_000
export const KEY = `SHA256:${'k'.repeat(42)}8`
export const DIGEST = 'a41f09c2e8'.repeat(7).slice(0, 64)

export const website = (name: string, given: Partial<Record<string, unknown>> = {}): Website =>
  Website.parse({
    name,
    host: 'web-1',
    domains: [`${name}.babelprov.go.id`, `www.${name}.babelprov.go.id`],
    runtime: { kind: 'php', version: '8.2' },
    quota: 2048,
    keys: [`ssh-ed25519 ${Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0 '.padEnd(51, 'x'), 'latin1').toString('base64')} admin@${name}`],
    database: { engine: 'mariadb', size: 512 },
    cron: [{ time: '0 3 * * *', interpreter: 'php', file: 'cron/harian.php' }],
    records: [{ zone: 'babelprov.go.id', domain: `${name}.babelprov.go.id`, address: '103.10.10.5' }],
    backup: { every: 'daily', days: 30 },
    ...given,
  })

export function siteOf(name: string, now: number, given: Partial<WebsiteView> = {}): WebsiteView {
  const wanted = website(name)
  return {
    ...{ name, domain: wanted.domains[0] ?? '', aliases: 1, host: 'web-1', organisation: 7, organisationName: 'Dinas Pendidikan', state: 'live' },
    ...{
      runtime: 'PHP 8.2',
      used: 640,
      quota: 2048,
      certificateUntil: now + 61 * DAY,
      up: true,
      drift: 0,
      revision: 1,
      wanted,
      tickets: ['T-2026-0412'],
    },
    ...{ changes: [], certificate: null, drifts: [], databaseUsed: 96, removedAt: null, graceUntil: null },
    responsible: [
      { person: 21, name: 'Fajar Nugroho', kind: 'structural' },
      { person: 22, name: 'Rina Oktaviani', kind: 'technical' },
    ],
    handovers: [],
    ...given,
  }
}

const host = { kind: 'host', id: 'web-1' } as const
const zone = { kind: 'zone', id: 'babelprov.go.id' } as const
const books = { kind: 'books', id: 'suar' } as const

export const VHOST = (
  name: string,
  version: string,
): string => `# Managed by Suar: nginx/${name}. Changes here are found and shown, see the change that made it.
server {
    listen 80;
    listen [::]:80;
    server_name ${name}.babelprov.go.id www.${name}.babelprov.go.id;
    location /.well-known/acme-challenge/ { root /var/lib/suar-host/acme; }
    location / { return 301 https://$host$request_uri; }
}
server {
    listen 443 ssl;
    listen [::]:443 ssl;
    server_name ${name}.babelprov.go.id www.${name}.babelprov.go.id;
    ssl_certificate /etc/suar-host/tls/${name}/fullchain.pem;
    ssl_certificate_key /etc/suar-host/tls/${name}/key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    root /srv/suar/${name}/public;
    disable_symlinks if_not_owner from=$document_root;
    index index.html index.php;
    access_log /srv/suar/${name}/log/access.log;
    error_log /srv/suar/${name}/log/error.log;
    client_max_body_size 32m;
    location / { try_files $uri $uri/ /index.php?$query_string; }
    location ~ \\.php$ {
        try_files $uri =404;
        include fastcgi_params;
        fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
        fastcgi_pass unix:/run/php/suar-${name}-${version}.sock;
    }
}
`

type Sketch = Pick<PlanStep, 'resource' | 'place' | 'name' | 'action' | 'before' | 'after'> & {
  readonly danger?: PlanStep['danger']
  readonly say: readonly [string, string]
}

const create = (
  resource: string,
  place: PlanStep['place'],
  name: string,
  after: State,
  id: string,
  en: string,
  danger: PlanStep['danger'] = 'plain',
): Sketch => ({
  ...{ resource, place, name, action: 'create', before: null, after, danger },
  say: [id, en],
})

/** A new website, as the engine plans one. */
export function newSite(name: string): readonly PlanStep[] {
  const domain = `${name}.babelprov.go.id`
  const sketches: readonly Sketch[] = [
    create('user', host, name, { groups: ['suar-sftp'], home: '/', shell: '/usr/sbin/nologin', comment: `Suar ${name}`, locked: false }, `Buat akun ${name} di host, hanya SFTP`, `Make the account ${name} on the host, SFTP only`),
    create('tree', host, name, { folders: { public: { mode: '2750', group: 'www-data' }, private: { mode: '0700', group: name }, tmp: { mode: '0700', group: name } } }, `Buat folder situs di /srv/suar/${name}`, `Make the website’s folders in /srv/suar/${name}`),
    create('quota', host, name, { mib: 2048 }, 'Batasi isi disk sampai 2 GiB', 'Limit the disk to 2 GiB'),
    create('keys', host, name, { keys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGx admin@disdik'] }, 'Izinkan satu kunci publik masuk lewat SFTP', 'Let one public key in by SFTP', 'privileged'),
    create('pool', host, name, { pool: '8.2', content: `[suar-${name}]\nuser = ${name}\ngroup = ${name}\nlisten = /run/php/suar-${name}-8.2.sock\npm = ondemand\npm.max_children = 8\nphp_admin_value[memory_limit] = 128M\nphp_admin_value[open_basedir] = /srv/suar/${name}\n` }, 'Buat proses PHP 8.2 sendiri, paling banyak 8', 'Make a PHP 8.2 pool of its own, at most 8 processes'),
    create('mariadb', host, name, { user: name, connections: 20 }, `Buat basis data MariaDB ${name} dan penggunanya`, `Make the MariaDB database ${name} and its user`),
    create('rrset', zone, `${domain}. A`, { type: 'A', ttl: 3600, data: ['103.10.10.5'] }, `Arahkan ${domain} ke 103.10.10.5`, `Point ${domain} to 103.10.10.5`),
    create('certificate', host, name, { source: 'acme', names: [domain, `www.${domain}`] }, `Ambil sertifikat untuk ${domain} dan satu alias`, `Get a certificate for ${domain} and one alias`),
    create('nginx', host, name, { content: VHOST(name, '8.2') }, `Pasang situs ${domain} di nginx, HTTPS saja`, `Put ${domain} into nginx, HTTPS only`),
    { ...create('logrotate', host, name, {}, 'Putar log situs tiap minggu', 'Rotate the website’s logs weekly'), action: 'change', before: { content: `/srv/suar/${name}/log/*.log {\n  daily\n  rotate 4\n}\n` }, after: { content: `/srv/suar/${name}/log/*.log {\n  weekly\n  rotate 8\n}\n` } },
    create('check', books, domain, { url: `https://${domain}/`, every: 60 }, `Periksa ${domain} dari luar tiap menit`, `Look at ${domain} from outside every minute`),
    create('backup', books, name, { every: 'daily', days: 30, paths: [`/srv/suar/${name}`], databases: [name] }, 'Cadangkan tiap hari, disimpan 30 hari', 'Back up daily, kept for 30 days'),
  ]
  return sketches.map(({ say: [id, en], danger = 'plain', ...step }, i) => ({ ...step, danger, no: i + 1, words: { id, en } }))
} // biome-ignore format: a step a line

export const planOf = (steps: readonly PlanStep[], at: number, given: Partial<Plan> = {}): Plan => ({
  ...{ steps, digest: DIGEST, danger: steps.find(({ danger }) => danger !== 'plain')?.danger ?? 'plain', guard: null, madeAt: at, kept: 3 },
  ...given,
})

export const hand = (name: string, at: number, account = 2): Hand => ({ account, name, at })

/** A change as the daemon tells of it; `change` is what differs from a planned one. */
export function changeOf(
  number: string,
  now: number,
  { change, ...given }: Partial<Omit<ChangeView, 'change'>> & { readonly change?: object } = {},
): ChangeView {
  const plan = given.plan === undefined ? planOf(newSite('disdik'), now - 240_000) : given.plan
  const state = given.state ?? 'planned'
  const base = {
    ...{
      id: Number(number.slice(-4)),
      number,
      purpose: given.purpose ?? 'create',
      ticket: 'T-2026-0412',
      organisation: 7,
      website: 'disdik',
      wanted: [],
    },
    title: given.title ?? { id: 'Situs baru disdik.babelprov.go.id', en: 'New website disdik.babelprov.go.id' },
    requested: {
      ...hand('Dewi Saputri', now - 3_600_000),
      reason: 'Sesuai disposisi Kabid tanggal 20 November.\nAlamat lama dialihkan minggu depan.',
    },
    approved: { ...hand('Rini Marlina, M.Kom.', now - 3_500_000, 3), by: 'ticket' as const },
    ...(plan === null ? {} : { plan, consent: null }),
    state,
    ...change,
  } as unknown as Change
  return {
    ...{ id: base.id, number, purpose: base.purpose, title: base.title, state, ticket: 'T-2026-0412', website: 'disdik', organisation: 7 },
    ...{ danger: plan?.danger ?? null, steps: plan?.steps.length ?? 0, done: 0, by: 'Dewi Saputri', at: now - 3_600_000, revision: 1 },
    ...{ journal: [], may: [], why: null, instructions: [] },
    ...given,
    plan,
    change: base,
  }
}

export const did = (at: number, from: number, to: number, ms = 700): JournalEntry[] =>
  Array.from({ length: to - from + 1 }, (_, i): JournalEntry[] => [
    { at: at + i * ms, kind: 'starting', step: from + i },
    { at: at + i * ms + Math.round(ms * 0.9), kind: 'did', step: from + i, undo: {} },
  ]).flat()

export const proofsOf = (name: string, at: number): readonly Proof[] => {
  const domain = `${name}.babelprov.go.id`
  const of = (resource: string, place: PlanStep['place'], thing: string) => ({ resource, place, name: thing })
  const proof = (thing: Proof['of'], from: Proof['from'], id: string, en: string, facts: State, ok = true): Proof => ({ of: thing, from, ok, words: { id, en }, facts, at })
  return [
    proof(of('rrset', zone, `${domain}. A`), 'outside', 'Kedua server nama menjawab 103.10.10.5', 'Both name servers answer 103.10.10.5', { answers: ['10.20.0.2', '10.20.0.3'].map(server => ({ server, right: true, answer: '103.10.10.5 (TTL 3600)' })) }),
    proof(of('nginx', host, name), 'outside', `https://${domain} menjawab 200`, `https://${domain} answers 200`, { code: 200, address: '103.10.10.5', fingerprint: null, until: Date.UTC(2027, 1, 19, 4), redirect: '301 dari http' }),
    proof(of('certificate', host, name), 'outside', 'Rantai sertifikat utuh, nama cocok', 'The chain is whole, the names fit', { issuer: "Let's Encrypt E7", days: 90, names: [domain, `www.${domain}`] }),
    proof(of('keys', host, name), 'outside', 'Masuk lewat SFTP, menulis dan membaca; tidak dapat keluar dari foldernya', 'SFTP logs in, writes and reads; cannot leave its folder', { key: 'sementara, sudah dicabut', tried: ['/etc/passwd', '../..'], answer: 'ditolak' }),
    proof(of('user', host, name), 'inside', 'Situs tetangga tidak dapat dibaca', 'Neighbours cannot be read', { neighbours: 14, refused: 14 }),
    proof(of('mariadb', host, name), 'inside', 'Basis data hanya terbuka bagi situs ini', 'The database opens for this website alone', { asSite: 'berhasil', asNeighbour: 'ditolak' }),
  ]
} // biome-ignore format: a proof a line

export const hostOf = (id: string, now: number, given: Partial<HostView> = {}): HostView => ({
  ...{
    id,
    name: `Server ${id}`,
    address: '10.20.0.11',
    port: 22,
    state: 'ready',
    hostKey: KEY,
    shownKey: null,
    broker: '1.0.0',
    websites: 15,
    seenAt: now - 20_000,
  },
  facts: {
    ...{
      system: 'Debian GNU/Linux 12 (bookworm)',
      hostname: id,
      systemd: true,
      nginx: true,
      apache: false,
      php: ['8.1', '8.2'],
      mariadb: true,
      postgresql: true,
    },
    ...{ bind: false, nftables: true, quota: 'ext4', listen: { address: '*', http: 80, https: 443 } },
  },
  ...{ trouble: null, drift: { at: now - 8 * 3_600_000, missing: 0, changed: 1, foreign: 1 }, revision: 1 },
  ...given,
})

export const zoneOf = (name: string, given: Partial<ZoneView> = {}): ZoneView => ({
  ...{ name, kind: 'bind', records: 64, dnssec: 'unsigned', trouble: null, revision: 1 },
  servers: [
    { server: '10.20.0.2', serial: 2026112104, reachable: true },
    { server: '10.20.0.3', serial: 2026112104, reachable: true },
  ],
  ...given,
})

export const recordOf = (name: string, type: string, data: readonly string[], owner: string | null = null, ttl = 3600): RecordView => ({
  name: `${name}. ${type}`,
  state: { type, ttl, data },
  owner,
})

export const historyOf = (now: number): readonly ZoneChangeView[] => [
  { id: 3, zone: 'babelprov.go.id', name: 'disdik.babelprov.go.id. A', before: { type: 'A', ttl: 3600, data: ['103.10.10.4'] }, after: { type: 'A', ttl: 3600, data: ['103.10.10.5'] }, at: now - 3_600_000, by: 'Dewi Saputri', change: 'C-2026-0041' },
  { id: 2, zone: 'babelprov.go.id', name: '_dmarc.babelprov.go.id. TXT', before: null, after: { type: 'TXT', ttl: 3600, data: ['"v=DMARC1; p=reject; rua=mailto:dmarc@babelprov.go.id"'] }, at: now - DAY, by: 'Dewi Saputri', change: 'C-2026-0038' },
  { id: 1, zone: 'babelprov.go.id', name: 'lama.babelprov.go.id. CNAME', before: { type: 'CNAME', ttl: 600, data: ['web-0.babelprov.go.id.'] }, after: null, at: now - 3 * DAY, by: 'Yoga Pratama', change: null },
] // biome-ignore format: an entry a line

export const certificateOf = (name: string, now: number, days: number, given: Partial<CertificateView> = {}): CertificateView => ({
  ...{ website: name, names: [`${name}.babelprov.go.id`, `www.${name}.babelprov.go.id`], source: 'acme', issuer: "Let's Encrypt E7", trouble: null },
  ...{
    notBefore: now + (days - 90) * DAY,
    notAfter: now + days * DAY + 3_600_000,
    renewAt: now + (days - 30) * DAY,
    fingerprint: name.padEnd(64, '0'),
  },
  ...given,
})
