// The exact change of one thing: properties and files line by line with their numbers, what is unchanged folded away. Told by sign, not by colour alone.
import { useState } from 'preact/hooks'
import type { State } from '../../../daemon/domain/change.ts'
import { t } from '../../words/index.ts'
import { Icon } from '../icons.tsx'
import { type DiffLine, type Fold, folded } from './diff.ts'
import './diff-view.css'
import { type DiffPart, diffState } from './state-diff.ts'

const SIGN: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', put: '+', gone: '−' }

function Line({ line }: { readonly line: DiffLine }) {
  const words = t.value.hosting.change
  return (
    <tr class={line.kind}>
      <td class="no" data-no={line.was ?? ''} />
      <td class="no" data-no={line.is ?? ''} />
      <td class="sign">
        <span aria-hidden="true">{SIGN[line.kind]}</span>
        {line.kind === 'same' ? null : <span class="sr">{line.kind === 'put' ? words.put : words.gone}: </span>}
      </td>
      <td class="text">{line.text}</td>
    </tr>
  )
}

function Folded({ fold }: { readonly fold: Fold }) {
  const [open, setOpen] = useState(false)
  if (open) return fold.lines.map(line => <Line key={`${line.was} ${line.is}`} line={line} />)
  return (
    <tr class="fold">
      <td colSpan={4}>
        <button type="button" onClick={() => setOpen(true)}>
          <Icon name="down" />
          {t.value.hosting.change.unchanged(fold.lines.length)}
        </button>
      </td>
    </tr>
  )
}

function Part({ part, label, alone }: { readonly part: DiffPart; readonly label: string; readonly alone: boolean }) {
  const words = t.value.hosting.change
  const name = part.name === null ? words.properties : part.name === 'content' ? words.content : part.name
  return (
    <>
      {alone ? null : <h3>{name}</h3>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by key */}
      <section class="diffscroll" tabIndex={0} aria-label={`${label}, ${name}`}>
        <table class={part.lines.some(({ was }) => was !== null) ? 'difflines' : 'difflines fresh'}>
          <tbody>
            {folded(part.lines).map(one =>
              one.kind === 'fold' ? (
                <Folded key={`fold ${one.lines[0]?.is}`} fold={one} />
              ) : (
                <Line key={`${one.kind} ${one.was} ${one.is}`} line={one} />
              ),
            )}
          </tbody>
        </table>
      </section>
    </>
  )
}

/** `name`: of the thing, for those who do not see what it stands below. */
export function DiffView({ before, after, name }: { readonly before: State | null; readonly after: State | null; readonly name: string }) {
  const parts = diffState(before, after)
  const label = t.value.hosting.change.diffOf(name)
  return (
    <div class="diffview">
      {parts.map(part => (
        <Part key={part.name ?? ''} part={part} label={label} alone={parts.length === 1} />
      ))}
    </div>
  )
}
