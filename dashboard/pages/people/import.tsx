// Organisations, people and accounts from CSV: a preview of what would be added and changed, every wrong line with its reason, then one press.
import { useState } from 'preact/hooks'
import type { ImportAnswer, Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Panel, Segmented, Table, toast } from '../../parts/index.ts'
import { DropFile, FilePreview } from '../../parts/take-file.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
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
  const choose = (chosen: File, of: What = what): void => {
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
        <DropFile
          words={words}
          file={file}
          part={part}
          problem={problem}
          accept=".csv,text/csv"
          hint={words.hint}
          onChoose={chosen => choose(chosen)}
        />
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
      <FilePreview
        words={words}
        title={answer.committed ? words.done : words.rows(answer.rows)}
        counts={{ added: answer.added.length, changed: answer.changed.length, same: answer.same }}
        mistakes={answer.mistakes}
        committed={answer.committed}
        busy={busy}
        onCommit={commit}
      />
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
        <Panel class="takenlist">
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
