// Own requests: what waits for me, drafts, what runs and with whom, what has ended. A page for the phone in the hand first.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { PageProps } from '../../pages.ts'
import { Empty, ErrorBox, Icon, PageHead, SearchField, Skeleton } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { GROUPS, groupOf, useOwn } from './own.ts'
import { RequestCard } from './request-card.tsx'
import './requests.css'

const PAGE = 50

export default function MyRequests({ query }: PageProps) {
  const { mine: words } = t.value.requests
  const search = query.get('search') ?? ''
  const [typed, setTyped] = useState(search)
  const [size, setSize] = useState(PAGE)
  const { own, retry } = useOwn({ search, size })
  useEffect(() => {
    if (typed === search) return
    const timer = setTimeout(() => setQuery({ search: typed }), 250)
    return () => clearTimeout(timer)
  }, [typed, search])
  useSignalEffect(() => {
    document.title = `${t.value.requests.mine.title} · Suar`
  })
  const is = own.value
  const heads = is.kind === 'ready' ? is.heads : []
  const yours = heads.filter(head => groupOf(head) === 'yours').length
  const ask = (
    <a class="btn primary" href="/requests">
      <Icon name="plus" />
      {words.ask}
    </a>
  )
  return (
    <div class="mypage">
      <PageHead title={words.title} sub={words.sub(yours)} actions={ask} />
      <div class="mysearch">
        <SearchField label={words.search} value={typed} onInput={setTyped} />
      </div>
      {is.kind === 'waiting' ? <Skeleton lines={6} height={44} /> : null}
      {is.kind === 'failed' ? <ErrorBox problem={is.problem} retry={retry} /> : null}
      {is.kind === 'ready' && heads.length === 0 ? (
        <div class="panel">
          {search === '' ? <Empty title={words.empty} hint={words.emptyHint} action={ask} /> : <Empty title={words.none} hint={words.noneHint} />}
        </div>
      ) : null}
      {GROUPS.map(group => {
        const shown = heads.filter(head => groupOf(head) === group)
        if (shown.length === 0) return null
        return (
          <section key={group} class="requestgroup" aria-label={words.groups[group]}>
            <h2>
              {words.groups[group]} <span class="dim">{shown.length}</span>
            </h2>
            <ul class="requestlist">
              {shown.map(head => (
                <RequestCard key={head.id} head={head} />
              ))}
            </ul>
          </section>
        )
      })}
      {is.kind === 'ready' && is.total > size && size < 200 ? (
        <button type="button" class="btn" onClick={() => setSize(Math.min(200, size + PAGE))}>
          {words.older}
        </button>
      ) : null}
    </div>
  )
}
