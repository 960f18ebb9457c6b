// How a change ended, told so that a failing test says why.
import assert from 'node:assert/strict'
import type { Change, Proof } from '../../../daemon/domain/change.ts'

/** What was not found so, in words that tell why. */
export const tell = (change: Change): string => {
  if (change.state === 'unproven')
    return [
      change.why.message,
      ...change.proofs.filter(({ ok }) => !ok).map(({ of, words, facts }) => `${of.resource}: ${words.en} ${JSON.stringify(facts)}`),
    ].join('\n')
  return change.state === 'undone' || change.state === 'undoFailed' ? `${change.state}: ${change.why.message}` : change.state
}
export const verified = (change: Change): readonly Proof[] => {
  assert.equal(change.state, 'verified', tell(change))
  return change.state === 'verified' ? change.proofs : []
}
