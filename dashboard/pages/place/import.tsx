// Taking in a file: first what it would do, row by row with every mistake, then one press.
import { useState } from 'preact/hooks'
import type { PlaceImport } from '../../../daemon/domain/place.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { Panel, Table, toast } from '../../parts/index.ts'
import { DropFile, FilePreview } from '../../parts/take-file.tsx'
import { lang, t } from '../../words/index.ts'

/** Rows of a preview that are shown; all of them are counted. */
const MOST = 500

export function Import() {
  const words = t.value.place.import
  const [file, setFile] = useState<File | null>(null)
  const [part, setPart] = useState<number | null>(null)
  const [answer, setAnswer] = useState<PlaceImport | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)

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
  const choose = (chosen: File): void => {
    setFile(chosen)
    setAnswer(null)
    void send(chosen, false)
  }
  return (
    <div class="stack placestack">
      <Panel title={words.title} padded>
        <p class="mid">{words.sub}</p>
        <p class="small dim">{words.columns}</p>
        <DropFile
          words={words}
          file={file}
          part={part}
          problem={problem}
          accept=".csv,.yaml,.yml,.json,text/csv,application/json"
          onChoose={choose}
        />
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
      <FilePreview
        words={words}
        title={answer.committed ? words.done : `${words.formats[answer.format]}, ${words.rows(answer.rows)}`}
        counts={{ added: count('added'), changed: count('changed'), same: answer.same }}
        mistakes={answer.mistakes}
        committed={answer.committed}
        busy={busy}
        onCommit={commit}
        remarks={answer.remarks.map(one => (
          <p key={one.en} class="mid">
            {one[lang.value]}
          </p>
        ))}
      />
      {answer.done.length === 0 ? null : (
        <Panel class="takenlist">
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
