// The papers a request brings along, and the form itself, printed, signed by hand and scanned where that is asked for.
import { SIGNED_FORM } from '../../../daemon/domain/ticket.ts'
import { FileList, Sender } from '../../parts/form/files.tsx'
import { Icon } from '../../parts/index.ts'
import { LetterMarkFields } from '../../parts/letter-mark.tsx'
import { lang, t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import './papers.css'
import type { Editor } from './editor.ts'

/** What may come as a paper: scanned or photographed. */
const SCANS = '.pdf,image/png,image/jpeg,image/webp,.heic'

export function Papers({ editor }: { readonly editor: Editor }) {
  const words = t.value.requests.form
  const { papers, form } = editor.view.serviceDefinition
  const { signer } = form
  const signs = signer.echelon !== null || signer.wetStamp
  return (
    <div class="paperlist">
      <p class="small mid">{papers.length === 0 && !signs ? words.noPapers : words.papersHint}</p>
      {papers.map(paper => (
        <Paper
          key={paper.key}
          editor={editor}
          slot={paper.key}
          name={text(paper.name)}
          mark={paper.required ? words.required : words.optional}
          help={paper.help === undefined ? '' : text(paper.help)}
          print={paper.key === 'letter' && form.letter !== undefined ? { what: 'letter', label: words.printLetter } : null}
        />
      ))}
      {signs ? (
        <Paper
          editor={editor}
          slot={SIGNED_FORM}
          name={words.signedForm}
          mark={signer.wetStamp ? words.required : words.optional}
          help={`${words.signedFormHint(text(signer.label))}${signer.wetStamp || signer.echelon === null ? '' : ` ${words.signedFormMaybe(signer.echelon)}`}`}
          print={{ what: 'form', label: words.printForm }}
        />
      ) : null}
    </div>
  )
}

interface PaperProps {
  readonly editor: Editor
  readonly slot: string
  readonly name: string
  readonly mark: string
  readonly help: string
  readonly print: { readonly what: 'form' | 'letter'; readonly label: string } | null
}

function Paper({ editor, slot, name, mark, help, print }: PaperProps) {
  const files = editor.attachments.value.filter(one => one.slot === slot)
  return (
    <section class="paper" data-path={`paper ${slot}`}>
      <div class="paperhead">
        <h3>
          {files.length > 0 ? <Icon name="check" /> : null}
          {name} <span class="dim small">{mark}</span>
        </h3>
        {print === null ? null : <PrintButton editor={editor} {...print} />}
      </div>
      {help === '' ? null : <p class="small mid">{help}</p>}
      <FileList files={files} onRemove={file => editor.remove(file)} />
      {slot === 'letter' && editor.view.serviceDefinition.form.letter === undefined ? (
        <LetterMarkFields value={editor.letter.value} onInput={editor.setLetter} />
      ) : null}
      <Sender slot={slot} accept={SCANS} label={name} onSent={editor.attached} />
    </section>
  )
}

/** Opens the paper as it is filled in now: what was typed a moment ago is saved first. */
export function PrintButton({ editor, what, label }: { readonly editor: Editor; readonly what: 'form' | 'letter'; readonly label: string }) {
  const href = `/api/v1/tickets/${encodeURIComponent(editor.view.number)}/papers/${what}?language=${lang.value}`
  return (
    <a
      class="btn"
      href={href}
      target="_blank"
      rel="noreferrer"
      onClick={event => {
        if (editor.saving.peek().kind === 'saved') return
        event.preventDefault()
        // The window is opened at once, or the browser takes it for one nobody asked for.
        const tab = open('', '_blank')
        void editor.flush().then(() => {
          if (tab !== null) tab.location.href = href
        })
      }}
    >
      <Icon name="print" />
      {label}
    </a>
  )
}
