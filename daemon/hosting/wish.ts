// What a request for change asks of a website that is there: what it is to become, and what of that a person must still decide. Pure.
import type { ChangePurpose } from '../domain/change.ts'
import type { Answers, Words } from '../domain/form.ts'
import { DomainName, PublicKey } from '../domain/safe.ts'
import type { Website } from '../domain/website.ts'
import { numberOf, type Open, textOf, textsOf, yesOf } from './answers.ts'
import { type Ground, MIB_PER_GB, mibOf, zoneFor } from './drafts.ts'
import { phpFor } from './php.ts'

export interface WebsiteWish {
  readonly purpose: Extract<ChangePurpose, 'edit' | 'suspend' | 'resume' | 'decommission'>
  /** Of an edit: as it is to be, whole; as the input of `Website`. */
  readonly website: Website | null
  /** What becomes other, as people read it. */
  readonly differences: readonly { readonly field: string; readonly was: string; readonly is: string }[]
  readonly open: readonly Open[]
  readonly refused: readonly Words[]
}

const PURPOSES: Readonly<Record<string, 'suspend' | 'resume' | 'decommission'>> = { suspend: 'suspend', resume: 'resume', remove: 'decommission' }

const said = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : value === null || value === undefined ? '–' : String(value))

/**
 * `original`: the answers that the website was made by. What the applicant left as it was then is left as it is now: an officer may have decided otherwise
 * in between. Null: all that differs from the website counts.
 */
export function websiteWish(answers: Answers, was: Website, original: Answers | null, ground: Ground): WebsiteWish {
  const open: Open[] = []
  const ask: Ask = (field, id, en, how) => void open.push({ field, words: { id, en }, ...(how === 'blocks' ? { blocks: true as const } : {}) })
  const simple = PURPOSES[textOf(answers, 'action') ?? '']
  if (simple !== undefined) return { purpose: simple, website: null, differences: [], open: [], refused: unfit(simple, was) }

  const touched = (...keys: readonly string[]): boolean =>
    original === null
      ? keys.some(key => answers[key] !== undefined)
      : keys.some(key => JSON.stringify(answers[key]) !== JSON.stringify(original[key]))
  const host = ground.hosts.find(({ id }) => id === was.host) ?? null
  const next = { ...was }

  const capacity = numberOf(answers, 'capacity')
  if (touched('capacity') && capacity !== null && capacity > 0) next.quota = mibOf(capacity)

  if (touched('platform', 'platformVersion')) {
    const platform = textOf(answers, 'platform')
    const version = textOf(answers, 'platformVersion')
    const same = platform === null || platform === (was.runtime.kind === 'php' ? 'php' : was.runtime.kind === 'static' ? 'static' : platform)
    if (!same || was.runtime.kind === 'app')
      ask(
        'runtime',
        `Diminta ${platform} ${version ?? ''}: pilih cara situs dijalankan.`,
        `${platform} ${version ?? ''} was asked for: choose how it runs.`,
        'blocks',
      )
    else if (was.runtime.kind === 'php' && version !== null) {
      const found = phpFor(version, host?.php ?? [was.runtime.version])
      if (found !== null) next.runtime = { ...was.runtime, version: found.version }
      if (found?.exact !== true)
        ask(
          'runtime.version',
          `Diminta PHP ${version}; yang paling dekat di host ${host?.name ?? was.host} ialah ${found?.version ?? '–'}.`,
          `PHP ${version} was asked for; the nearest on host ${host?.name ?? was.host} is ${found?.version ?? 'none'}.`,
        )
    }
  }

  if (touched('domain', 'aliases')) next.domains = domainsOf(answers, was, original, ground, ask)
  next.records = recordsOf(next.domains, was, ground, ask)

  if (touched('keys')) {
    const keys = textsOf(answers, 'keys').flatMap((text, i) => {
      const key = PublicKey.safeParse(text)
      if (!key.success) ask(`keys.${i}`, `Kunci publik ke-${i + 1} tidak dapat dipakai.`, `Public key ${i + 1} cannot be used.`, 'blocks')
      return key.success ? [key.data] : []
    })
    next.keys = [...new Set(keys)]
  }

  if (touched('dbms', 'databaseSize')) next.database = databaseOf(answers, was, ask)
  if (touched('backup', 'backupFrequency', 'backupRetention')) next.backup = backupOf(answers, was)

  const differences = (Object.keys(next) as (keyof Website)[]).flatMap(field =>
    field === 'runtime' || field === 'database' || field === 'backup' || field === 'records'
      ? within(field, was[field], next[field])
      : JSON.stringify(was[field]) === JSON.stringify(next[field])
        ? []
        : [{ field: field as string, was: said(was[field]), is: said(next[field]) }],
  )
  const refused: readonly Words[] =
    differences.length > 0 || open.length > 0
      ? []
      : [
          {
            id: `Jawaban tiket sama dengan keadaan situs ${was.name}: tidak ada yang diubah.`,
            en: `The ticket asks for what ${was.name} is already: nothing to change.`,
          },
        ]
  return { purpose: 'edit', website: next, differences, open, refused }
}

type Ask = (field: string, id: string, en: string, how?: 'blocks') => void

function unfit(purpose: 'suspend' | 'resume' | 'decommission', was: Website): readonly Words[] {
  if (purpose === 'suspend' && was.state === 'suspended')
    return [{ id: `Situs ${was.name} sudah ditangguhkan.`, en: `${was.name} is suspended already.` }]
  if (purpose === 'resume' && was.state === 'live') return [{ id: `Situs ${was.name} sudah aktif.`, en: `${was.name} is live already.` }]
  return []
}

function within(field: string, was: unknown, is: unknown): WebsiteWish['differences'] {
  const flat = (value: unknown): ReadonlyMap<string, string> =>
    new Map(
      Array.isArray(value)
        ? [['', value.map(one => Object.values(one as object).join(' ')).join(', ')]]
        : typeof value === 'object' && value !== null
          ? Object.entries(value).map(([key, one]) => [key, said(one)])
          : [['', '']],
    )
  const [before, after] = [flat(was), flat(is)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(key =>
    (before.get(key) ?? '') === (after.get(key) ?? '')
      ? []
      : [{ field: key === '' ? field : `${field}.${key}`, was: before.get(key) || '–', is: after.get(key) || '–' }],
  )
}

function domainsOf(answers: Answers, was: Website, original: Answers | null, ground: Ground, ask: Ask): Website['domains'] {
  const read = (text: string) => {
    const domain = DomainName.safeParse(text)
    if (!domain.success) ask('domains', `"${text}" bukan nama domain yang utuh.`, `"${text}" is no full domain name.`, 'blocks')
    return domain.success ? [domain.data] : []
  }
  const [own] = read(textOf(answers, 'domain') ?? was.domains[0] ?? '')
  const first = own ?? was.domains[0]
  if (first === undefined) return was.domains
  const aliases = textsOf(answers, 'aliases').flatMap(read)
  const dropped = new Set(original === null ? [] : textsOf(original, 'aliases').filter(text => !textsOf(answers, 'aliases').includes(text)))
  // Another own name: the one before goes on leading here until somebody decides that it may not.
  if (first !== was.domains[0])
    ask('domains', `${was.domains[0]} tetap menuju ke situs ini sebagai alias.`, `${was.domains[0]} goes on leading to this website as an alias.`)
  const domains = [...new Set([first, ...was.domains.filter(one => !dropped.has(one)), ...aliases])]
  for (const domain of domains) {
    const holder = [...ground.websites].find(([name, theirs]) => name !== was.name && theirs.includes(domain))?.[0]
    if (holder !== undefined)
      ask('domains', `${domain} sudah dipakai situs ${holder}.`, `${domain} is in use by the website ${holder} already.`, 'blocks')
  }
  return domains
}

function recordsOf(domains: Website['domains'], was: Website, { zones }: Ground, ask: Ask): Website['records'] {
  const kept = was.records.filter(({ domain }) => domains.includes(domain))
  const addresses = [...new Set(was.records.map(({ address }) => address))]
  const added = domains
    .filter(domain => !was.domains.includes(domain))
    .flatMap((domain, i): Website['records'] => {
      const zone = DomainName.safeParse(zoneFor(domain, zones))
      if (!zone.success || addresses.length === 0) {
        ask(`domains.${i}`, `${domain} harus diarahkan ke situs ini oleh pemiliknya.`, `${domain} has to be pointed here by its owner.`)
        return []
      }
      return addresses.map(address => ({ zone: zone.data, domain, address, ttl: was.records[0]?.ttl ?? 3600 }))
    })
  return [...kept, ...added]
}

function databaseOf(answers: Answers, was: Website, ask: Ask): Website['database'] {
  const engine = textOf(answers, 'dbms')
  const gb = numberOf(answers, 'databaseSize')
  const size = gb === null || gb <= 0 ? null : Math.max(1, Math.ceil(gb * MIB_PER_GB))
  if (was.database === null) return engine === 'mariadb' || engine === 'postgresql' ? { engine, connections: 20, size: size ?? MIB_PER_GB } : null
  if (engine !== null && engine !== was.database.engine)
    ask(
      'database',
      `Diminta ${engine}, basis data situs ini ${was.database.engine}: pindahkan isinya dengan tangan dahulu.`,
      `${engine} was asked for and the website’s database is ${was.database.engine}: carry its content over by hand first.`,
      'blocks',
    )
  return size === null ? was.database : { ...was.database, size }
}

function backupOf(answers: Answers, was: Website): Website['backup'] {
  if (yesOf(answers, 'backup') !== true) return yesOf(answers, 'backup') === false ? null : was.backup
  const every = textOf(answers, 'backupFrequency')
  const days = numberOf(answers, 'backupRetention')
  const known = every === 'hourly' || every === 'daily' || every === 'weekly' ? every : (was.backup?.every ?? 'daily')
  return { every: known, days: days ?? was.backup?.days ?? 30 }
}
