// The SOP table: who does what, in what time, with what papers; then products with their times, and the stages of a longer piece of work.
import { useEffect, useState } from 'preact/hooks'
import type { Words } from '../../../daemon/domain/form.ts'
import type { Service, Step } from '../../../daemon/domain/service.ts'
import type { ServiceView } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { chairName } from '../../parts/clock/chairs.ts'
import { standardText } from '../../parts/clock/words.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { timeText } from '../requests/service-words.ts'

export function Procedure({ service }: { readonly service: Service }) {
  const names = useServiceNames()
  const { sheet: words, mine } = t.value.requests
  const columns = words.procedure
  const nameOf = (key: string): string => {
    const name = names.get(key)
    return name === undefined ? key.replaceAll('-', ' ') : text(name)
  }
  const time = (step: Step): string => (step.kind === 'work' ? timeText(service.products) : step.standard === null ? '' : standardText(step.standard))
  return (
    <div class="procedurepart">
      <div class="procedurescroll">
        <table class="table procedure" aria-label={words.tabs.procedure}>
          <thead>
            <tr>
              <th scope="col">{columns.no}</th>
              <th scope="col">{columns.activity}</th>
              <th scope="col">{columns.owner}</th>
              <th scope="col">{columns.needs}</th>
              <th scope="col">{columns.time}</th>
              <th scope="col">{columns.output}</th>
            </tr>
          </thead>
          <tbody>
            {service.steps.map((step, i) => (
              <tr key={step.key}>
                <td class="no">{i + 1}</td>
                <td>{text(step.label)}</td>
                <td data-label={columns.owner}>{chairName(step.owner)}</td>
                <td data-label={columns.needs}>{step.needs === undefined ? '' : text(step.needs)}</td>
                <td data-label={columns.time} class="nw">
                  {time(step)}
                </td>
                <td data-label={columns.output}>{step.output === undefined ? '' : text(step.output)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <section class="body">
        <h3>{words.products}</h3>
        <ul class="productrows">
          {service.products.map(one => (
            <li key={one.key}>
              <span class="grow">
                {text(one.name)}
                {one.description === undefined ? null : <span class="block small mid">{text(one.description)}</span>}
              </span>
              <span class="nw">{standardText(one.standard)}</span>
            </li>
          ))}
        </ul>
        {service.capacityPerDay === null ? null : <p class="small mid">{words.capacity(service.capacityPerDay)}</p>}
      </section>
      {service.phases.length === 0 ? null : (
        <section class="body">
          <h3>{words.phases}</h3>
          <ol class="productrows">
            {service.phases.map((phase, i) => (
              <li key={phase.key}>
                <span class="grow">
                  <span class="sr">{mine.step(i + 1, service.phases.length)}: </span>
                  {text(phase.name)}
                  {phase.papers.length === 0 ? null : (
                    <span class="block small mid">
                      {words.phasePapers}: {phase.papers.map(text).join(', ')}
                    </span>
                  )}
                </span>
                <span class="small dim">{words.sides[phase.side]}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
      {service.related.length === 0 ? null : (
        <section class="body">
          <h3>{words.related}</h3>
          <p class="row wrap">
            {service.related.map(key => (
              <a key={key} href={`/catalogue/${key}`}>
                {nameOf(key)}
              </a>
            ))}
          </p>
        </section>
      )}
    </div>
  )
}

/** What related services are called. */
function useServiceNames(): ReadonlyMap<string, Words> {
  const [names, setNames] = useState<ReadonlyMap<string, Words>>(new Map())
  useEffect(() => {
    let gone = false
    void api.get<{ readonly items: readonly ServiceView[] }>('/api/v1/services').then(answer => {
      if (!gone && answer.ok) setNames(new Map(answer.value.items.map(one => [one.key, one.name])))
    })
    return () => {
      gone = true
    }
  }, [])
  return names
}
