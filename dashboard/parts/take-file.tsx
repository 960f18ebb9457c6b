// Taking in a file: chosen or dropped, previewed with every mistake at its line, and taken at a press. The page sends it and says what is in it.
import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { Problem } from '../../daemon/http/contract.ts'
import { lang } from '../words/index.ts'
import { number } from '../words/say.ts'
import { Button } from './controls.tsx'
import { Icon } from './icons.tsx'
import { ErrorBox, Panel } from './layout.tsx'
import { Pill } from './state.tsx'
import { Table } from './table.tsx'
import './take-file.css'

interface DropWords {
  readonly choose: string
  readonly other: string
  readonly drop: string
  readonly reading: (percent: string) => string
}

interface DropFileProps {
  readonly words: DropWords
  readonly file: File | null
  /** How much of it is sent, 0 … 1; null: nothing is under way. */
  readonly part: number | null
  readonly problem: Problem | null
  /** As `accept` of an input. */
  readonly accept: string
  readonly hint?: string
  readonly onChoose: (file: File) => void
}

export function DropFile({ words, file, part, problem, accept, hint, onChoose }: DropFileProps) {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const choose = (chosen: File | undefined): void => {
    if (chosen !== undefined) onChoose(chosen)
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by key */}
      <div
        class={over ? 'droparea over' : 'droparea'}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={event => {
          event.preventDefault()
          setOver(false)
          choose(event.dataTransfer?.files[0])
        }}
      >
        <Button kind={file === null ? 'primary' : 'plain'} onClick={() => input.current?.click()} disabled={part !== null}>
          <Icon name="upload" />
          {file === null ? words.choose : words.other}
        </Button>
        <span class="small dim">{part === null ? (file?.name ?? words.drop) : words.reading(number(part * 100))}</span>
        {hint === undefined ? null : <span class="small dim">{hint}</span>}
        <input
          ref={input}
          type="file"
          class="sr"
          accept={accept}
          aria-label={words.choose}
          tabIndex={-1}
          onChange={event => {
            choose(event.currentTarget.files?.[0])
            // The same file, corrected, may be chosen again.
            event.currentTarget.value = ''
          }}
        />
      </div>
      {problem === null ? null : <ErrorBox problem={problem} />}
    </>
  )
}

interface Mistake {
  /** 0: of the file as a whole. */
  readonly line: number
  readonly column: string
  readonly reason: string
  readonly words?: { readonly id: string; readonly en: string }
}

interface PreviewProps {
  readonly words: {
    readonly added: (n: number) => string
    readonly changed: (n: number) => string
    readonly same: (n: number) => string
    readonly wrong: (n: number) => string
    readonly fix: string
    readonly nothing: string
    readonly commit: (n: number) => string
    readonly line: string
    readonly column: string
    readonly reason: string
  }
  readonly title: string
  readonly counts: { readonly added: number; readonly changed: number; readonly same: number }
  readonly mistakes: readonly Mistake[]
  readonly committed: boolean
  readonly busy: boolean
  readonly onCommit: () => void
  /** Said above what is to be done. */
  readonly remarks?: ComponentChildren
}

export function FilePreview({ words, title, counts: { added, changed, same }, mistakes, committed, busy, onCommit, remarks }: PreviewProps) {
  return (
    <>
      <Panel
        title={
          <span class="row wrap">
            {title}
            {added === 0 ? null : <Pill tone="ok">{words.added(added)}</Pill>}
            {changed === 0 ? null : <Pill tone="ok">{words.changed(changed)}</Pill>}
            {same === 0 ? null : <Pill tone="ok">{words.same(same)}</Pill>}
            {mistakes.length === 0 ? null : <Pill tone="crit">{words.wrong(mistakes.length)}</Pill>}
          </span>
        }
        padded
      >
        {remarks}
        {committed ? null : mistakes.length > 0 ? (
          <p class="mid">{words.fix}</p>
        ) : added + changed === 0 ? (
          <p class="mid">{words.nothing}</p>
        ) : (
          <Button kind="primary" onClick={onCommit} disabled={busy}>
            {words.commit(added + changed)}
          </Button>
        )}
      </Panel>
      {mistakes.length === 0 ? null : (
        <Panel class="takenlist">
          <Table
            label={words.reason}
            columns={[
              { key: 'line', label: words.line, num: true, width: '72px', cell: one => (one.line === 0 ? '–' : one.line) },
              { key: 'column', label: words.column, width: '150px', cell: one => <span class="mono">{one.column}</span> },
              { key: 'reason', label: words.reason, cell: one => one.words?.[lang.value] ?? one.reason },
            ]}
            rows={mistakes}
            keyOf={one => `${one.line} ${one.column} ${one.reason}`}
          />
        </Panel>
      )}
    </>
  )
}
