// Whether all servers of a zone answer, and with the same serial.
import type { ZoneView } from '../../../daemon/domain/hosting-view.ts'
import { t } from '../../words/index.ts'
import { Pill } from '../state.tsx'

export function ZoneServers({ zone }: { readonly zone: Pick<ZoneView, 'servers'> }) {
  const words = t.value.hosting.zone
  const silent = zone.servers.filter(({ reachable }) => !reachable)
  const serials = new Set(zone.servers.flatMap(({ serial }) => (serial === null ? [] : [serial])))
  if (silent.length > 0)
    return (
      <Pill tone="crit">
        {silent.map(({ server }) => server).join(', ')}: {words.unreachable}
      </Pill>
    )
  if (serials.size > 1) return <Pill tone="warn">{words.differs}</Pill>
  return <Pill tone="ok">{words.allSame}</Pill>
}
