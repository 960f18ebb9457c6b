// The catalogue's papers as files: sheet, procedure, service standard and empty form of a service, in either language.
import type { Agency } from '../../domain/agency.ts'
import type { Clock } from '../../domain/call.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { Paper, PrintedPaper } from '../../domain/paper.ts'
import type { Service, ServiceVersion } from '../../domain/service.ts'
import type { Lang } from '../../domain/words/lang.ts'
import { EMPTY_HEADER, formOf } from './form.ts'
import type { Making } from './frame.ts'
import { procedureOf } from './procedure.ts'
import { sheetOf } from './sheet.ts'
import { type HeadOfAgency, standardOf } from './standard.ts'

const SERVICE_PAPERS = ['sheet', 'procedure', 'standard', 'form'] as const
type ServicePaper = (typeof SERVICE_PAPERS)[number]

export interface PrintingSources {
  readonly catalogue: { readonly agency: Agency; service(key: string): Outcome<ServiceVersion> }
  render(paper: Paper): Promise<Outcome<PrintedPaper>>
  readonly clock: Clock
  /** Who holds a chair now; null: nobody is known. */
  holder(chair: string): Promise<HeadOfAgency | null>
}

/** `notFound`: no such service, or it has no such paper. Otherwise as the press fails. */
export function openPrinting({ catalogue, render, clock, holder }: PrintingSources) {
  return async (key: string, what: ServicePaper, language: Lang): Promise<Outcome<{ readonly name: string; readonly pdf: Uint8Array }>> => {
    const found = catalogue.service(key)
    if (!found.ok) return found
    const { service, version } = found.value
    const [chair] = Object.keys(catalogue.agency.chairs)
    const head = what !== 'standard' || chair === undefined ? null : await holder(chair)
    const paper = paperFor(what, service, head, { agency: catalogue.agency, language, at: clock() })
    if (paper === null) return failed('notFound', `The service "${key}" has no ${what}.`)
    const printed = await render(paper)
    return printed.ok ? done({ name: `${key}-${what}-${version}.pdf`, pdf: printed.value.pdf }) : printed
  }
}

function paperFor(what: ServicePaper, service: Service, head: HeadOfAgency | null, making: Making): Paper | null {
  switch (what) {
    case 'sheet':
      return sheetOf(service, making)
    case 'procedure':
      return procedureOf(service, making)
    case 'standard':
      return standardOf(service, head, making)
    case 'form':
      return formOf(service, null, EMPTY_HEADER, making)
  }
}
