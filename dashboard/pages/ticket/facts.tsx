// Particulars of a ticket: service, kind, channel, when, priority, difficulty, phase, watchers; tasks and related tickets.
import type { ComponentChildren } from 'preact'
import type { Reach, TicketView } from '../../../daemon/domain/ticket-view.ts'
import { Icon, Panel, toast } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateLong, text } from '../../words/say.ts'
import { when } from '../../words/when.ts'
import type { FormProps } from './forms/frame.tsx'

export function Facts({ view }: { readonly view: TicketView }) {
  const { ticket: words, channels, kinds, priorities, difficulties } = t.value.tickets
  const received = view.clock?.whole.received ?? null
  const phase = view.serviceDefinition.phases.find(one => one.key === view.phase)
  const staff = may('ticket.internal')
  const rows: readonly (readonly [string, ComponentChildren])[] = [
    [words.fact.service, `${text(view.serviceName)}, ${words.fact.version(view.serviceVersion)}`],
    ...(view.application === null
      ? []
      : [
          [
            t.value.applications.fact,
            <a key="application" href={`/applications/${view.application.id}`}>
              {view.application.name}
            </a>,
          ] as const,
        ]),
    ...(view.kind === 'request' ? [] : [[words.fact.kind, kinds[view.kind]] as const]),
    [words.fact.channel, channels[view.channel]],
    ...(view.reach === null ? [] : [[words.fact.reach, reachText(view.reach)] as const]),
    ...(view.filedAt === null ? [] : [[words.fact.filed, when(view.filedAt)] as const]),
    ...(received === null || received === view.filedAt ? [] : [[words.fact.received, when(received)] as const]),
    [words.fact.priority, staff && view.impact === null ? `${priorities[view.priority]}, ${words.fact.notRated}` : priorities[view.priority]],
    ...(view.difficulty === null
      ? staff
        ? [[words.fact.difficulty, words.fact.notSet] as const]
        : []
      : [[words.fact.difficulty, difficulties[view.difficulty]] as const]),
    ...(phase === undefined ? [] : [[words.fact.phase, text(phase.name)] as const]),
    ...(view.kept === null
      ? []
      : [[words.fact.kept, view.kept.until === null ? words.fact.ever : dateLong(Date.parse(`${view.kept.until}T05:00:00Z`))] as const]),
    ...(view.watchers.length === 0 ? [] : [[words.fact.watchers, words.fact.people(view.watchers.length)] as const]),
  ]
  return (
    <Panel title={words.facts}>
      <dl class="facts padded">
        {rows.map(([name, value]) => (
          <>
            <dt key={name}>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </Panel>
  )
}

/** Which way the requester is told, and which ways the desk has that do not lead to him. */
function reachText({ by, unbound }: Reach): ComponentChildren {
  const { reach } = t.value.tickets.ticket
  const names: Readonly<Record<string, string>> = reach.names
  const named = (channel: string): string => names[channel] ?? channel
  return (
    <>
      {by === null ? reach.pageOnly : named(by)}
      {unbound.length === 0 ? null : <span class="block small t-warn">{reach.unbound(unbound.map(named).join(', '))}</span>}
    </>
  )
}

export function Tasks({ view, act }: Pick<FormProps, 'view' | 'act'>) {
  const words = t.value.tickets.ticket
  if (view.tasks.length === 0) return null
  const canEnd = view.actions.some(one => one.kind === 'taskDone' && one.why === null)
  const end = async (task: number): Promise<void> => {
    const answer = await act({ kind: 'taskDone', task, note: '' })
    if (!answer.ok) toast('failed', answer.problem.title, answer.problem.detail)
  }
  return (
    <Panel title={words.tasks}>
      <ul class="tasks">
        {view.tasks.map(task => (
          <li key={task.id} class={task.doneAt === null ? '' : 'dim'}>
            <input
              type="checkbox"
              checked={task.doneAt !== null}
              disabled={task.doneAt !== null || !canEnd}
              aria-label={words.taskDone(task.title)}
              onChange={() => void end(task.id)}
            />
            <div class="grow">
              {task.title}
              <div class="small dim">
                {[
                  task.person?.name ?? words.anybody,
                  task.doneAt !== null ? words.taskDoneAt(when(task.doneAt)) : task.due === null ? '' : words.taskDueAt(when(task.due)),
                ]
                  .filter(one => one !== '')
                  .join(', ')}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

export function Links({ view }: { readonly view: TicketView }) {
  const { ticket: words, statuses } = t.value.tickets
  if (view.links.length === 0) return null
  return (
    <Panel title={words.links}>
      <ul class="docs">
        {view.links.map(link => (
          <li key={`${link.as}${link.number}`}>
            <Icon name="tickets" />
            <div class="grow">
              <a class="docname" href={`/tickets/${encodeURIComponent(link.number)}`}>
                {link.title}
              </a>
              <div class="small dim">
                {words.linkKinds[link.as]} {link.number}
              </div>
            </div>
            <span class="small dim nw">{statuses[link.status]}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
