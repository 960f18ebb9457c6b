// Records of one name and type in a zone of ours; in place once every server that answers for the zone says so.
import type { Call } from '../../daemon/domain/call.ts'
import type { Danger, Found, PlanStep, State } from '../../daemon/domain/change.ts'
import type { Words } from '../../daemon/domain/form.ts'
import { done, refused } from '../../daemon/domain/outcome.ts'
import { besideOf } from '../dns/beside.ts'
import { wantsSecond } from '../dns/rights.ts'
import { nameMistake, Rrset } from '../dns/rrset.ts'
import { untilAllAnswer } from '../dns/settle.ts'
import { type RrsetState, readKey, sameState } from '../dns/state.ts'
import { isNewer } from '../dns/types.ts'
import { said } from '../dns/words.ts'
import type { Hands, ZoneLook } from '../hands.ts'
import { resource } from '../resource.ts'

/** Types whose going takes a name or a service out of the world. */
const PUBLIC: ReadonlySet<string> = new Set(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'SRV', 'PTR', 'DS'])

/** What can be told without knowing the zone. */
function dangerOf(name: string, after: State | null): Danger {
  const key = readKey(name)
  if (after === null && key !== null && PUBLIC.has(key.type)) return 'destructive'
  return key === null || key.owner.startsWith('*.') || key.type === 'NS' || key.type === 'DS' ? 'privileged' : 'plain'
}

function wordsOf(name: string, before: State | null, after: State | null): Words {
  if (before === null) return { id: `Buat ${name}: ${said(after, 'id')}`, en: `Make ${name}: ${said(after, 'en')}` }
  if (after === null) return { id: `Hapus ${name}, kini ${said(before, 'id')}`, en: `Remove ${name}, now ${said(before, 'en')}` }
  if (sameState(before, after)) return { id: `Ambil alih ${name}: ${said(after, 'id')}`, en: `Take over ${name}: ${said(after, 'en')}` }
  return { id: `Ubah ${name}: ${said(before, 'id')} → ${said(after, 'id')}`, en: `Change ${name}: ${said(before, 'en')} → ${said(after, 'en')}` }
}

const foundAs = (name: string, state: State | null, ours: ReadonlySet<string>): Found => {
  if (state === null) return { kind: 'absent' }
  return ours.has(name)
    ? { kind: 'ours', state }
    : { kind: 'foreign', state, what: `${said(state, 'en')} stands there, and no change of Suar made it` }
}

export default resource<RrsetState>({
  name: 'rrset',
  place: 'zone',
  words: { id: 'Data DNS', en: 'DNS records' },
  state: Rrset,

  async read(place, names, hands, call) {
    const errors = names.flatMap(name => {
      const words = nameMistake(name, place)
      return words === null ? [] : [{ field: name, reason: words.en, words }]
    })
    if (errors.length > 0)
      return refused('invalid', { id: errors.map(({ words }) => words.id).join('; '), en: errors.map(({ words }) => words.en).join('; ') }, errors)
    const zone = await hands.zone(place, call)
    if (!zone.ok) return zone
    const [states, ours] = [await zone.value.read(names, call), await zone.value.ours()]
    return states.ok ? done(new Map(names.map(name => [name, foundAs(name, states.value.get(name) ?? null, ours)]))) : states
  },

  /** What nobody could want here as it stands (odd names, types unknown to us) is left out: it is shown with the zone, and never drifts. */
  async list(place, hands, call) {
    const zone = await hands.zone(place, call)
    if (!zone.ok) return zone
    const [states, ours] = [await zone.value.list(call), await zone.value.ours()]
    if (!states.ok) return states
    if (states.value === null) return done(null)
    const known = [...states.value].filter(([name, state]) => nameMistake(name, place) === null && Rrset.safeParse(state).success)
    return done(new Map(known.map(([name, state]) => [name, foundAs(name, state, ours)])))
  },

  diff: (name, before, after) => ({ danger: dangerOf(name, after), words: wordsOf(name, before, after) }),

  async weigh(place, steps, { organisation }, hands, call) {
    const zone = await hands.zone(place, call)
    if (!zone.ok) return zone
    const alone = await besideOf(zone.value, steps, call)
    if (!alone.ok) return alone
    const second = steps.filter(({ name }) => wantsSecond(name, place, zone.value.rights, organisation))
    return done(new Map(second.map(({ no }): [number, Danger] => [no, 'privileged'])))
  },

  async apply(step, hands, call) {
    const put = await swap(step, step.before, step.after, hands, call)
    return put.ok ? done({}) : put
  },
  async undo(step, undo, hands, call) {
    if (undo === null) {
      // An RRset is written whole or not at all: what is not as planned here is not of this step, and stays somebody else's.
      const zone = await hands.zone(step.place.id, call)
      const now = zone.ok ? await zone.value.read([step.name], call) : zone
      if (!now.ok) return now
      if (!sameState(now.value.get(step.name) ?? null, step.after)) return done(undefined)
    }
    return await swap(step, step.after, step.before, hands, call)
  },

  async verify(thing, hands, call) {
    const { resource, place, name, state } = thing
    const zone = await hands.zone(place.id, call)
    if (!zone.ok) return zone
    const settled = await untilAllAnswer(zone.value, name, state, call)
    const wrong = settled.filter(({ right }) => !right)
    const behind = wrong.length === 0 ? new Map<string, string>() : behindOf(await zone.value.look(call))
    const answers = settled.map(({ server, state, right }) => ({
      server,
      right,
      answer: state.ok ? said(state.value, 'en') : state.failure.message,
      ...(behind.has(server) ? { behind: behind.get(server)! } : {}),
    }))
    const list = (lang: 'id' | 'en') =>
      wrong
        .map(({ server, state }) => {
          const serial = behind.get(server)
          const late = serial === undefined ? '' : lang === 'id' ? `, tertinggal (serial ${serial})` : `, behind (serial ${serial})`
          return `${server}: ${state.ok ? said(state.value, lang) : (state.failure.words?.[lang] ?? state.failure.message)}${late}`
        })
        .join('; ')
    const words: Words =
      wrong.length === 0
        ? {
            id: `${settled.length} server menjawab ${name}: ${said(state, 'id')}`,
            en: `${settled.length} servers answer ${name}: ${said(state, 'en')}`,
          }
        : { id: `${name} belum sama di semua server: ${list('id')}`, en: `${name} is not the same on every server: ${list('en')}` }
    return done([{ of: { resource, place, name }, from: 'outside', ok: wrong.length === 0, words, facts: { answers }, at: Date.now() }])
  },
})

async function swap(step: PlanStep, from: State | null, to: State | null, hands: Hands, call: Call) {
  const zone = await hands.zone(step.place.id, call)
  return zone.ok ? await zone.value.put(step.name, from, to, call) : zone
}

/** Servers whose serial number is older than the newest one, `7 < 9` each: they have not fetched the zone since. */
function behindOf({ servers }: ZoneLook): ReadonlyMap<string, string> {
  const serials = servers.flatMap(({ serial }) => (serial === null ? [] : [serial]))
  const newest = serials.reduce((most, serial) => (isNewer(serial, most) ? serial : most), serials[0] ?? 0)
  return new Map(
    servers.flatMap(({ server, serial }): [string, string][] =>
      serial !== null && isNewer(newest, serial) ? [[server, `${serial} < ${newest}`]] : [],
    ),
  )
}
