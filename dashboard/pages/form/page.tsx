// The form of a request: begun from the catalogue, gone on with as a draft, entered at the counter, and its receipt.
import type { ComponentType } from 'preact'
import { lazy, Suspense } from 'preact/compat'
import type { PageProps } from '../../pages.ts'
import { Skeleton } from '../../parts/index.ts'
import { path } from '../../router.ts'
import '../../style/pages.css'
import './form-page.css'

interface Part {
  readonly default: ComponentType<PageProps>
}

const parts = {
  draft: lazy((): Promise<Part> => import('./draft.tsx')),
  entry: lazy((): Promise<Part> => import('./entry.tsx')),
  sent: lazy((): Promise<Part> => import('./sent.tsx')),
  start: lazy((): Promise<Part> => import('./start.tsx')),
}

const partOf = (at: string): keyof typeof parts =>
  at.startsWith('/requests/draft/') ? 'draft' : at.startsWith('/requests/sent/') ? 'sent' : at === '/tickets/new' ? 'entry' : 'start'

export default function FormPage(props: PageProps) {
  const at = path.value
  const Shown = parts[partOf(at)]
  return (
    <Suspense fallback={<Skeleton lines={8} height={20} />}>
      <Shown key={at} {...props} />
    </Suspense>
  )
}
