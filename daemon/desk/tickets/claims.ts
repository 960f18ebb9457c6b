// "Satu formulir berlaku untuk satu aplikasi": what no other open ticket of the service may have answered.
import type { Answer, Answers, Form } from '../../domain/form.ts'
import { applicationField, applicationName, isApplication, sameName } from '../../domain/form-application.ts'

/** Two spellings of one name are one: of texts of any kind. */
const plain = (answer: Answer): string => sameName(JSON.stringify(answer))

/** An application by its number; one that is not in the register yet by its name, within the organisation that asks. */
const application = (answer: Answer, organisation: number): string =>
  isApplication(answer) ? `#${answer.id}` : `${organisation}:${sameName(applicationName(answer) ?? '')}`

export const claimsOf = ({ form }: { readonly form: Pick<Form, 'sections' | 'unique'> }, answers: Answers, organisation: number): string[] =>
  form.unique.flatMap(key => {
    const answer = answers[key]
    if (answer === undefined || answer === null || answer === '') return []
    return [`${key}=${applicationField(form)?.key === key ? application(answer, organisation) : plain(answer)}`]
  })
