// What a step of the form is called.
import type { FormStep } from '../../parts/form/model.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'

export const stepTitle = (step: Pick<FormStep, 'kind' | 'title' | 'key'>): string =>
  step.kind === 'section' ? text(step.title ?? { id: step.key, en: step.key }) : t.value.requests.form[step.kind]
