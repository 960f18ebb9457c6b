// Doors: every opening with its explanation, how each door stands, and who tells of them.
import { useSignalEffect } from '@preact/signals'
import type { PageProps } from '../../pages.ts'
import { PageHead, Tabs } from '../../parts/index.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { Controllers } from './controllers.tsx'
import './doors.css'
import { DoorList } from './list.tsx'
import { DoorLog } from './log.tsx'

const PARTS = ['log', 'doors', 'controllers'] as const

export default function DoorsPage({ params, query }: PageProps) {
  const words = t.value.doors
  const part = PARTS.find(one => one === params['part']) ?? 'log'
  useSignalEffect(() => {
    document.title = `${t.value.doors.title} · Suar`
  })
  return (
    <div class="doorspage stack">
      <PageHead title={words.title} sub={words.sub} />
      <Tabs
        label={words.title}
        chosen={part}
        choices={PARTS.map(key => ({ key, label: words.parts[key], href: key === 'log' ? '/doors' : `/doors/${key}` }))}
      />
      {part === 'log' ? <DoorLog query={query} /> : null}
      {part === 'doors' ? <DoorList /> : null}
      {part === 'controllers' ? <Controllers /> : null}
    </div>
  )
}
