// One zone: its records to be searched and changed, what was changed in it and by whom, and the servers that answer for it.
import { useSignalEffect } from '@preact/signals'
import { useState } from 'preact/hooks'
import { api } from '../../api.ts'
import { useRows } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import '../../parts/hosting/hosting.css'
import { StopBand } from '../../parts/hosting/stop.tsx'
import { ZoneServers } from '../../parts/hosting/zone-servers.tsx'
import { Button, Empty, Icon, PageHead, Panel, Tabs, TopicGate, toast } from '../../parts/index.ts'
import { Sure } from '../../parts/sure.tsx'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { number, text } from '../../words/say.ts'
import { History } from './history.tsx'
import { Records } from './records.tsx'
import './zone.css'

const PARTS = ['records', 'history', 'servers'] as const

export default function ZonePage({ params, query }: PageProps) {
  const name = params['name'] ?? ''
  const { status, rows } = useRows('zones')
  const [asked, ask] = useState(false)
  useSignalEffect(() => {
    document.title = `${name} · Suar`
  })
  const words = t.value.hosting.zone
  const part = PARTS.find(one => one === query.get('part')) ?? 'records'
  const zone = rows.value?.get(name)
  if (status.kind === 'ready' && zone === undefined)
    return (
      <Empty
        page
        title={words.notFound}
        hint={words.notFoundHint}
        action={
          <a class="btn" href="/zones">
            {words.title}
          </a>
        }
      />
    )
  return (
    <TopicGate status={status}>
      {zone === undefined ? null : (
        <div class="hostingpage">
          <PageHead
            title={zone.name}
            beside={<ZoneServers zone={zone} />}
            sub={`${words.kinds[zone.kind]} · ${words.columns.dnssec}: ${words.dnssec[zone.dnssec].toLowerCase()} · ${words.columns.records}:\u00a0${number(zone.records)}`}
            actions={may('zone.manage') ? <Button onClick={() => ask(true)}>{words.import}</Button> : null}
          />
          <StopBand />
          {zone.trouble === null ? null : (
            <p class="stopband">
              <Icon name="warn" class="warn" />
              {text(zone.trouble)}
            </p>
          )}
          <Tabs
            label={zone.name}
            chosen={part}
            choices={PARTS.map(key => ({
              key,
              label: words[`${key}Tab`],
              href: key === 'records' ? `/zones/${zone.name}` : `/zones/${zone.name}?part=${key}`,
            }))}
          />
          {part === 'records' ? <Records zone={zone} query={query} /> : part === 'history' ? <History zone={zone} /> : null}
          {part === 'servers' ? (
            <Panel>
              <ul class="plainlist">
                {zone.servers.map(one => (
                  <li key={one.server} class="zoneserver">
                    <Icon name={one.reachable ? 'ok' : 'crit'} class={one.reachable ? '' : 'crit'} />
                    <span class="grow mono">{one.server}</span>
                    <span class={one.reachable ? 'mid' : 't-crit'}>{one.reachable ? words.reachable : words.unreachable}</span>
                    <span class="mono">{one.serial === null ? words.noSerial : words.serial(one.serial)}</span>
                  </li>
                ))}
              </ul>
            </Panel>
          ) : null}
        </div>
      )}
      {asked ? (
        <Sure
          title={words.importTitle}
          body={words.importBody}
          act={words.importAct}
          danger={false}
          send={async () => {
            const answer = await api.post<{ readonly records: number }>(`/api/v1/zones/${name}/import`)
            if (answer.ok) toast('done', words.imported(number(answer.value.records)))
            return answer
          }}
          onClose={() => ask(false)}
          onDone={() => undefined}
        />
      ) : null}
    </TopicGate>
  )
}
