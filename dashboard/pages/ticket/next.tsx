// The next action: exactly the form of the next step where it is the viewer's turn, else whose turn it is; other actions below.
import { useState } from 'preact/hooks'
import type { ActionKind } from '../../../daemon/domain/ticket-action.ts'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { Dialog, Icon, Panel, Segmented } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import './next.css'
import type { FormProps } from './forms/frame.tsx'
import { FORMS, MAIN } from './forms/index.tsx'
import { nextSigner, SignForm, toSign } from './forms/sign.tsx'
import { isMine, turnName } from './names.ts'
import type { OpenTicket } from './use-ticket.ts'

interface NextProps {
  readonly view: TicketView
  readonly ticket: Pick<OpenTicket, 'act' | 'ask'>
}

/** `resubmit` and `answer` are one form. */
const ALIAS: Readonly<Partial<Record<ActionKind, ActionKind>>> = { answer: 'resubmit' }

/** How it was is for the one who asked to say; an officer only writes it down for him. */
const isMain = (kind: ActionKind): boolean => MAIN.has(kind) && (kind !== 'evaluate' || !may('ticket.internal'))

/** What stands open on the page, in the order of the procedure. */
export function mainActions(view: TicketView): readonly ActionKind[] {
  const atVerify = view.serviceDefinition.steps.find(step => step.key === view.step?.key)?.kind === 'verify'
  const fills = atVerify && view.status === 'open' && view.actions.some(one => one.kind === 'officerFields' && one.why === null)
  const kinds: ActionKind[] = view.actions
    .filter(one => isMain(one.kind) && (one.kind !== 'sign' || toSign(view).length > 0))
    // The form of the verification holds the officer's part that it still waits for.
    .filter(one => one.why === null || (one.kind === 'verify' && fills))
    .map(one => ALIAS[one.kind] ?? one.kind)
  // A paper that was signed by hand comes back through the desk.
  if (!kinds.includes('sign') && may('ticket.work') && toSign(view).length > 0) kinds.push('sign')
  // Nobody has it yet, and the viewer holds the chair.
  const free = isMine(view) && view.turn?.person === null
  const takes = kinds.length === 0 && free && view.actions.some(one => one.kind === 'take' && one.why === null)
  return takes ? ['take'] : [...new Set(kinds)]
}

const plain = (label: string): string => label.replace('…', '')

export function Next({ view, ticket }: NextProps) {
  const { ticket: words, act: labels, form } = t.value.tickets
  const kinds = mainActions(view)
  const [picked, setPicked] = useState<ActionKind | null>(null)
  const [open, setOpen] = useState<ActionKind | null>(null)
  const chosen = kinds.find(one => one === picked) ?? kinds[0]
  const mine = isMine(view)
  const signer = nextSigner(view)
  const waits = view.actions.find(one => one.why !== null && isMain(one.kind) && one.kind !== 'evaluate')
  const others = view.actions.filter(
    one => !isMain(one.kind) && !kinds.includes(one.kind) && (FORMS[one.kind] !== 'own' || one.kind === 'complain' || one.kind === 'change'),
  )
  const order = view.serviceDefinition.steps.find(step => step.key === view.step?.key)?.kind === 'order'
  const labelOf = (kind: ActionKind): string => plain(kind === 'dispose' && order ? labels.order : labels[kind])
  const shared = { view, act: ticket.act, onDone: () => setOpen(null) }
  return (
    <Panel
      title={words.next}
      end={view.endedAt !== null ? undefined : mine ? words.yourTurn : view.turn === null ? undefined : words.turnOf(turnName(view))}
      class={`next ${chosen === undefined ? '' : 'mine'}`}
    >
      <div class="body">
        {kinds.length > 1 && chosen !== undefined ? (
          <Segmented label={words.next} chosen={chosen} onChoose={setPicked} choices={kinds.map(key => ({ key, label: labelOf(key) }))} />
        ) : null}
        {view.status === 'draft' ? (
          <a class="btn primary" href={`/requests/draft/${encodeURIComponent(view.number)}`}>
            {words.continueDraft}
          </a>
        ) : chosen === undefined ? (
          <p class="mid">
            {view.endedAt !== null ? words.endedHint : words.nothing}{' '}
            {view.endedAt !== null || view.turn === null ? null : signer === null ? words.nothingHint(turnName(view)) : words.signWait(signer)}
            {waits?.why ? <span class="block small dim">{text(waits.why)}</span> : null}
          </p>
        ) : (
          <Main key={`${chosen}${view.step?.key ?? ''}`} kind={chosen} view={view} ticket={ticket} />
        )}
        {others.length === 0 ? null : (
          <details class="others">
            <summary>{words.otherActions}</summary>
            <ul>
              {others.map(one => (
                <li key={one.kind}>
                  {one.kind === 'complain' || one.kind === 'change' ? (
                    <a class="textbtn" href={followUp(view, one.kind)}>
                      {plain(labels[one.kind])}
                    </a>
                  ) : (
                    <button type="button" class="textbtn" disabled={one.why !== null} onClick={() => setOpen(one.kind)}>
                      {labels[one.kind]}
                    </button>
                  )}
                  <span class="small dim">
                    {one.why !== null ? text(one.why) : one.kind === 'complain' ? form.complainHint : one.kind === 'change' ? form.changeHint : ''}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      {open === null ? null : (
        <Dialog title={plain(labels[open])} onClose={() => setOpen(null)}>
          <div class="dialoghead row between">
            <h2>{plain(labels[open])}</h2>
            <button type="button" class="iconbtn" aria-label={t.value.shell.close} onClick={() => setOpen(null)}>
              <Icon name="close" />
            </button>
          </div>
          <div class="body">
            <FormOf kind={open} {...shared} asked />
          </div>
        </Dialog>
      )}
    </Panel>
  )
}

function Main({ kind, view, ticket }: NextProps & { readonly kind: ActionKind }) {
  if (kind === 'sign') return <SignForm view={view} ask={ticket.ask} onDone={() => undefined} />
  return <FormOf kind={kind} view={view} act={ticket.act} onDone={() => undefined} />
}

function FormOf({ kind, ...shared }: FormProps & { readonly kind: ActionKind }) {
  const Form = FORMS[kind]
  return Form === 'own' ? null : <Form {...shared} />
}

/** A complaint about, or a change to, what this ticket delivered: filed like any other request, tied to this one. */
const followUp = (view: TicketView, kind: 'complain' | 'change'): string => {
  const about = encodeURIComponent(view.number)
  return kind === 'complain'
    ? `/requests/new/complaint?about=${about}`
    : `/requests/new/${encodeURIComponent(view.service)}?kind=change&about=${about}`
}
