// The form and the letter of a request as they are filled in now, also of a draft: to be printed, signed by hand and brought back.
import type { Agency } from '../../domain/agency.ts'
import type { Clock } from '../../domain/call.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { Paper, PrintedPaper } from '../../domain/paper.ts'
import type { Viewer } from '../../domain/people.ts'
import type { TicketView } from '../../domain/ticket-view.ts'
import type { Lang } from '../../domain/words/lang.ts'
import { dateLong } from '../../domain/words/time.ts'
import { formOf } from './form.ts'
import type { Making } from './frame.ts'
import { letterOf } from './letter.ts'

type Wanted = 'form' | 'letter'

export interface FilledSources {
  readonly agency: Agency
  /** `notFound` also for what is none of the viewer's business. */
  view(number: string, viewer: Viewer): Promise<Outcome<TicketView>>
  render(paper: Paper): Promise<Outcome<PrintedPaper>>
  /** IANA. */
  zone(): string
  readonly clock: Clock
}

/** `notFound`: no such request for this viewer, or its form has no letter. Otherwise as the press fails. */
export function openFilledPrinting({ agency, view, render, zone, clock }: FilledSources) {
  return async (
    number: string,
    what: Wanted,
    language: Lang,
    viewer: Viewer,
  ): Promise<Outcome<{ readonly name: string; readonly pdf: Uint8Array }>> => {
    const found = await view(number, viewer)
    if (!found.ok) return found
    const paper = paperFor(found.value, what, zone(), { agency, language, at: clock() })
    if (paper === null) return failed('notFound', `The form of "${found.value.service}" has no letter.`)
    const printed = await render(paper)
    return printed.ok ? done({ name: `${number}-${what}.pdf`, pdf: printed.value.pdf }) : printed
  }
}

function paperFor(view: TicketView, what: Wanted, zone: string, making: Making): Paper | null {
  const { serviceDefinition: service, answers, products } = view
  if (what === 'letter') return letterOf(service, answers, products, making)
  const header = {
    ticket: view.status === 'draft' ? null : view.number,
    date: view.filedAt === null ? null : dateLong(view.filedAt, zone, making.language),
    officer: null,
    products,
    files: new Map(view.attachments.map(({ id, name }) => [id, name])),
  }
  return formOf(service, answers, header, making)
}
