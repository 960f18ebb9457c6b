// The form of a request: begun from the catalogue, gone on with as a draft, entered at the counter, and its receipt.
import type { ComponentType } from 'preact'
import type { PageProps } from '../../pages.ts'
import { path } from '../../router.ts'
import '../../style/pages.css'
import Draft from './draft.tsx'
import Entry from './entry.tsx'
import './form-page.css'
import Sent from './sent.tsx'
import Start from './start.tsx'

const partOf = (at: string): ComponentType<PageProps> =>
  at.startsWith('/requests/draft/') ? Draft : at.startsWith('/requests/sent/') ? Sent : at === '/tickets/new' ? Entry : Start

export default function FormPage(props: PageProps) {
  const at = path.value
  const Shown = partOf(at)
  return <Shown key={at} {...props} />
}
