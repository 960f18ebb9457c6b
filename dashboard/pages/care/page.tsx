// Care of the facility: work that is planned, due and done, live; and the register of what is kept up.
import { useRows } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { PageHead, Tabs, TopicGate } from '../../parts/index.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import './care.css'
import { Order } from './order.tsx'
import { Register } from './register.tsx'
import { WorkList } from './work.tsx'

export default function CarePage({ query }: PageProps) {
  const words = t.value.care
  const { status, rows } = useRows('care')
  const all = [...(rows.value?.values() ?? [])]
  const open = all.filter(({ state }) => state !== 'done' && state !== 'cancelled')
  const part = query.get('part') === 'register' ? 'register' : 'work'
  const id = Number(query.get('order') ?? Number.NaN)
  const picked = Number.isInteger(id) ? (all.find(one => one.id === id) ?? null) : undefined
  return (
    <div class="carepage">
      <PageHead
        title={words.title}
        sub={words.sub(open.length, open.filter(({ state }) => state === 'overdue').length)}
        actions={
          <a class="btn" href={`/api/v1/care/export?table=${part === 'work' ? 'orders' : 'assets'}`} download>
            {part === 'work' ? words.csvWork : words.csvAssets}
          </a>
        }
      />
      <Tabs
        label={words.title}
        chosen={part}
        choices={[
          { key: 'work', label: words.parts.work, href: '/care', count: open.length },
          { key: 'register', label: words.parts.register, href: '/care?part=register' },
        ]}
      />
      {part === 'register' ? (
        <Register />
      ) : (
        <TopicGate status={status}>
          <div class={picked === undefined ? '' : 'caregrid'}>
            <WorkList orders={all} query={query} picked={picked?.id ?? null} />
            {picked === undefined ? null : <Order key={picked?.id ?? 0} order={picked} />}
          </div>
        </TopicGate>
      )}
    </div>
  )
}
