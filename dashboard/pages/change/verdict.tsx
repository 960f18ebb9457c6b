// What came of a change, said large: proven, failed and taken back, not found so, or left half way with what a person does now.
import type { ChangeView } from '../../../daemon/domain/hosting-view.ts'
import type { Failure } from '../../../daemon/domain/outcome.ts'
import { now } from '../../live/index.ts'
import { took } from '../../parts/hosting/amounts.ts'
import { nowAt, type Progress } from '../../parts/hosting/progress.ts'
import { Icon, type ShapeName } from '../../parts/index.ts'
import { lang, t } from '../../words/index.ts'
import { text } from '../../words/say.ts'

/** A failure in the viewer's language where it has words. */
export const failureText = (failure: Failure): string => failure.words?.[lang.value] ?? failure.message

interface Said {
  readonly tone: 'ok' | 'work' | 'warn' | 'crit'
  readonly shape: ShapeName
  readonly title: string
  readonly body?: string
}

/** Where it was looked at from. */
const seenFrom = (proofs: Progress['proofs']) =>
  proofs.every(({ from }) => from === 'outside') ? 'outside' : proofs.every(({ from }) => from === 'inside') ? 'inside' : 'both'

function said(view: ChangeView, progress: Progress): Said | null {
  const words = t.value.hosting.change
  const { change } = view
  switch (view.state) {
    case 'applying': {
      const at = nowAt(progress)
      const back = progress.steps.some(({ state }) => state === 'undoing' || state === 'undone' || state === 'failed') || progress.stopped !== null
      const failure = progress.steps.find(({ failure: why }) => why !== null)?.failure ?? null
      if (back)
        return {
          tone: 'warn',
          shape: 'warn',
          title: failure === null ? words.undoing : words.failedRunning,
          ...(failure === null ? (progress.stopped === null ? {} : { body: text(progress.stopped.why) }) : { body: failureText(failure) }),
        }
      return { tone: 'work', shape: 'spanner', title: words.applyingTitle, body: at === null ? words.journalLive : text(at.step.words) }
    }
    case 'applied':
      return { tone: 'work', shape: 'spanner', title: words.lookingTitle, body: words.journalLive }
    case 'verified':
      return {
        tone: 'ok',
        shape: 'check',
        title: words.verifiedTitles[seenFrom(progress.proofs)],
        body: words.verifiedBody(
          progress.proofs.filter(({ ok }) => ok).length,
          took(progress.began === null || change.state !== 'verified' ? 0 : change.verifiedAt - progress.began),
        ),
      }
    case 'unproven':
      return { tone: 'warn', shape: 'warn', title: words.unprovenTitle, body: words.unprovenBody }
    case 'undone': {
      const why = change.state === 'undone' ? failureText(change.why) : ''
      return { tone: 'warn', shape: 'warn-o', title: progress.stopped === null ? words.failedTitle : words.stoppedTitle, body: why }
    }
    case 'undoFailed':
      return { tone: 'crit', shape: 'crit', title: words.undoFailedTitle, body: words.undoFailedBody }
    default:
      return null
  }
}

export function Verdict({ view, progress }: { readonly view: ChangeView; readonly progress: Progress }) {
  const words = t.value.hosting.change
  const is = said(view, progress)
  if (is === null) return null
  const running = view.state === 'applying' || view.state === 'applied'
  const all = progress.steps.length
  const { change } = view
  // The instructions begin with it.
  const told = view.instructions.length > 0
  const why = (change.state === 'undoFailed' && !told) || change.state === 'unproven' ? failureText(change.why) : null
  return (
    <section class={`verdict ${is.tone}`} role={is.tone === 'crit' ? 'alert' : 'status'}>
      <Icon name={is.shape} class={`i-lg ${is.tone}`} />
      <div class="grow">
        <b>{is.title}</b>
        {is.body === undefined || is.body === '' ? null : <p>{is.body}</p>}
        {why === null ? null : <p class="verdictwhy">{why}</p>}
        {view.instructions.length === 0 ? null : (
          <ol class="instructions">
            {view.instructions.map(line => (
              <li key={line.id}>{text(line)}</li>
            ))}
          </ol>
        )}
        {running && all > 0 ? (
          <div class="runbar">
            <div class="meter" role="progressbar" aria-label={words.journal} aria-valuemin={0} aria-valuemax={all} aria-valuenow={progress.done}>
              <i style={{ width: `${(progress.done / all) * 100}%` }} />
            </div>
            <span class="small nw">{words.progress(progress.done, all)}</span>
            {progress.began === null ? null : <span class="small nw dim">{took(Math.max(0, now.value - progress.began))}</span>}
          </div>
        ) : null}
      </div>
    </section>
  )
}
