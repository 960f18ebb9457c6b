// Texts that were typed for an action that is no longer there: kept until they are copied or thrown away.
import { useState } from 'preact/hooks'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { keep, kept } from '../../kept.ts'
import { Button, Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { textName } from './kept-text.ts'
import { mainActions } from './next.tsx'

/** Those with a form open on the page, whose text shows there. */
const TEXTS = ['dispose', 'verify', 'work', 'report', 'recommendation', 'ratify', 'resume', 'evaluate'] as const
const FORM_OF: Readonly<Record<(typeof TEXTS)[number], string>> = {
  dispose: 'dispose',
  verify: 'verify',
  work: 'work',
  report: 'report',
  recommendation: 'report',
  ratify: 'ratify',
  resume: 'resume',
  evaluate: 'evaluate',
}

export function Unsent({ view }: { readonly view: TicketView }) {
  const words = t.value.tickets.ticket
  const [, again] = useState(0)
  const open: readonly string[] = mainActions(view)
  const left = TEXTS.filter(name => !open.includes(FORM_OF[name])).flatMap(name => {
    const text = kept(textName(view.number, name))
    return text === null || text.trim() === '' ? [] : [{ name, text }]
  })
  if (left.length === 0) return null
  return (
    <Panel title={words.unsent} end={words.kept} class="unsent">
      {left.map(one => (
        <div class="body" key={one.name}>
          <blockquote>{one.text}</blockquote>
          <div class="row">
            {isSecureContext ? <Button onClick={() => void navigator.clipboard.writeText(one.text)}>{words.copyText}</Button> : null}
            <Button
              kind="ghost"
              onClick={() => {
                keep(textName(view.number, one.name), null)
                again(n => n + 1)
              }}
            >
              {words.discard}
            </Button>
          </div>
        </div>
      ))}
    </Panel>
  )
}
