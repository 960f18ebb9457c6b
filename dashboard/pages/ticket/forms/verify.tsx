// Completeness and clarification: what is there and what is missing, then on to the first disposition, or back to the requester.

import { Icon } from '../../../parts/index.ts'
import { t } from '../../../words/index.ts'
import { text as say } from '../../../words/say.ts'
import { completeness } from '../completeness.ts'
import { useKeptText } from '../kept-text.ts'
import { ActionForm, type FormProps } from './frame.tsx'
import { OfficerFields, useOfficerPart } from './officer.tsx'
import { TextArea } from './text-area.tsx'

/** What is there and what is not. */
export function CheckList({ view, who }: { readonly view: FormProps['view']; readonly who: 'requester' | 'officer' }) {
  const words = t.value.tickets.form
  const items = completeness(view, who)
  const open = items.filter(one => !one.ok).length
  return (
    <section class="checklist" aria-label={words.complete}>
      <p class="row between">
        <b class="strong">{words.complete}</b>
        <span class={`small ${open === 0 ? 'dim' : 't-warn'}`}>{open === 0 ? words.completeAll : words.completeMissing(open)}</span>
      </p>
      {items.length === 0 ? null : (
        <ul>
          {items.map(one => (
            <li key={one.key} class={one.ok ? '' : 't-warn'}>
              <Icon name={one.ok ? 'check' : 'warn-o'} class={one.ok ? '' : 'warn'} />
              <span>
                {say(one.label)}
                {one.why === null ? (
                  one.ok ? null : (
                    <span class="small"> {t.value.tickets.ticket.missing}</span>
                  )
                ) : (
                  <span class="small dim"> {say(one.why)}</span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The officer's own part of the form goes first, when there is one; both in one press. */
export function VerifyForm(props: FormProps) {
  const { form: words, act: labels } = t.value.tickets
  const note = useKeptText(props.view.number, 'verify')
  const part = useOfficerPart(props.view)
  const act: FormProps['act'] = async action => {
    if (part.changed) {
      const filled = await props.act(part.action())
      if (!filled.ok) return filled
    }
    return await props.act(action)
  }
  return (
    <ActionForm
      {...props}
      act={act}
      label={labels.verify}
      clear={note.clear}
      read={() => {
        part.tell()
        return part.wrong ? null : { kind: 'verify', note: note.text.trim() }
      }}
    >
      <CheckList view={props.view} who="requester" />
      <OfficerFields part={part} />
      <TextArea label={words.note} value={note.text} onInput={note.set} optional templates />
    </ActionForm>
  )
}
