// Who may take a change further: nobody agrees to, or applies alone, what he asked for himself when it can do harm.
import type { Hand, Planned, Requested } from '../../daemon/domain/change.ts'
import { done, type Outcome, refused } from '../../daemon/domain/outcome.ts'

/** A plan that can do harm, or is too much at once. */
export const needsSecond = ({ plan }: Pick<Planned, 'plan'>): boolean => plan.danger !== 'plain' || plan.guard !== null

export function mayConsent({ requested, plan }: Pick<Planned, 'requested' | 'plan'>, by: Hand, digest: string): Outcome<void> {
  if (digest !== plan.digest) return anotherPlan
  if (by.account === requested.account)
    return refused('forbidden', {
      id: 'Yang meminta perubahan ini tidak dapat membenarkannya sendiri; mintalah orang lain.',
      en: 'Who asked for this change cannot agree to it; ask somebody else.',
    })
  return done(undefined)
}

export function mayApply(change: Planned, by: Hand, digest: string): Outcome<void> {
  if (digest !== change.plan.digest) return anotherPlan
  if (!needsSecond(change)) return done(undefined)
  const { consent } = change
  if (consent === null || consent.digest !== digest)
    return refused('forbidden', {
      id: 'Rencana ini berisiko: orang kedua harus membenarkannya sebelum diterapkan.',
      en: 'This plan can do harm: a second person must agree before it is applied.',
    })
  if (consent.account === by.account)
    return refused('forbidden', {
      id: 'Yang membenarkan rencana ini tidak dapat menerapkannya sendiri.',
      en: 'Who agreed to this plan cannot apply it himself.',
    })
  return done(undefined)
}

const anotherPlan = refused('conflict', {
  id: 'Rencana yang dilihat bukan lagi rencana yang berlaku. Bacalah yang baru.',
  en: 'The plan you saw is not the plan that stands. Read the new one.',
})

/** What a change must be for this; the sentence says what it is instead. */
export const notNow = ({ number }: Pick<Requested, 'number'>, state: string): Outcome<never> =>
  refused('conflict', {
    id: `${number} tidak dapat diteruskan begitu: keadaannya “${state}”.`,
    en: `${number} cannot be taken further that way: it is “${state}”.`,
  })
