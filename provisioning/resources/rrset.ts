// Records of one name and type in a zone of ours; in place once every server that answers for the zone says so.
import type { Call } from '../../daemon/domain/call.ts'
import type { Danger, Found, PlanStep, State } from '../../daemon/domain/change.ts'
import type { Words } from '../../daemon/domain/form.ts'
import { done, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import { besideOf } from '../dns/beside.ts'
import { wantsSecond } from '../dns/rights.ts'
import { nameMistake, Rrset } from '../dns/rrset.ts'
import { untilAllAnswer } from '../dns/settle.ts'
import { type RrsetState, readKey, sameState } from '../dns/state.ts'
import { isNewer } from '../dns/types.ts'
import { said } from '../dns/words.ts'
import type { Hands, ZoneLook } from '../hands.ts'
import { resource, type StepBack } from '../resource.ts'

/** RRsets in one transaction, and how large it may become: a message of DNS has at most 64 KiB, with all that was there before and all that comes. */
const MOST = 100
const LARGEST = 48_000

/** Bytes at the most, roughly: every record with its name and head. */
const sizeOf = ({ name, before, after }: PlanStep): number =>
  [before, after].reduce(
    (sum, state) => ((state as RrsetState | null)?.data ?? []).reduce((all, text) => all + text.length + name.length + 30, sum),
    0,
  )

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

  apply: async (step, hands, call) => {
    const put = await forward([step], hands, call)
    return put.ok ? done({}) : put
  },
  undo: (step, undo, hands, call) => backward([{ step, undo }], hands, call),
  // One transaction: nobody asking meanwhile finds a name with neither its addresses nor its CNAME, or mail led to where no record is yet.
  together: {
    share: step => Math.max(1 / MOST, sizeOf(step) / LARGEST),
    apply: async (steps, hands, call) => {
      const put = await forward(steps, hands, call)
      return put.ok ? done(steps.map(() => ({}))) : put
    },
    undo: backward,
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

const forward = async (steps: readonly PlanStep[], hands: Hands, call: Call): Promise<Outcome<void>> => {
  const zone = await hands.zone(steps[0]!.place.id, call)
  return zone.ok ? await zone.value.swap(steps, call) : zone
}

async function backward(steps: readonly StepBack[], hands: Hands, call: Call): Promise<Outcome<void>> {
  const zone = await hands.zone(steps[0]!.step.place.id, call)
  if (!zone.ok) return zone
  const cut = steps.flatMap(({ step, undo }) => (undo === null ? [step.name] : []))
  const now = cut.length === 0 ? done(new Map<string, State | null>()) : await zone.value.read(cut, call)
  if (!now.ok) return now
  // An RRset is written whole or not at all: what is not as planned of a step that was cut off is not of it, and stays somebody else's.
  const ours = steps.filter(({ step, undo }) => undo !== null || sameState(now.value.get(step.name) ?? null, step.after))
  return await zone.value.swap(
    ours.map(({ step: { name, before, after } }) => ({ name, before: after, after: before })),
    call,
  )
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
