// Tickets: the desk's list for those who serve, one's own requests for those who ask.
import type { ComponentType } from 'preact'
import { lazy, Suspense } from 'preact/compat'
import type { PageProps } from '../../pages.ts'
import { Skeleton } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import './tickets.css'

interface Part {
  readonly default: ComponentType<PageProps>
}

const inbox = (): Promise<Part> => import('./inbox.tsx')
const own = import.meta.glob<Part>('../requests/my.tsx')
const Inbox = lazy(inbox)
const Mine = lazy(own['../requests/my.tsx'] ?? inbox)

export default function TicketsPage(props: PageProps) {
  return <Suspense fallback={<Skeleton lines={8} height={20} />}>{may('ticket.internal') ? <Inbox {...props} /> : <Mine {...props} />}</Suspense>
}
