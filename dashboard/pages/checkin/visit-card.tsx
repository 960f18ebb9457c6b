// One visit at the door: may they enter, where, with whom; each person compared with the card, the rules accepted, goods noted, then in.
import { useState } from 'preact/hooks'
import type { VisitorView, VisitView } from '../../../daemon/domain/visit.ts'
import { BusyButton, Icon, initials } from '../../parts/index.ts'
import { ReasonDialog } from '../../parts/reason.tsx'
import { t } from '../../words/index.ts'
import { clockShort, dateShort, dateTime } from '../../words/say.ts'
import type { Act } from './lookup.ts'

type Note = (act: Omit<Act, 'client' | 'at'>) => Promise<boolean>

interface CardProps {
  readonly visit: VisitView
  /** What was scanned, of whom; null: found by name. */
  readonly found: { readonly visitor: number; readonly code: string } | null
  /** Why the one who showed the code may not enter. */
  readonly wrong: string | null
  readonly badges: readonly string[]
  readonly note: Note
  readonly onBack: () => void
  readonly onDone: (words: string) => void
}

interface Ready {
  readonly matched: boolean
  readonly accepted: boolean
  readonly badge: string
}
const NOT_YET: Ready = { matched: false, accepted: false, badge: '' }

const sameDay = (one: number, other: number): boolean => dateShort(one) === dateShort(other)

export function VisitCard({ visit, found, wrong, badges, note, onBack, onDone }: CardProps) {
  const words = t.value.visits.guard
  const [ready, setReady] = useState<ReadonlyMap<number, Ready>>(new Map())
  const [refusing, refuse] = useState<VisitorView | null>(null)
  const of = (id: number): Ready => ready.get(id) ?? NOT_YET
  const set = (id: number, change: Partial<Ready>): void => setReady(was => new Map(was).set(id, { ...(was.get(id) ?? NOT_YET), ...change }))
  const mayEnter = visit.state === 'approved' || visit.state === 'inside'
  const open = visit.visitors.filter(one => one.state === 'expected' || one.state === 'out')
  const complete = open.filter(one => of(one.id).matched && (of(one.id).accepted || one.acceptedAt !== null))
  const begun = open.filter(one => of(one.id).matched || of(one.id).accepted).filter(one => !complete.includes(one))
  const until = sameDay(visit.from, visit.until) ? clockShort(visit.until) : dateTime(visit.until)
  const noted = visit.goods.filter(one => one.inAt !== null || one.outAt !== null).length

  async function enter(): Promise<void> {
    const names: string[] = []
    for (const person of complete) {
      const { badge } = of(person.id)
      const done = await note({
        kind: 'in',
        visit: visit.id,
        visitor: person.id,
        matched: true,
        accepted: true,
        ...(found?.visitor === person.id ? { code: found.code } : {}),
        ...(badge === '' ? {} : { badge }),
      })
      if (!done) return
      names.push(person.name)
      setReady(was => new Map([...was].filter(([id]) => id !== person.id)))
    }
    onDone(words.entered(names.join(', ')))
  }

  return (
    <div class="doorcard">
      <button type="button" class="btn ghost back" onClick={onBack}>
        <Icon name="right" />
        {words.back}
      </button>
      <section class="panel">
        <div class={`doorband ${mayEnter && wrong === null ? '' : 'no'}`} role="status">
          <Icon name={mayEnter && wrong === null ? 'check' : 'crit'} />
          <div>
            <b>{mayEnter && wrong === null ? words.approved : words.notApproved}</b>
            <span>{wrong ?? words.valid(sameDay(visit.from, Date.now()) ? clockShort(visit.from) : dateTime(visit.from), until)}</span>
          </div>
        </div>
        <div class="doorwhat">
          <div class="row between">
            <b>{visit.organisation?.name ?? t.value.visits.kinds[visit.kind]}</b>
            <span class="small dim nw">{visit.ticket ?? visit.number}</span>
          </div>
          <p>
            {visit.purpose}
            {visit.racks.length === 0 ? null : (
              <>
                {', '}
                <b>{words.only(visit.racks.map(rack => rack.toUpperCase()).join(', '))}</b>
              </>
            )}
          </p>
          {visit.overstay ? <p class="t-crit">{t.value.visits.overstay}</p> : null}
        </div>
      </section>
      <div class="doorhead">
        <h2>{words.people}</h2>
        <span class="small dim">{words.matchHint}</span>
      </div>
      <ul class="panel doorlist">
        {visit.visitors.map(person => (
          <PersonRow
            key={person.id}
            person={person}
            shown={found?.visitor === person.id}
            mayEnter={mayEnter}
            ready={of(person.id)}
            badges={badges}
            set={change => set(person.id, change)}
            onLeave={async () => {
              if (await note({ kind: 'out', visit: visit.id, visitor: person.id })) onDone(words.left(person.name))
            }}
            onRefuse={() => refuse(person)}
          />
        ))}
      </ul>
      {visit.goods.length === 0 ? null : (
        <>
          <div class="doorhead">
            <h2>{words.goods}</h2>
            <span class="small dim">{words.goodsCount(noted, visit.goods.length)}</span>
          </div>
          <ul class="panel doorlist">
            {visit.goods.map(one => (
              <li key={one.id}>
                <div class="grow">
                  <b>{one.kind}</b>
                  <span class="small dim">
                    {one.serial === '' ? words.noSerial : one.serial} · {t.value.visits.visit.directions[one.direction]}
                  </span>
                </div>
                {one.direction === 'out' || one.inAt !== null ? (
                  <button
                    type="button"
                    class={`tick ${one.outAt === null ? '' : 'on'}`}
                    disabled={one.outAt !== null || one.direction === 'in'}
                    onClick={() => void note({ kind: 'goodsOut', visit: visit.id, visitor: one.id })}
                  >
                    {one.outAt !== null || one.direction === 'in' ? <Icon name="check" /> : null}
                    {one.direction === 'in' ? words.goodsIn : one.outAt === null ? words.goodsOut : words.goodsDone}
                  </button>
                ) : (
                  <button type="button" class="tick" onClick={() => void note({ kind: 'goodsIn', visit: visit.id, visitor: one.id })}>
                    {words.goodsIn}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="doorescort">
        <span class="avatar">{visit.escort === null ? '–' : initials(visit.escort.name)}</span>
        {visit.escort === null ? words.noEscort : words.escort(visit.escort.name)}
      </p>
      {open.length === 0 || !mayEnter ? null : (
        <div class="doorfoot">
          <BusyButton kind="primary" disabled={complete.length === 0} onClick={enter}>
            {words.enter(complete.length)}
          </BusyButton>
          <p class="small mid">{begun.length > 0 ? words.missing(begun.length) : complete.length > 0 ? words.ready : words.acceptHint}</p>
        </div>
      )}
      {refusing === null ? null : (
        <ReasonDialog
          title={words.refuseTitle(refusing.name)}
          label={words.refuseReason}
          act={words.refuse}
          danger
          onClose={() => refuse(null)}
          onGive={async reason => {
            if (await note({ kind: 'refuse', visit: visit.id, visitor: refusing.id, reason })) onDone(words.refused)
            return null
          }}
        />
      )}
    </div>
  )
}

interface PersonProps {
  readonly person: VisitorView
  readonly shown: boolean
  readonly mayEnter: boolean
  readonly ready: Ready
  readonly badges: readonly string[]
  readonly set: (change: Partial<Ready>) => void
  readonly onLeave: () => Promise<void>
  readonly onRefuse: () => void
}

function PersonRow({ person, shown, mayEnter, ready, badges, set, onLeave, onRefuse }: PersonProps) {
  const { guard: words, visit: parts } = t.value.visits
  const { state, inAt, outAt, badge } = person
  const waits = mayEnter && (state === 'expected' || state === 'out')
  const last = person.identity?.replaceAll(/[•\s]/g, '') ?? ''
  return (
    <li class={shown ? 'shown' : ''}>
      <span class="avatar soft">{initials(person.name)}</span>
      <div class="grow">
        <b>{person.name}</b>
        <span class="small dim">{last === '' ? words.noIdentity : words.endsIn(last)}</span>
        <span class="small dim">
          {[
            person.company,
            state === 'expected' ? '' : parts.visitorStates[state],
            state === 'inside' && inAt !== null
              ? parts.inAt(clockShort(inAt))
              : state === 'out' && outAt !== null
                ? parts.outAt(clockShort(outAt))
                : '',
            badge === null ? '' : parts.badge(badge),
          ]
            .filter(one => one !== '')
            .join(' · ')}
        </span>
      </div>
      {state === 'inside' ? (
        <BusyButton onClick={onLeave} label={`${words.leave}: ${person.name}`}>
          {words.leave}
        </BusyButton>
      ) : null}
      {waits ? (
        <div class="ticks">
          <button
            type="button"
            class={`tick ${ready.matched ? 'on' : ''}`}
            aria-pressed={ready.matched}
            aria-label={`${ready.matched ? words.matched : words.match}: ${person.name}`}
            onClick={() => set({ matched: !ready.matched })}
          >
            {ready.matched ? <Icon name="check" /> : null}
            {ready.matched ? words.matched : words.match}
          </button>
          {person.acceptedAt !== null ? null : (
            <button
              type="button"
              class={`tick ${ready.accepted ? 'on' : ''}`}
              aria-pressed={ready.accepted}
              aria-label={`${ready.accepted ? words.accepted : words.accept}: ${person.name}`}
              onClick={() => set({ accepted: !ready.accepted })}
            >
              {ready.accepted ? <Icon name="check" /> : null}
              {ready.accepted ? words.accepted : words.accept}
            </button>
          )}
          {badges.length === 0 ? null : (
            <label class="badgepick">
              <span class="sr">
                {words.badge}: {person.name}
              </span>
              <select class="input" value={ready.badge} onChange={event => set({ badge: event.currentTarget.value })}>
                <option value="">{words.noBadge}</option>
                {badges.map(card => (
                  <option key={card} value={card}>
                    {card}
                  </option>
                ))}
              </select>
            </label>
          )}
          <button type="button" class="textbtn t-crit" aria-label={`${words.refuse} ${person.name}`} onClick={onRefuse}>
            {words.refuse}
          </button>
        </div>
      ) : null}
    </li>
  )
}
