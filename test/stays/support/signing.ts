// Papers signed as the office signs them: worked on, reported, drawn up, approved in the application by the head and by who asked.
import assert from 'node:assert/strict'
import { completed } from '../../../daemon/desk/demonstration/answers.ts'
import type { TicketDocument } from '../../../daemon/domain/ticket-view.ts'
import { must } from '../../store/support/must.ts'
import type { Cage } from './cage.ts'

type Signing = Pick<Cage, 'desk' | 'as'>

/** From the register to the officer's hands, by the chairs that the service names. */
async function toWork({ desk: { desk }, as }: Signing, ticket: string): Promise<void> {
  const officer = await as('petugas')
  const { serviceDefinition: service, answers } = must(await desk.view(ticket, officer))
  must(await desk.act(ticket, { kind: 'officerFields', answers: { ...completed(service.form, answers) } }, officer))
  must(await desk.act(ticket, { kind: 'verify', note: 'Berkas lengkap.' }, officer))
  const chairs = service.steps.flatMap(({ kind, owner }) => (kind === 'dispose' || kind === 'order' ? [owner] : []))
  for (const [i, chair] of chairs.entries()) {
    const to = await as(chairs[i + 1] ?? 'petugas')
    must(await desk.act(ticket, { kind: 'dispose', to: to.person, note: 'Mohon ditindaklanjuti.' }, await as(chair)))
  }
}

/** By each of its parties, in the application. */
export async function signPaper({ desk: { desk }, as }: Signing, paper: TicketDocument, requester = 'pemohon-dinkes'): Promise<TicketDocument> {
  must(await desk.sign(paper.id, { party: 0, method: 'approval' }, await as('kabid')))
  const signed = must(await desk.sign(paper.id, { party: 1, method: 'approval' }, await as(requester)))
  assert.equal(signed.state, 'returned')
  return signed
}

/** The minutes of the ticket, drawn up and signed by both: their number. */
export async function signMinutes(cage: Signing, ticket: string, requester?: string): Promise<string> {
  const { desk } = cage.desk
  const officer = await cage.as('petugas')
  await toWork(cage, ticket)
  must(await desk.act(ticket, { kind: 'work', note: 'Perangkat dipasang dan diuji.' }, officer))
  must(await desk.act(ticket, { kind: 'report', text: 'Perangkat terpasang dan berfungsi.', recommendation: 'Pantau daya.' }, officer))
  const { documents } = must(await desk.act(ticket, { kind: 'minutes' }, officer))
  const made = documents.find(({ kind, state }) => kind === 'minutes' && state !== 'void')
  assert.ok(made)
  return (await signPaper(cage, made, requester)).number ?? ''
}
