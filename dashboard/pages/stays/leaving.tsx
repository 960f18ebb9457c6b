// A piece on its way out: what of its data is said, the papers both parties sign, and the door.

import type { StayItemView, StayView } from '../../../daemon/domain/stay.ts'
import type { TicketDocument } from '../../../daemon/domain/ticket-view.ts'
import { api } from '../../api.ts'
import { BusyButton, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { dateTime } from '../../words/say.ts'
import { GoodsForm } from './goods-form.tsx'
import { MediaForm } from './media-form.tsx'
import { isTicket } from './pill.tsx'

export function LeavingSteps({ stay, item }: { readonly stay: StayView; readonly item: StayItemView }) {
  const words = t.value.stays.stay
  const at = `/api/v1/stays/${stay.id}/items/${item.id}`
  const ticket = isTicket(stay.ticket) ? stay.ticket : null
  return (
    <div class="leaving">
      {item.leaving === null ? null : <p class="small mid">{words.leavesBecause(item.leaving.reason, item.leaving.by, dateTime(item.leaving.at))}</p>}
      <MediaForm path={`${at}/media`} media={item.media} />
      {ticket === null || item.media === null ? null : <Papers ticket={ticket} wiped={item.media.kind === 'wiped'} />}
      {item.media === null ? null : <GoodsForm path={`${at}/out`} act={words.out} said={words.gone} ticket={null} owing={ticket !== null} />}
    </div>
  )
}

function Papers({ ticket, wiped }: { readonly ticket: string; readonly wiped: boolean }) {
  const words = t.value.stays.stay.papers
  const make = async (kind: 'removal' | 'wipe'): Promise<void> => {
    const answer = await api.post<TicketDocument>(`/api/v1/tickets/${encodeURIComponent(ticket)}/documents`, { kind })
    if (answer.ok) toast('done', words.made(answer.value.title))
    else toast('failed', answer.problem.title, answer.problem.detail)
  }
  return (
    <section class="stayform" aria-label={words.title}>
      <h3>{words.title}</h3>
      <p class="small mid">{words.hint}</p>
      <div class="row wrap">
        {wiped ? <BusyButton onClick={() => make('wipe')}>{words.wipe}</BusyButton> : null}
        <BusyButton onClick={() => make('removal')}>{words.removal}</BusyButton>
        <a class="btn" href={`/tickets/${encodeURIComponent(ticket)}`}>
          {words.sign}
        </a>
      </div>
    </section>
  )
}
