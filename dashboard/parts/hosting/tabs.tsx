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

export function HostingTabs({ chosen }: { readonly chosen: HostingPart }) {
  const words = t.value.hosting
  const parts = PARTS.filter(part => may(NEEDS[part]))
  if (parts.length < 2) return null
  return <Tabs label={words.title} chosen={chosen} choices={parts.map(key => ({ key, label: words.parts[key], href: `/${key}` }))} />
}
