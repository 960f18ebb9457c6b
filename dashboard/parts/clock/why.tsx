// Why this is the deadline, line by line; a long reckoning is folded to what matters most.
import { useState } from 'preact/hooks'
import type { ClockLine } from '../../../daemon/domain/clock.ts'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { lineText, lineTime } from '../../../daemon/domain/words/clock-words.ts'
import { lang, t } from '../../words/index.ts'
import { text, zone } from '../../words/say.ts'
import { dayNow } from '../../words/when.ts'

/** More lines than this are folded. */
const SHORT = 5

/** What people ask first: when it was received, what stopped it, what moved it, and how it stands. */
const TELLING: ReadonlySet<ClockLine['kind']> = new Set([
  'receivedOutside',
  'overload',
  'stopped',
  'calendarChanged',
  'estimate',
  'promised',
  'late',
  'breached',
  'agreed',
])

export function Why({ view }: { readonly view: Pick<TicketView, 'clock' | 'serviceDefinition'> }) {
  const [open, setOpen] = useState(false)
  const words = t.value.tickets.clock
  const lines = view.clock?.explanation ?? []
  if (lines.length === 0) return null
  const telling = lines.length <= SHORT ? lines : lines.filter(line => TELLING.has(line.kind))
  const folds = telling.length < lines.length && telling.length > 0
  const shown = open || !folds ? lines : telling
  const nameOf = (key: string): string => {
    const { products, phases } = view.serviceDefinition
    const found = products.find(one => one.key === key) ?? phases.find(one => one.key === key)
    return found === undefined ? key : text(found.name)
  }
  const at = { zone: zone.value, lang: lang.value, now: dayNow.value, nameOf }
  return (
    <>
      <h3 class="sr">{words.why}</h3>
      <ul class="why">
        {shown.map((line, i) => (
          <li key={`${line.kind}${line.at}${i}`} class={line.kind === 'breached' ? 't-crit' : ''}>
            <time>{lineTime(line, at)}</time>
            <span>{lineText(line, at)}</span>
          </li>
        ))}
      </ul>
      {folds ? (
        <button type="button" class="textbtn small morewhy" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? words.hideWhy : words.showWhy(lines.length)}
        </button>
      ) : null}
    </>
  )
}
