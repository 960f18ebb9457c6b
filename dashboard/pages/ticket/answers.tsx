// What was filled in, section by section, in the order of the form; folded until somebody wants it.
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'
import { AnswerRows } from '../../parts/answer-rows.tsx'
import { Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'

export function AnswersPanel({ view }: { readonly view: TicketView }) {
  const words = t.value.tickets.ticket
  const { form, products } = view.serviceDefinition
  const chosen = products.filter(product => view.products.includes(product.key))
  const sections = form.sections.map(section => ({ section, fields: section.fields.filter(field => view.answers[field.key] !== undefined) }))
  return (
    <Panel class="answers">
      <details>
        <summary>
          <h2>{words.answers}</h2>
          <span class="dim small">{text(form.title)}</span>
        </summary>
        <div class="body">
          {chosen.length === 0 ? null : (
            <section>
              <h3>{words.products}</h3>
              <ul class="plainlist">
                {chosen.map(product => (
                  <li key={product.key}>{text(product.name)}</li>
                ))}
              </ul>
            </section>
          )}
          {sections.map(({ section, fields }) =>
            fields.length === 0 ? null : (
              <section key={section.key}>
                <h3>{text(section.title)}</h3>
                <AnswerRows fields={fields} answers={view.answers} view={view} />
              </section>
            ),
          )}
        </div>
      </details>
    </Panel>
  )
}
