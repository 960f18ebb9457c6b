// The guard post: scan, type or search; let in, let out. For a phone in the hand, and for when there is no line.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { VisitView } from '../../../daemon/domain/visit.ts'
import { api } from '../../api.ts'
import { live, store, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { Empty, ErrorBox, Icon, Skeleton, toast } from '../../parts/index.ts'
import { may, me } from '../../signin/session.ts'
import { lang, t } from '../../words/index.ts'
import { clockShort, dateTime } from '../../words/say.ts'
import './checkin.css'
import { type Device, openDevice } from './device.ts'
import { type Act, hashOf, insideIn, looksLikeCode, searchIn } from './lookup.ts'
import { Scan } from './scan.tsx'
import { keepShell } from './shell.ts'
import { VisitCard } from './visit-card.tsx'

interface Found {
  readonly visit: number
  readonly visitor: number
  readonly code: string
  readonly wrong: string | null
}

export default function CheckinPage(_: PageProps) {
  const account = me.value?.account ?? 0
  const [device, setDevice] = useState<Device | null>(null)
  useSignalEffect(() => {
    document.title = `${t.value.visits.guard.title} · Suar`
  })
  useEffect(() => {
    let gone = false
    void openDevice(account).then(opened => {
      if (gone) return
      setDevice(opened)
      void opened.reconcile()
    })
    void keepShell()
    return () => {
      gone = true
    }
  }, [account])
  return device === null ? <Skeleton lines={6} height={44} /> : <Guard device={device} />
}

function Guard({ device }: { readonly device: Device }) {
  const words = t.value.visits.guard
  const [typed, setTyped] = useState('')
  const [scanning, scan] = useState(false)
  const [shown, show] = useState<{ readonly visit: number; readonly found: Found | null } | null>(null)
  const [unknown, setUnknown] = useState<string | null>(null)
  useTopic('visits')
  // Somebody changed something, or the line is back: what waits is sent, and the list asked for anew.
  useSignalEffect(() => {
    void store.rows('visits').value
    void device.refresh()
  })
  useSignalEffect(() => {
    if (live.link.value.kind === 'live') void device.reconcile()
  })
  useEffect(() => {
    const back = (): void => void device.reconcile()
    addEventListener('online', back)
    return () => removeEventListener('online', back)
  }, [device])

  const book = device.book.value
  const online = device.online.value
  const waiting = device.waiting.value

  async function find(code: string): Promise<void> {
    scan(false)
    setUnknown(null)
    const answer = online
      ? await api.post<Omit<Found, 'code' | 'wrong'> & { readonly wrong: { readonly id: string; readonly en: string } | null }>(
          '/api/v1/visits/door/look',
          { code },
        )
      : null
    if (answer?.ok === true) {
      const { visit, visitor, wrong } = answer.value
      if (!(book?.visits.some(one => one.id === visit) ?? false)) await device.refresh()
      setTyped('')
      return show({ visit, found: { visit, visitor, code, wrong: wrong?.[lang.peek()] ?? null } })
    }
    if (answer !== null && answer.problem.status !== 0) return setUnknown(answer.problem.detail ?? words.unknown)
    const hash = book === null ? null : await hashOf(code, book, globalThis.crypto?.subtle)
    const of = hash === null ? undefined : book?.codes[hash]
    if (of === undefined) return setUnknown(words.unknownOffline)
    const visitor = book?.visits.find(one => one.id === of.visit)?.visitors.find(one => one.id === of.visitor)
    const spent = of.spentAt !== null && visitor?.state !== 'inside'
    setTyped('')
    show({ visit: of.visit, found: { ...of, code, wrong: spent ? t.peek().visits.visit.spent(dateTime(of.spentAt ?? 0)) : null } })
  }

  async function note(act: Omit<Act, 'client' | 'at'>): Promise<boolean> {
    const done = await device.act(act)
    if (done.kind === 'kept') toast('done', words.kept)
    else if (done.answer.words !== null) toast(done.kind === 'refused' ? 'failed' : 'done', done.answer.words[lang.peek()])
    return done.kind !== 'refused'
  }

  const named = book === null ? [] : searchIn(book.visits, typed)
  const visit = shown === null ? undefined : book?.visits.find(one => one.id === shown.visit)
  return (
    <div class="guard">
      <header class="guardhead">
        <div>
          <h1>{words.title}</h1>
          <p class="small dim">{words.sub(book === null ? 0 : insideIn(book.visits))}</p>
        </div>
        <p class={`line ${online ? '' : 'off'}`} role="status">
          <Icon name={online ? 'ok' : 'warn'} />
          {online ? words.live : words.offline}
        </p>
      </header>
      {online && waiting.length === 0 ? null : (
        <p class="guardnote" role="status">
          {online || book === null ? '' : words.offlineHint(clockShort(book.at))} {waiting.length === 0 ? '' : words.waiting(waiting.length)}
        </p>
      )}
      {device.conflicts.value.length === 0 ? null : (
        <section class="panel guardconflicts" aria-label={words.conflicts}>
          <h2>{words.conflicts}</h2>
          <ul>
            {device.conflicts.value.map(one => (
              <li key={one.client}>
                <Icon name="warn" class="warn" />
                <span class="grow">
                  <b>{words.conflict(one.name)}</b>
                  {one.words === null ? null : <span class="small">{one.words[lang.value]}</span>}
                </span>
                <button type="button" class="btn" onClick={() => device.seen(one.client)}>
                  {words.seen}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {visit !== undefined && shown !== null ? (
        <VisitCard
          key={visit.id}
          visit={visit}
          found={shown.found}
          wrong={shown.found?.wrong ?? null}
          badges={book?.badges ?? []}
          note={note}
          onBack={() => show(null)}
          onDone={said => {
            toast('done', said)
            // The code has done its work.
            show({ visit: visit.id, found: null })
          }}
        />
      ) : (
        <>
          <form
            class="guardfind"
            onSubmit={event => {
              event.preventDefault()
              if (looksLikeCode(typed)) void find(typed.trim())
            }}
          >
            <label>
              <span class="sr">{words.code}</span>
              <input
                class="input"
                value={typed}
                placeholder={words.code}
                autocomplete="off"
                autocapitalize="characters"
                onInput={event => {
                  setUnknown(null)
                  setTyped(event.currentTarget.value)
                }}
              />
            </label>
            <button type="submit" class="btn">
              {words.find}
            </button>
            <button type="button" class="btn primary" onClick={() => scan(!scanning)}>
              {scanning ? words.stop : words.scan}
            </button>
          </form>
          {scanning ? <Scan onCode={code => void find(code)} /> : null}
          {unknown === null ? null : (
            <p class="scanfailed" role="alert">
              {unknown}
            </p>
          )}
          {book === null ? (
            device.problem.value === null && online ? (
              <Skeleton lines={5} height={44} />
            ) : (
              <ErrorBox
                problem={device.problem.value ?? { type: 'about:blank', title: words.failed, status: 0, detail: t.value.shell.unreachableHint }}
                retry={() => void device.reconcile()}
              />
            )
          ) : (
            <Lists
              visits={named.length === 0 && looksLikeCode(typed) ? book.visits : named}
              searching={typed.trim() !== ''}
              onPick={id => show({ visit: id, found: null })}
            />
          )}
          <p class="guardlinks">
            {may('visit.guard') ? <a href="/visits/new">{words.walkIn}</a> : null}
            <a href="/visits">{words.list}</a>
          </p>
        </>
      )}
    </div>
  )
}

function Lists({
  visits,
  searching,
  onPick,
}: {
  readonly visits: readonly VisitView[]
  readonly searching: boolean
  readonly onPick: (id: number) => void
}) {
  const words = t.value.visits.guard
  const parts = [
    { key: 'inside', title: words.insideNow, rows: visits.filter(one => one.state === 'inside') },
    { key: 'expected', title: words.expected, rows: visits.filter(one => one.state !== 'inside') },
  ].filter(({ rows }) => rows.length > 0)
  if (parts.length === 0) return <Empty title={searching ? words.none : words.noneToday} />
  return (
    <>
      {parts.map(({ key, title, rows }) => (
        <section key={key} aria-label={title}>
          <div class="doorhead">
            <h2>{title}</h2>
            <span class="small dim">{rows.length}</span>
          </div>
          <ul class="panel doorlist">
            {rows.map(visit => (
              <li key={visit.id}>
                <button type="button" class="pick" onClick={() => onPick(visit.id)}>
                  <span class="grow">
                    <b>{visit.visitors.map(({ name }) => name).join(', ')}</b>
                    <span class="small dim">
                      {[visit.organisation?.name ?? t.value.visits.kinds[visit.kind], visit.racks.map(rack => rack.toUpperCase()).join(', ')]
                        .filter(one => one !== '')
                        .join(' · ')}
                    </span>
                    {visit.overstay ? <span class="small t-crit">{t.value.visits.overstay}</span> : null}
                  </span>
                  <span class="small nw">
                    {clockShort(visit.from)}–{clockShort(visit.until)}
                  </span>
                  <Icon name="right" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
