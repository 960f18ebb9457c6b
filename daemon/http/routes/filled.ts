// /api/v1/tickets/:number/papers: the form of a request as it is filled in, for those who sign by hand.
import { z } from 'zod'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { FileAnswer, type Route, route } from '../route.ts'

/** Sets the form or the letter of a request or a draft as PDF, as far as the viewer may see it. */
export type PrintFilled = (
  number: string,
  what: 'form' | 'letter',
  language: 'id' | 'en',
  viewer: Viewer,
) => Promise<Outcome<{ readonly name: string; readonly pdf: Uint8Array }>>

const Named = z.strictObject({
  number: z
    .string()
    .regex(/^(T-\d{4}-\d{4,}|D-\d+)$/)
    .max(40),
  what: z.enum(['form', 'letter']),
})

export const filledPaperRoutes = (print: PrintFilled): Route[] => [
  route({
    method: 'get',
    path: '/tickets/:number/papers/:what',
    needs: 'document.read',
    summary: 'The form or the letter of a request as it is filled in now, as PDF: to be signed by hand and brought back',
    params: Named,
    query: z.strictObject({ language: z.enum(['id', 'en']).default('id') }),
    async handle({ params, query, viewer }) {
      const printed = await print(params.number, params.what, query.language, viewer)
      return printed.ok ? done(new FileAnswer(printed.value.name, 'application/pdf', printed.value.pdf, true)) : printed
    },
  }),
]
