// Care of the facility: work that is planned, due and done, as a list and as a month; and the register of what is kept up. All of it live.
import { useState } from 'preact/hooks'
import { useRows } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { Button, Icon, PageHead, Segmented, Tabs, TopicGate } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import './care.css'
import { Month } from './month.tsx'
import { OnceForm } from './once-form.tsx'
import { Order } from './order.tsx'
import { Register } from './register.tsx'
import { WorkList } from './work.tsx'

export default function CarePage({ query }: PageProps) {
  const words = t.value.care
  const { status, rows } = useRows('care')
  const { rows: register } = useRows('assets')
  const [writing, write] = useState(false)
  const all = [...(rows.value?.values() ?? [])]
  const assets = [...(register.value?.values() ?? [])]
  const open = all.filter(({ state }) => state !== 'done' && state !== 'cancelled')
  const part = query.get('part') === 'register' ? 'register' : 'work'
  const look = query.get('look') === 'month' ? 'month' : 'list'
  const id = Number(query.get('order') ?? Number.NaN)
  const picked = Number.isInteger(id) ? (all.find(one => one.id === id) ?? null) : undefined
  return (
    <div class="carepage">
      <PageHead
        title={words.title}
        sub={words.sub(open.length, open.filter(({ state }) => state === 'overdue').length)}
        actions={
          <>
            <a class="btn" href={`/api/v1/care/export?table=${part === 'work' ? 'orders' : 'assets'}`} download>
              <Icon name="download" /> {part === 'work' ? words.csvWork : words.csvAssets}
            </a>
            {may('care.work') && assets.length > 0 ? (
              <Button kind="primary" onClick={() => write(true)}>
                {words.once.add}
              </Button>
            ) : null}
          </>
        }
      />
      <Tabs
        label={words.title}
        chosen={part}
        choices={[
          { key: 'work', label: words.parts.work, href: '/care', count: open.length },
          { key: 'register', label: words.parts.register, href: '/care?part=register', count: assets.length },
        ]}
      />
      {part === 'register' ? (
        <Register />
      ) : (
        <>
          <Segmented
            label={words.month.look}
            chosen={look}
            onChoose={key => setQuery({ look: key === 'list' ? null : key })}
            choices={[
              { key: 'list', label: words.month.list },
              { key: 'month', label: words.month.title },
            ]}
          />
          <TopicGate status={status}>
            <div class={picked === undefined ? '' : 'caregrid'}>
              {look === 'month' ? (
                <Month orders={all} assets={assets} query={query} picked={picked?.id ?? null} />
              ) : (
                <WorkList orders={all} query={query} picked={picked?.id ?? null} />
              )}
              {picked === undefined ? null : <Order key={picked?.id ?? 0} order={picked} />}
            </div>
          </TopicGate>
        </>
      )}
      {writing ? <OnceForm assets={assets} onClose={() => write(false)} /> : null}
    </div>
  )
}
