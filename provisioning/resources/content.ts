// What a website holds, brought from where it was packed: by way of Suar, bit by bit, and compared with what was packed.
import { z } from 'zod'
import type { Call } from '../../daemon/domain/call.ts'
import type { PlanStep, Undo } from '../../daemon/domain/change.ts'
import { done, failed, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import { equal } from '../engine/digest.ts'
import type { Hands, HostHands } from '../hands.ts'
import { broughtTo, type Packed, packedOn, rowsOf, whenFree } from '../host/packed.ts'
import { digestOfState, hostThing, keepOf } from '../host/thing.ts'
import type { Resource } from '../resource.ts'
import { proof } from '../site/proof.ts'

const Content = z.strictObject({
  /** Host and website: `web-1/dinkes`. */
  from: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}\/[a-z][a-z0-9-]{0,29}[a-z0-9]$/),
  /** When its archive was wished for. */
  archive: z.string().regex(/^\d{8}-\d{6}$/),
  /** Which database is filled besides. */
  database: z.enum(['mariadb', 'postgresql']).nullable(),
})
type Content = z.output<typeof Content>

const sourceOf = ({ from, archive }: Content): { readonly host: string; readonly name: string } => {
  const [host = '', site = ''] = from.split('/')
  return { host, name: `${site}.${archive}` }
}

const WORDS = { id: 'Isi situs', en: 'Website content' }

const base = hostThing<Content>({
  name: 'content',
  words: WORDS,
  state: Content,
  danger: () => 'plain',
  says: (_before, after) => (after === null ? undefined : { id: `dari ${after.from}`, en: `from ${after.from}` }),
  look: async (thing, host, hands, call) => {
    const here = await broughtTo(host, thing.name, call)
    if (!here.ok) return here
    const { host: from, name } = sourceOf(thing.state)
    const source = await hands.host(from, call)
    const packed = source.ok ? await packedOn(source.value, name, call) : source
    // Kept for its days only; what was counted when it came stays.
    if (!packed.ok && packed.failure.kind !== 'notFound') return packed
    const ok = here.value !== null && (!packed.ok || equal(countsOf(here.value), countsOf(packed.value.manifest)))
    const { files = 0, folders = 0, links = 0, bytes = 0, digest = '' } = here.value ?? {}
    const left = packed.ok ? { left: packed.value.manifest.left, names: packed.value.manifest.names } : {}
    return done([
      proof(
        thing,
        'inside',
        ok,
        ok
          ? { id: `Isi situs ${thing.name} sama dengan yang dikemas di ${from}`, en: `The content of ${thing.name} is what was packed on ${from}` }
          : {
              id: `Isi situs ${thing.name} tidak sama dengan yang dikemas di ${from}`,
              en: `The content of ${thing.name} is not what was packed on ${from}`,
            },
        { files, folders, links, bytes, digest, rows: here.value === null ? 0 : rowsOf(here.value), ...left },
      ),
    ])
  },
})

const countsOf = ({ files, folders, links, bytes, digest }: Packed['manifest']) => ({ files, folders, links, bytes, digest })

/** Each at the other side under its SHA-256. On one and the same host nothing has to travel. */
async function carry(source: HostHands, here: HostHands, files: Packed['files'], call: Call): Promise<Outcome<void>> {
  if (source.id === here.id) return done(undefined)
  for (const { sha256, size } of files) {
    const carried = await here.deliver({ sha256, size }, source.fetch({ sha256, size }, call), call)
    if (!carried.ok) return carried
  }
  return done(undefined)
}

async function apply(step: PlanStep, hands: Hands, call: Call): Promise<Outcome<Undo>> {
  if (step.after === null) return await base.apply(step, hands, call)
  const now = await base.read(step.place.id, [step.name], hands, call)
  if (!now.ok) return now
  const found = now.value.get(step.name)!
  if (found.kind !== 'absent' && equal(found.state, step.after)) return done({})
  if (found.kind !== 'absent')
    return refused('conflict', {
      id: `Situs ${step.name} sudah berisi: hanya situs kosong yang diisi.`,
      en: `The website ${step.name} holds content already: only an empty one is filled.`,
    })
  const keep = keepOf(step, hands)
  if (!keep.ok) return keep
  const wanted = Content.parse(step.after)
  const { host: from, name } = sourceOf(wanted)
  const [source, here] = [await hands.host(from, call), await hands.host(step.place.id, call)]
  if (!source.ok) return source
  if (!here.ok) return here
  const packed = await packedOn(source.value, name, call)
  if (!packed.ok) return packed
  const { manifest } = packed.value
  const files = packed.value.files.filter(file => file.name === 'tree.tar.gz' || file.name === wanted.database)
  const damaged = files.find(({ whole }) => !whole)
  if (damaged !== undefined)
    return refused('conflict', {
      id: `Arsip ${name} di ${from} rusak (${damaged.name}): buat perubahan baru agar dikemas lagi.`,
      en: `The archive ${name} on ${from} is damaged (${damaged.name}): make a new change, so that it is packed again.`,
    })
  if (wanted.database !== null && !files.some(file => file.name === wanted.database))
    return failed('conflict', `The archive ${name} on ${from} has no database of ${wanted.database}.`, false)
  const size = source.value.id === here.value.id ? 0 : files.reduce((sum, file) => sum + file.size, 0)
  const room = await here.value.ask('room', { archive: size, content: manifest.bytes }, call)
  if (!room.ok) return room
  const offered = await source.value.ask('offer', { archive: name, open: true }, call)
  if (!offered.ok) return offered
  try {
    const carried = await carry(source.value, here.value, files, call)
    if (!carried.ok) {
      // What came half way takes no room; that it did not come is what is told.
      await here.value.ask('room', { archive: 0, content: 0 }, call)
      return carried
    }
    const body = { kind: 'content', name: step.name, before: digestOfState(step.before), after: step.after, keep: keep.value }
    const sent = files.map(({ name, size, sha256 }) => ({ name, size, sha256 }))
    const put = await here.value.ask('put', { ...body, files: sent, manifest }, call)
    return put.ok ? done({}) : put
  } finally {
    await source.value.ask('offer', { archive: name, open: false }, call)
  }
}

async function undo(step: PlanStep, said: Undo | null, hands: Hands, call: Call): Promise<Outcome<void>> {
  const now = await base.read(step.place.id, [step.name], hands, call)
  if (!now.ok) return now
  const found = now.value.get(step.name)!
  // What was there before was never touched.
  if (found.kind !== 'absent' && equal(found.state, step.before)) return done(undefined)
  return await base.undo(step, said, hands, call)
}

const content: Resource = {
  ...base,
  /** Carried for as long as something moves; whole websites are packed and unpacked meanwhile. */
  deadline: 43_200_000,
  apply: (step, hands, call) => whenFree(() => apply(step, hands, call), call),
  undo: (step, said, hands, call) => whenFree(() => undo(step, said, hands, call), call),
}
export default content
