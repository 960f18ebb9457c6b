// Plays the demonstration's tickets through the desk itself, with a clock turned back: every event is one that the engine allowed.
import { Readable } from 'node:stream'
import type { Instant } from '../../domain/call.ts'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { SIGNED_FORM } from '../../domain/ticket.ts'
import type { TicketAction } from '../../domain/ticket-action.ts'
import type { TicketView } from '../../domain/ticket-view.ts'
import type { WorkingTime } from '../clock/working.ts'
import { openDesk } from '../desk.ts'
import type { Sources } from '../sources.ts'
import { believable } from './answers.ts'
import { type CastSources, castOf } from './cast.ts'
import { onePage } from './pdf.ts'
import { plan } from './plan.ts'
import { STAGES, STORIES, type Stage, type TicketStory } from './stories.ts'

export interface DemonstrationSources extends Omit<Sources, 'notices'>, CastSources {
  readonly people: Sources['people']
  /** Told of every ticket that was written. */
  readonly written?: (tickets: readonly number[]) => void
  readonly signal: AbortSignal
}

/** Working minutes a stage usually takes. */
const USUAL: Readonly<Record<Stage, number>> = {
  draft: 0,
  submitted: 1,
  verified: 47,
  kadis: 22,
  kabid: 11,
  ordered: 9,
  worked: 960,
  reported: 42,
  minuted: 12,
  signed: 25,
  returned: 180,
  archived: 11,
}

/** Only into a desk without tickets. Resolves with how many were played; breaks off when told to stop. */
export async function playDemonstration(sources: DemonstrationSources): Promise<number> {
  const { log, signal, clock } = sources
  const nobody = { account: 0, person: 0, organisations: 'all' as const, chairs: [], internal: true, desk: true }
  const page = { search: '', sort: '-changed' as const, page: 1, size: 1 }
  if ((await sources.lists.page({ ...page, view: 'all' }, nobody)).total > 0) return 0
  const now = clock()
  let played = 0
  // The oldest first, so that numbers run as days do.
  for (const story of STORIES.toSorted((one, other) => other.ago - one.ago || one.at - other.at)) {
    if (signal.aborted) break
    const told = await tell(story, sources, now, played)
    if (told.ok) played++
    else log.warn({ title: story.title, reason: told.failure.message }, 'a ticket of the demonstration could not be played')
  }
  return played
}

async function tell(story: TicketStory, sources: DemonstrationSources, now: Instant, turn: number): Promise<Outcome<void>> {
  const turned: { now: Instant } = { now }
  const desk = openDesk({ ...sources, notices: { compose: () => [], reach: () => ({ by: null, unbound: [] }) }, clock: () => turned.now })
  if (sources.written !== undefined) desk.stream.onChange(sources.written)
  const time = desk.room.timing.time()
  let day = time.dayFrom(time.dayAt(now).n)
  if (day.n > time.dayAt(now).n) day = before(time, day.n)
  for (let i = 0; i < story.ago; i++) day = before(time, day.n)
  turned.now = time.midnight(day.n) + story.at * 60_000
  // A day that has only begun has fewer stories.
  if (turned.now >= now) turned.now = Math.max(time.midnight(day.n), now - 60_000)

  const cast = await castOf(story, sources, turned.now, turn)
  if (cast === null) return done(undefined)
  const { requester, seat, viewer } = cast
  const stop = STAGES.indexOf(story.to ?? 'archived')
  const found = sources.services.service(story.service)
  if (!found.ok) return found
  const { service } = found.value
  const products = story.products ?? service.products.slice(0, 1).map(({ key }) => key)
  const officer = await viewer('officer', turn)

  const writer = story.channel === undefined ? requester : officer
  const begun = await desk.open(
    {
      service: story.service,
      kind: story.service === 'complaint' ? 'complaint' : 'request',
      title: story.title,
      products,
      organisation: seat.person.organisation,
      ...(story.channel === undefined ? {} : { channel: story.channel, requester: { person: seat.person.id } }),
    },
    writer,
  )
  if (!begun.ok) return begun
  let { number } = begun.value
  const upload = async (name: string, slot: string | null): Promise<Outcome<number>> => {
    const content = Readable.from([Buffer.from(onePage(`${name} - ${story.title}`))])
    const added = await desk.attach(number, one({ name, content }), { slot, visibility: 'public' }, writer)
    return added.ok ? done(added.value.items[0]?.id ?? 0) : added
  }
  const letter = await upload('surat-permohonan.pdf', service.papers[0]?.key ?? null)
  if (!letter.ok) return letter
  if (service.form.signer.wetStamp) {
    const stamped = await upload('formulir-bertanda-tangan.pdf', SIGNED_FORM)
    if (!stamped.ok) return stamped
  }
  const { person } = seat
  const answers = believable(service.form, products, {
    persona: {
      name: person.name,
      nip: person.nip ?? '197605242001122001',
      position: person.position,
      echelon: person.echelon === 'II' ? 'II' : 'III',
      unit: person.unit || 'Sekretariat',
      address: 'Komplek Perkantoran Pemerintah Provinsi',
      mobile: person.mobile === '' ? '081200000099' : person.mobile.replaceAll('-', ''),
      email: person.email || 'pemohon@demo.example',
    },
    subject: story.subject,
    domain: story.domain ?? 'layanan.babelprov.go.id',
    date: time.dayAfter(time.dayAfter(time.dayAt(turned.now).n).n).date,
    files: [letter.value],
    answers: story.answers ?? {},
  })
  const saved = await desk.save(number, { answers: { ...answers }, products, title: story.title }, writer)
  if (!saved.ok) return saved
  if (stop === 0) return done(undefined)
  const handed = await desk.submit(number, writer)
  if (!handed.ok) return handed
  number = handed.value.number

  /** Goes on by so much working time; false when that would be in the future. */
  const pass = (stage: Stage): boolean => {
    const minutes = (story.slow?.[stage] ?? 0) + USUAL[stage] * (0.6 + ((turn * 7 + STAGES.indexOf(stage) * 3) % 9) / 10)
    const then = time.addWorking(time.nextOpen(turned.now), Math.round(minutes) * 60_000)
    if (then > now || STAGES.indexOf(stage) > stop) return false
    turned.now = then
    return true
  }
  const act = async (action: TicketAction, by: Viewer): Promise<Outcome<TicketView>> => {
    await desk.tick()
    return desk.act(number, action, by)
  }
  const steps = plan(story, { desk, act, pass, number, officer, requester, viewer, turned, turn, upload, now })
  for await (const step of steps) if (!step.ok) return step
  // What came due while nobody acted.
  turned.now = now
  await desk.tick()
  return done(undefined)
}

const before = (time: WorkingTime, n: number) => {
  let found = time.day(n - 1)
  while (found.total === 0) found = time.day(found.n - 1)
  return found
}

async function* one<T>(value: T): AsyncGenerator<Outcome<T>> {
  yield done(value)
}
