// What the loss of any one part would cost at the day's peak, worst first; each leads to its story on the power page.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { Loss, Survey } from '../../../daemon/domain/plant.ts'
import { type Column, Panel, Table } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import { watts } from '../power/amount.tsx'
import { namesOf } from '../power/names.ts'

const SHOWN = 15

export function SurveyPanel({ survey, layout }: { readonly survey: Survey; readonly layout: Layout }) {
  const words = t.value.plant.capacity
  const name = namesOf(layout)
  const roomName = (id: string): string => layout.rooms.find(room => room.id === id)?.name ?? id
  const count = (value: number, tone: 't-crit' | 't-warn') => (value === 0 ? <span class="dim">–</span> : <b class={tone}>{number(value)}</b>)
  const columns: readonly Column<Loss>[] = [
    {
      key: 'node',
      label: words.loss.node,
      cell: loss => (
        <>
          <a href={`/power?failed=${encodeURIComponent(loss.node)}&when=peak`}>
            <b>{name(loss.node).name}</b>
          </a>
          {loss.hot.map(room => (
            <div key={room} class="small t-crit">
              {words.hotRoom(roomName(room))}
            </div>
          ))}
        </>
      ),
    },
    { key: 'dark', label: words.loss.dark, num: true, cell: loss => count(loss.dark, 't-crit') },
    { key: 'oneLeg', label: words.loss.oneLeg, num: true, cell: loss => count(loss.oneLeg, 't-warn') },
    { key: 'over', label: words.loss.over, num: true, wide: true, cell: loss => count(loss.over.length, 't-warn') },
    { key: 'lost', label: words.loss.lost, num: true, wide: true, cell: loss => (loss.lost > 0 ? watts(loss.lost) : '–') },
  ]
  return (
    <Panel title={words.survey} end={words.surveyEnd(survey.tried)}>
      {survey.losses.length === 0 ? (
        <p class="body mid">{words.surveyNone}</p>
      ) : (
        <Table label={words.survey} columns={columns} rows={survey.losses.slice(0, SHOWN)} keyOf={loss => loss.node} />
      )}
    </Panel>
  )
}
