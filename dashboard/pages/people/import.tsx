// Organisations, people and accounts from CSV: a preview of what would be added and changed, every wrong line with its reason, then one press.
import { useRef, useState } from 'preact/hooks'
import type { ImportAnswer, Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Button, ErrorBox, Icon, Panel, Pill, Segmented, Table, toast } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { lang, t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import { bringNames, forgetNames } from './lookup.ts'

const WHATS = ['organisations', 'people', 'accounts'] as const
type What = (typeof WHATS)[number]

/** The columns each file may have: the names the daemon reads. */
const COLUMNS: Readonly<Record<What, string>> = {
  organisations: 'name, short, kind, address, phone, email',
  people: 'name, nip, position, echelon, rank, organisation, unit, email, mobile, extension, skills',
  accounts: 'login, person',
}

export function Import() {
  const words = t.value.people.import
  const [what, setWhat] = useState<What>('people')
  const [file, setFile] = useState<File | null>(null)
  const [part, setPart] = useState<number | null>(null)
  const [answer, setAnswer] = useState<ImportAnswer | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)

  const send = async (chosen: File, commit: boolean, of: What): Promise<void> => {
    const form = new FormData()
    form.append('file', chosen, chosen.name)
    setPart(0)
    setProblem(null)
    const told = await api.upload<ImportAnswer>(`/api/v1/import/${of}${commit ? '?commit=true' : ''}`, form, { onProgress: setPart })
    setPart(null)
    if (!told.ok) return setProblem(told.problem)
    setAnswer(told.value)
    if (!told.value.committed) return
    toast('done', words.done, words.doneSub(told.value.added.length, told.value.changed.length))
    forgetNames()
    await bringNames()
  }
  const choose = (chosen: File | undefined, of: What = what): void => {
    if (chosen === undefined) return
    setFile(chosen)
    setAnswer(null)
    void send(chosen, false, of)
  }
  const whats = WHATS.filter(key => key !== 'accounts' || may('account.manage'))
  return (
    <div class="importpage stack">
      <Panel title={words.title} padded>
        <p class="mid">{words.sub}</p>
        <div class="importhow">
          <Segmented<What>
            label={words.what}
            chosen={what}
            onChoose={key => {
              setWhat(key)
              setAnswer(null)
              setProblem(null)
              if (file !== null) choose(file, key)
            }}
            choices={whats.map(key => ({ key, label: words.whats[key] }))}
          />
          <p class="small dim">
            {words.columns}: <span class="mono">{COLUMNS[what]}</span>
          </p>
        </div>
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
          <span class="small dim">{words.hint}</span>
          <input
            ref={input}
            type="file"
            class="sr"
            accept=".csv,text/csv"
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
      {answer === null ? null : (
        <Preview
          answer={answer}
          busy={part !== null}
          commit={() => {
            if (file !== null) void send(file, true, what)
          }}
        />
      )}
    </div>
  )
}

interface Touched {
  readonly line: number
  readonly name: string
  readonly fields?: readonly string[]
}

function Preview({ answer, busy, commit }: { readonly answer: ImportAnswer; readonly busy: boolean; readonly commit: () => void }) {
  const words = t.value.people.import
  const touched = answer.added.length + answer.changed.length
  const rows: readonly Touched[] = [...answer.added, ...answer.changed].sort((a, b) => a.line - b.line)
  return (
    <>
      <Panel
        title={
          <span class="row wrap">
            {answer.committed ? words.done : words.rows(answer.rows)}
            {answer.added.length === 0 ? null : <Pill tone="ok">{words.added(answer.added.length)}</Pill>}
            {answer.changed.length === 0 ? null : <Pill tone="ok">{words.changed(answer.changed.length)}</Pill>}
            {answer.same === 0 ? null : <Pill tone="ok">{words.same(answer.same)}</Pill>}
            {answer.mistakes.length === 0 ? null : <Pill tone="crit">{words.wrong(answer.mistakes.length)}</Pill>}
          </span>
        }
        padded
      >
        {answer.committed ? null : answer.mistakes.length > 0 ? (
          <p class="mid">{words.fix}</p>
        ) : touched === 0 ? (
          <p class="mid">{words.nothing}</p>
        ) : (
          <Button kind="primary" onClick={commit} disabled={busy}>
            {words.commit(touched)}
          </Button>
        )}
      </Panel>
      {answer.mistakes.length === 0 ? null : (
        <Panel class="peoplelist">
          <Table
            label={words.reason}
            columns={[
              { key: 'line', label: words.line, num: true, width: '72px', cell: one => one.line },
              { key: 'column', label: words.column, width: '140px', cell: one => <span class="mono">{one.column}</span> },
              { key: 'reason', label: words.reason, cell: one => one.words?.[lang.value] ?? one.reason },
            ]}
            rows={answer.mistakes}
            keyOf={one => `${one.line} ${one.column} ${one.reason}`}
          />
        </Panel>
      )}
      {answer.links.length === 0 ? null : (
        <Panel title={words.links} padded>
          <p class="mid">{words.linksHint}</p>
          <dl class="linklist">
            {answer.links.map(one => [
              <dt key={`${one.login} login`}>{one.login}</dt>,
              <dd key={one.login} class="mono small">
                {one.link}
              </dd>,
            ])}
          </dl>
        </Panel>
      )}
      {touched === 0 ? null : (
        <Panel class="peoplelist">
          <Table
            label={words.rows(touched)}
            columns={[
              { key: 'line', label: words.line, num: true, width: '72px', cell: one => one.line },
              { key: 'name', label: words.name, cell: one => <b>{one.name}</b> },
              { key: 'fields', label: words.fields, cell: one => one.fields?.join(', ') ?? words.added(1) },
            ]}
            rows={rows}
            keyOf={one => one.line}
          />
        </Panel>
      )}
    </>
  )
}
