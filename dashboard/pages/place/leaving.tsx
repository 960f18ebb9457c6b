// Nobody leaves a page with changes that are not saved without having been asked.
import { useEffect, useState } from 'preact/hooks'
import { Dialog } from '../../parts/index.ts'
import { go, holdLeaving } from '../../router.ts'
import { t } from '../../words/index.ts'

interface LeavingProps {
  readonly changes: number
  /** Where the page itself wants to go, once it was asked. */
  readonly asked: string | null
  readonly onStay: () => void
}

export function Leaving({ changes, asked, onStay }: LeavingProps) {
  const words = t.value.place.leave
  const [held, setTo] = useState<string | null>(null)
  const to = held ?? asked
  const stay = () => {
    setTo(null)
    onStay()
  }
  useEffect(() => {
    if (changes === 0) return
    const unload = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', unload)
    const free = holdLeaving(to => setTo(to))
    return () => {
      removeEventListener('beforeunload', unload)
      free()
    }
  }, [changes])
  if (to === null || changes === 0) return null
  return (
    <Dialog title={words.title} onClose={stay}>
      <form
        onSubmit={event => {
          event.preventDefault()
          stay()
          holdLeaving(() => undefined)()
          go(to)
        }}
      >
        <h2>{words.title}</h2>
        <div class="body">
          <p>{words.body(changes)}</p>
        </div>
        <footer>
          <button type="button" class="btn ghost" onClick={stay}>
            {words.stay}
          </button>
          <button type="submit" class="btn danger">
            {words.go}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
