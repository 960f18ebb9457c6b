// Proving all names of an order: every answer is put there and looked at before the authority is asked to look at the first.
import type acme from 'acme-client'
import { type Proof, proofOf, valued } from './challenges.ts'
import { authorityOf } from './directory.ts'
import { asked, clearOrder, type Errand, keepOrder, looks, type OrderNote } from './errand.ts'
import { AcmeTrouble, problem } from './trouble.ts'

/** The order after it; what was put there is gone again, or kept to be taken away by the next errand. */
export async function prove(errand: Errand, note: OrderNote, order: acme.Order): Promise<acme.Order> {
  const { client } = errand
  let now = note
  let dead = false
  try {
    const open = (await authorizations(errand, order)).filter(({ status }) => status !== 'valid')
    const proofs: Proof[] = []
    for (const one of open) proofs.push(await proofOf(one, challenge => client.getChallengeKeyAuthorization(challenge), errand))
    now = { ...note, placed: [...note.placed, ...proofs.map(({ placed }) => placed)] }
    await keepOrder(errand, now)
    for (const proof of proofs) valued(await proof.put())
    for (const proof of proofs) {
      const wrong = await proof.look()
      if (wrong !== null) throw new AcmeTrouble(wrong)
    }
    for (const { challenge } of proofs) if (challenge.status === 'pending') await asked(errand, client.completeChallenge(challenge))
    for await (const _ of looks(errand)) if ((await authorizations(errand, order)).every(({ status }) => status === 'valid')) break
    return await asked(errand, client.getOrder(order))
  } catch (error) {
    dead = error instanceof Disproved
    throw error
  } finally {
    await clearOrder(errand, now, dead)
  }
}

/** The order can only be begun anew. */
class Disproved extends AcmeTrouble {}

/** Throws as soon as one of them can no longer be proved. */
async function authorizations(errand: Errand, order: acme.Order): Promise<readonly acme.Authorization[]> {
  const all = await asked(errand, errand.client.getAuthorizations(order))
  const dead = all.find(({ status }) => status !== 'pending' && status !== 'valid')
  if (dead === undefined) return all
  const { identifier, challenges, status } = dead
  const error = challenges.map(one => one.error as { readonly type?: string; readonly detail?: string } | undefined).find(one => one !== undefined)
  const { failure, type } = problem(authorityOf(errand.directory), 403, {
    type: error?.type ?? '',
    detail: `${identifier.value}: ${error?.detail ?? status}`,
  })
  throw new Disproved(failure, type)
}
