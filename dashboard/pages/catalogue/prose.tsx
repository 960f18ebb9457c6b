// Texts of official documents, line by line as they were written: their own numbers and letters become lists again.
import type { ComponentChildren } from 'preact'

/** A line that brings its own mark: `1.`, `a.`, `1)`, `-`. */
const MARKED = /^\s*((?:\d{1,2}|[a-z])[.)]|[-•])\s+(.*)$/

export function Prose({ text }: { readonly text: string }) {
  return (
    <>
      {text
        .split('\n')
        .filter(line => line.trim() !== '')
        .map((line, i) => {
          const marked = MARKED.exec(line)
          const deep = /^\s{2,}/.test(line) || /^\s*[a-z][.)]/.test(line)
          return marked === null ? (
            <p key={i}>{line.trim()}</p>
          ) : (
            <p key={i} class={`marked ${deep ? 'deep' : ''}`}>
              <span class="mark">{marked[1]}</span>
              <span>{marked[2]}</span>
            </p>
          )
        })}
    </>
  )
}

/** Several texts: numbered, unless they bring their own marks or there is only one. */
export function Proses({ texts, none }: { readonly texts: readonly string[]; readonly none: string }) {
  const [only] = texts
  if (only === undefined) return <p class="dim">{none}</p>
  if (texts.length === 1 || texts.some(text => MARKED.test(text))) return <Prose text={texts.join('\n')} />
  return (
    <ol class="numbered">
      {texts.map((text, i) => (
        <li key={i}>
          <Prose text={text} />
        </li>
      ))}
    </ol>
  )
}

export function Under({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div class="under">
      <h3>{title}</h3>
      {children}
    </div>
  )
}
