// What an officer looks at before a request is complete: required papers, required answers, the rank of who signs. Pure.
import type { Field, Words } from '../../../daemon/domain/form.ts'
import { check } from '../../../daemon/domain/form-check.ts'
import type { TicketView } from '../../../daemon/domain/ticket-view.ts'

export interface CheckItem {
  readonly key: string
  readonly label: Words
  readonly ok: boolean
  readonly why: Words | null
}

type Looked = Pick<TicketView, 'serviceDefinition' | 'answers' | 'attachments' | 'products'>

/** Papers first, then everything that is wrong with the answers. Optional papers that are not there say nothing. */
export function completeness(view: Looked, who: 'requester' | 'officer'): readonly CheckItem[] {
  const { papers, form } = view.serviceDefinition
  const brought = papers
    .map(paper => ({ paper, ok: view.attachments.some(one => one.slot === paper.key && one.struck === undefined && one.scan !== 'infected') }))
    .filter(({ paper, ok }) => ok || paper.required)
    .map(({ paper, ok }): CheckItem => ({ key: `paper ${paper.key}`, label: paper.name, ok, why: null }))
  const { mistakes } = check(form, view.answers, who, { products: view.products })
  const fields = form.sections.flatMap(section => section.fields)
  return [
    ...brought,
    ...mistakes.map(({ path, reason }): CheckItem => ({ key: `answer ${path}`, label: labelOf(fields, path), ok: false, why: reason })),
  ]
}

/** `devices.0.weight` → the label of the innermost field that is named. */
function labelOf(fields: readonly Field[], path: string): Words {
  let label: Words = { id: path, en: path }
  let inside: readonly Field[] = fields
  for (const part of path.split('.')) {
    const field = inside.find(one => one.key === part)
    if (field === undefined) continue
    label = field.label
    inside = field.type === 'group' ? field.fields : []
  }
  return label
}
