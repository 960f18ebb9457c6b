// People who work in a room at this moment, by their visits: blue, on the plan.
import { useDerived } from '../../live/derived.ts'
import { useRows } from '../../live/index.ts'
import { go } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'

interface PeopleProps {
  readonly room: string
  /** Where it ends on the right, and its line, px of the drawing. */
  readonly x: number
  readonly y: number
}

export function PeopleInside({ room, x, y }: PeopleProps) {
  const { rows } = useRows('visits')
  const count = useDerived(() => {
    let n = 0
    for (const visit of rows.value?.values() ?? [])
      if (visit.rooms.includes(room)) n += visit.visitors.filter(({ state }) => state === 'inside').length
    return n
  }, [rows, room]).value
  if (count === 0) return null
  const words = t.value.doors.plan.people(count)
  const mark = (
    <>
      <circle cx={x - 6} cy={y - 7} r="3.2" />
      <path d={`M${x - 12} ${y + 3}c0-4 2.6-6 6-6s6 2 6 6z`} />
      <text x={x - 18} y={y} text-anchor="end">
        {words}
      </text>
    </>
  )
  if (!may('visit.guard')) return <g class="peoplemark">{mark}</g>
  const href = '/visits/inside'
  return (
    <a
      class="peoplemark"
      href={href}
      onClick={event => {
        event.preventDefault()
        go(href)
      }}
    >
      {mark}
    </a>
  )
}
