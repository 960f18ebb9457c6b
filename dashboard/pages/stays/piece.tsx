// One piece of equipment: where it is to stand, how it came, what the readings say of it, and the one step that is next.
import { useState } from 'preact/hooks'
import type { Evidence, GoodsNote, StayItemView, StayView } from '../../../daemon/domain/stay.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { store } from '../../live/index.ts'
import { BusyButton, Button, ErrorBox, Panel, Pill, toast } from '../../parts/index.ts'
import { ReasonDialog } from '../../parts/reason.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateTime, number } from '../../words/say.ts'
import { GoodsForm, PhotoStrip } from './goods-form.tsx'
import { InstallForm } from './install-form.tsx'
import { LeavingSteps } from './leaving.tsx'
import { MediaSaid } from './media-form.tsx'
import { isTicket, StayPill } from './pill.tsx'
import { Way } from './way.tsx'

interface PieceProps {
  readonly stay: StayView
  readonly item: StayItemView
}

export function Piece({ stay, item }: PieceProps) {
  const words = t.value.stays
  const rack = store.layout.value?.racks.find(({ id }) => id === item.rack)
  return (
    <Panel title={item.name} end={<StayPill state={item.state} />} padded class="piece">
      {isTicket(stay.ticket) || item.leaving !== null ? <Way state={item.state} /> : null}
      <p class="mid">
        {[
          item.rack === null || item.u === null ? null : `${words.mine.rack(rack?.name ?? item.rack)} ${words.units(item.u, item.height)}`,
          item.serial === '' ? null : item.serial,
          item.asset === '' ? null : item.asset,
          `${number(item.agreed)} W`,
        ]
          .filter(one => one !== null)
          .join(' · ')}
      </p>
      {item.in === null ? null : <Goods note={item.in} says={words.stay.cameIn} />}
      {item.out === null ? null : <Goods note={item.out} says={words.stay.wentOut} />}
      {item.state === 'gone' && item.media !== null ? <MediaSaid media={item.media} /> : null}
      {item.evidence.length === 0 ? null : <EvidenceList evidence={item.evidence} waits={unproven(item)} />}
      {item.accepted === null ? null : <p class="small mid">{words.stay.accepted(item.accepted.by, item.accepted.reason)}</p>}
      {may('stay.work') ? <Step stay={stay} item={item} /> : null}
    </Panel>
  )
}

function Goods({ note, says }: { readonly note: GoodsNote; readonly says: (when: string, who: string) => string }) {
  const words = t.value.stays.stay
  return (
    <>
      <p class="small mid">
        {[
          says(dateTime(note.at), note.by),
          `${note.serial}, ${words.found[note.found]}`,
          ...(note.note === '' ? [] : [note.note]),
          ...(note.visit === null ? [] : [words.withVisit(note.visit)]),
          ...(note.without === undefined ? [] : [words.leftWithout(note.without)]),
        ].join(' · ')}
      </p>
      {note.photos.length === 0 ? null : <PhotoStrip photos={note.photos} />}
    </>
  )
}

/** Stands in its rack, moved perhaps, and nothing has shown yet that it runs. */
const unproven = ({ state, verifiedAt, accepted }: StayItemView): boolean =>
  state === 'installed' || (state === 'inCustody' && verifiedAt === null && accepted === null)

const UNIT: Readonly<Record<Evidence['kind'], string>> = { outletPower: ' W', portUp: '', inlet: ' °C', visit: '' }

function EvidenceList({ evidence, waits }: { readonly evidence: readonly Evidence[]; readonly waits: boolean }) {
  const words = t.value.stays.stay
  return (
    <>
      <h3>{words.evidence}</h3>
      {waits ? <p class="small mid">{words.watching}</p> : null}
      <ul class="evidence" aria-live="polite">
        {evidence.map(one => {
          const value = (figure: number | null): string =>
            figure === null ? words.notRead : `${number(figure, one.kind === 'inlet' ? 1 : 0)}${UNIT[one.kind]}`
          return (
            <li key={`${one.kind} ${one.point}`}>
              <Pill tone={one.state === 'seen' ? 'ok' : one.state === 'notYet' ? 'warn' : 'unknown'}>{words.evidenceStates[one.state]}</Pill>
              <b>{words.evidenceKinds[one.kind]}</b>
              <span class="mid">{one.visit ?? one.point ?? ''}</span>
              {one.state === 'unmeasured' || one.kind === 'visit' ? null : (
                <span>
                  {one.kind === 'inlet'
                    ? `${value(one.after)} ≤ ${value(one.before)}`
                    : `${one.before === null ? '–' : value(one.before)} → ${value(one.after)}`}
                </span>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Step({ stay, item }: PieceProps) {
  const words = t.value.stays.stay
  const [problem, setProblem] = useState<Problem | null>(null)
  const [asking, ask] = useState<'accept' | 'leave' | null>(null)
  const at = `/api/v1/stays/${stay.id}/items/${item.id}`
  const { state } = item
  const moving = state === 'inCustody' && item.reservation !== null
  const verify = async (): Promise<void> => {
    const answer = await api.post<StayView>(`${at}/verify`)
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    const verified = answer.value.items.find(({ id }) => id === item.id)?.verifiedAt ?? null
    toast(verified === null ? 'failed' : 'done', verified === null ? words.notVerified : words.verified)
  }
  const give = async (reason: string) => {
    const answer =
      asking === 'accept'
        ? await api.post(`${at}/accept`, { reason })
        : await api.post(`/api/v1/stays/${stay.id}/leave`, { items: [item.id], reason })
    return answer.ok ? null : answer.problem
  }
  return (
    <>
      {problem === null ? null : <ErrorBox problem={problem} />}
      {item.in === null && (state === 'reserved' || state === 'asked') ? (
        <GoodsForm path={`${at}/receive`} act={words.receive} said={words.received} ticket={isTicket(stay.ticket) ? stay.ticket : null} />
      ) : null}
      {state === 'arrived' || moving ? <InstallForm path={`${at}/install`} stay={stay} item={item} /> : null}
      {state === 'leaving' ? <LeavingSteps stay={stay} item={item} /> : null}
      <div class="row wrap">
        {unproven(item) ? (
          <BusyButton kind="primary" onClick={verify}>
            {words.verify}
          </BusyButton>
        ) : null}
        {unproven(item) ? <Button onClick={() => ask('accept')}>{words.accept}</Button> : null}
        {item.in !== null && ['asked', 'arrived', 'installed', 'verified'].includes(state) ? (
          <Button kind="ghost" onClick={() => ask('leave')}>
            {words.leave}
          </Button>
        ) : null}
        {state === 'inCustody' && !moving ? (
          <>
            {may('reservation.make') && isTicket(stay.ticket) ? (
              <a class="btn" href={`/placement/${encodeURIComponent(stay.ticket)}?move=${item.id}`}>
                {words.move}
              </a>
            ) : null}
            <Button kind="ghost" onClick={() => ask('leave')}>
              {words.leave}
            </Button>
          </>
        ) : null}
      </div>
      {asking === null ? null : (
        <ReasonDialog
          title={asking === 'accept' ? words.accept : words.leave}
          label={asking === 'accept' ? words.acceptLabel : words.leaveLabel}
          act={asking === 'accept' ? words.accept : words.leave}
          onClose={() => ask(null)}
          onGive={give}
        />
      )}
    </>
  )
}
