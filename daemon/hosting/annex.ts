// The annex of the minutes of hosting and domains: what was made, as it was proven. It tells where things are and never a secret.
import type { Change, Proof, State } from '../domain/change.ts'
import type { Block, Cell } from '../domain/paper.ts'
import type { Website } from '../domain/website.ts'
import { formatNumber } from '../domain/words/format.ts'
import { type Lang, NONE } from '../domain/words/lang.ts'
import { dateTime } from '../domain/words/time.ts'

/** A website as the minutes quote it. */
export interface AnnexWebsite {
  readonly wanted: Website
  readonly host: { readonly name: string; readonly address: string; readonly port: number; readonly hostKey: string | null }
  readonly certificate: { readonly issuer: string; readonly fingerprint: string; readonly notAfter: number } | null
}

export interface AnnexFacts {
  /** Of the ticket, proven, oldest first. */
  readonly changes: readonly Extract<Change, { state: 'verified' }>[]
  readonly websites: readonly AnnexWebsite[]
  readonly until: string | null
}

interface AnnexWords {
  readonly title: string
  readonly website: (name: string) => string
  readonly records: string
  readonly heads: readonly string[]
  readonly proofs: string
  readonly proofHeads: readonly string[]
  readonly from: Readonly<Record<Proof['from'], string>>
  readonly removed: string
  readonly until: (date: string) => string
  readonly handed: string
  readonly labels: Readonly<Record<string, string>>
  readonly every: Readonly<Record<'hourly' | 'daily' | 'weekly', string>>
  readonly kept: (every: string, days: number) => string
  readonly states: Readonly<Record<Website['state'], string>>
}

const WORDS: Readonly<Record<Lang, AnnexWords>> = {
  id: {
    title: 'LAMPIRAN: LAYANAN YANG DIBERIKAN',
    website: name => `Situs ${name}`,
    records: 'Nama dan alamat',
    heads: ['NO.', 'NAMA', 'JENIS', 'ISI', 'TTL'],
    proofs: 'Pemeriksaan',
    proofHeads: ['NO.', 'YANG DIPERIKSA', 'DARI', 'WAKTU'],
    from: { outside: 'luar', inside: 'dalam' },
    removed: '(dihapus)',
    until: date => `Nama berlaku sampai ${date}.`,
    handed: 'Kata sandi tidak dicantumkan; diserahkan lewat tautan sekali pakai kepada penanggung jawab yang terdaftar.',
    labels: {
      url: 'Alamat',
      state: 'Keadaan',
      host: 'Host',
      sftp: 'SFTP',
      fingerprint: 'Sidik kunci host',
      folders: 'Folder',
      keys: 'Kunci publik',
      runtime: 'Dijalankan dengan',
      quota: 'Kuota',
      database: 'Basis data',
      certificate: 'Sertifikat',
      backup: 'Cadangan',
    },
    every: { hourly: 'tiap jam', daily: 'tiap hari', weekly: 'tiap minggu' },
    kept: (every, days) => `${every}, disimpan ${days} hari`,
    states: { live: 'aktif', suspended: 'ditangguhkan' },
  },
  en: {
    title: 'ANNEX: WHAT WAS PROVIDED',
    website: name => `Website ${name}`,
    records: 'Names and addresses',
    heads: ['NO.', 'NAME', 'TYPE', 'DATA', 'TTL'],
    proofs: 'What was looked at',
    proofHeads: ['NO.', 'WHAT', 'FROM', 'TIME'],
    from: { outside: 'outside', inside: 'inside' },
    removed: '(removed)',
    until: date => `The names are good until ${date}.`,
    handed: 'Passwords are not written here; they are handed to the registered responsible persons by a link that opens once.',
    labels: {
      url: 'Address',
      state: 'State',
      host: 'Host',
      sftp: 'SFTP',
      fingerprint: 'Fingerprint of the host key',
      folders: 'Folders',
      keys: 'Public keys',
      runtime: 'Runs with',
      quota: 'Quota',
      database: 'Database',
      certificate: 'Certificate',
      backup: 'Backup',
    },
    every: { hourly: 'hourly', daily: 'daily', weekly: 'weekly' },
    kept: (every, days) => `${every}, kept for ${days} days`,
    states: { live: 'live', suspended: 'suspended' },
  },
}

const cells = (texts: readonly string[]): Cell[] => texts.map(content => ({ content }))
const runtimeText = ({ runtime }: Website): string =>
  runtime.kind === 'php' ? `PHP ${runtime.version}` : runtime.kind === 'app' ? `${runtime.interpreter} ${runtime.file}` : 'HTML'

/** Empty: nothing of the ticket is proven yet. */
export function annexOf(
  { changes, websites, until }: AnnexFacts,
  { zone, language }: { readonly zone: string; readonly language: Lang },
): readonly { readonly title: string; readonly blocks: readonly Block[] }[] {
  if (changes.length === 0) return []
  const words = WORDS[language]
  const time = (at: number) => dateTime(at, zone, language)
  const mib = (n: number) => `${formatNumber(n, 0, language)} MiB`
  const label = (key: string) => words.labels[key] ?? key

  const facts = ({ wanted, host, certificate }: AnnexWebsite): readonly (readonly [string, string])[] => {
    const { name, domains, quota, database, backup, keys, state } = wanted
    const rows: (readonly [string, string])[] = [
      [label('url'), domains.map(domain => `https://${domain}/`).join('\n')],
      [label('state'), words.states[state]],
      [label('host'), `${host.name} (${host.address})`],
      [label('sftp'), `sftp -P ${host.port} ${name}@${host.address}`],
      [label('fingerprint'), host.hostKey ?? NONE],
      [label('folders'), `/public, /private, /tmp, /log`],
      [label('keys'), keys.map(key => key.split(' ').slice(2).join(' ') || (key.split(' ')[0] ?? '')).join('\n') || NONE],
      [label('runtime'), runtimeText(wanted)],
      [label('quota'), mib(quota)],
    ]
    if (database !== null) {
      const called = name.replaceAll('-', '_')
      rows.push([label('database'), `${database.engine === 'mariadb' ? 'MariaDB' : 'PostgreSQL'}: ${called}, ${called}, ${mib(database.size)}`])
    }
    if (certificate !== null)
      rows.push([label('certificate'), `${certificate.issuer}\nSHA-256 ${certificate.fingerprint}\n${time(certificate.notAfter)}`])
    rows.push([label('backup'), backup === null ? NONE : words.kept(words.every[backup.every], backup.days)])
    return rows
  }

  // The last word on each name; of what was changed twice the later.
  const sets = new Map<string, State | null>()
  for (const { wanted } of changes) for (const { resource, name, state } of wanted) if (resource === 'rrset') sets.set(name, state)
  const records = [...sets].map(([name, state], i) => {
    const [owner = '', type = ''] = name.split(' ')
    const data = state === null ? words.removed : Array.isArray(state['data']) ? state['data'].map(String).join('\n') : NONE
    return cells([String(i + 1), owner.replace(/\.$/, ''), type, data, state === null ? NONE : String(state['ttl'] ?? NONE)])
  })
  const proofs = changes.flatMap(change => change.proofs)

  const blocks: Block[] = [
    ...websites.flatMap((website): Block[] => [
      { kind: 'heading', level: 3, content: words.website(website.wanted.name) },
      { kind: 'table', size: 8.5, columns: [{ width: 25 }, { width: 75 }], head: [], rows: facts(website).map(row => cells(row)) },
    ]),
    ...(records.length === 0
      ? []
      : ([
          { kind: 'heading', level: 3, content: words.records },
          {
            kind: 'table',
            size: 8.5,
            columns: [{ width: 6, align: 'center' }, { width: 36 }, { width: 10 }, { width: 38 }, { width: 10, align: 'right' }],
            head: [cells(words.heads)],
            rows: records,
          },
        ] satisfies Block[])),
    ...(until === null ? [] : [{ kind: 'paragraph', content: words.until(until) } satisfies Block]),
    { kind: 'heading', level: 3, content: words.proofs },
    {
      kind: 'table',
      size: 8.5,
      columns: [{ width: 6, align: 'center' }, { width: 62 }, { width: 10 }, { width: 22 }],
      head: [cells(words.proofHeads)],
      rows: proofs.map((proof, i) => cells([String(i + 1), proof.words[language], words.from[proof.from], time(proof.at)])),
    },
    ...(websites.some(({ wanted }) => wanted.database !== null) ? [{ kind: 'paragraph', content: words.handed } satisfies Block] : []),
  ]
  return [{ title: words.title, blocks }]
}
