// Panels, page heads, and what a page shows while it has nothing, waits, failed or may not.
import type { ComponentChildren } from 'preact'
import type { Problem } from '../../daemon/http/contract.ts'
import type { TopicStatus } from '../live/index.ts'
import { t } from '../words/index.ts'
import { Beacon, Icon } from './icons.tsx'

interface PanelProps {
  readonly title?: ComponentChildren
  /** Small and grey at the right of the head. */
  readonly end?: ComponentChildren
  readonly class?: string
  readonly label?: string
  readonly children?: ComponentChildren
  /** Padding around the content; tables go to the edge without it. */
  readonly padded?: boolean
}

export function Panel({ title, end, class: more = '', label, children, padded = false }: PanelProps) {
  return (
    <section class={`panel ${more}`} aria-label={label}>
      {title === undefined ? null : (
        <header>
          <h2>{title}</h2>
          {end === undefined ? null : <div class="end">{end}</div>}
        </header>
      )}
      {padded ? <div class="body">{children}</div> : children}
    </section>
  )
}

interface PageHeadProps {
  readonly title: ComponentChildren
  readonly beside?: ComponentChildren
  readonly sub?: ComponentChildren
  readonly actions?: ComponentChildren
}

export function PageHead({ title, beside, sub, actions }: PageHeadProps) {
  return (
    <div class="pagehead">
      <div>
        <div class="row wrap">
          <h1>{title}</h1>
          {beside}
        </div>
        {sub === undefined ? null : <p class="sub">{sub}</p>}
      </div>
      {actions === undefined ? null : <div class="actions">{actions}</div>}
    </div>
  )
}

interface EmptyProps {
  readonly title: string
  readonly hint?: string
  readonly action?: ComponentChildren
  /** It is all there is on the page: its title is the page's. */
  readonly page?: boolean
}

/** Says what is not there and what to do next. */
export function Empty({ title, hint, action, page = false }: EmptyProps) {
  return (
    <div class="empty">
      <Beacon />
      {page ? <h1>{title}</h1> : <b>{title}</b>}
      {hint}
      {action === undefined ? null : <div>{action}</div>}
    </div>
  )
}

/** Grey bars in the shape of what comes. */
export function Skeleton({ lines = 3, height = 14 }: { readonly lines?: number; readonly height?: number }) {
  return (
    <div class="skeletons" role="status" aria-label={t.value.shell.loading}>
      {Array.from({ length: lines }, (_, i) => (
        <div class="skel" key={i} style={{ height: `${height}px`, width: `${[92, 64, 78, 48][i % 4]}%` }} />
      ))}
    </div>
  )
}

/** What happened and what can be done, for a problem of the API. */
export function ErrorBox({ problem, retry }: { readonly problem: Problem; readonly retry?: () => void }) {
  return (
    <div class="errorbox" role="alert">
      <Icon name={problem.status === 403 ? 'unknown' : 'crit'} class={problem.status === 403 ? 'unknown' : 'crit'} />
      <div>
        <b>{problem.title}</b>
        {problem.detail === undefined ? null : <p>{problem.detail}</p>}
        {problem.errors?.map(one => (
          <p key={one.field}>
            {one.field}: {one.reason}
          </p>
        ))}
        {retry === undefined ? null : (
          <button type="button" class="btn" onClick={retry}>
            {t.value.shell.tryAgain}
          </button>
        )}
      </div>
    </div>
  )
}

/** Shows its content when the topic has come; before that a skeleton, or why not. */
export function TopicGate({
  status,
  children,
  lines = 8,
}: {
  readonly status: TopicStatus
  readonly children: ComponentChildren
  readonly lines?: number
}) {
  if (status.kind === 'waiting') return <Skeleton lines={lines} />
  if (status.kind === 'refused')
    return <ErrorBox problem={{ type: 'about:blank', title: t.value.shell.refused, status: 403, detail: status.reason }} />
  return <>{children}</>
}
