// Tickets: the desk's list for those who serve, one's own requests for those who ask.
import { lazy, Suspense } from 'preact/compat'
import type { PageProps } from '../../pages.ts'
import { Skeleton } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import './tickets.css'

const Inbox = lazy(() => import('./inbox.tsx'))
const Mine = lazy(() => import('../requests/my.tsx'))

export default function TicketsPage(props: PageProps) {
  return <Suspense fallback={<Skeleton lines={8} height={20} />}>{may('ticket.internal') ? <Inbox {...props} /> : <Mine {...props} />}</Suspense>
}
