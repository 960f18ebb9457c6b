// Visits: the schedule, who is inside, the guest book, badges, rules of entry; and one visit by its number.
import { useSignalEffect } from '@preact/signals'
import type { PageProps } from '../../pages.ts'
import { PageHead, Tabs } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { Badges } from './badges.tsx'
import { Entry } from './entry.tsx'
import { Inside } from './inside.tsx'
import { Log } from './log.tsx'
import { RulesOfEntry } from './rules.tsx'
import { Schedule } from './schedule.tsx'
import { Visit } from './visit.tsx'
import './visits.css'

const PARTS = ['list', 'inside', 'log', 'badges', 'rules'] as const
type Part = (typeof PARTS)[number]

const MAY: Readonly<Record<Part, () => boolean>> = {
  list: () => true,
  inside: () => may('visit.guard'),
  log: () => may('visit.export'),
  badges: () => may('visit.export'),
  rules: () => may('visit.export'),
}

export default function VisitsPage({ params, query }: PageProps) {
  const words = t.value.visits
  const given = params['part'] ?? 'list'
  useSignalEffect(() => {
    document.title = `${t.value.visits.title} · Suar`
  })
  if (/^\d+$/.test(given)) return <Visit key={given} id={Number(given)} />
  if (given === 'new' && may('visit.guard')) return <Entry />
  const shown = PARTS.filter(part => MAY[part]())
  const part: Part = shown.find(one => one === given) ?? 'list'
  const staff = may('visit.export')
  return (
    <div class="visitspage">
      <PageHead
        title={words.title}
        actions={
          <>
            {may('visit.guard') ? (
              <a class="btn primary" href="/checkin">
                {words.checkin}
              </a>
            ) : null}
            {may('visit.guard') ? (
              <a class="btn" href="/visits/new">
                {words.new}
              </a>
            ) : null}
            {!staff && may('ticket.file') ? (
              <a class="btn primary" href="/requests/new/dc-access">
                {words.ask}
              </a>
            ) : null}
          </>
        }
      />
      {shown.length > 1 ? (
        <Tabs
          label={words.title}
          chosen={part}
          choices={shown.map(key => ({ key, label: words.parts[key], href: key === 'list' ? '/visits' : `/visits/${key}` }))}
        />
      ) : null}
      {part === 'list' ? <Schedule query={query} /> : null}
      {part === 'inside' ? <Inside /> : null}
      {part === 'log' ? <Log query={query} /> : null}
      {part === 'badges' ? <Badges /> : null}
      {part === 'rules' ? <RulesOfEntry /> : null}
    </div>
  )
}
