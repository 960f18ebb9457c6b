// The records that a domain ticket's answers ask for: one wish for each set of a name, with new addresses from a pool and their names in step.
import type { State, Wanted } from '../domain/change.ts'
import type { Answers, Words } from '../domain/form.ts'
import { type Ip, readIp, reverseOf, writeIp } from '../domain/ip.ts'
import { groupsOf, numberOf, type Open, textOf, yesOf } from './answers.ts'
import { zoneFor } from './drafts.ts'
import { dataFor, RECORD_TYPES, type RecordType } from './record-data.ts'

/** All records of one name and type, as they stand or shall stand. */
export interface RecordSet extends State {
  readonly type: string
  readonly ttl: number
  readonly data: readonly string[]
}

export interface RecordGround {
  /** Zones of ours, reverse ones too. */
  readonly zones: readonly string[]
  /** How it stands at the zone's server, by `www.example.go.id. A`; absent: nobody could say. */
  readonly standing: ReadonlyMap<string, RecordSet | null>
  /** The next free addresses, those of each family in the order they are given out. */
  readonly free: readonly { readonly address: string; readonly network: string }[]
  /** Addresses that were given out, with the name each was given for. */
  readonly given: ReadonlyMap<string, string>
  /** The one text of this data, however it was typed; null: it is none of this type. */
  readonly dataOf: (type: string, text: string) => string | null
}

export interface RecordDraft {
  /** `www.example.go.id. A`. */
  readonly name: string
  readonly zone: string
  readonly before: RecordSet | null
  readonly after: RecordSet | null
  /** It follows from another one: the name of an address. */
  readonly follows: boolean
}

export interface RecordsDraft {
  readonly records: readonly RecordDraft[]
  /** Addresses that are given out with it, and for which name. */
  readonly addresses: readonly { readonly address: string; readonly network: string; readonly name: string }[]
  /** Addresses that are free again with it. */
  readonly released: readonly string[]
  readonly open: readonly Open[]
  readonly refused: readonly Words[]
  /** Last day of the names, `2027-11-20`; null: without end. */
  readonly until: string | null
}

const TTL = 3600

interface Asked {
  readonly i: number
  readonly owner: string
  readonly type: RecordType
  readonly target: string | null
  readonly ttl: number | null
}

const typeOf = (text: string | null): RecordType | null => RECORD_TYPES.find(type => type === text) ?? null

function askedOf(answers: Answers): readonly Asked[] {
  return groupsOf(answers, 'records').flatMap((group, i) => {
    const [name, type] = [textOf(group, 'name'), typeOf(textOf(group, 'type'))]
    if (name === null || type === null) return []
    const [owner, target] = [name.toLowerCase().replace(/\.$/, ''), textOf(group, 'target')]
    // The name of an address may be asked for from either side.
    const address = type === 'PTR' && target !== null ? readIp(target) : null
    return [{ i, type, ttl: numberOf(group, 'ttl'), ...(address === null ? { owner, target } : { owner: reverseOf(address), target: owner }) }]
  })
}

const keyOf = (owner: string, type: string) => `${owner}. ${type}`
const ptrKey = (address: Ip) => keyOf(reverseOf(address), 'PTR')

/** What has to be looked at before it is drafted: names and types by zone, with the names of addresses that are on the form. */
export function recordNames(answers: Answers, zones: readonly string[], known: readonly string[] = []): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, Set<string>>()
  const add = (owner: string, type: string) => {
    const zone = zoneFor(owner, zones)
    if (zone !== null) names.set(zone, (names.get(zone) ?? new Set()).add(keyOf(owner, type)))
  }
  for (const { owner, type, target } of askedOf(answers)) {
    add(owner, type)
    const address = target === null || (type !== 'A' && type !== 'AAAA') ? null : readIp(target)
    if (address !== null) add(reverseOf(address), 'PTR')
  }
  for (const text of known) {
    const address = readIp(text)
    if (address !== null) add(reverseOf(address), 'PTR')
  }
  return new Map([...names].map(([zone, some]) => [zone, [...some]]))
}

interface Sheet {
  put(owner: string, type: RecordType, text: string | null, ttl: number | null, how: Putting): void
  records(): readonly RecordDraft[]
}
interface Putting {
  /** Which of the form's records. */
  readonly i: number
  readonly gone: boolean
  readonly follows: boolean
}
type Say = (i: number, id: string, en: string, how?: 'blocks') => void

/** The sets as they become, one record after the other. A set that nobody could look at is drafted all the same: the plan looks again. */
function openSheet({ zones, standing, dataOf }: RecordGround, action: string, say: Say): Sheet {
  const sets = new Map<string, Omit<RecordDraft, 'name'>>()
  return {
    put(owner, type, text, ttl, { i, gone, follows }) {
      const zone = zoneFor(owner, zones)
      const key = keyOf(owner, type)
      const loud: Say = follows ? () => undefined : say
      if (zone === null) return loud(i, `${owner} tidak ada di zona kita.`, `${owner} is in no zone of ours.`, 'blocks')
      const data = text === null ? null : dataFor(type, text, dataOf)
      if (text !== null && data === null)
        return say(i, `"${text}" bukan isi record ${type}.`, `"${text}" is nothing that a ${type} record can say.`, 'blocks')
      const found = standing.get(key)
      if (found === undefined)
        loud(
          i,
          `Zona ${zone} sedang tidak dapat dibaca: keadaan ${key} belum diketahui.`,
          `The zone ${zone} cannot be read now: how ${key} stands is not known.`,
          'blocks',
        )
      const before = found ?? null
      const is = sets.has(key) ? (sets.get(key)?.after ?? null) : gone ? before : null
      if (gone) {
        if (found === null) loud(i, `${key} tidak ada: tidak ada yang dihapus.`, `There is no ${key}: nothing is removed.`)
        // Only what is meant goes: of a name with several addresses the others stay.
        const left = data === null ? [] : (is?.data ?? []).filter(one => one !== data)
        sets.set(key, { zone, before, after: left.length === 0 ? null : { type, ttl: before?.ttl ?? TTL, data: left }, follows })
        return
      }
      if (data === null) return
      if (action === 'create' && before !== null && !sets.has(key) && !before.data.includes(data))
        loud(
          i,
          `${key} sudah ada (${before.data.join(', ')}) dan akan diganti. Bila itu tidak dimaksud, hubungi pemohon.`,
          `${key} is there already (${before.data.join(', ')}) and would be replaced. If that is not meant, ask the applicant.`,
        )
      // An address has one name; of everything else the form may ask for several.
      const all = type === 'CNAME' || type === 'PTR' ? [data] : [...new Set([...(is?.data ?? []), data])].sort()
      sets.set(key, { zone, before, after: { type, ttl: ttl ?? before?.ttl ?? TTL, data: all }, follows })
    },
    records: () => [...sets].filter(([, one]) => !same(one)).map(([name, one]) => ({ name, ...one })),
  }
}

const same = ({ before, after }: Pick<RecordDraft, 'before' | 'after'>): boolean => {
  const text = (set: RecordSet | null) => JSON.stringify(set === null ? null : [set.ttl, [...set.data].sort()])
  return text(before) === text(after)
}

export function recordsDraft(answers: Answers, ground: RecordGround): RecordsDraft {
  const action = textOf(answers, 'action') ?? 'create'
  const gone = action === 'remove'
  const open: Open[] = []
  const given: { address: string; network: string; name: string }[] = []
  const say: Say = (i, id, en, how) =>
    void open.push({ field: `records.${i}`, words: { id, en }, ...(how === 'blocks' ? { blocks: true as const } : {}) })
  const released: string[] = []
  const sheet = openSheet(ground, action, say)
  const free = [...ground.free]

  /** Null: none is wanted, or there is none. */
  function newAddress({ i, owner, type }: Asked): string | null {
    if ((type !== 'A' && type !== 'AAAA') || yesOf(answers, 'newAddress') !== true) {
      say(i, `Tujuan ${owner} (${type}) belum disebutkan.`, `Where ${owner} (${type}) leads was not said.`, 'blocks')
      return null
    }
    const version = type === 'A' ? 4 : 6
    const at = free.findIndex(({ address }) => readIp(address)?.version === version)
    const [next] = at < 0 ? [] : free.splice(at, 1)
    if (next === undefined) {
      say(i, `Tidak ada alamat IPv${version} yang bebas di jaringan mana pun.`, `No network has a free IPv${version} address.`, 'blocks')
      return null
    }
    given.push({ ...next, name: owner })
    say(
      i,
      `${owner} diberi ${next.address} dari jaringan ${next.network}. Bila seharusnya jaringan lain, tetapkan alamatnya pada formulir.`,
      `${owner} is given ${next.address} of the network ${next.network}. If it should be another network, set the address on the form.`,
    )
    return next.address
  }

  /** The names of addresses go along: of those it had, and of the one it gets. */
  function named({ i, owner, ttl, type }: Asked, text: string | null): void {
    const had = ground.standing.get(keyOf(owner, type))?.data ?? []
    const left = gone && text !== null ? [text] : action === 'create' ? [] : had.filter(old => gone || old !== text)
    for (const old of left) {
      const ip = readIp(old)
      if (ground.given.get(old) === owner) released.push(old)
      // That of another name stays.
      if (ip !== null && ground.standing.get(ptrKey(ip))?.data.includes(`${owner}.`) === true)
        sheet.put(reverseOf(ip), 'PTR', `${owner}.`, null, { i, gone: true, follows: true })
    }
    const ip = gone || text === null ? null : readIp(text)
    if (ip === null) return
    const called = ground.standing.get(ptrKey(ip))?.data ?? []
    if (called.length === 0 || called.includes(`${owner}.`)) sheet.put(reverseOf(ip), 'PTR', `${owner}.`, ttl, { i, gone: false, follows: true })
    else
      say(
        i,
        `${writeIp(ip)} sudah bernama ${called.join(', ')}: nama baliknya tidak diubah.`,
        `${writeIp(ip)} is called ${called.join(', ')} already: its reverse name is left.`,
      )
  }

  const asked = askedOf(answers)
  for (const one of asked) {
    const { i, owner, type, target, ttl } = one
    const text = target ?? (gone ? null : newAddress(one))
    if (text === null && !gone) continue
    sheet.put(owner, type, text, ttl, { i, gone, follows: false })
    if (type === 'A' || type === 'AAAA') named(one, text)
  }
  const refused: readonly Words[] =
    asked.length > 0 ? [] : [{ id: 'Formulir tiket ini tidak menyebutkan satu nama pun.', en: 'The form of this ticket names no record.' }]
  return { records: sheet.records(), addresses: given, released, open, refused, until: textOf(answers, 'validity') }
}

const BOOKS = { kind: 'books', id: 'suar' } as const

/** What the change has to make so: addresses in our books, then names, then the names of addresses; at last what is free again. */
export function recordsWanted(
  { records, addresses, released }: Pick<RecordsDraft, 'records' | 'addresses' | 'released'>,
  action: string,
): readonly Wanted[] {
  const book = (address: string, state: State | null): Wanted => ({ resource: 'address', place: BOOKS, name: address, state })
  const adopt = action === 'create' ? {} : { adopt: true as const }
  const wanted = [...records]
    .sort((a, b) => Number(a.follows) - Number(b.follows))
    // What was made by hand before is taken over when the applicant asks to change or remove it.
    .map(
      ({ name, zone, before, after }): Wanted => ({
        resource: 'rrset',
        place: { kind: 'zone', id: zone },
        name,
        state: after,
        ...(before === null ? {} : adopt),
      }),
    )
  return [
    ...addresses.map(({ address, name }) => book(address, { address, website: null, name })),
    ...wanted,
    ...released.map(address => book(address, null)),
  ]
}
