// /api/v1/agenda: the agenda book (buku agenda), to read and to print.
import { z } from 'zod'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { AgendaPage } from '../../domain/ticket-record.ts'
import { FileAnswer, type Route, route } from '../route.ts'

export interface AgendaDesk {
  agenda(query: {
    readonly year: number
    readonly direction?: 'in' | 'out' | undefined
    readonly search: string
    readonly page: number
    readonly size: number
  }): Promise<AgendaPage>
  agendaPdf(year: number): Promise<Outcome<{ readonly name: string; readonly content: Uint8Array }>>
  /** Of the desk's calendar, now. */
  year(): number
}

const Year = z.coerce.number().int().min(2000).max(2199)

export const agendaRoutes = (desk: AgendaDesk): Route[] => [
  route({
    method: 'get',
    path: '/agenda',
    needs: 'agenda.read',
    summary: 'The agenda book of a year: what came in and what went out',
    query: z.strictObject({
      year: Year.optional(),
      direction: z.enum(['in', 'out']).optional(),
      search: z.string().trim().max(200).default(''),
      page: z.coerce.number().int().min(1).max(10_000).default(1),
      size: z.coerce.number().int().min(1).max(200).default(50),
    }),
    handle: async ({ query }) => done(await desk.agenda({ ...query, year: query.year ?? desk.year(), direction: query.direction })),
  }),
  route({
    method: 'get',
    path: '/agenda/print',
    needs: 'agenda.read',
    summary: 'The agenda book of a year as PDF',
    query: z.strictObject({ year: Year.optional() }),
    async handle({ query }) {
      const printed = await desk.agendaPdf(query.year ?? desk.year())
      return printed.ok ? done(new FileAnswer(printed.value.name, 'application/pdf', printed.value.content, true)) : printed
    },
  }),
]
