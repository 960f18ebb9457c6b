// DNS zones, live: how many records, whether every server answers with the same serial, whether it is signed.
import { useSignalEffect } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { ZoneView } from '../../../daemon/domain/hosting-view.ts'
import { useRows } from '../../live/index.ts'
import '../../parts/hosting/hosting.css'
import { StopBand } from '../../parts/hosting/stop.tsx'
import { HostingTabs } from '../../parts/hosting/tabs.tsx'
import { ZoneServers } from '../../parts/hosting/zone-servers.tsx'
import { Button, type Column, Empty, Icon, PageHead, Panel, Table, TopicGate } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { number, text } from '../../words/say.ts'
import { AddZone } from './add.tsx'

export default function ZonesPage() {
  useSignalEffect(() => {
    document.title = `${t.value.hosting.zone.title} · Suar`
  })
  const words = t.value.hosting.zone
  const { status, rows } = useRows('zones')
  const [adding, add] = useState(false)
  const zones = [...(rows.value?.values() ?? [])].sort((a, b) => a.name.localeCompare(b.name))
  const button = may('zone.manage') ? (
    <Button kind="primary" onClick={() => add(true)}>
      <Icon name="plus" />
      {words.add}
    </Button>
  ) : null
  return (
    <div class="hostingpage">
      <PageHead title={words.title} sub={words.sub} actions={zones.length === 0 ? undefined : button} />
      <StopBand />
      <HostingTabs chosen="zones" />
      <TopicGate status={status}>
        <Panel>
          {zones.length === 0 ? (
            <Empty title={words.none} hint={words.noneHint} action={button} />
          ) : (
            <Table label={words.title} columns={columnsOf()} rows={zones} keyOf={zone => zone.name} />
          )}
        </Panel>
      </TopicGate>
      {adding ? <AddZone onClose={() => add(false)} /> : null}
    </div>
  )
}

function columnsOf(): readonly Column<ZoneView>[] {
  const words = t.value.hosting.zone
  return [
    {
      key: 'name',
      label: words.columns.name,
      cell: zone => (
        <span class="namecell">
          <a href={`/zones/${zone.name}`}>
            <b>{zone.name}</b>
          </a>
          <span class="small">{words.kinds[zone.kind]}</span>
        </span>
      ),
    },
    { key: 'records', label: words.columns.records, num: true, wide: true, width: '90px', cell: zone => number(zone.records) },
    {
      key: 'servers',
      label: words.columns.servers,
      cell: zone => (
        <span class="statestack">
          <ZoneServers zone={zone} />
          {zone.trouble === null ? null : <span class="small t-crit">{text(zone.trouble)}</span>}
        </span>
      ),
    },
    { key: 'dnssec', label: words.columns.dnssec, wide: true, cell: zone => words.dnssec[zone.dnssec] },
  ]
}
