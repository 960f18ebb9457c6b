// What becomes of a story's ticket: each hand in its turn does what the procedure asks of it, until time or the story ends.
import type { Instant } from '../../domain/call.ts'
import type { Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import type { TicketAction } from '../../domain/ticket-action.ts'
import type { TicketView } from '../../domain/ticket-view.ts'
import type { Desk } from '../desk.ts'
import { completed } from './answers.ts'
import type { Stage, TicketStory } from './stories.ts'

export interface Scene {
  readonly desk: Desk
  readonly act: (action: TicketAction, by: Viewer) => Promise<Outcome<TicketView>>
  readonly pass: (stage: Stage) => boolean
  readonly number: string
  readonly officer: Viewer
  readonly requester: Viewer
  readonly viewer: (who: string, turn: number) => Promise<Viewer>
  readonly turned: { now: Instant }
  readonly turn: number
  /** Nothing happens after it. */
  readonly now: Instant
  readonly upload: (name: string, slot: string | null) => Promise<Outcome<number>>
}

export async function* plan(story: TicketStory, scene: Scene): AsyncGenerator<Outcome<unknown>> {
  const { act, pass, officer, requester, viewer, desk, number, turned } = scene
  const first = await desk.view(number, officer)
  if (!first.ok) return yield first
  const service = first.value.serviceDefinition
  if (story.rated !== undefined) yield await act({ kind: 'rate', impact: story.rated[0], urgency: story.rated[1] }, officer)
  if (story.note !== undefined) yield await act({ kind: 'note', text: story.note, visibility: 'public' }, requester)
  if (story.urgent !== undefined) yield await act({ kind: 'urgent', to: officer.person, reason: story.urgent }, officer)
  if (story.returned !== undefined && pass('submitted')) {
    yield await act({ kind: 'return', reason: story.returned }, officer)
    turned.now += 55 * 60_000
    yield await scene.upload('foto-pelat-nama.pdf', null)
    yield await act({ kind: 'resubmit' }, requester)
  }
  const pause = async function* (): AsyncGenerator<Outcome<unknown>> {
    if (story.paused === undefined) return
    yield await act({ kind: 'pause', reason: story.paused.reason, note: story.paused.note }, officer)
    const until = desk.room.timing.time().addWorking(turned.now, story.paused.minutes * 60_000)
    if (until > scene.now) return
    turned.now = until
    yield await act({ kind: 'resume', note: 'Sudah diterima.' }, officer)
  }
  const ends = async (stage: Stage): Promise<Outcome<unknown> | null> => {
    if (story.ends?.at !== stage) return null
    const { how, reason } = story.ends
    return how === 'cancel' ? act({ kind: 'cancel', reason }, requester) : act({ kind: 'reject', reason }, await chair('kadis'))
  }
  const chair = (key: string) => viewer(key, 0)

  for (;;) {
    const found = await desk.view(number, officer)
    if (!found.ok) return yield found
    const ticket = found.value
    const step = service.steps.find(({ key }) => key === ticket.step?.key)
    if (step === undefined || ticket.endedAt !== null || ticket.status === 'paused') return
    switch (step.kind) {
      case 'verify': {
        if (story.to === 'submitted' && story.paused !== undefined) yield* pause()
        if (!pass('verified')) return
        yield await act({ kind: 'officerFields', answers: { ...completed(service.form, ticket.answers) } }, officer)
        yield await act({ kind: 'verify', note: 'Berkas lengkap.' }, officer)
        if (story.difficulty !== undefined)
          yield await act({ kind: 'difficulty', level: story.difficulty, reason: 'Menurut lingkup yang diminta.' }, officer)
        if (story.inside !== undefined) yield await act({ kind: 'note', text: story.inside, visibility: 'internal' }, officer)
        const ended = await ends('verified')
        if (ended !== null) return yield ended
        break
      }
      case 'dispose': {
        const stage: Stage = step.owner === 'kadis' ? 'kadis' : 'kabid'
        if (!pass(stage)) return
        const ended = await ends(stage)
        if (ended !== null) return yield ended
        const boss = await chair(step.owner)
        const seen = await desk.view(number, boss)
        if (!seen.ok) return yield seen
        const to = seen.value.receivers[0]?.person
        if (to === undefined) return
        yield await act(
          {
            kind: 'dispose',
            to,
            note: stage === 'kadis' ? 'Tindak lanjuti sesuai standar pelayanan.' : 'Mohon ditelaah dan dilaksanakan, koordinasikan dengan pemohon.',
          },
          boss,
        )
        break
      }
      case 'order': {
        if (!pass('ordered')) return
        const boss = await chair(step.owner)
        const seen = await desk.view(number, boss)
        if (!seen.ok) return yield seen
        const to = seen.value.receivers[scene.turn % Math.max(1, seen.value.receivers.length)]?.person
        if (to === undefined) return
        yield await act({ kind: 'dispose', to, note: 'Kerjakan sesuai permohonan dan laporkan hasilnya.' }, boss)
        break
      }
      case 'work': {
        const worker = await scene.viewer(`person:${ticket.turn?.person ?? officer.person}`, 0)
        if (ticket.owed.length > 0)
          for (const owed of ticket.owed)
            yield await act(
              { kind: 'ratify', note: 'Disetujui setelah penanganan darurat.' },
              await chair(service.steps.find(({ key }) => key === owed)?.owner ?? ''),
            )
        if (!ticket.events.some(({ kind }) => kind === 'paused')) yield* pause()
        if (!pass('worked')) return
        yield await act({ kind: 'work', note: `${story.subject}: dikerjakan dan diuji bersama pemohon.` }, worker)
        break
      }
      case 'report': {
        const worker = await scene.viewer(`person:${ticket.turn?.person ?? officer.person}`, 0)
        if (!pass('reported')) return
        yield await act(
          {
            kind: 'report',
            text: `Permohonan ${story.title} telah dilaksanakan. Hasil diperiksa bersama pemohon dan berfungsi.`,
            recommendation: 'Perbarui aplikasi secara berkala dan uji pemulihan cadangan setiap triwulan.',
          },
          worker,
        )
        break
      }
      case 'minutes': {
        const worker = await scene.viewer(`person:${ticket.turn?.person ?? officer.person}`, 0)
        const document = ticket.documents.find(({ kind, state }) => kind === 'minutes' && state !== 'void')
        if (document === undefined) {
          if (!pass('minuted')) return
          yield await act({ kind: 'minutes' }, worker)
          break
        }
        const open = document.signatures.find(({ at }) => at === null)
        const who = service.minutes?.parties[open?.party ?? 0]?.who ?? 'requester'
        if (open === undefined || !pass(who === 'requester' ? 'returned' : 'signed')) return
        const signer = who === 'requester' ? requester : await chair(who)
        yield await desk.sign(document.id, { party: open.party, method: 'approval' }, { ...signer, provenAt: turned.now })
        break
      }
      case 'archive': {
        const worker = await scene.viewer(`person:${ticket.turn?.person ?? officer.person}`, 0)
        if (!pass('archived')) return
        yield await act({ kind: 'archive' }, worker)
        if (service.evaluation.length > 0 && scene.turn % 3 !== 0)
          yield await act({ kind: 'evaluate', scores: service.evaluation.map((_, i) => 3 + ((scene.turn + i) % 2)), comment: '' }, requester)
        return
      }
      case 'submit':
        return
    }
  }
}
