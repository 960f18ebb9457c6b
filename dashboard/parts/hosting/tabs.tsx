// The lists of hosting side by side: those the viewer may have.
import type { Permission } from '../../../daemon/domain/policy.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { Tabs } from '../controls.tsx'

const PARTS = ['websites', 'changes', 'hosts', 'zones', 'certificates'] as const
export type HostingPart = (typeof PARTS)[number]

const NEEDS: Readonly<Record<HostingPart, Permission>> = {
  websites: 'website.read',
  changes: 'change.read',
  hosts: 'host.read',
  zones: 'host.read',
  certificates: 'host.read',
}

/** On a phone they are wider than the screen: the one that is open is brought into view, and the page stays where it is. */
function showChosen(around: HTMLElement | null): void {
  const row = around?.firstElementChild ?? null
  const open = row?.querySelector('[aria-current]') ?? null
  if (row === null || open === null) return
  row.scrollLeft += Math.max(0, open.getBoundingClientRect().right - row.getBoundingClientRect().right)
}

export function HostingTabs({ chosen }: { readonly chosen: HostingPart }) {
  const words = t.value.hosting
  const parts = PARTS.filter(part => may(NEEDS[part]))
  if (parts.length < 2) return null
  return (
    <div class="hostingtabs" ref={showChosen}>
      <Tabs label={words.title} chosen={chosen} choices={parts.map(key => ({ key, label: words.parts[key], href: `/${key}` }))} />
    </div>
  )
}
