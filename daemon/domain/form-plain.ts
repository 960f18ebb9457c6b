// Answers as one plain text: what a search looks through.
import type { Answer, Answers } from './form.ts'
import { isApplication } from './form-application.ts'

function* words(answer: Answer): Generator<string> {
  if (typeof answer === 'string' || typeof answer === 'number') yield String(answer)
  else if (Array.isArray(answer)) for (const one of answer as readonly Answer[]) yield* words(one)
  else if (isApplication(answer)) yield answer.name
  else if (typeof answer === 'object' && answer !== null) for (const one of Object.values(answer)) yield* words(one as Answer)
}

/** Every text and number in them, a line each. */
export const formText = (answers: Answers): string => [...words(answers)].join('\n')
