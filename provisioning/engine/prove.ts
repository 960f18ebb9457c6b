// After a change: everything it was about is looked at again with fresh eyes, from outside where one can.
import type { Call } from '../../daemon/domain/call.ts'
import type { Proof, Wanted } from '../../daemon/domain/change.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { Hands } from '../hands.ts'
import type { Shelf } from './plan.ts'

/** As many looks at a time: a host takes eight channels, and others want some. */
const AT_ONCE = 4

/** Tells each proof as it comes, in the order of the things. Fails when one could not be looked at; what was proven is told all the same. */
export async function prove(
  wanted: readonly Wanted[],
  { shelf, hands, tell }: { readonly shelf: Shelf; readonly hands: Hands; readonly tell: (proof: Proof) => Promise<void> },
  call: Call,
): Promise<Outcome<readonly Proof[]>> {
  const answers: Promise<Outcome<readonly Proof[]>>[] = []
  const proofs: Proof[] = []
  let unseen: Outcome<readonly Proof[]> | null = null
  for (const [i, thing] of wanted.entries()) {
    for (let ahead = answers.length; ahead < Math.min(wanted.length, i + AT_ONCE); ahead++) {
      const next = wanted[ahead]!
      const look = shelf.get(next.resource)?.verify(next, hands, call) ?? Promise.resolve(failed('notFound', `There is no ${next.resource}.`))
      // Waited for in turn; one that throws meanwhile must not be an unhandled rejection.
      look.catch(() => undefined)
      answers.push(look)
    }
    const answer = await answers[i]!.catch((error: unknown) => {
      call.log.error({ thing, error: String(error) }, 'a verification failed in an unforeseen way')
      return failed('garbage', `${thing.resource} ${thing.name} could not be verified; the log says more.`)
    })
    if (!answer.ok) unseen ??= answer
    else
      for (const proof of answer.value) {
        proofs.push(proof)
        await tell(proof)
      }
  }
  return unseen ?? done(proofs)
}
