// Taking in a file: first what it would do, row by row with every mistake, then one press.
import { useRef, useState } from 'preact/hooks'
import type { PlaceImport } from '../../../daemon/domain/place.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Button, ErrorBox, Icon, Panel, Pill, Table, toast } from '../../parts/index.ts'
import { lang, t } from '../../words/index.ts'
import { number } from '../../words/say.ts'

/** Rows of a preview that are shown; all of them are counted. */
const MOST = 500

export function Import() {
  const words = t.value.place.import
  const [file, setFile] = useState<File | null>(null)
  const [part, setPart] = useState<number | null>(null)
  const [answer, setAnswer] = useState<PlaceImport | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)

  const send = async (chosen: File, commit: boolean): Promise<void> => {
    const form = new FormData()
    form.append('commit', String(commit))
    // What was looked at is what is taken: over another layout by now it is refused.
    if (commit && answer !== null) form.append('revision', String(answer.revision))
    form.append('file', chosen, chosen.name)
    setPart(0)
    setProblem(null)
    const told = await api.upload<PlaceImport>('/api/v1/place/import', form, { onProgress: setPart })
    setPart(null)
    if (!told.ok) return setProblem(told.problem)
    setAnswer(told.value)
    if (told.value.committed) toast('done', words.done, words.formats[told.value.format])
  }
  const choose = (chosen: File | undefined): void => {
    if (chosen === undefined) return
    setFile(chosen)
    setAnswer(null)
    void send(chosen, false)
  }
  return (
    <div class="stack placestack">
      <Panel title={words.title} padded>
        <p class="mid">{words.sub}</p>
        <p class="small dim">{words.columns}</p>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by key */}
        <div
          class={over ? 'placedrop over' : 'placedrop'}
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
          <input
            ref={input}
            type="file"
            class="sr"
            accept=".csv,.yaml,.yml,.json,text/csv,application/json"
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
      </Panel>
      {answer === null ? null : <Preview answer={answer} busy={part !== null} commit={() => file !== null && void send(file, true)} />}
    </div>
  )
}

function Preview({ answer, busy, commit }: { readonly answer: PlaceImport; readonly busy: boolean; readonly commit: () => void }) {
  const all = t.value.place
  const words = all.import
  const count = (what: 'added' | 'changed') => answer.done.filter(one => one.what === what).length
  return (
    <>
      <Panel
        title={
          <span class="row wrap">
            {answer.committed ? words.done : `${words.formats[answer.format]}, ${words.rows(answer.rows)}`}
            {count('added') === 0 ? null : <Pill tone="ok">{words.added(count('added'))}</Pill>}
            {count('changed') === 0 ? null : <Pill tone="ok">{words.changed(count('changed'))}</Pill>}
            {answer.same === 0 ? null : <Pill tone="ok">{words.same(answer.same)}</Pill>}
            {answer.mistakes.length === 0 ? null : <Pill tone="crit">{words.wrong(answer.mistakes.length)}</Pill>}
          </span>
        }
        padded
      >
        {answer.remarks.map(one => (
          <p key={one.en} class="mid">
            {one[lang.value]}
          </p>
        ))}
        {answer.committed ? null : answer.mistakes.length > 0 ? (
          <p class="mid">{words.fix}</p>
        ) : answer.done.length === 0 ? (
          <p class="mid">{words.nothing}</p>
        ) : (
          <Button kind="primary" onClick={commit} disabled={busy}>
            {words.commit(answer.done.length)}
          </Button>
        )}
      </Panel>
      {answer.mistakes.length === 0 ? null : (
        <Panel class="placelist">
          <Table
            label={words.reason}
            columns={[
              { key: 'line', label: words.line, num: true, width: '72px', cell: one => (one.line === 0 ? '–' : one.line) },
              { key: 'column', label: words.column, width: '160px', cell: one => <span class="mono">{one.column}</span> },
              { key: 'reason', label: words.reason, cell: one => one.words?.[lang.value] ?? one.reason },
            ]}
            rows={answer.mistakes}
            keyOf={one => `${one.line} ${one.column} ${one.reason}`}
          />
        </Panel>
      )}
      {answer.done.length === 0 ? null : (
        <Panel class="placelist">
          <Table
            label={words.rows(answer.done.length)}
            columns={[
              { key: 'line', label: words.line, num: true, width: '72px', cell: one => (one.line === 0 ? '–' : one.line) },
              { key: 'kind', label: all.changes.kind, width: '160px', cell: one => all.kinds[one.kind] },
              { key: 'name', label: all.changes.name, cell: one => <b>{one.name}</b> },
              { key: 'what', label: all.changes.what, width: '140px', cell: one => all.what[one.what] },
            ]}
            rows={answer.done.slice(0, MOST)}
            keyOf={one => `${one.kind} ${one.id}`}
          />
        </Panel>
      )}
    </>
  )
}
