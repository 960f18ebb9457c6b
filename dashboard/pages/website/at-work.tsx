// What is done to a website just now, or was left half way: the first thing to know of it, and the way to its change.
import type { ChangeRow, WebsiteView } from '../../../daemon/domain/hosting-view.ts'
import { Icon, type ShapeName } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'

type Words = typeof t.value.hosting.site
interface Said {
  readonly tone: 'crit' | 'warn' | 'work' | 'unknown'
  readonly shape: ShapeName
  readonly text: (words: Words, number: string) => string
}

const SAID: Partial<Readonly<Record<ChangeRow['state'], Said>>> = {
  undoFailed: { tone: 'crit', shape: 'crit', text: (words, number) => words.stuck(number) },
  unproven: { tone: 'warn', shape: 'warn', text: (words, number) => words.doubted(number) },
  applying: { tone: 'work', shape: 'spanner', text: (words, number) => words.underWay(number) },
  applied: { tone: 'work', shape: 'spanner', text: (words, number) => words.underWay(number) },
  planned: { tone: 'unknown', shape: 'unknown', text: (words, number) => words.waitsFor(number) },
}

export function AtWork({ changes }: Pick<WebsiteView, 'changes'>) {
  const words = t.value.hosting.site
  if (!may('change.read')) return null
  return (
    <>
      {changes.flatMap(({ number, state }, i) => {
        const said = SAID[state]
        // What a later change found in order is in order.
        if (said === undefined || (state === 'unproven' && i > 0)) return []
        return [
          <div key={number} class={`stopband ${said.tone}`} role="status">
            <Icon name={said.shape} class={said.tone} />
            <b class="grow">{said.text(words, number)}</b>
            <a class="btn" href={`/changes/${number}`}>
              {words.toChange}
            </a>
          </div>,
        ]
      })}
    </>
  )
}
