// Beside the form: how long it takes, what happens next and who does it, and what to prepare.
import type { Service } from '../../../daemon/domain/service.ts'
import { chairName } from '../../parts/clock/chairs.ts'
import { standardText } from '../../parts/clock/words.ts'
import { chosenOf } from '../../parts/form/model.ts'
import { Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { usersText } from '../requests/service-words.ts'
import { stepName } from '../ticket/names.ts'
import './promise.css'

export function ServicePromise({ service, products }: { readonly service: Service; readonly products: readonly string[] }) {
  const words = t.value.requests.promise
  const keys = chosenOf(service, products)
  const chosen = service.products.filter(one => keys.length === 0 || keys.includes(one.key))
  const steps = service.steps.filter(step => step.kind !== 'submit')
  return (
    <>
      <Panel title={words.title} class="promise" padded>
        <dl class="facts">
          <dt>{words.time}</dt>
          <dd>
            {chosen.length === 1
              ? chosen.map(one => standardText(one.standard))
              : chosen.map(one => (
                  <span key={one.key} class="block">
                    {standardText(one.standard)} <span class="dim small">{text(one.name)}</span>
                  </span>
                ))}
          </dd>
          <dt>{words.cost}</dt>
          <dd>{words.free}</dd>
          <dt>{words.users}</dt>
          <dd>{usersText(service.users)}</dd>
        </dl>
        <a class="small" href={`/catalogue/${service.key}`} target="_blank" rel="noreferrer">
          {words.sheet}
        </a>
      </Panel>
      <Panel title={words.next} padded>
        <ol class="nextsteps">
          {steps.map((step, i) => (
            <li key={step.key}>
              <span class="nb" aria-hidden="true">
                {i + 1}
              </span>
              <span class="grow">
                {stepName({ kind: step.kind, owner: step.owner })}
                <span class="block small dim">{step.kind === 'minutes' ? words.both : chairName(step.owner)}</span>
              </span>
              <span class="small mid nw">
                {step.kind === 'work'
                  ? [...new Set(chosen.map(one => standardText(one.standard)))].length === 1
                    ? standardText(chosen[0]?.standard ?? { min: 1, max: 1, unit: 'workday' })
                    : words.responseOnly
                  : step.standard === null
                    ? ''
                    : standardText(step.standard)}
              </span>
            </li>
          ))}
        </ol>
      </Panel>
      <Panel title={words.prepare} padded>
        {service.papers.length === 0 ? (
          <p class="mid">{words.nothing}</p>
        ) : (
          <ul class="prep">
            {service.papers.map(paper => (
              <li key={paper.key}>
                {text(paper.name)}
                {paper.required ? null : <span class="dim small"> {t.value.people.field.optional}</span>}
                {paper.help === undefined ? null : <span class="block small dim">{text(paper.help)}</span>}
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  )
}
