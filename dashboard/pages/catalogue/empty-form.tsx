// What the form asks, to be looked over before one begins, and on paper to be filled in by hand.
import type { Field } from '../../../daemon/domain/form.ts'
import type { Service } from '../../../daemon/domain/service.ts'
import { Icon } from '../../parts/index.ts'
import { lang, t } from '../../words/index.ts'
import { text } from '../../words/say.ts'

export function EmptyForm({ service }: { readonly service: Service }) {
  const { sheet: words, form, promise } = t.value.requests
  return (
    <div class="emptyform">
      <section class="body">
        <h3>{words.emptyForm}</h3>
        <p class="mid">{words.emptyFormHint}</p>
        <p>
          <a class="btn" href={`/api/v1/services/${service.key}/papers/form?language=${lang.value}`} target="_blank" rel="noreferrer">
            <Icon name="print" />
            {form.printForm}
          </a>
        </p>
      </section>
      <section class="body">
        <h3>{promise.prepare}</h3>
        {service.papers.length === 0 ? <p class="mid">{promise.nothing}</p> : null}
        <ul class="asked">
          {service.papers.map(paper => (
            <li key={paper.key}>
              {text(paper.name)} <span class="dim small">{paper.required ? form.required : form.optional}</span>
            </li>
          ))}
        </ul>
      </section>
      {service.form.sections.map(section => (
        <section key={section.key} class="body">
          <h3>{text(section.title)}</h3>
          <Asked fields={section.fields} />
        </section>
      ))}
      <p class="body small dim">{form.officerMark}</p>
    </div>
  )
}

const Asked = ({ fields }: { readonly fields: readonly Field[] }) => (
  <ul class="asked">
    {fields.map(field => (
      <li key={field.key}>
        {text(field.label)}
        {field.filledBy === 'officer' ? ' *' : ''}
        {field.required ? null : <span class="dim small"> {t.value.people.field.optional}</span>}
        {field.type === 'group' ? <Asked fields={field.fields} /> : null}
      </li>
    ))}
  </ul>
)
