// The website that a hosting ticket's answers ask for: as far as they say it, what a person must still decide, what is refused, what is done by hand.
import type { Answers, Words } from '../domain/form.ts'
import { readIp } from '../domain/ip.ts'
import { DomainName, PublicKey } from '../domain/safe.ts'
import { isSaid, numberOf, type Open, textOf, textsOf, yesOf } from './answers.ts'
import { phpFor, phpWritten } from './php.ts'
import { siteNameFor } from './site-name.ts'

/** A host that is ready. */
export interface GroundHost {
  readonly id: string
  readonly name: string
  /** Where its websites are reached; a name or an IP address. */
  readonly address: string
  readonly nginx: boolean
  readonly apache: boolean
  readonly php: readonly string[]
  readonly mariadb: boolean
  readonly postgresql: boolean
  readonly systemd: boolean
}

export interface Ground {
  readonly hosts: readonly GroundHost[]
  /** Zones of ours. */
  readonly zones: readonly string[]
  /** Names that are taken, with their domains. */
  readonly websites: ReadonlyMap<string, readonly string[]>
}

export interface HostingDraft {
  /** As the input of `Website`, not yet checked; of what is not known a field is missing. */
  readonly website: Readonly<Record<string, unknown>>
  readonly open: readonly Open[]
  /** Why no change may be made of it. */
  readonly refused: readonly Words[]
  /** What was asked for and no plan makes. */
  readonly byHand: readonly Words[]
}

export const MIB_PER_GB = 1024
const LEAST_QUOTA = 16
/** Where the form does not say it. */
const DATABASE_MIB = 1024
const BACKUP = { every: 'daily', days: 30 } as const

export const mibOf = (gb: number): number => Math.max(LEAST_QUOTA, Math.ceil(gb * MIB_PER_GB))

/** The longest zone of ours that the name lies in; null: none. */
export const zoneFor = (domain: string, zones: readonly string[]): string | null =>
  zones.filter(zone => domain === zone || domain.endsWith(`.${zone}`)).sort((a, b) => b.length - a.length)[0] ?? null

export function hostingDraft(answers: Answers, ground: Ground): HostingDraft {
  const open: Open[] = []
  const refused: Words[] = []
  const byHand: Words[] = []
  const ask = (field: string, id: string, en: string) => open.push({ field, words: { id, en } })

  // Keputusan Gubernur 188.44/97/SK/DISKOMINFO/2023, E.2.c.1.
  if (!isSaid(textOf(answers, 'recommendation')) || yesOf(answers, 'recommendationPresent') === false)
    refused.push({
      id: 'Belum ada nomor rekomendasi pembangunan aplikasi. Lengkapi pada formulir tiket sebelum situs dibuat.',
      en: 'There is no number of a recommendation to build the application. Complete the ticket’s form before the website is made.',
    })
  if (!isSaid(textOf(answers, 'testMinutes')) && yesOf(answers, 'testPresent') !== true)
    ask(
      'feasibility',
      'Belum ada berita acara uji kelayakan: pastikan aplikasi sudah dinyatakan layak, atau memang belum perlu diuji.',
      'There are no minutes of a feasibility test: make sure that the application passed it, or needs none yet.',
    )

  const domain = DomainName.safeParse(textOf(answers, 'domain') ?? '')
  const aliases = textsOf(answers, 'aliases').flatMap((text, i) => {
    const alias = DomainName.safeParse(text)
    if (!alias.success) ask(`domains.${i + 1}`, `"${text}" bukan nama domain yang utuh.`, `"${text}" is no full domain name.`)
    return alias.success ? [alias.data] : []
  })
  const domains: string[] = domain.success ? [...new Set([domain.data, ...aliases])] : []
  if (!domain.success) ask('domains', 'Nama domain belum ada atau tidak utuh.', 'The domain name is missing or not whole.')
  for (const one of domains) {
    const holder = [...ground.websites].find(([, theirs]) => theirs.includes(one))?.[0]
    if (holder !== undefined) refused.push({ id: `${one} sudah dipakai situs ${holder}.`, en: `${one} is in use by the website ${holder} already.` })
  }
  const name = domain.success ? siteNameFor(domain.data, new Set(ground.websites.keys())) : null
  if (domain.success && name === null) ask('name', 'Nama situs harus dipilih.', 'The name of the website has to be chosen.')

  const host = ground.hosts.length === 1 ? (ground.hosts[0] ?? null) : null
  if (ground.hosts.length === 0)
    ask('host', 'Belum ada host yang siap: siapkan satu dahulu di halaman Host.', 'No host is ready yet: make one ready on the page Hosts.')
  else if (host === null) ask('host', 'Pilih host tempat situs ini akan berada.', 'Choose the host where the website will live.')

  const runtime = runtimeOf(answers, host, ask, byHand)
  const database = databaseOf(answers, host, ask, byHand)

  const capacity = numberOf(answers, 'capacity')
  if (capacity === null || capacity <= 0) ask('quota', 'Kapasitas belum disebutkan.', 'The capacity was not said.')
  const keys = textsOf(answers, 'keys').flatMap((text, i) => {
    const key = PublicKey.safeParse(text)
    if (key.success) return [key.data as string]
    const why = key.error.issues[0]?.message ?? 'this is not a public key'
    ask(`keys.${i}`, `Kunci publik ke-${i + 1} tidak dapat dipakai: minta kunci yang baru.`, `Public key ${i + 1} cannot be used: ${why}.`)
    return []
  })
  if (keys.length === 0)
    ask('keys', 'Tidak ada kunci publik: tidak ada yang dapat masuk lewat SFTP.', 'There is no public key: nobody can log in by SFTP.')

  const website: Record<string, unknown> = {
    domains,
    keys: [...new Set(keys)],
    database,
    certificate: 'acme',
    records: [],
    backup: backupOf(answers, ask),
  }
  if (name !== null) website['name'] = name
  if (host !== null) website['host'] = host.id
  if (host !== null && !host.nginx && host.apache) website['server'] = 'apache'
  if (runtime !== null) website['runtime'] = runtime
  if (capacity !== null && capacity > 0) website['quota'] = mibOf(capacity)
  website['records'] = recordsOf(domains, host, ground, ask)
  return { website, open, refused, byHand }
}

type Ask = (field: string, id: string, en: string) => void

/** Null: no plan makes it, or it has to be said. */
function runtimeOf(answers: Answers, host: GroundHost | null, ask: Ask, byHand: Words[]): Readonly<Record<string, unknown>> | null {
  const platform = textOf(answers, 'platform')
  const asked = textOf(answers, 'platformVersion')
  switch (platform) {
    case 'static':
      return { kind: 'static' }
    case 'php': {
      if (host === null) {
        const version = phpWritten(asked)
        if (version === null) ask('runtime.version', 'Versi PHP dipilih setelah host dipilih.', 'The PHP version is chosen once there is a host.')
        return { kind: 'php', ...(version === null ? {} : { version }) }
      }
      const found = phpFor(asked, host.php)
      if (found === null) {
        ask('runtime', `Host ${host.name} tidak memiliki PHP.`, `The host ${host.name} has no PHP.`)
        return { kind: 'php' }
      }
      if (!found.exact)
        ask(
          'runtime.version',
          `Diminta PHP ${asked}; host ${host.name} paling dekat memiliki ${found.version}. Pastikan aplikasi berjalan dengannya.`,
          `PHP ${asked} was asked for; the nearest that host ${host.name} has is ${found.version}. Make sure that the application runs with it.`,
        )
      return { kind: 'php', version: found.version }
    }
    case 'node':
    case 'python':
      ask('runtime.file', 'Berkas program dan port-nya harus disebutkan.', 'The program’s file and its port have to be said.')
      if (host !== null && !host.systemd) ask('runtime', `Host ${host.name} tidak memakai systemd.`, `The host ${host.name} has no systemd.`)
      return { kind: 'app', interpreter: platform === 'node' ? 'node' : 'python3' }
    case null:
      ask('runtime', 'Cara situs dijalankan belum disebutkan.', 'How the website runs was not said.')
      return null
    default: {
      const named = { java: 'Java', dotnet: '.NET' }[platform] ?? platform
      byHand.push({
        id: `${named} tidak dipasang oleh rencana: siapkan dengan tangan, lalu pilih cara situs dijalankan.`,
        en: `No plan installs ${named}: prepare it by hand, then choose how the website runs.`,
      })
      ask('runtime', `Diminta ${named}: pilih cara situs dijalankan.`, `${named} was asked for: choose how the website runs.`)
      return null
    }
  }
}

function databaseOf(answers: Answers, host: GroundHost | null, ask: Ask, byHand: Words[]): Readonly<Record<string, unknown>> | null {
  const engine = textOf(answers, 'dbms')
  if (engine === null || engine === 'none') return null
  if (engine !== 'mariadb' && engine !== 'postgresql') {
    const named = engine === 'sqlserver' ? 'SQL Server' : engine
    byHand.push({
      id: `Basis data ${named} tidak dibuat oleh rencana: siapkan dengan tangan.`,
      en: `No plan makes a database of ${named}: prepare it by hand.`,
    })
    return null
  }
  if (host !== null && !host[engine])
    ask('database.engine', `Host ${host.name} tidak memiliki ${NAMES[engine]}.`, `The host ${host.name} has no ${NAMES[engine]}.`)
  const size = numberOf(answers, 'databaseSize')
  if (size === null || size <= 0) ask('database.size', 'Ukuran basis data belum disebutkan.', 'The size of the database was not said.')
  return { engine, size: size === null || size <= 0 ? DATABASE_MIB : Math.max(1, Math.ceil(size * MIB_PER_GB)) }
}
const NAMES = { mariadb: 'MariaDB', postgresql: 'PostgreSQL' } as const

function backupOf(answers: Answers, ask: Ask): Readonly<Record<string, unknown>> | null {
  if (yesOf(answers, 'backup') !== true) return null
  const every = textOf(answers, 'backupFrequency')
  const days = numberOf(answers, 'backupRetention')
  const known = every === 'hourly' || every === 'daily' || every === 'weekly' ? every : null
  if (known === null || days === null)
    ask('backup', 'Frekuensi atau lama simpan cadangan belum disebutkan.', 'How often it is backed up, or how long kept, was not said.')
  return { every: known ?? BACKUP.every, days: days ?? BACKUP.days }
}

/** Of names in zones of ours; the others are pointed here by whose they are. */
function recordsOf(domains: readonly string[], host: GroundHost | null, { zones }: Ground, ask: Ask): readonly Readonly<Record<string, unknown>>[] {
  const address = host !== null && readIp(host.address) !== null ? host.address : null
  return domains.flatMap((domain, i) => {
    const zone = zoneFor(domain, zones)
    if (zone === null) {
      const to = address === null ? { id: 'host situs ini', en: 'the website’s host' } : { id: address, en: address }
      ask(
        `domains.${i}`,
        `${domain} tidak ada di zona kita: pemilik domain harus mengarahkannya ke ${to.id}.`,
        `${domain} is in no zone of ours: its owner has to point it to ${to.en}.`,
      )
      return []
    }
    if (address === null) {
      ask('records', `Alamat IP untuk ${domain} harus disebutkan.`, `The IP address of ${domain} has to be said.`)
      return []
    }
    return [{ zone, domain, address }]
  })
}
