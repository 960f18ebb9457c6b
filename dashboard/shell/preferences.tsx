// The viewer's menu: who one is here, language, theme, one's account, and the way out.
import { useEffect, useRef, useState } from 'preact/hooks'
import { api } from '../api.ts'
import { Icon, toast } from '../parts/index.ts'
import { initials } from '../signin/initials.ts'
import { me, signOut } from '../signin/session.ts'
import { type Lang, setLang, t } from '../words/index.ts'
import { Looks } from './looks.tsx'

export function Preferences({ compact = false }: { readonly compact?: boolean }) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const { shell, people } = t.value
  const viewer = me.value

  useEffect(() => {
    if (!open) return
    const away = (event: Event): void => {
      const outside = event.target instanceof Node && box.current?.contains(event.target) === false
      if (outside || (event instanceof KeyboardEvent && event.key === 'Escape')) setOpen(false)
    }
    addEventListener('pointerdown', away)
    addEventListener('keydown', away)
    return () => {
      removeEventListener('pointerdown', away)
      removeEventListener('keydown', away)
    }
  }, [open])

  if (viewer === null) return null
  const roles = viewer.roles.map(role => people.roles[role]).join(', ')
  const where = viewer.organisations.map(one => one.short).join(', ')
  const under = where === '' ? roles : where
  return (
    <div class={compact ? 'prefs compact' : 'prefs me'} ref={box}>
      <button type="button" class="prefs-open" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span class="avatar" aria-hidden="true">
          {initials(viewer.name)}
        </span>
        {compact ? (
          <span class="sr">{`${shell.preferences}: ${viewer.name}`}</span>
        ) : (
          <span class="stack names">
            <b class="ell">{viewer.name}</b>
            <span class="tiny dim ell">{under}</span>
          </span>
        )}
      </button>
      {open ? (
        <div class="menu">
          <div class="whois">
            <b>{viewer.name}</b>
            <span class="small dim">{[roles, where].filter(part => part !== '').join(' · ')}</span>
          </div>
          <Looks onLang={chooseLang} />
          <a class="btn" href="/account" onClick={() => setOpen(false)}>
            <Icon name="key" />
            {people.account.open}
          </a>
          <button type="button" class="btn" onClick={() => void leave()}>
            <Icon name="out" />
            {people.account.signOut}
          </button>
        </div>
      ) : null}
    </div>
  )
}

async function leave(): Promise<void> {
  const problem = await signOut()
  if (problem !== null) toast('failed', problem.title, problem.detail)
}

/** The page changes at once; the daemon is told, because mail goes by the same language. */
export function chooseLang(to: Lang): void {
  setLang(to)
  if (me.peek() === null) return
  void api.post('/api/v1/account/settings', { language: to }).then(answer => {
    if (!answer.ok) toast('failed', answer.problem.title, answer.problem.detail)
  })
}
