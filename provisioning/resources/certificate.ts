// The certificate that a website's server shows: in our books, and the same one on its host.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Call } from '../../daemon/domain/call.ts'
import type { Found, PlanStep, State, Undo } from '../../daemon/domain/change.ts'
import { done, failed, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import { DomainName, SiteName } from '../../daemon/domain/safe.ts'
import { equal } from '../engine/digest.ts'
import type { CertificateMaterial, ChallengePlace, Hands, HostHands } from '../hands.ts'
import { digestOfState, foundOf, keepOf } from '../host/thing.ts'
import { resource } from '../resource.ts'
import { lookAtCertificate } from '../site/outside/certificate.ts'
import { settled } from '../site/outside/settled.ts'
import { asPlanned, stepWords } from '../site/proof.ts'

const Certificate = z.strictObject({ source: z.enum(['acme', 'own', 'upload']), names: z.array(DomainName).min(1).max(50) })
type Certificate = z.output<typeof Certificate>

const WORDS = { id: 'Sertifikat', en: 'Certificate' }
const Put = z.object({ kept: z.string().nullable() })
/** Of the host's `tls`; what is no certificate there has no fingerprint. */
const Leaf = z.object({ fingerprint: z.string() })
const leafOf = (state: State | null): string | null => Leaf.safeParse(state).data?.fingerprint ?? null

const sorted = (names: readonly string[]): string[] => [...names].sort()
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * As the host and the books say together. One that the books do not know, or that has to be renewed, is told with what makes it differ from any that is
 * wanted: its fingerprint, or that it is due.
 */
function stateOf(fingerprint: string | null, book: CertificateMaterial | null): State {
  if (book === null || book.fingerprint !== fingerprint) return { source: 'unknown', names: [], fingerprint }
  return { source: book.source, names: sorted(book.names), ...(book.due === true ? { due: true } : {}) }
}

/** Which leaf stands on the host for each; null: none. */
async function fingerprints(host: HostHands, names: readonly string[] | null, call: Call): Promise<Outcome<ReadonlyMap<string, Found>>> {
  const answer = names === null ? await host.ask('list', { kind: 'tls' }, call) : await host.ask('read', { kind: 'tls', names }, call)
  return answer.ok ? foundOf(answer.value, 'tls') : answer
}

async function withBooks(found: ReadonlyMap<string, Found>, hands: Hands): Promise<ReadonlyMap<string, Found>> {
  const told = new Map<string, Found>()
  for (const [name, one] of found)
    told.set(name, one.kind === 'absent' ? one : { ...one, state: stateOf(leafOf(one.state), await hands.certificates.current(name)) })
  return told
}

async function read(place: string, names: readonly string[], hands: Hands, call: Call): Promise<Outcome<ReadonlyMap<string, Found>>> {
  const wrong = names.find(name => !SiteName.safeParse(name).success)
  if (wrong !== undefined) return failed('invalid', `${JSON.stringify(wrong)} cannot be the name of a website.`)
  const host = await hands.host(place, call)
  if (!host.ok) return host
  const found = await fingerprints(host.value, names, call)
  return found.ok ? done(await withBooks(found.value, hands)) : found
}

/** The host's default server answers for any name, so that the first certificate comes before the website. */
const challengesOn = (host: HostHands, site: string): ChallengePlace => ({
  put: async (token, text, call) => silent(await host.ask('challenge', { site, token, text }, call)),
  remove: async (token, call) => silent(await host.ask('challenge', { site, token, text: null }, call)),
})
const silent = (outcome: Outcome<unknown>): Outcome<void> => (outcome.ok ? done(undefined) : outcome)

/** As the host has it now. */
async function standingOn(host: HostHands, site: string, call: Call): Promise<Outcome<State | null>> {
  const found = await fingerprints(host, [site], call)
  if (!found.ok) return found
  const one = found.value.get(site)
  return done(one === undefined || one.kind === 'absent' ? null : one.state)
}

/** `after` null: taken off the host, and kept there. */
async function putOn(
  host: HostHands,
  step: PlanStep,
  from: State | null,
  after: CertificateMaterial | { readonly state: State; readonly restore: string } | null,
  hands: Hands,
  call: Call,
): Promise<Outcome<string | null>> {
  const keep = keepOf(step, hands)
  if (!keep.ok) return keep
  const material = after !== null && 'key' in after ? after : null
  const body = {
    kind: 'tls',
    name: step.name,
    before: digestOfState(from),
    after: after === null ? null : 'key' in after ? { fingerprint: after.fingerprint } : after.state,
    keep: keep.value,
    ...(step.action === 'adopt' ? { adopt: true } : {}),
    ...(material === null ? {} : { chain: { inbox: sha256(material.chain) }, key: { inbox: sha256(material.key) } }),
    ...(after !== null && 'restore' in after ? { restore: after.restore } : {}),
  }
  const answer = await host.ask('put', body, call, material === null ? [] : [material.chain, material.key])
  if (!answer.ok) return answer
  const put = Put.safeParse(answer.value)
  return put.success ? done(put.data.kept) : failed('garbage', `The host's answer to the certificate of ${step.name} is not one.`, false)
}

/** That it became due meanwhile is no change that anybody made. */
const undated = (state: State | null): State | null => {
  if (state === null) return null
  const { due: _, ...rest } = state
  return rest
}

const changed = ({ name }: PlanStep) =>
  refused('stale', {
    id: `Sertifikat ${name} di host sudah diganti pihak lain sejak direncanakan. Rencanakan ulang.`,
    en: `The certificate of ${name} on the host was changed by somebody else since it was planned. Plan anew.`,
  })

async function apply(step: PlanStep, hands: Hands, call: Call): Promise<Outcome<Undo>> {
  const host = await hands.host(step.place.id, call)
  if (!host.ok) return host
  const was = await standingOn(host.value, step.name, call)
  if (!was.ok) return was
  const book = await hands.certificates.current(step.name)
  const versions = await hands.certificates.versions(step.name)
  // One that was obtained before the step was cut off is in the books already, and is not asked for twice.
  const fits = book !== null && equal(stateOf(book.fingerprint, book), step.after)
  const standing = was.value === null ? null : stateOf(leafOf(was.value), book)
  const between = fits && (was.value === null ? step.before === null : versions.some(({ fingerprint }) => fingerprint === leafOf(was.value)))
  if (!between && !equal(undated(standing), undated(step.before)) && !equal(standing, step.after)) return changed(step)
  // Done before it was cut off: what it would have said then.
  const back = leafOf(was.value) === (step.after === null ? null : (book?.fingerprint ?? null)) ? await backOf(step, null, hands) : null
  if (step.after === null) {
    const kept = await putOn(host.value, step, was.value, null, hands, call)
    return kept.ok ? done(back ?? { host: was.value, book: book?.fingerprint ?? null, kept: kept.value }) : kept
  }
  const wanted = Certificate.parse(step.after)
  const material = fits ? done(book) : await hands.certificates.obtain(step.name, wanted, challengesOn(host.value, step.name), call)
  if (!material.ok) return material
  const kept = await putOn(host.value, step, was.value, material.value, hands, call)
  if (!kept.ok) return kept
  if (fits && back !== null) return done(back)
  const shown = fits ? versions.find(({ fingerprint }) => fingerprint === leafOf(was.value)) : undefined
  return done({ host: was.value, book: (shown ?? book)?.fingerprint ?? null, kept: kept.value })
}

const Back = z.object({ host: z.record(z.string(), z.json()).nullable(), book: z.string().nullable(), kept: z.string().nullable() })

/** What it said when it was through. Cut off before that, the books tell: what they have for it now is its work, and the one before is what was. */
async function backOf(step: PlanStep, said: Undo | null, hands: Hands): Promise<z.output<typeof Back> | null> {
  if (said !== null) return Back.parse(said)
  const [newest, earlier] = await hands.certificates.versions(step.name)
  // The host had one that the books do not know; they have lost nothing.
  if (step.before?.['source'] === 'unknown') {
    const fingerprint = leafOf(step.before)
    return { host: fingerprint === null ? null : { fingerprint }, book: newest?.fingerprint ?? null, kept: null }
  }
  const its = newest !== undefined && equal(stateOf(newest.fingerprint, newest), step.after)
  if (step.after !== null && !its) return null
  const was = step.after === null ? newest?.fingerprint : step.before === null ? null : earlier?.fingerprint
  return { host: was === undefined || was === null ? null : { fingerprint: was }, book: was ?? null, kept: null }
}

async function undo(step: PlanStep, said: Undo | null, hands: Hands, call: Call): Promise<Outcome<void>> {
  const back = await backOf(step, said, hands)
  if (back === null) return done(undefined)
  const keep = keepOf(step, hands)
  if (!keep.ok) return keep
  const host = await hands.host(step.place.id, call)
  if (!host.ok) return host
  const now = await standingOn(host.value, step.name, call)
  if (!now.ok) return now
  if (!equal(now.value, back.host)) {
    const versions = await hands.certificates.versions(step.name)
    const known = versions.find(({ fingerprint }) => fingerprint === leafOf(back.host))
    if (now.value !== null && !versions.some(({ fingerprint }) => fingerprint === leafOf(now.value))) return changed(step)
    // One that our books never had was put aside on the host.
    const there = back.host === null ? null : (known ?? { state: back.host, restore: back.kept ?? keep.value })
    const put = await putOn(host.value, step, now.value, there, hands, call)
    if (!put.ok) return put
  }
  return hands.certificates.restore(step.name, back.book)
}

export default resource<Certificate>({
  name: 'certificate',
  place: 'host',
  words: WORDS,
  state: Certificate,
  read,
  list: async (place, hands, call) => {
    const host = await hands.host(place, call)
    if (!host.ok) return host
    const found = await fingerprints(host.value, null, call)
    return found.ok ? done(await withBooks(found.value, hands)) : found
  },
  diff: (name, before, after) => ({
    danger: 'plain',
    words: stepWords(WORDS, name, before, after, after === null ? undefined : { id: after.names.join(', '), en: after.names.join(', ') }),
  }),
  apply,
  undo,
  verify: async (thing, hands, call) => {
    const found = await read(thing.place.id, [thing.name], hands, call)
    if (!found.ok) return found
    const now = found.value.get(thing.name)!
    const inside = asPlanned(thing, WORDS, thing.state !== null, equal(now.kind === 'absent' ? null : now.state, thing.state))
    const book = await hands.certificates.current(thing.name)
    if (thing.state === null || book === null) return done([inside])
    const host = await hands.host(thing.place.id, call)
    if (!host.ok) return host
    return done([inside, await settled(() => lookAtCertificate(thing, book, host.value, hands, call), call)])
  },
})
