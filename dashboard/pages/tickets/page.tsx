// Tickets: the desk's list for those who serve, one's own requests for those who ask.
import type { PageProps } from '../../pages.ts'
import { Skeleton } from '../../parts/index.ts'
import { late } from '../../parts/late.tsx'
import { may } from '../../signin/session.ts'
import './tickets.css'

const waiting = () => <Skeleton lines={8} height={20} />
const Inbox = late<PageProps>(() => import('./inbox.tsx'), waiting)
const Mine = late<PageProps>(() => import('../requests/my.tsx'), waiting)

export default function TicketsPage(props: PageProps) {
  return may('ticket.internal') ? <Inbox {...props} /> : <Mine {...props} />
}
