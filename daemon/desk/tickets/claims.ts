// "Satu formulir berlaku untuk satu aplikasi": what no other open ticket of the service may have answered.
import type { Answer, Answers } from '../../domain/form.ts'
import type { Service } from '../../domain/service.ts'

/** Two spellings of one name are one application. */
const plain = (answer: Answer): string => JSON.stringify(answer).normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ')

export const claimsOf = ({ form }: Pick<Service, 'form'>, answers: Answers): string[] =>
  form.unique.flatMap(key => {
    const answer = answers[key]
    return answer === undefined || answer === null || answer === '' ? [] : [`${key}=${plain(answer)}`]
  })
