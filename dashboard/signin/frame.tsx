// The frame of pages without a rail: mark, one card, language and theme.
import type { ComponentChildren } from 'preact'
import { Beacon } from '../parts/icons.tsx'
import { Looks } from '../shell/looks.tsx'
import { t } from '../words/index.ts'
import './signin.css'

interface FrameProps {
  readonly title: string
  readonly sub?: ComponentChildren
  readonly children: ComponentChildren
  /** Under the card. */
  readonly foot?: ComponentChildren
  readonly wide?: boolean
}

export function BareFrame({ title, sub, children, foot, wide = false }: FrameProps) {
  return (
    <div class={wide ? 'bare wide' : 'bare'}>
      <header class="baretop">
        <span class="brand">
          <Beacon />
          Suar
        </span>
        <span class="dim">{t.value.people.signin.sub}</span>
      </header>
      <main class="baremain" id="main">
        <div class="barecard">
          <h1>{title}</h1>
          {sub === undefined ? null : <p class="sub">{sub}</p>}
          {children}
        </div>
        {foot === undefined ? null : <div class="barefoot small dim">{foot}</div>}
      </main>
      <footer class="barelooks">
        <Looks />
      </footer>
    </div>
  )
}
